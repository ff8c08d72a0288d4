import { readNote, recognise, type SeenTicket } from '../../shared/domain/ticket/recognise';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { TicketAction } from '../../shared/domain/ticket/touch';
import {
	isOpenStatus,
	type StatusKnowledge,
	type TicketView,
} from '../../shared/domain/ticket/view';
import type { ActionRow, TicketDetail, TicketRow } from '../../shared/halo/records/records';

/** A list row, or the answer to a write, as planning sees it. */
export function viewOfRow(row: TicketRow, known: StatusKnowledge, seal: Seal): TicketView {
	// Named one by one: V8 keeps an object that was spread and then added to as a slow one, of ten times the size.
	const { claims, doubtful, mappedTo, reference, state } = recognise(row, seal);
	return {
		reference,
		state,
		claims,
		doubtful,
		mappedTo,
		id: row.id,
		summary: row.summary,
		details: row.details,
		detailsHtml: null,
		clientId: row.client_id,
		clientName: row.client_name,
		userId: row.reporter === null ? null : row.user_id,
		statusId: row.status_id,
		ticketTypeId: row.tickettype_id,
		priorityId: row.priority_id,
		slaId: row.sla_id,
		agentId: row.agent_id,
		occurredAt: row.dateoccurred,
		closedAt: null,
		lastUpdate: row.last_update,
		mergedIntoId: row.merged_into_id,
		open: isOpenStatus(row.status_id, known),
		read: false,
	};
}

/** A ticket that was read by itself. Null when it was deleted. */
export function viewOfDetail(
	row: TicketDetail,
	known: StatusKnowledge,
	seal: Seal,
): TicketView | null {
	if (row.deleted) return null;
	return {
		...viewOfRow(row, known, seal),
		detailsHtml: row.details_html,
		closedAt: row.dateclosed,
		// The flag means what it says on some tenants: it stays after a reopening. The status decides where it tells.
		open: isOpenStatus(row.status_id, known) ?? !row.hasbeenclosed,
		read: true,
	};
}

/** An opening as a ticket that names nobody, since what it was made for may have changed since. */
function openingOf({ note }: ActionRow): SeenTicket {
	return { summary: '', details: note, client_id: null, user_id: null, reporter: null };
}

export function viewOfAction(row: ActionRow, seal: Seal): TicketAction {
	return {
		id: row.id,
		application: row.actionby_application_id === '' ? null : row.actionby_application_id,
		agentId: row.actionby_agent_id ?? row.who_agentid,
		who: row.who,
		at: row.datetime,
		note: row.note,
		words: readNote(row.note, seal),
		reference: recognise(openingOf(row), seal).reference,
		oldStatus: row.old_status,
		newStatus: row.new_status,
	};
}
