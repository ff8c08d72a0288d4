import { aboutRoster } from '../plan/about';
import { duplicatesOf, rivalsOf } from '../plan/duplicates';
import { outcomeFor, worstOf } from '../group/now';
import type { Member } from '../member';
import { returnOfEmptied } from './emptied';
import { rosterNotes, rosterSummary, membersOn, type RosterLine } from './roster';
import { timelyOf } from './timely';
import { memberOf } from '../member';
import { closeOne } from '../plan/close';
import { onReturn } from '../plan/open';
import type {
	Actual,
	Desired,
	MemberChange,
	Need,
	Outcome,
	Plan,
	PlanOptions,
	Subject,
	TicketWrite,
} from '../plan/types';
import { noWrites } from '../plan/types';
import { sortOut, type Candidate, type Sorted } from '../plan/candidates';
import { newState } from '../state';
import { footerHtml, toHtml } from '../text/details';

/** What a roster should say after a run. */
export interface RosterDesired
	extends Pick<Desired, 'clientName' | 'profile' | 'reference' | 'references' | 'extras'> {
	clientId: number;
	/** Title of a new roster, and the text under it. */
	title: string;
	text: string;
	/** Problems that are there: put on the roster. `key` as `rosterKey` makes it. */
	adds: readonly MemberChange[];
	/** Problems that are over: struck off the roster. */
	strikes: readonly MemberChange[];
	/** Problems whose risk was accepted: they stay on the roster. */
	told: readonly MemberChange[];
	/** Members to strike off without an event, because a scan no longer sees them. */
	gone: readonly Member[];
	/** True when a roster that a person closed opens again with its problems; a baseline stays closed. */
	reopens: boolean;
	/** Decisions of events that a later one of the same problem overrules. */
	overruled: ReadonlyMap<number, Outcome>;
	/** Event that a closing by absence goes by; null when an event of `strikes` does. */
	closing: MemberChange['event'] | null;
}

interface Rosters {
	open: readonly Candidate[];
	/** The roster that was closed last, when its problems are back and it may be opened again. */
	returned: Candidate | null;
	/** The roster that was closed last and stays so, while its problems count as known. */
	standing: Candidate | null;
	roster: ReadonlyMap<string, Member>;
}

/**
 * What to do about a roster: a ticket that is made, added to, struck from, closed with its last member, opened again when
 * a person closed it and its problems are still reported.
 */
export function planRoster(
	desired: RosterDesired,
	actual: Actual,
	options: PlanOptions,
	at: number,
): Plan | Need {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const { closed, open } = sorted;
	const { adds, overruled, strikes, told } = desired;
	// A closed roster counts only where it could be opened again.
	const standing = open.length > 0 || adds.length === 0 ? open : closed.slice(-1);
	const wanted = { opens: adds, closes: strikes, accepted: told, overruled };
	const now = timelyOf(wanted, standing, actual);
	if ('kind' in now) return now;
	const timely: RosterDesired = {
		...desired,
		adds: now.opens,
		strikes: now.closes,
		told: now.accepted,
		overruled: now.overruled,
	};
	const found = rostersOf(sorted, timely, actual, options, at);
	if (!('roster' in found)) return found;
	return change(timely, found, actual, options);
}

/** A roster's ticket. */
export function rosterSubject(roster: RosterDesired): Subject {
	const same = { ...roster, adds: [], strikes: [], gone: [] };
	return {
		desired: roster,
		plan: (actual, options, now) => planRoster(roster, actual, options, now),
		mergePlan: (actual, _before, options, now) => planRoster(same, actual, options, now),
	};
}

/** Members of some tickets together, or the actions that must be read to know them. */
function together(candidates: readonly Candidate[], actual: Actual): Map<string, Member> | Need {
	const all = new Map<string, Member>();
	for (const { own } of candidates) {
		const actions = actual.actions.get(own.id);
		if (actions === undefined) return { kind: 'actions', ticketId: own.id };
		for (const [key, member] of membersOn(actions, actual.wanted)) all.set(key, member);
	}
	return all;
}

function rostersOf(
	{ closed, open }: Sorted,
	desired: RosterDesired,
	actual: Actual,
	options: PlanOptions,
	now: number,
): Rosters | Need {
	const last = closed.at(-1);
	if (open.length > 0 || last === undefined || desired.adds.length === 0) {
		const roster = together(open, actual);
		return roster instanceof Map ? { open, returned: null, standing: null, roster } : roster;
	}
	const roster = together([last], actual);
	if (!(roster instanceof Map)) return roster;
	const isBack = desired.adds.some(({ key }) => roster.has(key));
	const ifBack = () => (desired.reopens ? onReturn(last, options, now) : 'stays closed');
	const verdict = isBack ? ifBack() : returnOfEmptied(last, desired, actual, options, now);
	if (typeof verdict !== 'string') return verdict;
	if (verdict === 'reopen') return { open: [], returned: last, standing: null, roster };
	return verdict === 'stays closed'
		? { open: [], returned: null, standing: last, roster }
		: { open: [], returned: null, standing: null, roster: new Map() };
}

/** A member that a scan no longer names, with the time of that. */
function endedAt(member: Member, { closing }: RosterDesired): Member {
	return closing === null ? member : { ...member, at: closing.time };
}

function lineOf(change: MemberChange): RosterLine {
	return { member: memberOf(change.key, change.event), change };
}

function change(
	desired: RosterDesired,
	{ open, returned, roster, standing }: Rosters,
	actual: Actual,
	options: PlanOptions,
): Plan | Need {
	const adds = desired.adds.filter(({ key }) => !roster.has(key));
	const strikes = desired.strikes.filter(({ key }) => roster.has(key));
	const struck = new Set(strikes.map(({ key }) => key));
	const gone = desired.gone.filter(({ key }) => roster.has(key) && !struck.has(key));
	const left = roster.size - strikes.length - gone.length + adds.length;
	const candidate = open[0] ?? returned;
	const goneLines = [
		...strikes.map(lineOf),
		...gone.map((member): RosterLine => ({ member: endedAt(member, desired), change: null })),
	];
	const ticketId = candidate?.ticket.id ?? standing?.ticket.id ?? 0;
	const notes = [
		...rosterNotes(candidate?.ticket.id ?? 0, 'add', adds.map(lineOf)),
		...rosterNotes(candidate?.ticket.id ?? 0, 'gone', goneLines),
	];
	const outcomes = outcomesOf(desired, { adds, strikes, left, ticketId });
	if (candidate === undefined || candidate === null) {
		if (adds.length === 0) {
			const nothing =
				standing === null
					? noWrites('not_found', 'No roster names this problem.')
					: noWrites('unchanged', staysOnRoster(ticketId), ticketId);
			return { ...nothing, outcomes };
		}
		return { ...create(desired, adds, notes), outcomes };
	}
	const first: Plan = {
		kind: 'plan',
		decision: adds.length > 0 ? 'digested' : goneLines.length > 0 ? 'updated' : 'unchanged',
		reason: `Ticket ${ticketId} lists ${left} ${left === 1 ? 'problem' : 'problems'}.`,
		ticketId,
		writes: [...reopening(returned, desired, options), ...notes],
		outcomes,
	};
	const plan =
		left === 0 && goneLines.length > 0 ? close(first, candidate, desired, actual, options) : first;
	if (plan.kind !== 'plan') return plan;
	return withDuplicates(plan, open, desired, actual, options);
}

/** A closed roster still names its problems: whoever closed it wanted no tickets for them. */
function staysOnRoster(ticketId: number): string {
	return `Ticket ${ticketId} lists it and was closed by a person; it stays closed.`;
}

function reopening(
	returned: Candidate | null,
	{ profile }: RosterDesired,
	options: PlanOptions,
): TicketWrite[] {
	if (returned === null) return [];
	const statusId = profile.statusCreateId ?? options.reopenStatusId;
	return [{ kind: 'change', ticket: returned.ticket, fields: { statusId } }];
}

function create(desired: RosterDesired, adds: readonly MemberChange[], notes: TicketWrite[]): Plan {
	const { reference, text, title } = desired;
	const state = newState(worstOf(adds.map(({ event }) => event)));
	const paragraphs = [`<p><b>${toHtml(title)}</b></p>`, `<p>${toHtml(text)}</p>`];
	return {
		kind: 'plan',
		decision: 'digested',
		reason: `${adds.length} problems are on a roster instead of tickets of their own.`,
		ticketId: null,
		writes: [
			{
				kind: 'create',
				summary: rosterSummary(title, reference),
				detailsHtml: [...paragraphs, footerHtml(state, reference)].join('\n'),
				createdFromId: null,
				about: aboutRoster(desired.extras),
			},
			...notes,
		],
	};
}

function close(
	plan: Plan,
	candidate: Candidate,
	desired: RosterDesired,
	actual: Actual,
	options: PlanOptions,
): Plan | Need {
	const last = desired.strikes.at(-1);
	const event = last?.event ?? desired.closing;
	if (event === null) return plan;
	const closing = closeOne(candidate, { ...desired, want: 'closed', event }, actual, options);
	if (closing.kind !== 'plan') return closing;
	const outcomes = new Map(plan.outcomes);
	if (last !== undefined) {
		outcomes.set(last.index, {
			decision: closing.decision,
			reason: closing.reason,
		});
	}
	return { ...closing, writes: [...plan.writes, ...closing.writes], outcomes };
}

/** Rosters that two runs made at the same time become one: the oldest takes over what the others name. */
function withDuplicates(
	plan: Plan,
	[first, ...more]: readonly Candidate[],
	desired: RosterDesired,
	actual: Actual,
	options: PlanOptions,
): Plan | Need {
	if (first === undefined || more.length === 0) return plan;
	const rivals = rivalsOf(first, more);
	const own = together([first], actual);
	const others = together(rivals, actual);
	if (!(own instanceof Map)) return own;
	if (!(others instanceof Map)) return others;
	const struck = new Set([...desired.strikes, ...desired.gone].map(({ key }) => key));
	const missing = [...others.values()].filter(({ key }) => !own.has(key) && !struck.has(key));
	const lines = missing.map((member): RosterLine => ({ member, change: null }));
	const taken = {
		...plan,
		writes: [...plan.writes, ...rosterNotes(first.own.id, 'add', lines)],
	};
	return duplicatesOf(first, more, taken, { desired, actual, options });
}

interface Counts {
	adds: readonly MemberChange[];
	strikes: readonly MemberChange[];
	left: number;
	ticketId: number;
}

function outcomesOf(desired: RosterDesired, { adds, left, strikes, ticketId }: Counts) {
	const where = ticketId === 0 ? 'the new digest ticket' : `ticket ${ticketId}`;
	const known = desired.adds.filter((one) => !adds.includes(one));
	const unknown = desired.strikes.filter((one) => !strikes.includes(one));
	return new Map<number, Outcome>([
		...outcomeFor(adds, 'digested', `Listed on ${where}, ${desired.title}.`),
		...outcomeFor(known, 'unchanged', `Ticket ${ticketId} lists it already.`),
		...outcomeFor(strikes, 'updated', `Struck off ticket ${ticketId}; ${left} left.`),
		...outcomeFor(unknown, 'not_found', 'No ticket and no roster names this problem.'),
		...outcomeFor(
			desired.told,
			'unchanged',
			`The source accepted the risk; ${where} still lists it.`,
		),
		...desired.overruled,
	]);
}
