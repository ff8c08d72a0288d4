import { readStatusInput, type StatusInput } from '../pages/status-input';
import { isRecord, type JsonRecord } from '../values/json';
import { jsonRecordIn } from '../values/read';
import { COUNTED_STATES, MOST_OF_A_STATE } from './reads';
import type { RowsByTable } from './rows';

/** Decisions after which a row is handled once more: they are no end. */
const NO_END = /^(failed|held_|skipped_maintenance)/;

function inboxCounts(rows: readonly JsonRecord[]): JsonRecord[] {
	return COUNTED_STATES.map((state) => {
		const found = rows.filter((row) => row.state === state);
		const oldest = found[0]?.receivedAt ?? found[0]?.createdAt ?? null;
		return { state, count: found.length, capped: found.length >= MOST_OF_A_STATE, oldest };
	});
}

/** Rows that are done are pruned, so what process-inbox has counted tells more than the rows. */
function handledSoFar(sync: readonly JsonRecord[]): number {
	return sync
		.filter(({ flow, integration }) => flow === 'process-inbox' && integration !== '(run)')
		.flatMap(({ counts }) => Object.entries(jsonRecordIn(counts)))
		.filter(([decision]) => !NO_END.test(decision))
		.reduce((sum, [, count]) => sum + (Number(count) || 0), 0);
}

/** Companies that nobody has mapped show up in held rows first. */
function heldCompanies(rows: readonly JsonRecord[]): JsonRecord[] {
	return rows
		.filter(({ state }) => state === 'held')
		.flatMap(({ event, source }) => {
			const { company } = jsonRecordIn(event);
			if (!isRecord(company)) return [];
			const { id, name, displayName } = company;
			return [{ source, companyId: id, name, displayName, held: true }];
		});
}

/** What the status page is made of, out of the rows of the tables. @param now milliseconds since the epoch */
export function overviewInput(
	rows: RowsByTable,
	tableFaults: readonly string[],
	now: number,
): StatusInput {
	const { halo_inbox: inbox, halo_sync_status: sync } = rows;
	const done = { state: 'done', count: handledSoFar(sync), capped: false, oldest: null };
	return readStatusInput(
		{
			tableFaults,
			inbox: [...inboxCounts(inbox), done],
			sync,
			companies: [...rows.halo_companies, ...heldCompanies(inbox)],
			mappings: rows.halo_company_mappings,
			errors: rows.halo_errors,
		},
		now,
	);
}
