import type { ScannerEvent } from '../event/event';
import { shortened } from '../values/cut';
import { lettersOf } from './reference';

/**
 * What is recorded of the words in which a problem was reported. A key may be coarser than its source's findings: what
 * comes under it with other words may be another finding, and must leave a trace.
 */
export interface TextRecord {
	/** Letters of the words that came last. */
	mark: string;
	/** How often other words came than before. */
	count: number;
	/** How many of these times people were told of. */
	told: number;
	/** The newest of these words, cut; '' when there were none. */
	newest: string;
}

/** 26^8 is 2 * 10^11: two texts of one ticket never meet by chance. */
const MARK_LENGTH = 8;

/** As much of a text as tells people what it is about; in the block it is at most seven times as long. */
const LONGEST_NEWEST = 60;

const WORD = /^([a-z]{8})(?::(\d{1,9}):(\d{1,9}):([A-Za-z0-9.-]*))?$/;

/** Times, which are new in every report of the same thing. */
const TIMES =
	/\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d?:\d\d(?::\d\d)?\b/g;
/** Measured values with their unit: a disk that fills up is one problem. A number without one may name a port. */
const MEASURES =
	/(?<![\d.,])\d{1,15}(?:[.,]\d{1,9})? ?(?:%|°C|(?:[kmgt]i?b|[mµn]?s|sec|seconds?|min|minutes?|h|hours?|d|days?)\b)/gi;

function markOf({ description, title }: Pick<ScannerEvent, 'description' | 'title'>): string {
	const words = `${title}\n${description ?? ''}`.replace(TIMES, '#').replace(MEASURES, '#');
	return lettersOf(`text|${words.replace(/\s+/g, ' ').trim()}`).slice(0, MARK_LENGTH);
}

/** The record of a new ticket. */
export function textRecordOf(event: Pick<ScannerEvent, 'description' | 'title'>): TextRecord {
	return { mark: markOf(event), count: 0, told: 0, newest: '' };
}

/**
 * The record after a report in other words.
 * @param summary of the ticket: where it holds the title, only the description is new
 * @returns null when the words are those that came last, and when nothing is recorded to compare with
 */
export function inOtherWords(
	before: TextRecord | null,
	event: Pick<ScannerEvent, 'description' | 'title'>,
	summary: string,
): TextRecord | null {
	const mark = markOf(event);
	if (before === null || before.mark === mark) return null;
	const known = summary.includes(event.title.trim()) && (event.description ?? '').trim() !== '';
	const words = (known ? (event.description ?? '') : event.title).replace(/\s+/g, ' ').trim();
	return { ...before, mark, count: before.count + 1, newest: shortened(words, LONGEST_NEWEST) };
}

/**
 * As a word of our own block: letters and digits stand as they are, a space is a hyphen, every other sign is its number
 * between dots. None of our own words can stand in it, whatever the text says.
 */
function encoded(text: string): string {
	return Array.from(text.replace(/\p{Cs}/gu, ''), (sign) => {
		if (/^[A-Za-z0-9]$/.test(sign)) return sign;
		return sign === ' ' ? '-' : numbered(sign);
	})
		.join('')
		.replace(/s(?=tate|can)|e(?=nd)/gi, numbered);
}

function numbered(sign: string): string {
	return `.${(sign.codePointAt(0) ?? 0).toString(16)}.`;
}

function decoded(word: string): string {
	return word
		.replace(/-/g, ' ')
		.replace(/\.([0-9a-f]{1,5})\./g, (_, number: string) =>
			String.fromCodePoint(parseInt(number, 16)),
		);
}

/** One word: `kqzvwmtr`, or `kqzvwmtr:3:1:Trojan-found`. */
export function encodeText({ count, mark, newest, told }: TextRecord): string {
	return count === 0 ? mark : `${mark}:${count}:${told}:${encoded(newest)}`;
}

/** @returns null for a word that is no record */
export function decodeText(word: string): TextRecord | null {
	const [, mark, count = '0', told = '0', newest = ''] = WORD.exec(word) ?? [];
	if (mark === undefined) return null;
	return { mark, count: Number(count), told: Number(told), newest: decoded(newest) };
}
