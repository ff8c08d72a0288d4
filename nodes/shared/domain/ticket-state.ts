import { SEVERITIES, type Severity } from './event';

/**
 * What we remember about a ticket, on the ticket itself: words at the end of its details, which list rows carry too.
 * Words only, no signs that an HTML editor or a conversion to plain text would change.
 */
export interface TicketState {
	/** Severity that people were last told of; null when unknown. */
	severity: Severity | null;
	/** When we last wrote a note for people, ISO 8601 in UTC; null when never. */
	notedAt: string | null;
	/** True once the source said that the risk is accepted or the finding false, and a note told so. */
	suppressed: boolean;
	/** Words of a later version of the pack; kept as they are. */
	other: ReadonlyArray<readonly [string, string]>;
}

const START = 'scanstate';
const END = 'endstate';
const GAP = '(?:\\s|\\u00a0|&nbsp;|&#160;)+';
const BLOCK = new RegExp(`${START}((?:${GAP}[A-Za-z0-9:.-]+)*?)${GAP}${END}`);

function isSeverity(word: string): word is Severity {
	return SEVERITIES.some((severity) => severity === word);
}

/** The state of a ticket that was just made. */
export function newState(severity: Severity): TicketState {
	return { severity, notedAt: null, suppressed: false, other: [] };
}

/** The block as text: `scanstate severity high noted 2026-05-04T09:12:33.000Z endstate`. */
export function encodeState(state: TicketState): string {
	const words: string[] = [START];
	if (state.severity !== null) words.push('severity', state.severity);
	if (state.notedAt !== null) words.push('noted', state.notedAt);
	if (state.suppressed) words.push('suppressed', 'yes');
	for (const [name, value] of state.other) words.push(name, value);
	words.push(END);
	return words.join(' ');
}

/**
 * Reads the block out of plain details or HTML details.
 * @returns null when the details hold none, e.g. because a person rewrote them
 */
export function decodeState(details: string): TicketState | null {
	const inner = BLOCK.exec(details)?.[1];
	if (inner === undefined) return null;
	const words = inner.split(new RegExp(GAP)).filter((word) => word !== '');
	const state: TicketState = { severity: null, notedAt: null, suppressed: false, other: [] };
	const other: Array<readonly [string, string]> = [];
	for (let index = 0; index + 1 < words.length; index += 2) {
		const name = words[index] ?? '';
		const value = words[index + 1] ?? '';
		if (name === 'severity' && isSeverity(value)) state.severity = value;
		else if (name === 'noted' && !Number.isNaN(Date.parse(value))) state.notedAt = value;
		else if (name === 'suppressed') state.suppressed = value === 'yes';
		else other.push([name, value]);
	}
	return { ...state, other };
}

/**
 * Puts a new state into HTML details and leaves everything else as people wrote it.
 * @param footer what to append when the block is gone: the block with its marker, as HTML
 */
export function replaceState(detailsHtml: string, state: TicketState, footer: string): string {
	return BLOCK.test(detailsHtml)
		? detailsHtml.replace(BLOCK, () => encodeState(state))
		: `${detailsHtml}${footer}`;
}
