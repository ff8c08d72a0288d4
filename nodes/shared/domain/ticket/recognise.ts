import { blockText, type BlockKind, lastBlock, withBlock } from './block';
import { referenceKey, referenceOfKey, referencesIn } from './reference';
import type { Seal } from './seal';
import { STATE_BLOCK, stateOfWords, type TicketState } from './state';

/** A ticket as whoever reads it sees it. */
export interface SeenTicket {
	summary: string;
	details: string;
	/** Null or 0 = not known. */
	client_id: number | null;
	user_id: number | null;
	/** Who reported it, as an address or a name; null when nobody is named. */
	reporter: string | null;
}

/** What of a ticket is our own. */
export interface Recognised {
	/** The reference that our own block vouches for; null = nothing here shows that the ticket is ours. */
	reference: string | null;
	/** What is recorded; null without a block of ours. */
	state: TicketState | null;
	/** Every reference that the texts name, whoever wrote it. */
	claims: readonly string[];
	/**
	 * True when our block stands on another client's ticket, or on that of a reporter whom it does not name: somebody
	 * moved our ticket, or copied our block. Its opening tells which: see `openedByApplication`.
	 */
	doubtful: boolean;
	/** Client that the mapping named when our block was written; null without a block of ours. */
	mappedTo: number | null;
}

/** Whose ticket a block is written for. */
export interface BoundTo {
	clientId: number;
	/** The user that the pack named for it; null when it named none. */
	userId: number | null;
	/** Client that the mapping names; null or left out = the ticket's own. */
	mappedTo?: number | null;
}

/** A ticket of ours names one reference, one that two were merged into a few; more is nobody's honest ticket. */
const MOST_CLAIMS = 8;

function stateContent(reference: string, words: readonly string[]): string {
	return `state|${reference}|${words.join(' ')}`;
}

/** Names of the words that bind a block to its ticket. */
const BINDINGS = ['client', 'user', 'mapped'];

/** Takes the words that bind a block to its ticket off its end: `client 12 user 345`, `client 13 user - mapped 12`. */
function unbound(all: readonly string[]): {
	words: readonly string[];
	client: string;
	user: string;
	mapped: string;
} {
	const bound = new Map<string, string>();
	let words = all;
	for (let [name = '', value = ''] = words.slice(-2); BINDINGS.includes(name); ) {
		bound.set(name, value);
		words = words.slice(0, -2);
		[name = '', value = ''] = words.slice(-2);
	}
	const client = bound.get('client') ?? '';
	return {
		words,
		client,
		user: bound.get('user') ?? '',
		mapped: bound.get('mapped') ?? client,
	};
}

/** What a row was recognised as: each is asked about when it is found, and again when it is planned for. */
const recognised = new WeakMap<SeenTicket, { seal: Seal; seen: SeenTicket; found: Recognised }>();

function isSeenAlike(one: SeenTicket, other: SeenTicket): boolean {
	return (
		one.details === other.details &&
		one.summary === other.summary &&
		one.client_id === other.client_id &&
		one.user_id === other.user_id &&
		one.reporter === other.reporter
	);
}

/**
 * Tells whose ticket it is. A marker alone says nothing, since anybody can write one into a title or a mail: only the
 * last block of the details counts, and only when its check value was made of its words and one of the references.
 */
export function recognise(ticket: SeenTicket, seal: Seal): Recognised {
	const before = recognised.get(ticket);
	if (before?.seal === seal && isSeenAlike(before.seen, ticket)) return before.found;
	const found = recogniseNow(ticket, seal);
	const { client_id, details, reporter, summary, user_id } = ticket;
	recognised.set(ticket, { seal, seen: { client_id, details, reporter, summary, user_id }, found });
	return found;
}

function recogniseNow(ticket: SeenTicket, seal: Seal): Recognised {
	const { client_id: clientId, details, reporter, summary, user_id: userId } = ticket;
	const claims = [...new Set([...referencesIn(summary), ...referencesIn(details)])];
	const none: Recognised = {
		reference: null,
		state: null,
		claims,
		doubtful: false,
		mappedTo: null,
	};
	const block = claims.length === 0 ? null : lastBlock(details, STATE_BLOCK);
	const check = block?.check ?? null;
	if (block === null || check === null) return none;
	const reference = claims
		.slice(0, MOST_CLAIMS)
		.find((claim) => seal.verifies(stateContent(claim, block.words), check));
	if (reference === undefined) return none;
	const { client, mapped, user, words } = unbound(block.words);
	const moved = (clientId ?? 0) > 0 && client !== String(clientId);
	// Without a signing key whoever reports a ticket can compute a block that names him.
	const reported = reporter !== null && (!seal.signed || user !== String(userId));
	return {
		reference,
		state: stateOfWords(words),
		claims,
		doubtful: moved || reported,
		mappedTo: mapped === '' ? null : Number(mapped),
	};
}

/** Puts the check value into the last block of details that this run made. */
export function sealDetails(
	detailsHtml: string,
	reference: string,
	{ clientId, mappedTo, userId }: BoundTo,
	seal: Seal,
): string {
	const block = lastBlock(detailsHtml, STATE_BLOCK);
	if (block === null) return detailsHtml;
	const home = mappedTo ?? clientId;
	const bound = [
		...['client', String(clientId), 'user', String(userId ?? '-')],
		...(home === clientId ? [] : ['mapped', String(home)]),
	];
	const words = [...unbound(block.words).words, ...bound];
	const check = seal.check(stateContent(reference, words));
	return withBlock(detailsHtml, block, blockText(STATE_BLOCK, words, check));
}

/** The block of our own words in a private note. */
const NOTE_BLOCK: BlockKind = { start: 'scanroster', end: 'endroster' };

/** Our own words in a note: what they are about, and on which ticket. */
export interface NoteWords {
	/** Reference of the ticket that they were written for. */
	reference: string;
	verb: string;
	words: readonly string[];
}

/** Our own words for a private note: `scanroster add kqzvwmtrbhxd:: for abcdefghijkl check … endroster`. */
export function noteBlock(
	reference: string,
	[verb, ...words]: readonly [string, ...string[]],
	seal: Seal,
): string {
	const content = [verb, referenceKey(reference), ...words];
	return blockText(NOTE_BLOCK, content, seal.check(`note|${content.join(' ')}`));
}

/** Reads our own words out of a note; null when it has none, or when somebody else wrote them. */
export function readNote(note: string, seal: Seal): NoteWords | null {
	const block = lastBlock(note, NOTE_BLOCK);
	if (block === null || block.check === null) return null;
	const [verb, reference, ...words] = block.words;
	if (verb === undefined || reference === undefined) return null;
	if (!seal.verifies(`note|${block.words.join(' ')}`, block.check)) return null;
	return { reference: referenceOfKey(reference), verb, words };
}
