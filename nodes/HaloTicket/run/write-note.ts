import type { Actual, Desired, TicketWrite } from '../../shared/domain/ticket/plan/types';
import { noteBlock } from '../../shared/domain/ticket/recognise';
import type { Seal } from '../../shared/domain/ticket/seal';
import { toHtml } from '../../shared/domain/ticket/text/details';
import type { HaloApi } from '../../shared/halo/api';
import { addAllowedNote } from '../../shared/halo/notes';

type Note = Extract<TicketWrite, { kind: 'note' }>;

/** The reference that a note's own words are written for: that of the ticket that it stands on, where it has one. */
export function referenceFor(
	{ ticketId }: Note,
	desired: Pick<Desired, 'reference'>,
	{ others, tickets }: Actual,
): string {
	const ticket = tickets.find(({ id }) => id === ticketId) ?? others.get(ticketId);
	return ticket?.reference ?? desired.reference;
}

/** Writes a private note, once. @param madeId the ticket that a create before it made */
export async function writeNote(
	{ api, seal }: { api: HaloApi; seal: Seal },
	{ machine, mark, once, text, ticketId: planned }: Note,
	madeId: number | null,
	reference: string,
): Promise<void> {
	const ticketId = planned === 0 ? madeId : planned;
	if (ticketId === null) throw new TypeError('The note has no ticket');
	const own = machine === undefined ? [] : [noteBlock(reference, machine, seal)];
	const words = [`(scannote ${mark})`, ...own].join(' ');
	const note = {
		ticket_id: ticketId,
		note_html: `<p>${toHtml(text)}</p><p style="color:#888;font-size:11px">${words}</p>`,
	};
	const alreadyThere = async (): Promise<boolean> =>
		(await api.listActions(ticketId)).some(
			(action) => (action.actionby_application_id ?? '') !== '' && action.note.includes(mark),
		);
	if (once === true && (await alreadyThere())) return;
	await addAllowedNote(api, note, alreadyThere);
}
