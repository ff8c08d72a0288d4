import { isRecord, type JsonRecord } from '../../domain/values/json';
import { type Envelope, readEnvelope, readSingle, readText } from './decode';
import type { RowDecoder } from './decode-rows';
import { HaloValidationError, toResponseError } from '../http/errors';
import type { Page } from './records';
import type { HaloRequest, HaloResponse } from '../http/transport';
import { readReference } from '../../domain/values/read';

/**
 * @throws HaloValidationError when Halo warned and did not save.
 * Halo can answer 200 with a warning and not save until the warning is confirmed; we confirm none. The answer to a
 * create that bears an id was saved all the same.
 */
export function checkWarning(request: HaloRequest, { status, body }: HaloResponse): void {
	const row =
		request.method === 'POST' ? readSingle(body, request.path.slice(1).toLowerCase()) : null;
	const warning = row === null ? null : readText(row._warning);
	if (row === null || warning === null || row._warning_is_error === false) return;
	if (!isUpdate(request) && readReference(row.id) !== null) return;
	throw new HaloValidationError('Halo warned and did not save', {
		status,
		method: request.method,
		path: request.path,
		haloMessage: warning,
		nextStep: 'Do the same by hand in Halo once: it shows the warning and the setting behind it.',
	});
}

function isUpdate({ body }: HaloRequest): boolean {
	const record: unknown = Array.isArray(body) ? body[0] : null;
	return isRecord(record) && readReference(record.id) !== null;
}

/**
 * The one record in the answer to a write or a single read.
 * @throws HaloValidationError when Halo warned and did not save, HaloResponseError when there is no record in it
 */
export function decodeOne<Row>(
	request: HaloRequest,
	response: HaloResponse,
	key: string,
	decode: RowDecoder<Row>,
): Row {
	checkWarning(request, response);
	const record = readSingle(response.body, key);
	const row = record === null ? null : decode(record);
	if (row !== null) return row;
	const got = typeof response.body === 'string' ? response.body : 'something without an id';
	throw toResponseError(request, response.status, 'one record with an id', got);
}

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

function envelopeOf(request: HaloRequest, { status, body }: HaloResponse, key: string): Envelope {
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
	const { counted, rows, total } = envelopeOf(request, response, key);
	return {
		total,
		counted,
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
