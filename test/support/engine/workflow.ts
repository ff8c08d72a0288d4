import './environment';
import 'reflect-metadata';
import './patient-regex';

import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INode,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { CredentialStore } from './credential-store';
import { haloCredentialOf } from './halo-credential';
import type { HaloAccess } from './halo-credential';

const PACKAGE = 'n8n-nodes-halopsa-bridge';

/** What every way of running a node needs. */
export interface NodeSetUp {
	node: INodeType;
	/** Only what a person fills in; n8n adds the defaults. */
	parameters?: INodeParameters;
	/** A store that lives over several runs, or data by credential type. */
	credentials?: CredentialStore | Record<string, ICredentialDataDecryptedObject>;
	/** Adds the credential `haloPsaBridgeApi` for this simulator. */
	simulator?: HaloAccess;
	/** Members of the node itself, e.g. `{ onError: 'continueRegularOutput' }`. */
	settings?: Partial<INode>;
	/** As n8n makes new workflows: a node with several inputs runs when any of them brought something. */
	executionOrder?: 'v1';
}

export interface PreparedNode {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	store: CredentialStore;
}

function storeOf({ credentials = {}, simulator }: NodeSetUp): CredentialStore {
	if (credentials instanceof CredentialStore) return credentials;
	const halo = simulator === undefined ? {} : { haloPsaBridgeApi: haloCredentialOf(simulator) };
	return new CredentialStore({ ...halo, ...credentials });
}

function nodeTypesWith(type: string, node: INodeType): INodeTypes {
	return {
		getByName: () => node,
		getByNameAndVersion: (name, version) => {
			if (name !== type) throw new Error(`The engine asked for ${name}, only ${type} is there`);
			return NodeHelpers.getVersionedNodeType(node, version);
		},
		getKnownTypes: () => ({}),
	};
}

/** A workflow of one node, as n8n would build it. */
export function prepareNode(setUp: NodeSetUp): PreparedNode {
	const { description } = setUp.node;
	const type = setUp.settings?.type ?? `${PACKAGE}.${description.name}`;
	const store = storeOf(setUp);
	const version = Array.isArray(description.version)
		? Math.max(...description.version)
		: description.version;
	const used = (description.credentials ?? []).filter(({ name }) => store.types().includes(name));
	const node: INode = {
		id: 'node-under-test',
		name: description.displayName,
		type,
		typeVersion: version,
		position: [0, 0],
		webhookId: '00000000-0000-4000-8000-000000000001',
		parameters: structuredClone(setUp.parameters ?? {}),
		credentials: Object.fromEntries(used.map(({ name }) => [name, { id: name, name }])),
		...setUp.settings,
	};
	const workflow = new Workflow({
		id: 'workflow-under-test',
		name: 'Workflow under test',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesWith(type, setUp.node),
		...(setUp.executionOrder === undefined
			? {}
			: { settings: { executionOrder: setUp.executionOrder } }),
	});
	const built = workflow.getNode(node.name);
	if (built === null) throw new Error('The engine lost the node');
	const additionalData = {
		credentialsHelper: store,
		hooks: new ExecutionLifecycleHooks('manual', '1', {
			id: 'workflow-under-test',
			name: 'Workflow under test',
			nodes: [node],
			connections: {},
			active: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
		} as never),
		executionId: '1',
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		variables: {},
		secretsHelpers: {},
		currentNodeParameters: undefined,
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node: built, additionalData, store };
}
