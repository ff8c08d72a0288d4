import { HookContext } from 'n8n-core';
import type { IDataObject, IHookFunctions, IWebhookData } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetUp } from './workflow';

export interface HookCall extends NodeSetUp {
	/** Where n8n is reached from outside; `http://localhost/webhook` when left out. */
	webhookBaseUrl?: string;
	/** True for "Listen for test event". */
	test?: boolean;
	/** The node's static data, as n8n keeps it between calls; changed in place. */
	staticData?: IDataObject;
}

export interface HookAnswer {
	/** What the method returned; null when it threw. */
	result: boolean | null;
	/** What the editor shows; null when it did not throw. */
	error: { message: string; description: string | null } | null;
	url: string | undefined;
}

function shown(error: unknown): NonNullable<HookAnswer['error']> {
	const { message, description } = error as { message?: string; description?: string | null };
	return { message: message ?? '', description: description ?? null };
}

/** Calls one of a trigger's webhook methods as n8n does on publishing and unpublishing, on its own HookContext. */
export async function callHook(
	name: 'checkExists' | 'create' | 'delete',
	call: HookCall,
): Promise<HookAnswer> {
	const { workflow, node, additionalData } = prepareNode(call);
	const method = call.node.webhookMethods?.default?.[name];
	const [description] = call.node.description.webhooks ?? [];
	if (method === undefined || description === undefined) throw new Error(`There is no ${name}`);
	if (call.webhookBaseUrl !== undefined) additionalData.webhookBaseUrl = call.webhookBaseUrl;
	if (call.staticData !== undefined) {
		workflow.overrideStaticData({ [`node:${node.name}`]: call.staticData });
	}
	const isTest = call.test === true;
	const data = {
		httpMethod: 'POST',
		node: node.name,
		path: 'under-test',
		webhookDescription: description,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
		isTest,
	} as unknown as IWebhookData;
	const mode = isTest ? 'manual' : 'trigger';
	const activation = isTest ? 'manual' : 'activate';
	const context = new HookContext(workflow, node, additionalData, mode, activation, data);
	const url = context.getNodeWebhookUrl('default');
	try {
		const result = await method.call(context as unknown as IHookFunctions);
		const kept = { ...workflow.getStaticData('node', node) };
		if (call.staticData !== undefined) {
			for (const key of Object.keys(call.staticData)) delete call.staticData[key];
			Object.assign(call.staticData, kept);
		}
		return { result, error: null, url };
	} catch (error) {
		return { result: null, error: shown(error), url };
	}
}
