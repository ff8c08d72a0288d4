import { isRecord } from './safe-json';
import type { JsonRecord } from './safe-json';

/** Last Sync and Last Error of one integration in one flow. */
export interface SyncStatus {
	integration: string;
	flow: string;
	/** ISO 8601 in UTC; null when there was none. */
	lastSync: string | null;
	lastError: string | null;
	lastErrorAt: string | null;
}

export interface DayCount {
	/** `2026-05-04` */
	day: string;
	created: number;
	closed: number;
}

/** What the page is made of, out of the tables; every member tolerates rows that lack columns. */
export interface StatusInput {
	/** Rows of halo_inbox by state; `capped` says that there are more than were read. */
	inbox: Array<{ state: string; count: number; capped: boolean; oldest: string | null }>;
	sync: SyncStatus[];
	/** Oldest first, at most 30. */
	days: DayCount[];
	/** Requests to Halo in the last five minutes. */
	requests: number;
	mappings: JsonRecord[];
	/** Companies as sources name them. */
	companies: Array<{ source: string; id: string | null; name: string | null }>;
	/** Newest last. */
	errors: Array<{ at: string; direction: string; workflow: string; message: string }>;
}

const WINDOW_MS = 5 * 60_000;
const SHOWN_DAYS = 30;

function rows(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function count(value: unknown): number {
	const number = Number(value ?? 0);
	return Number.isFinite(number) && number > 0 ? Math.round(number) : 0;
}

function parsed(value: unknown): JsonRecord {
	if (isRecord(value)) return value;
	if (typeof value !== 'string' || value === '') return {};
	try {
		const json: unknown = JSON.parse(value);
		return isRecord(json) ? json : {};
	} catch {
		return {};
	}
}

/** Counters of the process-inbox run: days, and requests of the last minutes. */
function countersOf(sync: readonly JsonRecord[]): JsonRecord {
	const run = sync.find(
		({ flow, integration }) => flow === 'process-inbox' && integration === '(run)',
	);
	return parsed(run?.counts);
}

function daysOf(value: unknown): DayCount[] {
	const days = isRecord(value) ? Object.entries(value) : [];
	return days
		.filter(([day]) => /^\d{4}-\d\d-\d\d$/.test(day))
		.sort(([left], [right]) => left.localeCompare(right))
		.slice(-SHOWN_DAYS)
		.map(([day, counts]) => ({
			day,
			created: count(isRecord(counts) ? counts.created : 0),
			closed: count(isRecord(counts) ? counts.closed : 0),
		}));
}

function requestsOf(value: unknown, now: number): number {
	const entries: unknown[] = Array.isArray(value) ? value : [];
	return entries
		.filter((entry): entry is unknown[] => Array.isArray(entry))
		.filter(([at]) => now - Date.parse(String(at)) < WINDOW_MS)
		.reduce((sum, [, sent]) => sum + count(sent), 0);
}

/**
 * Reads what the workflow gathered: `inbox`, `sync`, `mappings`, `companies`, `errors`, each a list of table rows.
 * @param now milliseconds since the epoch
 */
export function readStatusInput(json: JsonRecord, now: number): StatusInput {
	const sync = rows(json.sync);
	const counters = countersOf(sync);
	return {
		inbox: rows(json.inbox).map((row) => ({
			state: text(row.state) ?? 'unknown',
			count: count(row.count),
			capped: row.capped === true,
			oldest: text(row.oldest),
		})),
		sync: sync
			.filter(({ flow, integration }) => flow !== 'notices' && integration !== '(run)')
			.map((row) => ({
				integration: text(row.integration) ?? '',
				flow: text(row.flow) ?? '',
				lastSync: text(row.lastSync),
				lastError: text(row.lastError),
				lastErrorAt: text(row.lastErrorAt),
			})),
		days: daysOf(counters.days),
		requests: requestsOf(counters.requests, now),
		mappings: rows(json.mappings),
		companies: rows(json.companies).map((row) => ({
			source: text(row.source) ?? '',
			id: text(row.companyId) ?? text(row.id),
			name: text(row.displayName) ?? text(row.name),
		})),
		errors: rows(json.errors).map((row) => ({
			at: text(row.at) ?? '',
			direction: text(row.direction) ?? '',
			workflow: text(row.workflow) ?? '',
			message: text(row.message) ?? '',
		})),
	};
}
