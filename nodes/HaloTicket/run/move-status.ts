import type { TicketFields } from '../../shared/domain/ticket/plan/types';
import { toHtml } from '../../shared/domain/ticket/text/details';
import { HaloValidationError } from '../../shared/halo/http/errors';
import { addAllowedNote } from '../../shared/halo/notes';
import type { TicketRow } from '../../shared/halo/records/records';
import type { NoteWriter } from './write-note';

/**
 * Moves a ticket whose status an update did not move: a rule of the ticket type takes it back, or a workflow step
 * holds it. Two live clients set the status by an action for that reason.
 * @param row the ticket after the update
 * @throws HaloValidationError when the action did not move it either, so that nobody is told that it is closed
 */
export async function moveStatus(
	writer: Pick<NoteWriter, 'api' | 'noteAction'>,
	row: TicketRow,
	fields: TicketFields,
): Promise<void> {
	const wanted = fields.statusId;
	if (wanted === undefined || row.status_id <= 0 || row.status_id === wanted) return;
	const text = fields.closureNote ?? 'Status set by the scanner integration.';
	const { api } = writer;
	const moved = async (): Promise<boolean> => (await api.getTicket(row.id))?.status_id === wanted;
	await addAllowedNote(
		writer,
		{ ticket_id: row.id, note_html: `<p>${toHtml(text)}</p>`, new_status: wanted },
		moved,
	);
	if (await moved()) return;
	throw new HaloValidationError(
		`Halo keeps ticket ${row.id} in status ${row.status_id} instead of ${wanted}`,
		{
			status: null,
			method: 'POST',
			path: '/Tickets',
			haloMessage: null,
			nextStep: `Neither an update nor an action moves it: look at Configuration > Tickets > Ticket Types > type ${row.tickettype_id} (status after an update, workflow) and at the ticket rules.`,
		},
	);
}
