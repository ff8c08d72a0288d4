import { wholeCharacters } from '../../values/cut';
import { lettersOf, referenceKey, referenceMarker, referenceOfKey } from '../reference';
import type { Seal } from '../seal';
import { decodeMember, encodeMember, type Member } from '../member';
import { newestTimes } from '../group/now';
import { memberLabel } from '../group/table';
import { missedAgain, type Miss } from '../miss';
import type { MemberChange, TicketWrite } from '../plan/types';
import { toLine } from '../text/details';
import type { TicketAction } from '../touch';

/**
 * A roster: a ticket whose private notes name problems that have no ticket of their own. The digest of a storm is one,
 * the baseline of a source another.
 */

/** Word in the summary of every roster; one search for it finds them all. */
export const ROSTER_WORD = 'scanroster';

/** More lines make a note that Halo shows slowly. */
const MOST_A_NOTE = 500;
/** Room for the title: the summary holds 255 characters, the two marks need 40. */
const TITLE_LENGTH = 200;

/** References of the digest of a client, see `Seal.referencesOf`. */
export function digestReferences(seal: Seal, clientId: number): [string, ...string[]] {
	return seal.referencesOf(`v1|digest|${clientId}`, null);
}

/** References of the baseline of a source at a client. @param source as `sourceWord` writes it */
export function baselineReferences(
	seal: Seal,
	clientId: number,
	source: string,
): [string, ...string[]] {
	return seal.referencesOf(`v1|baseline|${clientId}|${source}`, null);
}

/** Summary of a roster. */
export function rosterSummary(title: string, reference: string): string {
	const line = wholeCharacters(toLine(title), TITLE_LENGTH).trimEnd();
	return `${line} (${ROSTER_WORD}) ${referenceMarker(reference)}`;
}

/** True for the summary of a roster. */
export function isRosterSummary(summary: string): boolean {
	return summary.includes(`(${ROSTER_WORD})`);
}

/** Key of a problem on a roster: its reference as one word, and inside a group its own key too. */
export function rosterKey(reference: string, member: string | null): string {
	const word = referenceKey(reference);
	return member === null ? word : `${word}.${member}`;
}

/** References of all problems and groups on a roster. */
export function referencesOn(roster: ReadonlyMap<string, unknown>): Set<string> {
	return new Set([...roster.keys()].map((key) => referenceOfKey(key.split('.')[0] ?? key)));
}

/** What rosters are read out of: the notes of a roster. */
export type RosterAction = Pick<TicketAction, 'id' | 'application' | 'words'>;

type Verb = 'add' | 'gone' | 'missed' | 'back';

const VERBS: ReadonlySet<string> = new Set<Verb>(['add', 'gone', 'missed', 'back']);

/** What the notes say, in the order in which they were written. Only what our own application wrote for this roster counts. */
function blocksOf(
	actions: readonly RosterAction[],
	references: readonly string[],
): Array<{ verb: string; words: readonly string[] }> {
	const own = actions.filter(({ application }) => application !== null);
	const notes = [...own].sort((left, right) => left.id - right.id);
	return notes.flatMap(({ words }) =>
		words !== null && VERBS.has(words.verb) && references.includes(words.reference) ? [words] : [],
	);
}

/** Open members of a roster, by key, out of its notes. @param references all that the roster may go by */
export function membersOn(
	actions: readonly RosterAction[],
	references: readonly string[],
): Map<string, Member> {
	const open = new Map<string, Member>();
	for (const { verb, words } of blocksOf(actions, references)) {
		for (const member of words.flatMap((word) => decodeMember(word) ?? [])) {
			if (verb === 'add') open.set(member.key, member);
			else if (verb === 'gone') open.delete(member.key);
		}
	}
	return open;
}

/** When the newest event of each problem was that a roster ever named, by key, as its notes record it. */
export function timesOn(
	actions: readonly RosterAction[],
	references: readonly string[],
): Map<string, string> {
	const named = blocksOf(actions, references).flatMap(({ words }) => words);
	return newestTimes(named.flatMap((word) => decodeMember(word) ?? []));
}

/** Members of a roster that the last complete scans did not name, by key, out of its notes. */
export function missesOn(
	actions: readonly RosterAction[],
	references: readonly string[],
): Map<string, Miss> {
	const misses = new Map<string, Miss>();
	for (const { verb, words } of blocksOf(actions, references)) {
		const [scan = ''] = words;
		for (const { key } of words.flatMap((word) => decodeMember(word) ?? [])) {
			if (verb === 'missed') misses.set(key, missedAgain(key, scan, misses.get(key) ?? null));
			else misses.delete(key);
		}
	}
	return misses;
}

/** A line of a roster: the member, and the event that it is about; null when only the member is known. */
export interface RosterLine {
	member: Member;
	change: MemberChange | null;
}

const TITLES = {
	add: (count: number) => `Added to this roster: ${count}`,
	gone: (count: number) => `No longer reported, struck off this roster: ${count}`,
	missed: (count: number) => `Not named by the last complete scan, still on this roster: ${count}`,
	back: (count: number) => `Named by a scan again: ${count}`,
} as const satisfies Record<Verb, (count: number) => string>;

/**
 * Notes that add to a roster or strike off it, 500 members each.
 * @param ticketId 0 = the ticket that the plan creates
 */
export function rosterNotes(
	ticketId: number,
	verb: 'add' | 'gone',
	lines: readonly RosterLine[],
): TicketWrite[] {
	const notes: TicketWrite[] = [];
	for (let from = 0; from < lines.length; from += MOST_A_NOTE) {
		const part = lines.slice(from, from + MOST_A_NOTE);
		const words = part.map(({ member }) => encodeMember(member));
		const shown = part.map(({ change, member }) =>
			change === null ? `- ${member.key}` : `- ${memberLabel(change.event)}`,
		);
		const times = part.map(({ change }) => change?.event.time ?? '');
		notes.push({
			kind: 'note',
			ticketId,
			text: [TITLES[verb](part.length), ...shown].join('\n'),
			mark: lettersOf([verb, ...words, ...times].join('|')),
			machine: [verb, ...words],
		});
	}
	return notes;
}

/**
 * Notes that count what a scan did not name, or take such a count back, 500 members each. People need no list of them.
 * @param scan see `scanMark`
 */
export function missNotes(
	ticketId: number,
	verb: 'missed' | 'back',
	members: readonly Member[],
	scan: string,
): TicketWrite[] {
	const notes: TicketWrite[] = [];
	for (let from = 0; from < members.length; from += MOST_A_NOTE) {
		const part = members.slice(from, from + MOST_A_NOTE);
		const words = [scan, ...part.map(encodeMember)];
		notes.push({
			kind: 'note',
			ticketId,
			text: TITLES[verb](part.length),
			mark: lettersOf([verb, ...words].join('|')),
			machine: [verb, ...words],
		});
	}
	return notes;
}
