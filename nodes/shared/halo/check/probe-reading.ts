import {
	detailsSearchLine,
	filtersLine,
	lagLine,
	membersLine,
	pagesLine,
	rowDetailsLine,
	summarySearchLine,
	type FiltersSeen,
	type SeenPage,
} from '../../domain/set-up/probe-lists';
import type { JsonRecord } from '../../domain/values/json';
import { readInteger } from '../../domain/values/read';
import { PROBE_PAGE, rowOf, type ProbeRun, type RawPage } from './probe-run';

/** Seconds between two looks: half a minute in all, longer than an index of a tenant in use lags. */
const WAITS_S = [1, 2, 4, 8, 15];

/** A page behind the end of any list. */
const PAST_THE_END = 9_999;

/** Twelve letters that stand on no ticket: the word turned round, which no hash gives twice. */
function nonsenseOf(word: string): string {
	return [...word].reverse().join('');
}

function pageSeen({ count, rows }: RawPage): SeenPage {
	return { count, ids: rows.flatMap(({ id }) => readInteger(id) ?? []) };
}

function descending(rows: readonly JsonRecord[]): boolean | null {
	const ids = rows.map(({ id }) => readInteger(id) ?? 0);
	return ids.length < 2 ? null : ids.every((id, at) => at === 0 || id < (ids[at - 1] ?? 0));
}

/** Did the list of one client hold that client's tickets only? Null when no other list shows that there are others. */
function heldToClient(own: RawPage, all: RawPage, clientId: number): boolean | null {
	const others = ({ rows }: RawPage): boolean =>
		rows.some(({ client_id }) => (readInteger(client_id) ?? clientId) !== clientId);
	if (others(own)) return false;
	return others(all) ? true : null;
}

/** Rows, pages, counts and filters: six requests. @param details of the ticket itself */
export async function readLists(run: ProbeRun, details: string): Promise<FiltersSeen> {
	const { client, closeStatus } = run.ground;
	const own = await run.page({ client_id: client.id });
	const all = await run.page({});
	const row = rowOf(own.rows, run.ticketId) ?? rowOf(all.rows, run.ticketId);
	run.tell(membersLine(row));
	if (row !== null) run.tell(rowDetailsLine(row.details, details));
	const second = await run.page({}, 2);
	const past = await run.page({}, PAST_THE_END);
	run.tell(pagesLine(PROBE_PAGE, pageSeen(all), pageSeen(second), pageSeen(past)));
	return {
		client_id: heldToClient(own, all, client.id),
		status_id: !(await run.finds({ client_id: client.id, status_id: closeStatus.id })),
		closed_only: !(await run.finds({ client_id: client.id, closed_only: true })),
		open_only: null,
		order: descending(all.rows),
	};
}

/** The line of the filters, once the closed ticket was looked for among open ones. */
export function tellFilters(run: ProbeRun, filters: FiltersSeen, openHeld: boolean | null): void {
	run.tell(filtersLine({ ...filters, open_only: openHeld }));
}

/** By which search the ticket is found, and after how long: nine requests, more where it is found late or never. */
export async function readSearches(run: ProbeRun, summary: string): Promise<void> {
	const { word } = run.question;
	const half = word.length / 2;
	const bySummary = async (text: string): Promise<boolean> =>
		await run.finds({ search_summary: text });
	let seconds: number | null = null;
	let found = false;
	let whole = false;
	for (const [round, wait] of [0, ...WAITS_S].entries()) {
		if (wait > 0) await run.recorder.time.sleep(wait * 1_000);
		found = await bySummary(word);
		whole = await bySummary(summary);
		if (!found && !whole) continue;
		const passed = Math.round((run.recorder.time.now() - run.madeAt) / 1_000);
		seconds = round === 0 ? 0 : Math.max(1, passed);
		break;
	}
	const nonsense = nonsenseOf(word);
	const seen = {
		word: found,
		whole,
		start: await bySummary(word.slice(0, half)),
		part: await bySummary(word.slice(half / 2, half + half / 2)),
		nonsense: await bySummary(nonsense),
	};
	const inDetails = await run.finds({ search_details: word });
	const nonsenseInDetails = await run.finds({ search_details: nonsense });
	run.tell(summarySearchLine(seen, inDetails && !nonsenseInDetails));
	run.tell(detailsSearchLine(inDetails, nonsenseInDetails, await run.finds({ search: word })));
	run.tell(
		lagLine(
			seconds,
			WAITS_S.reduce((sum, one) => sum + one, 0),
		),
	);
}
