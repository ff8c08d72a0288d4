import type { Difference, GroupChange } from './difference';
import { groupNote } from './text';
import { leading, worstOf } from './now';
import { MEMBERS_DUE } from '../plan/due';
import { memberLabel, type MemberRow } from './table';
import type { TicketWrite, Untold } from '../plan/types';
import { lettersOf } from '../reference';
import { suppressedNote } from '../text/details';

interface NoteInput {
	ticketId: number;
	due: boolean;
	untold: Untold;
	rows: ReadonlyMap<string, MemberRow>;
}

/** Private notes for people: who came, who went, whose risk was accepted. */
export function notesOf(
	{ changes, group }: GroupChange,
	{ accepted, came, open, rose, state, went }: Difference,
	{ due, rows, ticketId, untold }: NoteInput,
): TicketWrite[] {
	const notes: TicketWrite[] = accepted.map(({ key, event }) => ({
		kind: 'note',
		ticketId,
		text: `${memberLabel(event)}\n${suppressedNote(event)}`,
		mark: lettersOf([group.reference, key, 'suppressed', event.time].join('|')),
		untold,
		once: state.due.length > 0,
	}));
	const pending = state.came.length + state.went.length;
	const event = leading([...changes.opens, ...changes.closes]);
	if (event === null || !due) return notes;
	if (came.length + went.length + pending === 0 && !rose && !state.due.includes(MEMBERS_DUE))
		return notes;
	const goneKeys = new Set(went.map(({ key }) => key));
	const earlier = state.came.filter((key) => !goneKeys.has(key));
	const label = (key: string): string[] => [rows.get(key)?.label ?? []].flat();
	const from = state.severity ?? 'unknown';
	const worst = worstOf(changes.opens.map((open) => open.event));
	notes.push({
		kind: 'note',
		ticketId,
		text: groupNote({
			source: event.source,
			came: {
				labels: [...earlier.flatMap(label), ...came.map((one) => memberLabel(one.event))],
				count: earlier.length + came.length,
			},
			went: {
				labels: [
					...state.went.flatMap(label),
					...went.flatMap((one) => rows.get(one.key)?.label ?? memberLabel(one.event)),
				],
				count: state.went.length + went.length,
			},
			open: open.length,
			severity: rose ? `${event.source}: severity changed from ${from} to ${worst}.` : null,
		}),
		mark: lettersOf(
			[
				group.reference,
				event.time,
				event.severity,
				...[...came, ...went].map(({ key }) => key),
			].join('|'),
		),
		untold,
	});
	return notes;
}
