import { WorkflowExecute } from 'n8n-core';
import type { IDataObject, INodeExecutionData, IRun, NodeExecutionHint } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import type { CredentialStore } from './credential-store';
import { prepareNode } from './workflow';
import type { NodeSetUp } from './workflow';

export interface RunNodeOptions extends NodeSetUp {
	/** Items per input; plain JSON objects are wrapped. One input with one empty item when left out. */
	inputs?: Array<Array<IDataObject | INodeExecutionData>>;
	/** Gets what a person does who presses Stop. */
	onStart?: (stop: () => void) => void;
}

/** What the node's error says, as the editor shows it. */
export interface ShownError {
	message: string;
	description: string | null;
	httpCode: string | null;
	itemIndex: number | null;
	name: string;
}

export interface NodeRun {
	/** Items per output. */
	outputs: INodeExecutionData[][];
	/** The JSON of the items per output. */
	json: IDataObject[][];
	/** Null when the run succeeded. */
	error: ShownError | null;
	hints: NodeExecutionHint[];
	/** The credentials after the run. */
	store: CredentialStore;
	/** What the node answered whoever waits for it. */
	responses: unknown[];
	/** The whole run as n8n has it in hand before it stores it, error objects included. */
	whole: IRun;
}

function toItem(item: IDataObject | INodeExecutionData, index: number): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json);
	return isItem
		? (item as INodeExecutionData)
		: { json: item as IDataObject, pairedItem: { item: index } };
}

function toShownError(error: unknown): ShownError | null {
	if (typeof error !== 'object' || error === null) return null;
	const shown = error as {
		message?: string;
		description?: string | null;
		httpCode?: string | null;
		name?: string;
		context?: { itemIndex?: number };
	};
	return {
		message: shown.message ?? '',
		description: shown.description ?? null,
		httpCode: shown.httpCode ?? null,
		itemIndex: shown.context?.itemIndex ?? null,
		name: shown.name ?? '',
	};
}

/** Runs one node of the pack on n8n's own engine (WorkflowExecute of n8n-core), requests and credentials included. */
export async function runNode(options: RunNodeOptions): Promise<NodeRun> {
	const { workflow, node, additionalData, store } = prepareNode(options);
	const responses: unknown[] = [];
	additionalData.hooks?.addHandler('sendResponse', (response) => {
		responses.push(response);
	});
	const inputs = (options.inputs ?? [[{}]]).map((items) => items.map(toItem));
	const runExecutionData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node, data: { main: inputs }, source: null }],
		},
	});
	const running = new WorkflowExecute(
		additionalData,
		'manual',
		runExecutionData,
	).processRunExecutionData(workflow);
	options.onStart?.(() => running.cancel());
	const run = await running;
	const [task] = run.data.resultData.runData[node.name] ?? [];
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		outputs,
		json: outputs.map((items) => items.map(({ json }) => json)),
		error: toShownError(task?.error ?? run.data.resultData.error),
		hints: task?.hints ?? [],
		store,
		responses,
		whole: run,
	};
}
