import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { HaloError, haloCauseOf } from '../halo/http/errors';

/** n8n replaces a whole message that holds one of these words; written apart they survive. */
const WORDS_THAT_N8N_REPLACES =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/gi;

function keepFromReplacement(text: string): string {
	return text.replace(WORDS_THAT_N8N_REPLACES, (word) => `${word.slice(0, 1)}-${word.slice(1)}`);
}

function nextStepOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || !('nextStep' in error)) return undefined;
	return typeof error.nextStep === 'string' && error.nextStep !== '' ? error.nextStep : undefined;
}

/** Deep enough for n8n's wrapping: its error, our error, the cause of ours. */
const DEEPEST_CAUSE = 5;

/** An error and those behind it, the outermost first. */
export function* causesOf(error: unknown): Generator<unknown> {
	let at = error;
	for (let depth = 0; at !== undefined && at !== null && depth < DEEPEST_CAUSE; depth++) {
		yield at;
		at = typeof at === 'object' && 'cause' in at ? at.cause : undefined;
	}
}

/** True for the answer 401, as n8n's request helper throws it. */
export function isUnauthorised(error: unknown): boolean {
	return (
		typeof error === 'object' && error !== null && 'httpCode' in error && error.httpCode === '401'
	);
}

/**
 * The one place where an error of the pack becomes one that n8n shows: message = what failed, description = the next
 * step. Any error with a `nextStep` text member brings its own step.
 * @param itemIndex item that failed; left out when no single item did
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const at = itemIndex === undefined ? {} : { itemIndex };
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	const message = keepFromReplacement(error instanceof Error ? error.message : String(error));
	const nextStep = nextStepOf(error);
	const description = nextStep === undefined ? {} : { description: nextStep };
	if (error instanceof HaloError) {
		// Only the words cross: the cause may hold a whole request with its token.
		const crossed = new NodeApiError(
			node,
			{},
			{
				message,
				...description,
				...(error.status === null ? {} : { httpCode: String(error.status) }),
				...at,
			},
		);
		// What an Error Trigger gives out of an error is its message, its description and this.
		crossed.context.haloCause = haloCauseOf(error);
		return crossed;
	}
	return new NodeOperationError(node, message, { ...description, ...at });
}

/**
 * The item that stands for an item that failed, when the node is set to continue. With an error output n8n moves it
 * there because `error` is set.
 */
export function toErrorItem(error: unknown, node: INode, itemIndex: number): INodeExecutionData {
	const nodeError = toNodeError(error, node, itemIndex);
	return {
		json: { error: nodeError.message, details: nodeError.description ?? null },
		error: nodeError,
		pairedItem: { item: itemIndex },
	};
}
