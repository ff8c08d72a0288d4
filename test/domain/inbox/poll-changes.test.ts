import {
	changeKey,
	NoTicketError,
	readTicketChange,
} from '../../../nodes/shared/domain/inbox/poll-changes';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW } from './rows';

const SINCE = at(-600);
const TICKET = { id: 1007, statusName: 'New', open: true, updatedAt: at(-30), mergedIntoId: null };
const read = (more: JsonRecord = {}) =>
	readTicketChange({ json: { ...TICKET, ...more }, changedAt: at(-40) }, SINCE, NOW);

const byApplication = { id: 5, at: at(-100), application: 'n8n' };
const byPerson = { id: 6, at: at(-90), application: null };

test('a change is given out and remembered by ticket and by the time that the list had', () => {
	const json = { ...TICKET, notes: [byPerson, byApplication] };
	expect(read({ notes: json.notes })).toEqual({
		change: { ticketId: 1007, lastNoteId: 6, ticket: json },
		row: {
			source: 'halo-poll',
			deliveryId: '6',
			dedupKey: `halo-poll|1007|${at(-40)}`,
			event: JSON.stringify({
				ticketId: 1007,
				statusName: 'New',
				open: true,
				updatedAt: at(-30),
				mergedIntoId: null,
			}),
			state: 'done',
			decision: 'emitted',
			reason: 'Changed in Halo.',
			ticketId: 1007,
			tries: 1,
			receivedAt: at(0),
			doneAt: at(0),
		},
	});
	expect(changeKey(1, 'a')).not.toBe(changeKey(1, 'b'));
});

test('what only an application did is remembered and not given out', () => {
	const { change, row } = read({ notes: [byApplication] });
	expect(change).toBeNull();
	expect(row).toMatchObject({ decision: 'own_write', reason: 'Changed by an application only.' });
});

test('a change without a note of its own is a person’s: older notes do not count', () => {
	for (const notes of [undefined, [], [{ ...byApplication, at: at(-601) }]]) {
		expect(read({ notes }).change).not.toBeNull();
	}
	expect(read({ notes: [{ ...byApplication, at: at(-600) }] }).change).toBeNull();
	expect(read().change).toMatchObject({ lastNoteId: null });
	expect(read().row.deliveryId).toBe('');
});

test('an item that is no ticket is refused by name', () => {
	expect(() => read({ id: undefined })).toThrow(NoTicketError);
});
