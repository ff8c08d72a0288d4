import type { IncomingMessage, ServerResponse } from 'node:http';

import { type HaloAnswer, toJsonText } from './answers';

/** Largest body read, in bytes: far above anything a client should send, small enough for one process. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** The whole body as text; null when the client went away, or sent too much. */
export async function readText(request: IncomingMessage): Promise<string | null> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of request) {
			if (!Buffer.isBuffer(chunk)) continue;
			size += chunk.length;
			if (size > BODY_LIMIT) {
				request.socket.destroy();
				return null;
			}
			chunks.push(chunk);
		}
	} catch (error) {
		if (request.destroyed) return null;
		throw error;
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** JSON or a form, parsed; null for no body; text that cannot be parsed stays text. */
export function parseBody(request: IncomingMessage, text: string): unknown {
	if (text === '') return null;
	if ((request.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Writes an answer out and ends the request. */
export function send(response: ServerResponse, result: HaloAnswer): void {
	const text = result.raw?.text ?? (result.body === undefined ? '' : toJsonText(result.body));
	const type = result.raw?.contentType ?? 'application/json; charset=utf-8';
	response.writeHead(result.status, {
		...(text === '' ? {} : { 'Content-Type': type }),
		'Content-Length': Buffer.byteLength(text),
		...result.headers,
	});
	response.end(text);
}
