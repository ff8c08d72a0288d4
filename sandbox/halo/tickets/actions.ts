import { logAction } from './action-log';
import type { HaloAnswer } from '../http/answers';
import { forbidden, notFound, refuse } from '../http/answers';
import { asCreateAnswer, Draft, readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { withTenantDates, withTenantIds } from '../http/tenant-rows';
import { haloDate, readDate } from '../state/dates';
import { htmlToText, keptHtml, textToHtml } from '../state/html';
import { closeMails, noteMails, recordMail } from './mails';
import { requireScope } from '../http/requirements';
import { names } from '../state/variants';
import type { SimAction, SimOutcome, SimTicket } from '../state/state';
import { applyAssignment } from './ticket-fields';
import { checkStatus, moveToStatus } from './ticket-status';
import { isClosedStatus, refuseUnauthorised, seesTicket } from '../http/visibility';

const OUTCOME_NEEDED = 'An Outcome must be entered for this Action';
const OUTCOME_REFUSED = 'You do not have access to this Action';
const TICKET_NEEDED = 'A Ticket must be entered for this Action';

/** `GET /Actions?ticket_id=`: newest first, the whole list, or its first `count`. */
export function listActions(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'tickets');
	const { query } = call;
	const wanted = query.number('ticket_id');
	if (wanted !== null) refuseUnauthorised(context, wanted);
	const tickets = context.state.tickets.filter(
		(ticket) =>
			!ticket.deleted &&
			(wanted === null || ticket.id === wanted) &&
			seesTicket(call.access, ticket),
	);
	const from = readDate(query.text('startdate') ?? '') ?? -Infinity;
	const to = readDate(query.text('enddate') ?? '') ?? Infinity;
	const rows = tickets
		.flatMap((ticket) => ticket.actions.map((action) => ({ ticket, action })))
		.filter(({ action }) => !(query.flag('excludesys') && action.system))
		.filter(({ action }) => !(query.flag('excludeprivate') && action.hiddenfromuser))
		.filter(({ action }) => !(query.flag('agentonly') && action.who_agentid === 0))
		.filter(({ action }) => action.at >= from && action.at <= to)
		.sort((left, right) => right.action.at - left.action.at || right.action.id - left.action.id);
	const count = query.number('count');
	const shown = count !== null && count > 0 ? rows.slice(0, count) : rows;
	const html = query.flag('includehtmlnote');
	return {
		status: 200,
		body: {
			record_count: rows.length,
			...(wanted === null ? {} : { ticket_id: wanted }),
			actions: shown.map(({ ticket, action }) => actionRow(context, ticket, action, html)),
		},
	};
}

/** `GET /Actions/{id}?ticket_id=`: ids count per ticket, so the ticket is needed. */
export function getAction(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'tickets');
	const { ticket, action } = findAction(context, call);
	return { status: 200, body: actionRow(context, ticket, action, true) };
}

/** `DELETE /Actions/{id}?ticket_id=`. */
export function deleteAction(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'tickets');
	const { ticket, action } = findAction(context, call);
	ticket.actions = ticket.actions.filter(({ id }) => id !== action.id);
	ticket.lastUpdate = context.clock.now();
	return { status: 200, body: actionRow(context, ticket, action, true) };
}

function findAction(
	context: HaloContext,
	call: HaloCall,
): { ticket: SimTicket; action: SimAction } {
	const ticketId = call.query.number('ticket_id');
	if (ticketId === null) throw refuse(TICKET_NEEDED);
	const ticket = context.state.tickets.find((row) => row.id === ticketId && !row.deleted);
	const action = ticket?.actions.find(({ id }) => id === Number(call.ids[0]));
	if (ticket === undefined || action === undefined || !seesTicket(call.access, ticket)) {
		throw notFound();
	}
	return { ticket, action };
}

/** `POST /Actions`: notes, and what they change on their ticket. */
export function postActions(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'tickets');
	if (call.access.rights.ticketsAccess !== 'modify') throw forbidden();
	const written = readRecords(call.body).map((draft) => writeAction(context, call, draft));
	const { createStatus, wrapSingle } = context.switches;
	const answer = writeAnswer(createStatus, call.query, written, wrapSingle);
	return asCreateAnswer(context.switches, answer, 'actions');
}

function writeAction(context: HaloContext, call: HaloCall, draft: Draft): unknown {
	const ticketId = draft.integer('ticket_id');
	if (ticketId === undefined || ticketId <= 0) throw refuse(TICKET_NEEDED);
	refuseUnauthorised(context, ticketId);
	const ticket = context.state.tickets.find((row) => row.id === ticketId && !row.deleted);
	if (ticket === undefined || !seesTicket(call.access, ticket)) {
		throw notFound(context.switches.recordNotFoundStatus);
	}
	const id = draft.integer('id') ?? 0;
	if (id > 0) return actionRow(context, ticket, editAction(ticket, draft, id), true);
	const outcome = outcomeOf(context, draft);
	if (isClosedStatus(context, ticket.status_id) && !call.access.rights.editClosedTickets) {
		throw refuse('You do not have permission to edit closed Tickets.');
	}
	const action = addAction(context, call, draft, ticket, outcome);
	return actionRow(context, ticket, action, true);
}

function outcomeOf(context: HaloContext, draft: Draft): SimOutcome {
	const id = draft.integer('outcome_id');
	const name = draft.text('outcome')?.toLowerCase();
	const outcome = context.state.outcomes.find(
		(row) => row.id === id || (id === undefined && row.outcome.toLowerCase() === name),
	);
	if (outcome === undefined) throw refuse(OUTCOME_NEEDED);
	if (names(context.switches.refusedOutcomes, outcome.id)) throw refuse(OUTCOME_REFUSED);
	return outcome;
}

function addAction(
	context: HaloContext,
	call: HaloCall,
	draft: Draft,
	ticket: SimTicket,
	outcome: SimOutcome,
): SimAction {
	const actor = { agentId: call.access.agentId, application: call.access.applicationName };
	const before = ticket.status_id;
	const closed = changeTicket(context, ticket, draft, outcome, actor);
	const html = draft.text('note_html');
	const note = html === undefined ? (draft.text('note') ?? '') : htmlToText(html);
	const who = draft.text('who');
	const namedAgent = context.state.agents.find(({ name }) => name === who);
	const action = logAction(context, ticket, actor, outcome.id, {
		note,
		note_html: html === undefined ? textToHtml(note) : keptHtml(html),
		hiddenfromuser: draft.flag('hiddenfromuser') ?? outcome.hidefromuser,
		important: draft.flag('important') ?? false,
		timetaken: draft.decimal('timetaken') ?? 0,
		old_status: before,
		...(namedAgent === undefined ? {} : { who: namedAgent.name, who_agentid: namedAgent.id }),
	});
	if (noteMails(draft, outcome.sendemail)) recordMail(context, ticket, 'note');
	if (closed && closeMails(context, draft)) recordMail(context, ticket, 'ticket closed');
	context.deliveries.notify({ before: { status_id: before }, ticket, actor, action });
	return action;
}

/** The `new_…` fields and the outcome's own status; true when the ticket was closed by them. */
function changeTicket(
	context: HaloContext,
	ticket: SimTicket,
	draft: Draft,
	outcome: SimOutcome,
	actor: { agentId: number; application: string },
): boolean {
	const status = draft.integer('new_status') ?? 0;
	const target = status > 0 ? status : outcome.newstatus;
	const changed = structuredClone(ticket);
	applyAssignment(context, changed, renamed(draft));
	if (target > 0) checkStatus(context, changed, target);
	const { agent_id, team, priority_id, sla_id } = changed;
	Object.assign(ticket, { agent_id, team, priority_id, sla_id });
	if (context.switches.statusSticks === 'never') return false;
	return target > 0 && moveToStatus(context, ticket, target, actor);
}

/** An action's `new_…` fields under the names that a ticket has for them. */
function renamed(draft: Draft): Draft {
	const record = {
		agent_id: draft.integer('new_agent'),
		team: draft.text('new_team'),
		sla_id: draft.integer('new_sla_id'),
		priority_id: draft.integer('new_priority'),
		_forcereassign: draft.flag('_forcereassign'),
	};
	return new Draft(record, 0);
}

function editAction(ticket: SimTicket, draft: Draft, id: number): SimAction {
	const action = ticket.actions.find((row) => row.id === id);
	if (action === undefined) throw notFound();
	const html = draft.text('note_html');
	const note = draft.text('note');
	if (html !== undefined)
		Object.assign(action, { note: htmlToText(html), note_html: keptHtml(html) });
	else if (note !== undefined) Object.assign(action, { note, note_html: textToHtml(note) });
	action.hiddenfromuser = draft.flag('hiddenfromuser') ?? action.hiddenfromuser;
	action.important = draft.flag('important') ?? action.important;
	return action;
}

function actionRow(
	context: HaloContext,
	ticket: SimTicket,
	action: SimAction,
	includeHtml: boolean,
): Record<string, unknown> {
	const { at, note_html, system, ...row } = action;
	return withTenantDates(context, {
		...withTenantIds(context, { ticket_id: ticket.id, ...row }),
		...(includeHtml ? { note_html } : {}),
		action_systemid: system ? 1 : 0,
		who_type: 1,
		datetime: haloDate(at),
		actiondatecreated: haloDate(at),
		actionby_user_id: 0,
		new_status_name: context.state.statuses.find(({ id }) => id === action.new_status)?.name ?? '',
		guid: `action-${ticket.id}-${action.id}`,
		colour: '',
	});
}
