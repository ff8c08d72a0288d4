import type { ScannerEvent, Severity } from '../event/event';
import { assetMarks, decodeMember, encodeMember, sourceWord, type Member } from './member';
import { decodeEnded, type Ended, encodeEnded } from './ended';
import { decodeMiss, encodeMiss, type Miss } from './miss';
import { blockText, type BlockKind, lastBlock, withBlock } from './block';
import { isSeverity } from '../event/severity';
import { decodeText, encodeText, type TextRecord, textRecordOf } from './text-record';

/**
 * What we remember about a ticket, on the ticket itself: words at the end of its details, which list rows carry too.
 * Words only, no signs that an HTML editor or a conversion to plain text would change.
 */
export interface TicketState {
	/** Severity that people were last told of; null when unknown. */
	severity: Severity | null;
	/** Time of the newest event that was recorded, an end too, ISO 8601 in UTC; null when none was. */
	newestAt: string | null;
	/** When we last wrote a note for people, ISO 8601 in UTC; null when never. */
	notedAt: string | null;
	/** True once the source said that the risk is accepted or the finding false, and a note told so. */
	suppressed: boolean;
	/** True when the problem was known to be exploited; such tickets do not count against the storm cap. */
	kev: boolean;
	/** Source that reported it, as `sourceWord` writes it; null on a ticket that does not say. */
	source: string | null;
	/** Marks of the asset, see `assetMarks`. */
	assets: readonly string[];
	/** Open members of a grouped ticket; null on the ticket of a single problem. */
	members: readonly Member[] | null;
	/** True when members may be missing from the list, so that an empty one proves nothing. */
	partial: boolean;
	/** Keys of members that came, and that went, since the last note for people. */
	came: readonly string[];
	went: readonly string[];
	/** Members that are over, with the time of their newest event. */
	ended: readonly Ended[];
	/** Keys of members whose risk was accepted, told once. */
	accepted: readonly string[];
	/** When the ticket was opened again, lately; ISO 8601 in UTC. */
	reopened: readonly string[];
	/** When people were told that the problem comes and goes; null when not. */
	flappingAt: string | null;
	/** Problems that the last complete scans did not name, while that is not yet often enough to close. */
	missed: readonly Miss[];
	/** The words in which the problem was reported; null where a ticket stands for several, or does not say. */
	text: TextRecord | null;
	/** The last alerts that fired, by their own ids, the newest last; see `recurrenceKey` of the event. */
	firing: readonly string[];
	/** What people were not told yet because its note could not be written: `severity:high`, `reopened`, `moved:1281`, `members`. */
	due: readonly string[];
	/** Words of a later version of the pack; kept as they are. */
	other: ReadonlyArray<readonly [string, string]>;
}

type Writable = { -readonly [Name in keyof TicketState]: TicketState[Name] };

/** The block that says what is recorded of a ticket. */
export const STATE_BLOCK: BlockKind = { start: 'scanstate', end: 'endstate' };

function isTime(word: string): boolean {
	return !Number.isNaN(Date.parse(word));
}

/** The state of a ticket that was just made, as far as its severity tells it. */
export function newState(severity: Severity): TicketState {
	return {
		severity,
		newestAt: null,
		notedAt: null,
		suppressed: false,
		kev: false,
		source: null,
		assets: [],
		members: null,
		partial: false,
		came: [],
		went: [],
		ended: [],
		accepted: [],
		reopened: [],
		flappingAt: null,
		missed: [],
		text: null,
		firing: [],
		due: [],
		other: [],
	};
}

/** The state of a new ticket for one problem. */
export function stateOf(event: ScannerEvent): TicketState {
	return {
		...newState(event.severity),
		newestAt: event.time,
		kev: event.kev,
		source: sourceWord(event.source, event.integration),
		assets: assetMarks(event.asset),
		text: textRecordOf(event),
	};
}

/** The words of the block: `severity high source wazuh`. */
function wordsOf(state: TicketState): string[] {
	const words: string[] = [];
	if (state.severity !== null) words.push('severity', state.severity);
	if (state.newestAt !== null) words.push('newest', state.newestAt);
	if (state.notedAt !== null) words.push('noted', state.notedAt);
	if (state.suppressed) words.push('suppressed', 'yes');
	if (state.kev) words.push('exploited', 'yes');
	if (state.source !== null) words.push('source', state.source);
	for (const mark of state.assets) words.push('asset', mark);
	for (const time of state.reopened) words.push('reopened', time);
	if (state.flappingAt !== null) words.push('flapping', state.flappingAt);
	if (state.members !== null) words.push('grouped', state.partial ? 'partly' : 'yes');
	for (const member of state.members ?? []) words.push('open', encodeMember(member));
	for (const key of state.came) words.push('came', key);
	for (const key of state.went) words.push('went', key);
	for (const one of state.ended) words.push('ended', encodeEnded(one));
	for (const key of state.accepted) words.push('accepted', key);
	for (const miss of state.missed) words.push('missed', encodeMiss(miss));
	if (state.text !== null) words.push('text', encodeText(state.text));
	for (const word of state.firing) words.push('firing', word);
	for (const what of state.due) words.push('due', what);
	for (const [name, value] of state.other) words.push(name, value);
	return words;
}

/** The block as text, without a check value: `scanstate severity high source wazuh endstate`. */
export function encodeState(state: TicketState): string {
	return blockText(STATE_BLOCK, wordsOf(state), null);
}

/** One name of the block to what it sets; false when the value is not what the name needs. */
type Reader = (state: Writable, value: string) => boolean;

const READERS: ReadonlyMap<string, Reader> = new Map(
	Object.entries<Reader>({
		severity: (state, value) => {
			if (!isSeverity(value)) return false;
			state.severity = value;
			return true;
		},
		newest: (state, value) => {
			if (isTime(value)) state.newestAt = value;
			return isTime(value);
		},
		noted: (state, value) => {
			if (isTime(value)) state.notedAt = value;
			return isTime(value);
		},
		suppressed: (state, value) => {
			state.suppressed = value === 'yes';
			return true;
		},
		exploited: (state, value) => {
			state.kev = value === 'yes';
			return true;
		},
		source: (state, value) => {
			state.source = value;
			return true;
		},
		asset: (state, value) => {
			state.assets = [...state.assets, value];
			return true;
		},
		reopened: (state, value) => {
			if (isTime(value)) state.reopened = [...state.reopened, value];
			return isTime(value);
		},
		flapping: (state, value) => {
			if (isTime(value)) state.flappingAt = value;
			return isTime(value);
		},
		missed: (state, value) => {
			const miss = decodeMiss(value);
			if (miss !== null) state.missed = [...state.missed, miss];
			return miss !== null;
		},
		ended: (state, value) => {
			const ended = decodeEnded(value);
			if (ended !== null) state.ended = [...state.ended, ended];
			return ended !== null;
		},
		text: (state, value) => {
			state.text = decodeText(value);
			return state.text !== null;
		},
		grouped: (state, value) => {
			state.members ??= [];
			state.partial = value === 'partly';
			return true;
		},
	}),
);

const LISTS = ['came', 'went', 'accepted', 'firing', 'due'] as const;

/** What the words of a block say. Whose words they are is not asked here, see `recognise`. */
export function stateOfWords(words: readonly string[]): TicketState {
	const state: Writable = { ...newState('unknown'), severity: null };
	const other: Array<readonly [string, string]> = [];
	const members: Member[] = [];
	const lists: Record<(typeof LISTS)[number], string[]> = {
		came: [],
		went: [],
		accepted: [],
		firing: [],
		due: [],
	};
	for (let index = 0; index + 1 < words.length; index += 2) {
		const name = words[index] ?? '';
		const value = words[index + 1] ?? '';
		const list = LISTS.find((candidate) => candidate === name);
		const member = name === 'open' ? decodeMember(value) : null;
		if (member !== null) members.push(member);
		else if (list !== undefined) lists[list].push(value);
		else if (READERS.get(name)?.(state, value) !== true) other.push([name, value]);
	}
	if (members.length > 0 || state.members !== null) state.members = members;
	return { ...state, ...lists, other };
}

/**
 * Reads the last block of details that this run made itself. Details that Halo gave out go through `recognise`.
 * @returns null when they hold none
 */
export function decodeState(details: string): TicketState | null {
	const block = lastBlock(details, STATE_BLOCK);
	return block === null ? null : stateOfWords(block.words);
}

/** Details of our own making that owe people a note more. */
export function withDue(detailsHtml: string, due: readonly string[]): string {
	const state = decodeState(detailsHtml);
	return state === null ? detailsHtml : replaceState(detailsHtml, { ...state, due }, '');
}

/**
 * Puts a new state into HTML details, in the place of the last one, and leaves everything else as people wrote it.
 * @param footer what to append when the block is gone: the block with its marker, as HTML
 */
export function replaceState(detailsHtml: string, state: TicketState, footer: string): string {
	const block = lastBlock(detailsHtml, STATE_BLOCK);
	return block === null
		? `${detailsHtml}${footer}`
		: withBlock(detailsHtml, block, encodeState(state));
}
