import type { JsonRecord } from './decode';
import { readEnvelope } from './decode';
import type { RowDecoder } from './decode-rows';
import { toResponseError } from '../http/errors';
import type { Page } from './records';
import type { HaloRequest, HaloResponse } from '../http/transport';

/** Names what came instead of a list, for an error text. */
function describe(body: unknown): string {
	if (typeof body === 'string') return body === '' ? 'an empty answer' : body;
	return Array.isArray(body) ? 'an array of something else' : `${typeof body} with other members`;
}

/** Rows of a list answer, as they came. @throws HaloResponseError when the answer is no list */
export function rawRows(
	request: HaloRequest,
	{ status, body }: HaloResponse,
	key: string,
): JsonRecord[] {
	return envelopeOf(request, { status, headers: {}, body }, key).rows;
}

function envelopeOf(
	request: HaloRequest,
	{ status, body }: HaloResponse,
	key: string,
): { rows: JsonRecord[]; total: number } {
	const envelope = readEnvelope(body, key);
	if (envelope === null) throw toResponseError(request, status, `a list of ${key}`, describe(body));
	return envelope;
}

/**
 * Decodes one page.
 * @throws HaloResponseError when the answer is no list, or a row lacks what makes it one
 */
export function decodePage<Row>(
	request: HaloRequest,
	response: HaloResponse,
	key: string,
	decode: RowDecoder<Row>,
): Page<Row> {
	const { rows, total } = envelopeOf(request, response, key);
	return {
		total,
		rows: rows.map((row) => {
			const decoded = decode(row);
			if (decoded !== null) return decoded;
			throw toResponseError(
				request,
				response.status,
				`${key} with an id`,
				`a row with ${Object.keys(row).slice(0, 5).join(', ') || 'nothing'} in it`,
			);
		}),
	};
}

/** Decodes what can be decoded and leaves the rest out: for pick lists, where one odd row must not hide the others. */
export function decodeKnown<Row>(rows: JsonRecord[], decode: RowDecoder<Row>): Row[] {
	return rows.map(decode).filter((row) => row !== null);
}
