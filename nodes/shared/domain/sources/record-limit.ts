import { DETECT, detectSource, sourceById } from './index';

/** A delivery holds more records than it may; none of them was read. */
export class TooManyRecordsError extends Error {
	readonly nextStep =
		'Send fewer records per delivery, or raise Most Records per Delivery in the node.';

	constructor(most: number) {
		super(`The delivery holds more than ${most} records.`);
		this.name = 'TooManyRecordsError';
	}
}

/** @throws TooManyRecordsError */
export function refuseTooMany(records: number, most: number | null): void {
	if (most !== null && records > most) throw new TooManyRecordsError(most);
}

function recordsOf(sourceId: string, payload: unknown): number {
	const source = sourceId === DETECT ? detectSource(payload) : sourceById(sourceId);
	try {
		return source?.records(payload).records.length ?? 1;
	} catch {
		// Of another source: the reader says so, in words.
		return 1;
	}
}

/**
 * Counts the records of a payload that nobody has copied or read yet, so that a body of millions costs no more than
 * its parsing.
 * @param sourceId id of a source, or `detect`
 * @param payload straight out of `JSON.parse`
 * @throws TooManyRecordsError
 */
export function refuseLongPayload(sourceId: string, payload: unknown, most: number | null): void {
	if (most === null) return;
	const list: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
	refuseTooMany(list.length, most);
	let records = 0;
	for (const entry of list) {
		records += recordsOf(sourceId, entry);
		refuseTooMany(records, most);
	}
}
