import { SEVERITIES } from '../../event/event';
import { reopenNote, severityNote } from '../text/details';
import type { TicketView } from '../view';
import { leftNotes, movedDue, movedOf } from './new';
import { noteMark } from './note';
import type { Desired, TicketWrite } from './types';

type Note = Extract<TicketWrite, { kind: 'note' }>;

/** What is due on a grouped ticket. */
export const MEMBERS_DUE = 'members';

/** Words of what is due. */
export const DUE = { severity: 'severity:', reopened: 'reopened' } as const;

/** The notes that people are owed, and how they are recorded where they cannot be written. */
export function toldOf(
	before: readonly string[],
	changed: boolean,
	own: TicketView,
	ticket: TicketView,
	desired: Desired,
): { notes: Note[]; due: string[] } {
	const { event } = desired;
	const owed = before.find((word) => word.startsWith(DUE.severity))?.slice(DUE.severity.length);
	const from = owed ?? (changed ? (own.state?.severity ?? 'unknown') : event.severity);
	const moved = before.flatMap(movedOf);
	const severity = SEVERITIES.find((word) => word === from) ?? null;
	const told: Array<[due: string, notes: Note[]]> = [
		[
			`${DUE.severity}${from}`,
			from === event.severity
				? []
				: [noteOn(ticket.id, severityNote(event, severity), noteMark(desired, 'severity'))],
		],
		[
			DUE.reopened,
			before.includes(DUE.reopened)
				? [noteOn(ticket.id, reopenNote(event), noteMark(desired, 'reopened'))]
				: [],
		],
		...moved.map((id): [string, Note[]] => [movedDue({ id }), leftNotes(desired, [{ id }])]),
	];
	const open = told.filter(([, notes]) => notes.length > 0);
	return { notes: open.flatMap(([, notes]) => notes), due: open.map(([due]) => due) };
}

export function noteOn(ticketId: number, text: string, mark: string): Note {
	return { kind: 'note', ticketId, text, mark };
}
