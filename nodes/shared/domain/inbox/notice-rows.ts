import type { JsonRecord } from '../values/json';
import { readInteger } from '../values/read';
import { type LookUp, threeOf } from './look-up';
import { MOST_WAITING, type Notice } from './notices';
import { NOTICES_ROW } from './outages';

/** A row of halo_sync_status about an outage that people were told of; only what changes. */
export type ToldRow = { integration: string; flow: 'notices'; checkpoint: Notice['next'] };

/** A row of halo_errors that was read. */
export type NoticedRow = { id: number; noticedAt: string };

/** Why a notice could not be sent, in the row of notices itself; only what changes. */
export type UnsentRow = typeof NOTICES_ROW & { lastError: string; lastErrorAt: string };

/** As many rows as halo_sync_status ever has: one for each source and flow, and one for each outage. */
const ALL_STATUS = 10_000;

/** Most errors that one run reads; what is above comes a minute later. */
const MOST_ERRORS = 500;

/** What notices reads; `table` is a table's name. */
export function noticeLookUps(): Array<Omit<LookUp, 'tables'>> {
	const oldest = { orderBy: 'id', direction: 'ASC' } as const;
	return [
		{ table: 'halo_sync_status', where: threeOf([]), ...oldest, limit: ALL_STATUS },
		{
			table: 'halo_errors',
			where: threeOf([{ column: 'noticedAt', condition: 'isEmpty', value: '' }]),
			...oldest,
			limit: MOST_ERRORS,
		},
		{
			table: 'halo_inbox',
			where: threeOf([{ column: 'state', condition: 'eq', value: 'failed' }]),
			orderBy: 'id',
			direction: 'DESC',
			limit: MOST_WAITING,
		},
	];
}

/** Marks for the rows of halo_errors that were read. @param at ISO 8601 */
export function noticedRows(errors: readonly JsonRecord[], at: string): NoticedRow[] {
	return errors.flatMap((row) => {
		const id = readInteger(row.id);
		return id === null ? [] : [{ id, noticedAt: at }];
	});
}

/** The outage of a notice that was sent, or that nobody wants to have. */
export function toldRow({ integration, next }: Pick<Notice, 'integration' | 'next'>): ToldRow {
	return { integration, flow: 'notices', checkpoint: next };
}

/** @param why what the node said that could not send it @param at ISO 8601 */
export function unsentRow(subject: string, why: string, at: string): UnsentRow {
	return { ...NOTICES_ROW, lastError: `${subject}: ${why}`, lastErrorAt: at };
}
