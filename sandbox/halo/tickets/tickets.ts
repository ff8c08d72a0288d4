import type { HaloAnswer } from '../http/answers';
import { HaloRefusal, dotNetError, forbidden, notFound } from '../http/answers';
import { asCreateAnswer, readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { requireScope } from '../http/requirements';
import type { SimTicket } from '../state/state';
import { createTicket } from './ticket-create';
import { TooLong } from './ticket-fields';
import { ticketAnswer, ticketRow } from './ticket-rows';
import { updateTicket } from './ticket-update';
import { refuseUnauthorised, seesTicket } from '../http/visibility';
import { names } from '../state/variants';

/** `GET /Tickets/{id}`: the full record; a strict tenant gives that only with `includedetails=true`. */
export function getTicket(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'tickets');
	const ticket = visibleTicket(context, call);
	const whole = call.query.flag('includedetails') || !context.switches.strictDetails;
	const wire = whole ? ticketAnswer(context, ticket) : ticketRow(context, ticket);
	return { status: 200, body: wire };
}

/** `POST /Tickets`: creates what has no id, changes what has one, in the order sent. */
export async function postTickets(context: HaloContext, call: HaloCall): Promise<HaloAnswer> {
	requireScope(call.access, 'edit', 'tickets');
	const drafts = readRecords(call.body);
	const written: SimTicket[] = [];
	let created = false;
	const { ignoredMembers } = context.switches;
	let answered: Record<string, unknown> | null = null;
	for (const sent of drafts) {
		const draft = sent.without((name) => names(ignoredMembers, name));
		const id = draft.integer('id') ?? 0;
		try {
			if (id > 0) {
				const before = context.state.tickets.find((row) => row.id === id);
				answered = before === undefined ? null : ticketAnswer(context, before);
				written.push(updateTicket(context, call.access, draft, id));
			} else {
				written.push(await createTicket(context, call.access, draft));
				created = true;
			}
		} catch (error) {
			if (!(error instanceof TooLong)) throw error;
			throw new HaloRefusal(
				dotNetError(
					'System.Data.SqlClient.SqlException',
					'String or binary data would be truncated.',
				),
			);
		}
	}
	const status = created ? context.switches.createStatus : 200;
	const records = written.map((ticket) => ticketAnswer(context, ticket));
	const answer = writeAnswer(status, call.query, records, context.switches.wrapSingle);
	return created
		? asCreateAnswer(context.switches, answer, 'tickets')
		: asUpdateAnswer(context, answer, answered);
}

/** How this tenant answers an update. */
function asUpdateAnswer(context: HaloContext, answer: HaloAnswer, before: unknown): HaloAnswer {
	switch (context.switches.updateAnswer) {
		case 'object':
			return answer;
		case 'empty':
			return { status: 201 };
		case 'array':
			return { status: 201, body: [answer.body] };
		case 'before':
			return { status: 200, body: before };
		case 'envelope':
			return { status: 200, body: { record_count: 1, tickets: [answer.body] } };
	}
}

/** `DELETE /Tickets/{id}`: soft; the ticket stays in lists with `deleted=true`. */
export function deleteTicket(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'tickets');
	if (!call.access.rights.deleteTickets) throw forbidden();
	const ticket = visibleTicket(context, call);
	ticket.deleted = true;
	ticket.lastUpdate = context.clock.now();
	const actor = { agentId: call.access.agentId, application: call.access.applicationName };
	context.deliveries.notify({ before: ticket, ticket, actor, deleted: true });
	return { status: 200, body: ticketAnswer(context, ticket) };
}

function visibleTicket(context: HaloContext, call: HaloCall): SimTicket {
	const id = Number(call.ids[0]);
	refuseUnauthorised(context, id);
	const ticket = context.state.tickets.find((row) => row.id === id && !row.deleted);
	if (ticket === undefined || !seesTicket(call.access, ticket)) throw notFound();
	return ticket;
}
