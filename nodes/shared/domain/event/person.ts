import type { ScannerEvent } from './event';

/** Beginnings of the codes of what a person asks for or reports, in the catalogue. */
const FROM_PEOPLE = ['privilege.elevation.', 'email.reported.', 'help.'] as const;

/**
 * True for what a person asks for or reports: an elevation, a suspicious mail, help. Somebody waits for the answer, so
 * it is never put together with others on a roster.
 */
export function isFromPerson({ event }: Pick<ScannerEvent, 'event'>): boolean {
	return event !== null && FROM_PEOPLE.some((beginning) => event.startsWith(beginning));
}
