import { isRecord, readReference, readSingle, readText } from './decode';
import type { RowDecoder } from './decode-rows';
import { HaloValidationError, toResponseError } from '../http/errors';
import type { HaloRequest, HaloResponse } from '../http/transport';

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
