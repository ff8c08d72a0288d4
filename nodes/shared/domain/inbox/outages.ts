import { wholeCharacters } from '../values/cut';
import type { JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import { ownName } from './error-rows';
import { countsIn, RUN_ROW } from './lease';

/**
 * One outage: everything that fails in one direction for one cause, as a row of halo_sync_status; the members are columns.
 * `open`: began, nobody told yet. `told`: people know. `over`: ended, its end not told yet. `closed`: done.
 */
export type OutageRow = {
	/** Direction and cause, `outgoing: halo_down`. */
	integration: string;
	flow: 'notices';
	enabled: boolean;
	checkpoint: 'open' | 'told' | 'over' | 'closed';
	lastSync: string | null;
	lastError: string;
	lastErrorAt: string | null;
	/** JSON: `since` when, and how many `errors`. */
	counts: string;
};

/** Last Error of a flow that keeps a row of its own; only what changes. */
export type FlowErrorRow = {
	integration: '(all)';
	flow: string;
	lastError: string;
	lastErrorAt: string;
};

/** What is known when notices runs. */
export interface Known {
	/** Rows of halo_sync_status. */
	status: readonly JsonRecord[];
	/** Rows of halo_errors that nobody was told of, oldest first. */
	errors: readonly JsonRecord[];
	/** Failed rows of halo_inbox. */
	waiting: readonly JsonRecord[];
	/** True when the row of this run was made just now: it is the first run. */
	first: boolean;
	/** An outage is over after so many minutes without a further error. */
	quietMinutes: number;
	/** Milliseconds since the epoch. */
	now: number;
}

/** The integration and flow of the row that notices keeps about itself. */
export const NOTICES_ROW = { integration: '(notices)', flow: 'notices' } as const;

/** The outage of full tables: what cannot be written cannot be remembered, so its row is away while they are full. */
export const FULL_TABLES = 'incoming: store';

/** These wait for a person: silence is no good news about them. */
const FOR_A_PERSON = ['halo_refused', 'damaged', 'mapping'];

const LONGEST_ERROR = 1_000;

/** The cause in the name of an outage, `halo_down` of `outgoing: halo_down`. */
function causeNamed(integration: string): string {
	return integration.split(': ')[1] ?? '';
}

function readOutage(row: JsonRecord): OutageRow | null {
	const { checkpoint } = row;
	const known =
		checkpoint === 'open' ||
		checkpoint === 'told' ||
		checkpoint === 'over' ||
		checkpoint === 'closed';
	if (row.flow !== 'notices') return null;
	return {
		integration: memberText(row, 'integration') ?? '',
		flow: 'notices',
		enabled: true,
		checkpoint: known ? checkpoint : 'closed',
		lastSync: memberText(row, 'lastSync'),
		lastError: memberText(row, 'lastError') ?? '',
		lastErrorAt: memberText(row, 'lastErrorAt'),
		counts: memberText(row, 'counts') ?? '',
	};
}

/** The outages that stand in halo_sync_status, by direction and cause. The row of notices itself is none. */
export function outagesIn(status: readonly JsonRecord[]): Map<string, OutageRow> {
	const rows = status.flatMap((row) => readOutage(row) ?? []);
	return new Map(
		rows
			.filter(({ integration }) => integration !== NOTICES_ROW.integration)
			.map((row) => [row.integration, row]),
	);
}

function withError(
	before: OutageRow | undefined,
	integration: string,
	error: JsonRecord,
): OutageRow {
	const at = memberText(error, 'at') ?? '';
	const lasts = before !== undefined && before.checkpoint !== 'closed';
	const counts = lasts ? countsIn(before.counts) : {};
	return {
		integration,
		flow: 'notices',
		enabled: true,
		checkpoint: lasts && before.checkpoint !== 'open' ? 'told' : 'open',
		lastSync: before?.lastSync ?? null,
		lastError: wholeCharacters(memberText(error, 'message') ?? '', LONGEST_ERROR),
		lastErrorAt: at,
		counts: JSON.stringify({
			since: memberText(counts, 'since') ?? at,
			errors: (readInteger(counts.errors) ?? 0) + 1,
		}),
	};
}

/** When Halo took something last, ISO 8601; '' when it never did. */
function lastWorked(status: readonly JsonRecord[]): string {
	const run = status.find(
		({ integration, flow }) => integration === RUN_ROW.integration && flow === RUN_ROW.flow,
	);
	return run === undefined ? '' : (memberText(run, 'lastSync') ?? '');
}

/**
 * The outages that changed: begun, gone on, or over. An outage is over when no event waits because of it and either
 * Halo took an event since, or nothing more failed for the quiet time.
 */
export function changedOutages({ status, errors, waiting, first, quietMinutes, now }: Known): {
	outages: OutageRow[];
	flows: FlowErrorRow[];
} {
	const known = outagesIn(status);
	const changed = new Map<string, OutageRow>();
	const flows = new Map<string, FlowErrorRow>();
	for (const error of errors) {
		const cause = memberText(error, 'cause') ?? '';
		const workflow = memberText(error, 'workflow') ?? '';
		const direction = memberText(error, 'direction') ?? '';
		const integration = `${direction}: ${cause === 'workflow' ? `workflow ${workflow}` : cause}`;
		const before = changed.get(integration) ?? known.get(integration);
		const outage = withError(before, integration, error);
		changed.set(integration, outage);
		const flow = ownName(workflow);
		if (!status.some((row) => row.integration === '(all)' && row.flow === flow)) continue;
		const { lastError, lastErrorAt } = outage;
		flows.set(flow, { integration: '(all)', flow, lastError, lastErrorAt: lastErrorAt ?? '' });
	}
	const at = new Date(now).toISOString();
	const worked = lastWorked(status);
	const causes = new Set(waiting.map(({ cause }) => cause));
	for (const [integration, row] of known) {
		if (!['open', 'told'].includes(row.checkpoint) || changed.has(integration)) continue;
		const cause = causeNamed(integration);
		const quiet = now - Date.parse(row.lastErrorAt ?? '') >= quietMinutes * 60_000;
		const answered = cause.startsWith('halo_') && worked > (row.lastErrorAt ?? '');
		if (causes.has(cause) || !(quiet || answered)) continue;
		const silent = row.checkpoint === 'open' || FOR_A_PERSON.includes(cause);
		changed.set(integration, { ...row, checkpoint: silent ? 'closed' : 'over', lastSync: at });
	}
	// Away when there was no room, and at the first run.
	if (!known.has(FULL_TABLES)) {
		changed.set(FULL_TABLES, {
			integration: FULL_TABLES,
			flow: 'notices',
			enabled: true,
			checkpoint: first ? 'closed' : 'over',
			lastSync: at,
			lastError: '',
			lastErrorAt: null,
			counts: '',
		});
	}
	return { outages: [...changed.values()], flows: [...flows.values()] };
}
