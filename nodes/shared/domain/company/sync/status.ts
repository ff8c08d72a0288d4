import { isRecord, type JsonRecord } from '../../values/json';
import { memberText, readInteger } from '../../values/read';
import { SYNC_FLOW, type SyncPlan } from './plan';
import type { SyncRow } from '../../values/sync-row';

/** What the template does when the row is written: the next batch, then who is who, or the end. */
export type NextStep = 'batch' | 'mapping' | 'end' | 'stop';

/** What a run says of itself. */
export interface SyncNews {
	/** What went wrong; '' when nothing did. */
	error: string;
	/** True when everything was written: only then Last Sync moves. */
	isDone: boolean;
	next: NextStep;
	counts: JsonRecord;
	/** Where the next run goes on; '' = at the first page. */
	checkpoint: string;
}

/**
 * The row that says how a run goes. An error of the run before stays beside a later Last Sync, so that a person sees
 * that it is over.
 * @param now ISO 8601
 */
export function syncRow(plan: SyncPlan, news: SyncNews, now: string): SyncRow {
	const failed = news.error !== '';
	return {
		integration: plan.integration,
		flow: SYNC_FLOW,
		enabled: plan.enabled,
		lastSync: news.isDone && !failed ? now : plan.lastSync,
		lastError: failed ? news.error : plan.lastError,
		lastErrorAt: failed ? now : plan.lastErrorAt,
		counts: JSON.stringify({ dryRun: plan.dryRun, ...news.counts, next: news.next }),
		// A dry run stores nothing, so there is nothing to go on from.
		checkpoint: plan.dryRun ? '' : news.checkpoint,
	};
}

/** What a batch of the import gave. */
export interface ImportBatch {
	/** Rows given out, by entity. */
	counts: Readonly<Record<string, number>>;
	requests: number;
	/** Records that Halo counts and did not give. */
	missing: number;
	/** Where the next one goes on; '' at the end. */
	checkpoint: string;
	error: string;
}

/** The member of a JSON object in a cell. */
export function cellCounts(text: string): JsonRecord {
	try {
		const counts: unknown = JSON.parse(text);
		return isRecord(counts) ? counts : {};
	} catch {
		// The cell of a run that wrote none.
		return {};
	}
}

/**
 * The progress after a batch: a run that is stopped goes on from its checkpoint.
 * @param before column `counts` after the batch before; '' before the first one
 * @param now ISO 8601
 */
export function batchRow(plan: SyncPlan, before: string, batch: ImportBatch, now: string): SyncRow {
	const counted = cellCounts(before);
	const sum = (name: string, more: number): number => (readInteger(counted[name]) ?? 0) + more;
	const rows: JsonRecord = isRecord(counted.rows) ? { ...counted.rows } : {};
	for (const [entity, count] of Object.entries(batch.counts)) {
		rows[entity] = (readInteger(rows[entity]) ?? 0) + count;
	}
	const next = batch.error !== '' ? 'stop' : batch.checkpoint === '' ? 'mapping' : 'batch';
	const counts = {
		running: batch.error === '',
		startedAt: plan.startedAt,
		batch: sum('batch', 1),
		rows,
		requests: sum('requests', batch.requests),
		missing: sum('missing', batch.missing),
	};
	const { checkpoint, error } = batch;
	return syncRow(plan, { error, isDone: false, next, counts, checkpoint }, now);
}

/** The row as the node that made it gave it out. */
export function readSyncRow(json: JsonRecord): SyncRow {
	return {
		integration: memberText(json, 'integration') ?? '',
		flow: SYNC_FLOW,
		enabled: json.enabled === true,
		lastSync: memberText(json, 'lastSync'),
		lastError: memberText(json, 'lastError') ?? '',
		lastErrorAt: memberText(json, 'lastErrorAt'),
		counts: memberText(json, 'counts') ?? '',
		checkpoint: memberText(json, 'checkpoint') ?? '',
	};
}
