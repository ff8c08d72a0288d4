import type { HaloAnswer } from '../http/answers';
import { notFound, refuse } from '../http/answers';
import { readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { haloDate } from '../state/dates';
import { withTenantIds } from '../http/tenant-rows';
import { envelope } from '../http/paging';
import { requireScope } from '../http/requirements';
import type { SimAttachment } from '../state/state';
import { refuseUnauthorised, seesTicket } from '../http/visibility';

const DATA_URI = /^data:([^;,]*)(?:;[^,]*)?;base64,([A-Za-z0-9+/=\s]*)$/;

/** `GET /Attachment?ticket_id=`: rows without the file itself. */
export function listAttachments(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'tickets');
	const ticketId = call.query.number('ticket_id');
	if (ticketId !== null) refuseUnauthorised(context, ticketId);
	const seen = new Set(
		context.state.tickets.filter((ticket) => seesTicket(call.access, ticket)).map(({ id }) => id),
	);
	const rows = context.state.attachments.filter(
		(file) => seen.has(file.ticket_id) && (ticketId === null || file.ticket_id === ticketId),
	);
	return envelope(context, call.query, 'attachments', rows, (file) =>
		withTenantIds(context, attachmentRow(file)),
	);
}

/** `POST /Attachment`: a file as a data URI, on a ticket or on one of its actions. */
export function postAttachments(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'tickets');
	const written = readRecords(call.body).map((draft) => {
		const ticketId = draft.integer('ticket_id');
		if (ticketId !== undefined) refuseUnauthorised(context, ticketId);
		const ticket = context.state.tickets.find(({ id }) => id === ticketId);
		if (ticket === undefined || ticket.deleted || !seesTicket(call.access, ticket))
			throw notFound();
		const data = DATA_URI.exec(draft.text('data_base64') ?? '');
		if (data === null) throw refuse('The attachment has no data.');
		const file: SimAttachment = {
			id: context.state.attachments.length + 1,
			ticket_id: ticket.id,
			action_id: draft.integer('action_id') ?? 0,
			filename: draft.text('filename') ?? '',
			filesize: Buffer.byteLength(data[2] ?? '', 'base64'),
			contentType: data[1] ?? '',
			showforusers: draft.flag('showforusers') ?? false,
			data_base64: data[2] ?? '',
			at: context.clock.now(),
		};
		context.state.attachments.push(file);
		const action = ticket.actions.find(({ id }) => id === file.action_id);
		if (action !== undefined) action.attachment_count += 1;
		ticket.lastUpdate = context.clock.now();
		return attachmentRow(file);
	});
	const { createStatus, wrapSingle } = context.switches;
	return writeAnswer(createStatus, call.query, written, wrapSingle);
}

function attachmentRow(file: SimAttachment): Record<string, unknown> {
	const { at, data_base64: data, contentType, ...row } = file;
	return { ...row, datecreated: haloDate(at), content_type: contentType, has_data: data !== '' };
}
