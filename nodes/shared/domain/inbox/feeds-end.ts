import { wholeCharacters } from '../values/cut';
import type { JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';

/** How the reading of a feed ended. */
export interface FeedEnd {
	feed: string;
	/** Records that it gave. */
	read: number;
	/** Why it was not read to its end; '' when it was. */
	problem: string;
	/** Where the next poll goes on; '' = at the beginning. */
	mark: string;
}

/** What a poll writes into its row of halo_sync_status; a column that is missing stays as it is. */
export type FeedsRow = {
	integration: string;
	flow: string;
	enabled: boolean;
	lastSync?: string;
	lastError: string;
	lastErrorAt?: string;
	counts: string;
	checkpoint: string;
};

/** A cell is for a sentence or two about each feed. */
const LONGEST_ERROR = 2_000;

/** A feed as the item of a node says it; null when it names none. */
export function readFeedEnd(item: JsonRecord): FeedEnd | null {
	const feed = memberText(item, 'feed');
	if (feed === null) return null;
	return {
		feed,
		read: readInteger(item.read) ?? 0,
		problem: memberText(item, 'problem') ?? '',
		mark: memberText(item, 'mark') ?? '',
	};
}

/**
 * The end of a poll, after everything was stored: a poll that is cut off before is simply done again. Last Sync moves
 * only when all feeds were read.
 * @param at ISO 8601
 * @returns what to write, and what to say when a feed failed; '' when none did
 */
export function endOfFeeds(
	feeds: readonly FeedEnd[],
	{ integration, flow, at }: { integration: string; flow: string; at: string },
): { row: FeedsRow; failure: string } {
	const problems = feeds
		.filter(({ problem }) => problem !== '')
		.map(({ feed, problem }) => `${feed}: ${problem}`)
		.join('; ');
	const when = problems === '' ? { lastSync: at } : { lastErrorAt: at };
	const row = {
		integration,
		flow,
		enabled: true,
		...when,
		lastError: wholeCharacters(problems, LONGEST_ERROR),
		counts: JSON.stringify(Object.fromEntries(feeds.map(({ feed, read }) => [feed, read]))),
		checkpoint: JSON.stringify(
			Object.fromEntries(
				feeds.filter(({ mark }) => mark !== '').map(({ feed, mark }) => [feed, mark]),
			),
		),
	};
	const failure =
		problems === ''
			? ''
			: `${flow} could not read everything. ${problems}. What could be read is stored; the rest is asked for again in the next run. Next: test the credential, then look at what the node that reads is told to read.`;
	return { row, failure };
}
