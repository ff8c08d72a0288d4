import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger, recordsIn } from '../values/read';

/** What a run keeps from run to run in its row of halo_sync_status, in the column counts. */
export type RunLog = {
	/** Tickets of each day, `2026-05-04`, in UTC. */
	days: Record<string, { created: number; closed: number }>;
	/** The last runs that had something to do. */
	runs: JsonRecord[];
	/** When, and how many requests were sent to Halo: those of the last five minutes. */
	requests: Array<[at: string, sent: number]>;
};

/** The turn of one run: what it writes to have the lease, and what it knows of the runs before it. */
export type Lease = {
	/** Id of the run's row in halo_sync_status. */
	id: number;
	/** The checkpoint that was read; the lease counts only when it still stands there. */
	was: string;
	/** The one that is written instead: until when, and whose it is. */
	checkpoint: string;
	counts: string;
	/** Names this run among all. */
	own: string;
	/** When it began, ISO 8601. */
	began: string;
	/** How often in a row Halo did nothing at all. */
	failures: number;
	log: RunLog;
	/** Rows of halo_sync_status about Last Sync and Last Error, as they were. */
	status: JsonRecord[];
};

/** The integration and flow of the row that holds the lease. */
export const RUN_ROW = { integration: '(run)', flow: 'process-inbox' } as const;

/** Flows whose rows the end of a run writes. */
const FLOWS = ['process-inbox', 'intake'];

/** A run that was cut off holds its lease this long: what its start takes, and four seconds for each row. */
const LEASE_MS = 300_000;
const LEASE_MS_PER_ROW = 4_000;

/** The turn of another run. */
export class BusyError extends Error {
	readonly nextStep = 'Wait, or empty the column checkpoint of "(run)" in halo_sync_status.';

	constructor(until: string) {
		super(`Another run is at work, until ${until} at the latest`);
		this.name = 'BusyError';
	}
}

/** There is no row that could hold the lease. */
export class NoRunRowError extends Error {
	readonly nextStep =
		'Add a row to halo_sync_status under Data tables: integration (run), flow process-inbox. Run "Halo Bridge: setup" first if the table is missing.';

	constructor() {
		super('halo_sync_status has no row for process-inbox: integration (run), flow process-inbox');
		this.name = 'NoRunRowError';
	}
}

function recordOf(text: string): JsonRecord {
	try {
		const json: unknown = JSON.parse(text);
		return isRecord(json) ? json : {};
	} catch {
		// Somebody emptied or changed it by hand: the run begins to count anew.
		return {};
	}
}

/** Counts that a column holds as JSON; none when it holds something else. */
export function countsIn(value: unknown): JsonRecord {
	return typeof value === 'string' ? recordOf(value) : {};
}

function readLog(counts: JsonRecord): RunLog {
	const days: RunLog['days'] = {};
	for (const [day, one] of Object.entries(isRecord(counts.days) ? counts.days : {})) {
		if (!isRecord(one)) continue;
		days[day] = { created: readInteger(one.created) ?? 0, closed: readInteger(one.closed) ?? 0 };
	}
	const requests: unknown[] = Array.isArray(counts.requests) ? counts.requests : [];
	return {
		days,
		runs: recordsIn(counts.runs),
		requests: requests.flatMap((entry): RunLog['requests'] =>
			Array.isArray(entry) ? [[String(entry[0]), readInteger(entry[1]) ?? 0]] : [],
		),
	};
}

/** Who asks for the turn. */
export interface Asking {
	/** A person who runs it in the editor. */
	byHand: boolean;
	/** When n8n started, ISO 8601, when that is what started the run; else ''. */
	startedAt: string;
	/** Names this run among all. */
	own: string;
	/** Milliseconds since the epoch. */
	now: number;
}

/**
 * Whether it is the turn of this run. One run at a time: a run that was cut off leaves its lease behind, which ends by
 * itself or with the next start of n8n. Should there be two rows, the oldest holds the lease.
 * @param status rows of halo_sync_status
 * @param rows how many rows of the inbox the run has
 * @returns null when another run is at work, or Halo failed and its pause is not over; a person may end the pause
 * @throws BusyError when a person runs it beside another run
 * @throws NoRunRowError when the row is missing
 */
export function askForLease(
	status: readonly JsonRecord[],
	{ byHand, startedAt, own, now }: Asking,
	rows: number,
): Lease | null {
	const ofRun = status
		.filter(({ integration, flow }) => integration === RUN_ROW.integration && flow === RUN_ROW.flow)
		.map((row) => ({ row, id: readInteger(row.id) ?? 0 }))
		.sort((left, right) => left.id - right.id)[0];
	if (ofRun === undefined) throw new NoRunRowError();
	const counts = countsIn(ofRun.row.counts);
	const was = memberText(ofRun.row, 'checkpoint') ?? '';
	const [until = ''] = was.split(' ');
	// What was at work before n8n started is not any more.
	const cutOff =
		startedAt !== '' && !(Date.parse(String(counts.taken ?? '')) >= Date.parse(startedAt));
	if (Date.parse(until) > now && !cutOff) {
		if (counts.busy === true && byHand) throw new BusyError(until);
		if (counts.busy === true || !byHand) return null;
	}
	const log = readLog(counts);
	const failures = readInteger(counts.failures) ?? 0;
	const taken = new Date(now).toISOString();
	const ends = new Date(now + LEASE_MS + LEASE_MS_PER_ROW * rows).toISOString();
	return {
		id: ofRun.id,
		was,
		checkpoint: `${ends} ${own}`,
		counts: JSON.stringify({ ...log, busy: true, taken, failures }),
		own,
		began: taken,
		failures,
		log,
		status: status.filter(({ flow }) => FLOWS.includes(String(flow))),
	};
}

/** True when the row that came back is ours: another run of the same moment found the checkpoint changed. */
export function holdsLease(written: readonly JsonRecord[], { own }: Pick<Lease, 'own'>): boolean {
	return written.some(({ checkpoint }) => String(checkpoint ?? '').endsWith(` ${own}`));
}

/** A lease as one node hands it to the next. @throws TypeError when it is none */
export function readLease(value: unknown): Lease {
	if (!isRecord(value)) throw new TypeError('Lease: expected the item that Choose gave out');
	const id = readInteger(value.id);
	const own = memberText(value, 'own');
	if (id === null || own === null) {
		throw new TypeError('Lease: expected the item that Choose gave out, with id and own');
	}
	const text = (name: string): string => memberText(value, name) ?? '';
	return {
		id,
		was: text('was'),
		checkpoint: text('checkpoint'),
		counts: text('counts'),
		own,
		began: text('began'),
		failures: readInteger(value.failures) ?? 0,
		log: readLog(isRecord(value.log) ? value.log : {}),
		status: recordsIn(value.status),
	};
}
