import { isRecord, type JsonRecord } from '../values/json';
import { differs, expected, notTried, wrong, type ProbeLine } from './probe-line';
import { PROBE_SETTINGS } from './probe-line';

/** Members of a list row that decisions are made from. */
const NEEDED_MEMBERS = [
	'id',
	'summary',
	'client_id',
	'status_id',
	'tickettype_id',
	'agent_id',
	'last_update',
	'dateoccurred',
] as const;

const READ_WHOLE =
	'Nothing to set: such a ticket is read whole before anything is decided, a request more each.';

/** The test ticket's row in a list. @param row as Halo sent it; null when no list held it */
export function membersLine(row: JsonRecord | null): ProbeLine {
	const fact = 'Members of list rows';
	if (row === null) return notTried(fact, 'No list held the test ticket.');
	const missing = NEEDED_MEMBERS.filter((name) => row[name] === undefined || row[name] === null);
	const texts = NEEDED_MEMBERS.filter(
		(name) => (name === 'id' || name.endsWith('_id')) && typeof row[name] === 'string',
	);
	if (missing.length > 0) return differs(fact, `Rows have no ${missing.join(', ')}.`, READ_WHOLE);
	if (texts.length > 0) {
		return differs(
			fact,
			`Ids stand as text: ${texts.join(', ')}.`,
			'Nothing to set: they are read as numbers.',
		);
	}
	return expected(fact, `Rows have ${NEEDED_MEMBERS.join(', ')}.`);
}

function bare(text: string): string {
	return text.replace(/\s+/g, '');
}

/**
 * The details in the row against those of the ticket itself.
 * @param row details of the list row, as sent; undefined when it has none
 * @param whole details of the ticket read by its number
 */
export function rowDetailsLine(row: unknown, whole: string): ProbeLine {
	const fact = 'Details in list rows';
	if (typeof row !== 'string' || row === '') {
		return differs(fact, 'Rows have no details.', READ_WHOLE);
	}
	if (row === whole) return expected(fact, `Rows have them whole, ${whole.length} characters.`);
	if (bare(row) === bare(whole)) {
		return differs(
			fact,
			'Rows have them with other white space.',
			'Nothing to set: white space is not compared.',
		);
	}
	if (row.includes('</')) return differs(fact, 'Rows have them as HTML.', READ_WHOLE);
	if (bare(whole).startsWith(bare(row))) {
		return differs(
			fact,
			`Rows have the first ${row.length} of ${whole.length} characters.`,
			READ_WHOLE,
		);
	}
	return differs(fact, 'Rows have another text than the ticket.', READ_WHOLE);
}

/** One page of a list as it came. */
export interface SeenPage {
	ids: readonly number[];
	/** What Halo says the list counts; null when it says nothing. */
	count: number | null;
}

/**
 * What pages of a list hold, and what its count counts.
 * @param asked rows that were asked for
 * @param second the page after; null when it was not asked for
 * @param past a page far behind the end; null when it was not asked for
 * @returns null when the list holds nothing
 */
export function readPages(
	asked: number,
	first: SeenPage,
	second: SeenPage | null,
	past: SeenPage | null = null,
): { seen: string; usual: boolean } | null {
	const rows = first.ids.length;
	if (rows === 0) return null;
	const known = new Set(first.ids);
	const fresh = second?.ids.filter((id) => !known.has(id)).length ?? 0;
	const { count } = first;
	const isCut = fresh > 0 || (second === null && count !== null && count > rows);
	const size = isCut ? `pages of ${rows} for ${asked} that were asked for` : `one page of ${rows}`;
	const end =
		past === null
			? ''
			: past.ids.length === 0
				? ', nothing behind the last page'
				: ', the last page again behind the end';
	const atLeast = rows + fresh;
	const counting =
		count === null
			? 'no record_count'
			: count >= atLeast
				? `record_count ${count}`
				: `record_count ${count}, which is not the list's: it holds ${atLeast} and more`;
	const usual = count !== null && count >= atLeast && (!isCut || rows === asked);
	return { seen: `${size}${end}; ${counting}`, usual };
}

/** Pages of the list of tickets. @param pages as `readPages` takes them */
export function pagesLine(...pages: Parameters<typeof readPages>): ProbeLine {
	const fact = 'Pages and counts';
	const read = readPages(...pages);
	if (read === null) return notTried(fact, 'The list of tickets is empty.');
	const seen = `Tickets: ${read.seen}.`;
	return read.usual
		? expected(fact, seen)
		: differs(
				fact,
				seen,
				'Nothing to set: lists are read until a page brings nothing new, and counts are only a hint.',
			);
}

/** Which searches found the test ticket, by what was searched for. */
export interface SearchSeen {
	/** The marker's word. */
	word: boolean;
	/** Its first half. */
	start: boolean;
	/** A piece of its middle. */
	part: boolean;
	/** The whole summary. */
	whole: boolean;
	/** A word that stands on no ticket: true = the parameter changes nothing. */
	nonsense: boolean;
}

function waysOf({ part, start, whole, word }: SearchSeen): string {
	const ways = [
		...(word ? ['whole words'] : []),
		...(start ? ['beginnings of words'] : []),
		...(part ? ['parts of words'] : []),
		...(whole ? ['the whole text'] : []),
	];
	return ways.join(', ');
}

const WITHOUT_SEARCH =
	"Before a ticket is made, the client's newest tickets are read as well, so that nothing is made twice; it costs requests.";

/** `search_summary`, by which Halo Ticket looks references up. @param detailsFind whether `search_details` finds the word */
export function summarySearchLine(seen: SearchSeen, detailsFind: boolean): ProbeLine {
	const fact = 'Search of summaries';
	if (seen.nonsense) {
		return differs(fact, 'search_summary is ignored: every ticket is found.', WITHOUT_SEARCH);
	}
	const ways = waysOf(seen);
	if (seen.word) return expected(fact, `search_summary finds ${ways}.`);
	const found =
		ways === ''
			? 'search_summary does not find the test ticket'
			: `search_summary finds ${ways} only`;
	return detailsFind
		? differs(
				fact,
				`${found}; search_details finds it.`,
				`Set it to Always. ${WITHOUT_SEARCH}`,
				PROBE_SETTINGS.secondLookup,
			)
		: differs(fact, `${found}.`, WITHOUT_SEARCH);
}

/** `search_details` and the basic search. */
export function detailsSearchLine(found: boolean, nonsense: boolean, basic: boolean): ProbeLine {
	const fact = 'Search of details';
	const other = ` The basic search ${basic ? 'finds it' : 'does not'}.`;
	if (nonsense) {
		return differs(
			fact,
			`search_details is ignored: every ticket is found.${other}`,
			'Set it to Never: it finds nothing that the first look-up does not.',
			PROBE_SETTINGS.secondLookup,
		);
	}
	if (found) return expected(fact, `search_details finds whole words.${other}`);
	return differs(
		fact,
		`search_details does not find the test ticket.${other}`,
		'Set it to Never: it costs a request and finds nothing.',
		PROBE_SETTINGS.secondLookup,
	);
}

/** @param seconds from the create to the first search that found it; null when none did */
export function lagLine(seconds: number | null, waited: number): ProbeLine {
	const fact = 'Time until it is found';
	if (seconds === null) {
		return differs(fact, `No search found it within ${waited} seconds.`, WITHOUT_SEARCH);
	}
	if (seconds === 0) return expected(fact, 'At once.');
	return differs(
		fact,
		`After ${seconds} seconds.`,
		'Nothing to set: what was just made is found in the list of the newest tickets.',
	);
}

/** Whether a filter held: false = it changes nothing; null = the answer does not tell. */
export interface FiltersSeen {
	client_id: boolean | null;
	status_id: boolean | null;
	closed_only: boolean | null;
	open_only: boolean | null;
	order: boolean | null;
}

export function filtersLine(seen: FiltersSeen): ProbeLine {
	const fact = 'Filters';
	const names = (value: boolean | null): string =>
		Object.entries(seen)
			.filter(([, held]) => held === value)
			.map(([name]) => name)
			.join(', ');
	const open = names(null);
	const rest = open === '' ? '' : ` Not told by the answers: ${open}.`;
	const ignored = names(false);
	if (ignored !== '') {
		return differs(
			fact,
			`Ignored: ${ignored}.${rest}`,
			'Nothing to set: rows are filtered again here, so the answer is the same and costs more requests.',
		);
	}
	const held = names(true);
	return held === ''
		? notTried(fact, `Nothing told.${rest}`)
		: expected(fact, `Honoured: ${held}.${rest}`);
}

/** Whether a list that says nothing about the state holds the closed test ticket; null = it could not be told. */
export function closedInListsLine(held: boolean | null): ProbeLine {
	const fact = 'Closed tickets in lists';
	if (held === null) return notTried(fact, 'The ticket was not closed, or no list could be read.');
	return held
		? expected(fact, 'A list without a word about the state holds them.')
		: differs(
				fact,
				'A list without a word about the state leaves them out.',
				'Nothing to set: closed tickets are asked for as such, a request more where nothing open is found.',
			);
}

/** How a write is answered. @param body as it came */
export function shapeOf(
	body: unknown,
): 'the record' | 'an array' | 'an envelope' | 'nothing' | 'something else' {
	if (Array.isArray(body)) return 'an array';
	if (body === '' || body === null || body === undefined) return 'nothing';
	if (!isRecord(body)) return 'something else';
	if (body.id !== undefined) return 'the record';
	return Object.values(body).some(Array.isArray) ? 'an envelope' : 'something else';
}

export function answerLine(
	fact: 'Answer to a create' | 'Answer to an update',
	status: number,
	body: unknown,
): ProbeLine {
	const shape = shapeOf(body);
	const seen = `${status} with ${shape}.`;
	if (shape === 'the record') return expected(fact, seen);
	if (shape === 'something else') {
		return wrong(
			fact,
			seen,
			'Look at the request below: what answers there may be no Halo. What was written is read back in any case.',
		);
	}
	const more = shape === 'nothing' ? 'read back, a request more each' : 'read all the same';
	return differs(fact, seen, `Nothing to set: it is ${more}.`);
}
