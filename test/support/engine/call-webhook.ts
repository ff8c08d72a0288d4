import { Readable } from 'node:stream';
import { gunzipSync, inflateSync } from 'node:zlib';

import { WebhookContext } from 'n8n-core';
import type {
	INodeExecutionData,
	IWebhookData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetUp } from './workflow';

export interface WebhookCall extends NodeSetUp {
	method?: string;
	/** Any case; handed over in lower case as Node does. */
	headers?: Record<string, string>;
	/** Raw body as it came over the wire; objects are sent as JSON. */
	body?: string | Buffer | object;
	query?: Record<string, string>;
	/** Path parameters of the webhook. */
	params?: Record<string, string>;
	/** Bytes that n8n would refuse to read; 16 MB as n8n's default. */
	maxBytes?: number;
	webhookName?: string;
}

export interface WebhookAnswer {
	/** Status that the node set itself; null when it left the answer to n8n. */
	status: number | null;
	/** Body that the node sent itself. */
	body: unknown;
	headers: Record<string, string>;
	/** What the node returned to n8n. */
	result: IWebhookResponseData;
	/** Items that start the workflow, per output; empty when no execution starts. */
	items: INodeExecutionData[][];
}

const N8N_DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

function toBuffer(body: WebhookCall['body']): Buffer {
	if (body === undefined) return Buffer.alloc(0);
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function tooLarge(): Error {
	return Object.assign(new Error('request entity too large'), {
		type: 'entity.too.large',
		status: 413,
		statusCode: 413,
	});
}

/** The body as n8n reads it: gzip and deflate unpacked where the header is exactly that word, all else as it came. */
function readBody(raw: Buffer, coding: string | undefined, maxBytes: number): Buffer {
	if (raw.length > maxBytes) throw tooLarge();
	const unpack = coding === 'gzip' ? gunzipSync : coding === 'deflate' ? inflateSync : null;
	if (unpack === null) return raw;
	try {
		return unpack(raw, { maxOutputLength: maxBytes });
	} catch (error) {
		throw String(error).includes('larger than') ? tooLarge() : error;
	}
}

/** The request as n8n hands it to a trigger that reads the raw body itself. */
function fakeRequest(call: WebhookCall) {
	const raw = toBuffer(call.body);
	const lowerCase = Object.entries(call.headers ?? {}).map(([name, value]) => [
		name.toLowerCase(),
		value,
	]);
	const headers: Record<string, string> = {
		'content-length': String(raw.length),
		...Object.fromEntries(lowerCase),
	};
	const request = Object.assign(Readable.from([raw]), {
		method: call.method ?? 'POST',
		headers,
		query: call.query ?? {},
		params: call.params ?? {},
		url: '/webhook/under-test',
		originalUrl: '/webhook/under-test',
		path: '/webhook/under-test',
		body: undefined as unknown,
		rawBody: undefined as Buffer | undefined,
		ip: '127.0.0.1',
		get: (name: string) => headers[name.toLowerCase()],
		header: (name: string) => headers[name.toLowerCase()],
		readRawBody: async () => {
			const most = call.maxBytes ?? N8N_DEFAULT_MAX_BYTES;
			request.rawBody = readBody(raw, headers['content-encoding'], most);
		},
	});
	return request;
}

function fakeResponse() {
	const sent = {
		status: null as number | null,
		body: undefined as unknown,
		headers: {} as Record<string, string>,
	};
	const response = {
		headersSent: false,
		writableEnded: false,
		statusCode: 200,
		status: (code: number) => {
			sent.status = code;
			response.statusCode = code;
			return response;
		},
		setHeader: (name: string, value: string) => {
			sent.headers[name.toLowerCase()] = value;
			return response;
		},
		set: (name: string, value: string) => response.setHeader(name, value),
		header: (name: string, value: string) => response.setHeader(name, value),
		type: (value: string) => response.setHeader('content-type', value),
		send: (body: unknown) => {
			sent.body = body;
			sent.status ??= response.statusCode;
			response.headersSent = true;
			return response;
		},
		json: (body: unknown) => response.send(body),
		writeHead: (code: number, headers: Record<string, string> = {}) => {
			response.status(code);
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
			return response;
		},
		write: (body: unknown) => {
			sent.body = body;
			return true;
		},
		end: (body?: unknown) => {
			if (body !== undefined) sent.body = body;
			sent.status ??= response.statusCode;
			response.writableEnded = true;
			response.headersSent = true;
			return response;
		},
		on: () => response,
		once: () => response,
	};
	return { response, sent };
}

/** Sends one request to a trigger's `webhook()` on n8n's own WebhookContext. */
export async function callWebhook(call: WebhookCall): Promise<WebhookAnswer> {
	const { workflow, node, additionalData } = prepareNode(call);
	const { webhook } = call.node;
	const description = call.node.description.webhooks?.find(
		({ name }) => name === (call.webhookName ?? 'default'),
	);
	if (webhook === undefined || description === undefined)
		throw new Error('The node is no webhook trigger');
	const { response, sent } = fakeResponse();
	additionalData.httpRequest = fakeRequest(call) as never;
	additionalData.httpResponse = response as never;
	const data = {
		httpMethod: call.method ?? 'POST',
		node: node.name,
		path: 'under-test',
		webhookDescription: description,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
	} as unknown as IWebhookData;
	const context = new WebhookContext(workflow, node, additionalData, 'webhook', data, [], null);
	const result = await webhook.call(context as unknown as IWebhookFunctions);
	return { ...sent, result, items: result.workflowData ?? [] };
}
