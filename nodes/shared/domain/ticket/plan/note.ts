import { decodedOnce } from '../../values/entities';
import { lettersOf } from '../reference';
import type { Desired } from './types';

/** Names a note, so that it is found again when the answer to its write was lost. */
export function noteMark(desired: Desired, kind: string): string {
	return lettersOf([desired.reference, kind, desired.event.time, desired.event.severity].join('|'));
}

/** The words of a note without its HTML, so that what Halo keeps as text can be compared with what was sent. */
export function noteText(html: string): string {
	return decodedOnce(html.replace(/<[^<>]*>/g, ' '))
		.replace(/\s+/g, ' ')
		.trim();
}

/** True when a note that Halo gives out, as text or as HTML, says exactly these words. @param words as `noteText` gives them */
export function sameNote(note: string, words: string): boolean {
	return words !== '' && (note.replace(/\s+/g, ' ').trim() === words || noteText(note) === words);
}
