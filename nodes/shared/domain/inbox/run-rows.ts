import type { JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import type { SyncRow } from '../values/sync-row';
import { countsIn, type Lease, RUN_ROW, type RunLog } from './lease';
import type { Settled, SettledRow } from './settle';

/** Enough for the plot of the status page. */
const MOST_DAYS = 30;

/** Enough to see what the last hours were like. */
const MOST_RUNS = 50;

/** Halo counts requests over this time. */
const REQUEST_WINDOW_MS = 300_000;

function before(lease: Lease, integration: string, flow: string): JsonRecord {
	return lease.status.find((row) => row.integration === integration && row.flow === flow) ?? {};
}

/** How many rows got each decision, added to what was counted before. */
function counted(rows: readonly SettledRow[], counts: JsonRecord = {}): JsonRecord {
	const sums: JsonRecord = { ...counts };
	for (const { update } of rows) {
		sums[update.decision] = (readInteger(sums[update.decision]) ?? 0) + 1;
	}
	return sums;
}

function sourceRows(source: string, rows: readonly SettledRow[], lease: Lease, now: string) {
	const last = before(lease, source, 'process-inbox');
	const stored = before(lease, source, 'intake');
	const failed = rows.filter(({ tried, update }) => tried && update.decision === 'failed');
	const handled = rows.some(({ update }) => update.state === 'done');
	const newest = rows.map(({ receivedAt }) => receivedAt ?? '').sort();
	const same = { enabled: true, checkpoint: '', integration: source };
	return [
		{
			...same,
			flow: 'process-inbox',
			lastSync: handled ? now : memberText(last, 'lastSync'),
			lastError: failed.at(-1)?.update.reason ?? memberText(last, 'lastError') ?? '',
			lastErrorAt: failed.length > 0 ? now : memberText(last, 'lastErrorAt'),
			counts: JSON.stringify(counted(rows, countsIn(last.counts))),
		},
		{
			...same,
			flow: 'intake',
			lastSync: newest.at(-1) || memberText(stored, 'lastSync'),
			lastError: memberText(stored, 'lastError') ?? '',
			lastErrorAt: memberText(stored, 'lastErrorAt'),
			counts: memberText(stored, 'counts') ?? '',
		},
	];
}

function logOf({ rows }: Settled, { log, began }: Lease, now: number): RunLog {
	const at = new Date(now).toISOString();
	const today = at.slice(0, 10);
	const days = { ...log.days, [today]: { created: 0, closed: 0, ...log.days[today] } };
	const day = days[today];
	for (const { update } of rows) {
		const { decision } = update;
		if (day !== undefined && (decision === 'created' || decision === 'closed')) day[decision] += 1;
	}
	const sent = rows.reduce((sum, { requests }) => sum + requests, 0);
	const seconds = Math.round((now - Date.parse(began)) / 1_000);
	return {
		days: Object.fromEntries(Object.entries(days).sort().slice(-MOST_DAYS)),
		runs: [
			...log.runs,
			{ at: began, seconds, rows: rows.length, requests: sent, ...counted(rows) },
		].slice(-MOST_RUNS),
		requests: [
			...log.requests.filter(([when]) => now - Date.parse(when) < REQUEST_WINDOW_MS),
			[at, sent],
		],
	};
}

/**
 * Last Sync and Last Error of each source, and the row of the run itself as the last: it frees the lease, or keeps it
 * for the pause.
 * @param now milliseconds since the epoch
 */
export function statusRows(settled: Settled, lease: Lease, now: number): SyncRow[] {
	const at = new Date(now).toISOString();
	const sources = [...new Set(settled.rows.map(({ source }) => source))];
	const last = before(lease, RUN_ROW.integration, RUN_ROW.flow);
	const reason = settled.rows.find(({ update }) => update.cause.startsWith('halo_'))?.update.reason;
	return [
		...sources.flatMap((source) =>
			sourceRows(
				source,
				settled.rows.filter((row) => row.source === source),
				lease,
				at,
			),
		),
		{
			...RUN_ROW,
			enabled: true,
			lastSync: settled.worked ? at : memberText(last, 'lastSync'),
			lastError: settled.broke ? (reason ?? '') : (memberText(last, 'lastError') ?? ''),
			lastErrorAt: settled.broke ? at : memberText(last, 'lastErrorAt'),
			counts: JSON.stringify({
				busy: false,
				failures: settled.failures,
				...logOf(settled, lease, now),
			}),
			checkpoint: `${settled.gate || 'free'} ${lease.own}`,
		},
	];
}
