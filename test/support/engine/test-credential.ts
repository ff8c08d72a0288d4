import { ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import { HaloPsaBridgeApi } from '../../../credentials/HaloPsaBridgeApi.credentials';
import type { CredentialStore } from './credential-store';
import { prepareNode } from './workflow';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** A credential type whose test is a request. */
type Testable = ICredentialType & { test: ICredentialTestRequest };

/** The node that n8n runs a credential's test request with: a no-op with one routed property. */

function routedNode(credential: Testable): INodeType {
	const description: INodeTypeDescription = {
		displayName: 'Temp-Node',
		name: 'noOp',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: credential.name, required: true }],
		properties: [
			{
				displayName: 'Temp',
				name: 'temp',
				type: 'string',
				routing: { request: credential.test.request },
				default: '',
			},
		],
	};
	return { description };
}

/**
 * Presses the credential's Test button: the request and the reading of its result follow n8n's
 * `credentials-tester.service.js` (2.40), on n8n-core's own RoutingNode.
 * @param store what is saved
 * @param unsaved fields as they stand on the screen
 * @param credential the type to test
 */
export async function testCredential(
	store: CredentialStore,
	unsaved: ICredentialDataDecryptedObject,
	credential: Testable = new HaloPsaBridgeApi(),
): Promise<CredentialTestResult> {
	const nodeType = routedNode(credential);
	const settings = { type: 'n8n-nodes-base.noOp' };
	const { workflow, node, additionalData } = prepareNode({
		node: nodeType,
		credentials: store,
		settings,
	});
	const input = { main: [[{ json: {} }]] as INodeExecutionData[][] };
	const data = { node, data: {}, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		input,
		data,
		[],
	);
	const decrypted = {
		id: '1',
		name: credential.name,
		type: credential.name,
		data: { ...store.stored(credential.name), ...unsaved },
	};
	try {
		const [[first] = []] = (await new RoutingNode(context, nodeType, decrypted).runNode()) ?? [];
		for (const rule of credential.test.rules ?? []) {
			if (rule.type !== 'responseSuccessBody') continue;
			const { key, value, message } = rule.properties;
			if (first?.json[key] === value) return { status: 'Error', message };
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: messageOf(error, credential) };
	}
}

function messageOf(error: unknown, { test }: Testable): string {
	const thrown = error as {
		message: string;
		cause?: {
			code?: string;
			response?: { status: number; statusText: string };
		};
	};
	const response = thrown.cause?.response;
	if (response !== undefined) {
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return rule.properties.message;
			}
		}
		return response.statusText;
	}
	return thrown.cause?.code ?? thrown.message;
}
