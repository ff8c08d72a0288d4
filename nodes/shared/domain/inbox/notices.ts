import { forHtml, forMailSubject, forSlack, forTeams } from '../values/escape';
import { entryOf, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import { countsIn } from './lease';
import { FULL_TABLES, NOTICES_ROW, type OutageRow, outagesIn } from './outages';

/** What people are told; one message for the beginning of an outage, one for its end. */
export type Notice = {
	/** The outage, as halo_sync_status names it. */
	integration: string;
	direction: 'incoming' | 'outgoing';
	/** What the outage becomes once it was sent. */
	next: 'told' | 'closed';
	/** True when the tables are full, so that nothing can be written. */
	full: boolean;
	subject: string;
	text: string;
	html: string;
	slack: string;
	teams: string;
	/** Who gets it by e-mail. */
	to: string;
};

/** How one cause is told. */
interface Wording {
	begins: string;
	/** What to do. */
	step: string;
	/** How its end is told; '' for what ends without a word. */
	ends: string;
}

const WORDS: Readonly<Record<string, Wording>> = {
	store: {
		begins: 'The Data Tables of n8n take no more rows',
		step: 'Scanners get 500 and send again. Usually the tables are full: let prune-inbox keep fewer rows, or raise N8N_DATA_TABLES_MAX_SIZE_BYTES. If there is room, a column of halo_sync_status is missing.',
		ends: 'There is room in the Data Tables again',
	},
	halo_down: {
		begins: 'Halo does not answer',
		step: 'Nothing is lost: the events wait in halo_inbox and go to Halo in order when it is back.',
		ends: 'Halo answers again',
	},
	halo_rights: {
		begins: 'Halo refuses the credential, or a right is missing',
		step: 'Run Halo Check Setup: it names the right and its menu path. A new secret belongs into the n8n credential too. The events wait in halo_inbox.',
		ends: 'Halo accepts the credential again',
	},
	halo_refused: {
		begins: 'Halo refused an event',
		step: 'It is dead in halo_inbox. Correct what Halo names, then send it again with replay-form.',
		ends: '',
	},
	set_up: {
		begins: 'The tables are not filled in as events need it',
		step: 'Correct the profile, event set or mapping that is named above. The events wait and are tried again.',
		ends: 'The tables are in order again',
	},
	mapping: {
		begins: 'A row of halo_company_mappings cannot be used',
		step: 'Correct the row; its events are held and go on by themselves then.',
		ends: '',
	},
	damaged: {
		begins: 'A row of halo_inbox cannot be read',
		step: 'Correct its column event and set its state to new, or delete the row.',
		ends: '',
	},
};

const OTHER: Wording = {
	begins: 'A workflow failed',
	step: 'Open it under Executions, and correct what it says.',
	ends: 'No further failures',
};

/** So many failed rows of halo_inbox are read at most: enough to say that it is many. */
export const MOST_WAITING = 500;

const HOUR_MS = 3_600_000;

function timesIn(counts: string): string[] {
	try {
		const times: unknown = JSON.parse(counts);
		return Array.isArray(times) ? times.map(String) : [];
	} catch {
		// Empty at first, or spoiled by hand: counting begins anew.
		return [];
	}
}

/** Times at which notices were sent within the last hour, as the row of notices counts them. */
export function sentLately(status: readonly JsonRecord[], now: number): string[] {
	const own = status.find(
		({ integration, flow }) => integration === NOTICES_ROW.integration && flow === NOTICES_ROW.flow,
	);
	const times = timesIn(memberText(own ?? {}, 'counts') ?? '');
	return times.filter((at) => now - Date.parse(at) < HOUR_MS);
}

function noticeOf(
	outage: OutageRow,
	{ full, waiting, to, now }: Pick<Telling, 'full' | 'waiting' | 'to' | 'now'>,
): Notice {
	const direction = outage.integration.startsWith('outgoing') ? 'outgoing' : 'incoming';
	const [, cause = ''] = outage.integration.split(': ');
	const known = entryOf(WORDS, cause);
	const { begins, step, ends } = known ?? OTHER;
	const counts = countsIn(outage.counts);
	const since = memberText(counts, 'since') ?? new Date(now).toISOString();
	const over = outage.checkpoint === 'over';
	const many = waiting >= MOST_WAITING ? `${MOST_WAITING} or more` : waiting;
	const text = over
		? [`${ends}.`, `It began ${since}. Errors: ${readInteger(counts.errors) ?? 1}.`]
		: [
				`${begins}.`,
				outage.lastError,
				`Next: ${step}`,
				`Since ${since}. Events that wait for another try: ${many}.`,
			];
	const words = `${over ? ends : begins}${known === undefined ? ` (${cause})` : ''}`;
	const subject = forMailSubject(`Halo bridge, ${direction}: ${words}`);
	const whole = [subject, ...text].join('\n\n');
	return {
		integration: outage.integration,
		direction,
		next: over ? 'closed' : 'told',
		full,
		subject,
		text: text.join('\n\n'),
		html: text.map((part) => `<p>${forHtml(part)}</p>`).join(''),
		slack: forSlack(whole),
		teams: forTeams(whole),
		to: to[direction],
	};
}

/** What a run of notices has to tell. */
export interface Telling {
	/** Rows of halo_sync_status, as they were. */
	status: readonly JsonRecord[];
	/** Outages that changed since. */
	changed: readonly OutageRow[];
	/** True when the run could write nothing. */
	full: boolean;
	/** How many failed rows of halo_inbox were read. */
	waiting: number;
	noticesPerHour: number;
	/** Recipients by direction. */
	to: { incoming: string; outgoing: string };
	/** Milliseconds since the epoch. */
	now: number;
}

function dueOutages({ status, changed, full }: Telling): OutageRow[] {
	const rows = outagesIn(status);
	if (full) {
		const store = rows.get(FULL_TABLES);
		const lastError = 'n8n refused to write a row.';
		return store === undefined ? [] : [{ ...store, checkpoint: 'open', lastError, counts: '' }];
	}
	for (const row of changed) rows.set(row.integration, row);
	return [...rows.values()].filter(({ checkpoint }) => ['open', 'over'].includes(checkpoint));
}

/**
 * The messages of this run, beginnings before ends when there is not room for all; what is above the number of an hour
 * waits, and is told later if it still lasts.
 */
export function noticesOf(telling: Telling): Notice[] {
	const { status, full, waiting, noticesPerHour, to, now } = telling;
	const due = dueOutages(telling).sort((one, other) =>
		one.checkpoint === other.checkpoint ? 0 : one.checkpoint === 'open' ? -1 : 1,
	);
	const room = Math.max(0, noticesPerHour - sentLately(status, now).length);
	return due.slice(0, room).map((outage) => noticeOf(outage, { full, waiting, to, now }));
}
