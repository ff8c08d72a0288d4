import { isRecord } from '../values/json';

/** What can be imported from Halo, in the order in which it is read. */
export const IMPORT_ENTITIES = ['clients', 'sites', 'users', 'assets'] as const;
export type ImportEntity = (typeof IMPORT_ENTITIES)[number];

/** Where an import that was cut short goes on. Written to the sync status, read by the next run. */
export interface ImportCheckpoint {
	entity: ImportEntity;
	/** Page to read next, from 1. */
	page: number;
	/** Rows per page that Halo really gives. */
	pageSize: number;
	/** Id of the first row of the page before; that page again means the end. */
	firstId: number | null;
	/** Halo's count of rows when the page before was read; null before the first page. */
	total: number | null;
	/** Only rows changed since; ISO 8601 in UTC, null = all. */
	since: string | null;
	/** When the import began, ISO 8601 in UTC: what changes after it belongs to the next import. */
	until: string;
}

/** A checkpoint that cannot be used. */
export class CheckpointError extends Error {
	readonly nextStep =
		'Empty the checkpoint in halo_sync_status: the import then starts at the first page.';

	constructor(problem: string) {
		super(`The checkpoint of the import cannot be used: ${problem}`);
		this.name = 'CheckpointError';
	}
}

function unreadable(problem: string): CheckpointError {
	return new CheckpointError(problem);
}

function isEntity(value: unknown): value is ImportEntity {
	return IMPORT_ENTITIES.some((entity) => entity === value);
}

function wholeNumber(value: unknown, member: string, least: number): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
	throw new CheckpointError(
		`${member} needs a whole number from ${least}, got ${JSON.stringify(value)}`,
	);
}

function numberOrNull(value: unknown, member: string): number | null {
	return value === null || value === undefined ? null : wholeNumber(value, member, 0);
}

/** @throws CheckpointError naming the member */
function instant(value: unknown, member: string): string {
	const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	if (!Number.isNaN(time)) return new Date(time).toISOString();
	throw new CheckpointError(`${member} needs a date, got ${JSON.stringify(value)}`);
}

/**
 * Reads a checkpoint from the text that an import wrote.
 * @param text JSON; empty = none
 * @returns null when there is none
 * @throws CheckpointError naming what is wrong
 */
export function parseCheckpoint(text: string): ImportCheckpoint | null {
	if (text.trim() === '') return null;
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw unreadable('expected the JSON that an import wrote');
	}
	if (parsed === null) return null;
	if (!isRecord(parsed)) throw new CheckpointError('expected a JSON object');
	const { entity } = parsed;
	if (!isEntity(entity)) {
		throw new CheckpointError(
			`entity needs one of ${IMPORT_ENTITIES.join(', ')}, got ${JSON.stringify(entity)}`,
		);
	}
	return {
		entity,
		page: wholeNumber(parsed.page, 'page', 1),
		pageSize: wholeNumber(parsed.pageSize, 'pageSize', 1),
		firstId: numberOrNull(parsed.firstId, 'firstId'),
		total: numberOrNull(parsed.total, 'total'),
		since:
			parsed.since === null || parsed.since === undefined ? null : instant(parsed.since, 'since'),
		until: instant(parsed.until, 'until'),
	};
}

/**
 * The moment from which changes are read: a little before the last import began, since Halo's clock and its times of
 * change are its own.
 * @param updatedSince ISO 8601; '' = everything
 * @param overlapMinutes minutes, 0 or more
 * @returns ISO 8601 in UTC; null = everything
 * @throws RangeError when the date cannot be read
 */
export function sinceWithOverlap(updatedSince: string, overlapMinutes: number): string | null {
	if (updatedSince.trim() === '') return null;
	const time = Date.parse(updatedSince);
	if (Number.isNaN(time)) {
		throw new RangeError(
			`Updated Since needs a date such as 2026-05-04T02:00:00Z, got "${updatedSince.slice(0, 40)}"`,
		);
	}
	return new Date(time - Math.max(0, overlapMinutes) * 60_000).toISOString();
}

/**
 * Whether a row that Halo gave belongs into the import: Halo ignores filters that it does not know, so they are
 * applied once more. A row without a time of change is kept.
 */
export function belongsToImport(
	row: { inactive: boolean; updatedAt: string | null },
	filter: { includeInactive: boolean; since: string | null },
): boolean {
	if (row.inactive && !filter.includeInactive) return false;
	return filter.since === null || row.updatedAt === null || row.updatedAt >= filter.since;
}
