import { isRecord } from '../values/json';
import type { JsonRecord } from '../values/json';
import { jsonRecordIn, recordsIn } from '../values/read';

/** Last Sync and Last Error of one integration in one flow. */
export interface SyncStatus {
	integration: string;
	flow: string;
	/** ISO 8601 in UTC; null when there was none. */
	lastSync: string | null;
	lastError: string | null;
	lastErrorAt: string | null;
}

/** What was created and closed on one day, in UTC. */
export interface DayCount {
	/** `2026-05-04` */
	day: string;
	created: number;
	closed: number;
}

/** Rows of halo_inbox in one state. */
export interface InboxState {
	state: string;
	count: number;
	/** True when there are more than were read. */
	capped: boolean;
	/** When the oldest of them came, ISO 8601 in UTC. */
	oldest: string | null;
}

/** A company as its source names it. */
export interface StatusCompany {
	source: string;
	id: string | null;
	name: string | null;
	/** Findings that wait for its mapping. */
	held: number;
}

/** What the page is made of, out of the tables; every member tolerates rows that lack columns. */
export interface StatusInput {
	/** What is wrong with the tables themselves, in words. */
	tableFaults: string[];
	inbox: InboxState[];
	sync: SyncStatus[];
	/** Oldest first, without gaps, the last one is today. */
	days: DayCount[];
	/** Requests that process-inbox sent to Halo in the last five minutes. */
	requests: number;
	mappings: JsonRecord[];
	companies: StatusCompany[];
	/** Newest first. */
	errors: Array<{ at: string; direction: string; workflow: string; message: string }>;
}

/** Halo counts requests over this time. */
const WINDOW_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** As many as process-inbox keeps. */
const MOST_DAYS = 30;
/** Two weeks: fewer bars say nothing about a week's rhythm. */
const FEWEST_DAYS = 14;

function text(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function count(value: unknown): number {
	const number = Number(value ?? 0);
	return Number.isFinite(number) && number > 0 ? Math.round(number) : 0;
}

/** True for the row in which process-inbox keeps its own counters. */
function isRun({ flow, integration }: JsonRecord): boolean {
	return flow === 'process-inbox' && integration === '(run)';
}

/** True for the rows in which notices keeps outages; its own row, `(notices)`, says whether people can be told. */
function isOutage({ flow, integration }: JsonRecord): boolean {
	return flow === 'notices' && integration !== '(notices)';
}

function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

function daysOf(value: unknown, now: number): DayCount[] {
	const counted = isRecord(value) ? value : {};
	const first = Object.keys(counted)
		.filter((day) => /^\d{4}-\d\d-\d\d$/.test(day))
		.sort()[0];
	if (first === undefined) return [];
	const known = Math.floor((now - Date.parse(first)) / DAY_MS) + 1;
	const shown = Math.min(Math.max(known, FEWEST_DAYS), MOST_DAYS);
	return Array.from({ length: shown }, (_, index) => {
		const day = dayOf(now - (shown - 1 - index) * DAY_MS);
		const counts = isRecord(counted[day]) ? counted[day] : {};
		return { day, created: count(counts.created), closed: count(counts.closed) };
	});
}

function requestsOf(value: unknown, now: number): number {
	const entries: unknown[] = Array.isArray(value) ? value : [];
	return entries
		.filter((entry): entry is unknown[] => Array.isArray(entry))
		.filter(([at]) => now - Date.parse(String(at)) < WINDOW_MS)
		.reduce((sum, [, sent]) => sum + count(sent), 0);
}

/** One entry per company, however many findings of it are held. */
function companiesOf(value: unknown): StatusCompany[] {
	const known = new Map<string, StatusCompany>();
	for (const row of recordsIn(value)) {
		const source = text(row.source) ?? '';
		const id = text(row.companyId);
		const name = text(row.displayName) ?? text(row.name);
		if (id === null && name === null) continue;
		const key = JSON.stringify([source, id, id === null ? name?.toLowerCase() : null]);
		const company = known.get(key) ?? { source, id, name, held: 0 };
		if (row.held === true) company.held += 1;
		known.set(key, company);
	}
	return [...known.values()];
}

/**
 * Reads what the template status-page gathered: `tableFaults`, a list of texts, and `inbox`, `sync`, `mappings`,
 * `companies` and `errors`, each a list of table rows.
 * @param now milliseconds since the epoch
 */
export function readStatusInput(json: JsonRecord, now: number): StatusInput {
	const sync = recordsIn(json.sync);
	const counters = jsonRecordIn(sync.find(isRun)?.counts);
	const faults: unknown[] = Array.isArray(json.tableFaults) ? json.tableFaults : [];
	return {
		tableFaults: faults.flatMap((fault) => text(fault) ?? []),
		inbox: recordsIn(json.inbox).map((row) => ({
			state: text(row.state) ?? 'unknown',
			count: count(row.count),
			capped: row.capped === true,
			oldest: text(row.oldest),
		})),
		sync: sync
			.filter((row) => !isOutage(row) && !isRun(row))
			.map((row) => ({
				integration: text(row.integration) ?? '',
				flow: text(row.flow) ?? '',
				lastSync: text(row.lastSync),
				lastError: text(row.lastError),
				lastErrorAt: text(row.lastErrorAt),
			})),
		days: daysOf(counters.days, now),
		requests: requestsOf(counters.requests, now),
		mappings: recordsIn(json.mappings),
		companies: companiesOf(json.companies),
		errors: recordsIn(json.errors).map((row) => ({
			at: text(row.at) ?? '',
			direction: text(row.direction) ?? '',
			workflow: text(row.workflow) ?? '',
			message: text(row.message) ?? '',
		})),
	};
}
