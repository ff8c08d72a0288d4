import { lettersOf } from '../reference';
import type { Desired } from './types';

/** Names a note, so that it is found again when the answer to its write was lost. */
export function noteMark(desired: Desired, kind: string): string {
	return lettersOf([desired.reference, kind, desired.event.time, desired.event.severity].join('|'));
}
