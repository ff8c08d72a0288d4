import { isRecord } from '../domain/values/json';
import { readInteger } from '../domain/values/read';

/** An answer as n8n's request helper gives it with `returnFullResponse`, made plain. */
export interface FullResponse {
	status: number;
	/** Lower case names. */
	headers: Record<string, string>;
	/** Parsed when it is JSON, else the text. */
	body: unknown;
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body ?? '';
	const text = body.trim();
	if (!/^[[{"]/.test(text)) return body;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return body;
	}
}

/** Reads `{statusCode, headers, body}`; a status of 0 when there is none. */
export function readFullResponse(answer: unknown): FullResponse {
	const full = isRecord(answer) ? answer : {};
	const headers = isRecord(full.headers) ? full.headers : {};
	return {
		status: readInteger(full.statusCode) ?? 0,
		headers: Object.fromEntries(
			Object.entries(headers)
				.filter((entry): entry is [string, unknown] => entry[1] !== undefined)
				.map(([name, value]) => [
					name.toLowerCase(),
					Array.isArray(value) ? value.join(', ') : String(value),
				]),
		),
		body: parsed(full.body),
	};
}
