import { feedOf } from './feeds';
import { type PodList, totalIn } from './answer';
import { isRecord, type JsonRecord } from '../../values/json';
import { memberText } from '../../values/read';
import { toIsoTime } from '../../values/time';

/** A feed that a poll reads. */
export interface PolledFeed {
	/** e.g. `/r/report_queries/get_remediation` */
	path: string;
	/** Column that tells new rows; '' = the whole feed is read every time. */
	time: string;
}

/** What a poll asks of a feed. */
export interface FeedWindow extends PolledFeed {
	/** Last part of the path, which also tells what a row means. */
	feed: string;
	/** Rows from then on, `2026-05-04 08:12:33`; '' = all. */
	since: string;
	/** Newest time of the poll before; '' = none. */
	mark: string;
	query: Record<string, string | number>;
}

/** How the reading of a feed went, for the row of the poll in halo_sync_status. */
export type FeedSummary = {
	feed: string;
	/** Rows that it gave, those that are older than asked for included. */
	read: number;
	/** Why it was not read to its end; null when it was. */
	problem: string | null;
	/** Where the next poll goes on. */
	mark: string;
};

/** The checkpoint of a poll cannot be read. */
export class MarksError extends Error {
	readonly nextStep =
		'Empty the column checkpoint of this poll in halo_sync_status; then everything is read once more.';

	constructor(got: string) {
		super(`The checkpoint of the poll is not the JSON that it wrote: ${got}`);
		this.name = 'MarksError';
	}
}

/** ConnectSecure writes times with a space and without a zone; they are read as UTC. */
function writtenTime(iso: string): string {
	return iso.slice(0, 19).replace('T', ' ');
}

function timeOf(row: unknown, column: string): string | null {
	const time = isRecord(row) ? toIsoTime(row[column]) : null;
	return time === null ? null : writtenTime(time);
}

/** Enough to see what stands in the column. */
const LONGEST_QUOTE = 80;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Whoever asked says what it is.
		return null;
	}
}

/**
 * Newest time of each feed, from the text that an earlier poll wrote.
 * @param checkpoint JSON; '' = none
 * @throws MarksError
 */
export function readMarks(checkpoint: string): JsonRecord {
	if (checkpoint.trim() === '') return {};
	const marks = parsed(checkpoint);
	if (isRecord(marks)) return marks;
	throw new MarksError(checkpoint.slice(0, LONGEST_QUOTE));
}

/**
 * What to ask of a feed.
 * @param marks newest times of the poll before, by feed
 * @param overlapMinutes what is read once more: rows are written a little later than their time says
 */
export function feedWindow(
	{ path, time }: PolledFeed,
	marks: JsonRecord,
	{ overlapMinutes, pageSize }: { overlapMinutes: number; pageSize: number },
): FeedWindow {
	const feed = feedOf({ feed: path });
	// Only a time goes into the condition, which is SQL at the other end.
	const last = time === '' ? null : toIsoTime(memberText(marks, feed));
	const since =
		last === null
			? ''
			: writtenTime(new Date(Date.parse(last) - overlapMinutes * 60_000).toISOString());
	return {
		feed,
		path,
		time,
		since,
		mark: last === null ? '' : writtenTime(last),
		query: {
			limit: pageSize,
			...(time === '' ? {} : { order_by: time }),
			...(last === null ? {} : { condition: `${time} >= '${since}'` }),
		},
	};
}

/**
 * What a feed gave.
 * @param now milliseconds since the epoch: a row that is dated later does not move the mark beyond it, since rows of
 *   the time between would never be asked for
 * @returns its rows, and its line in the status of the poll
 */
export function feedResult(
	window: FeedWindow,
	{ rows, problem }: PodList,
	now: number,
): { data: unknown[]; summary: FeedSummary } {
	const { feed, mark, since, time } = window;
	const total = totalIn(rows);
	const cut =
		since === '' && total > rows.length
			? `${rows.length} of ${total} rows were given; its pages are smaller than asked for. Lower Page Size in the options of the node that reads`
			: null;
	const said = problem ?? cut;
	const latest = writtenTime(new Date(now).toISOString());
	const times = rows.map((row) => timeOf(row, time)).filter((one) => one !== null);
	const newest = times.reduce((last, one) => (one > last ? one : last), mark);
	return {
		// A pod that does not know the condition gives everything: what is older is left out here.
		data: rows.filter((row) => since === '' || (timeOf(row, time) ?? since) >= since),
		summary: {
			feed,
			read: rows.length,
			problem: said,
			mark: said !== null ? mark : newest > latest ? latest : newest,
		},
	};
}
