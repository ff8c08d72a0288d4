import { setTimeout as sleep } from 'node:timers/promises';

import { logAction } from './action-log';
import { HaloRefusal, dotNetError, forbidden, refuse } from '../http/answers';
import type { Draft } from '../http/body';
import type { HaloContext } from '../http/context';
import { closeMails, createMails, recordMail } from './mails';
import type { Access } from '../state/rights';
import { SYSTEM_OUTCOMES } from '../state/seed-lookups';
import type { SimTicket, SimTicketType } from '../state/state';
import { applyAssignment, applyDetails, applyFields, applyPeople } from './ticket-fields';
import { checkFilled } from './ticket-status';
import { missingFields } from './ticket-type-fields';
import { isClosedStatus, seesClient } from '../http/visibility';

/** The type that Halo takes when none is sent. */
const FALLBACK_TYPE = 1;

/** Under whose name the tenant's rules act: Sam Okafor of the seed, by an Internal Note. */
const RULE_AGENT = 3;
const INTERNAL_NOTE = 7;

/** Stores a new ticket from one element of a POST body. */
export async function createTicket(
	context: HaloContext,
	access: Access,
	draft: Draft,
): Promise<SimTicket> {
	if (access.rights.ticketsAccess !== 'modify' || !access.rights.addTickets) throw forbidden();
	const type = creatableType(context, access, draft.integer('tickettype_id') ?? FALLBACK_TYPE);
	const ticket = blankTicket(context, type, access.applicationName);
	applyPeople(context, ticket, draft);
	if (!seesClient(access, ticket.client_id)) throw forbidden();
	if (context.switches.needsUserAndSite && !(draft.has('user_id') && draft.has('site_id'))) {
		throw refuse('Please complete the following fields: End-User, Site');
	}
	moveToRestrictedClient(context, ticket);
	applyFields(context, ticket, draft);
	applyDetails(context, ticket, draft);
	applyAssignment(context, ticket, draft);
	applyFirstStatus(context, ticket, draft);
	if (ticket.summary.trim() === '' && draft.flag('_novalidate') !== true) {
		throw refuse('Please complete the following fields: Summary');
	}
	if (draft.flag('_novalidate') !== true) checkFilled(ticket, context.switches.neededToCreate);
	const missing = draft.flag('_novalidate') === true ? [] : missingFields(context, type, ticket);
	if (missing.length > 0) {
		throw refuse(`Please complete the following fields: ${missing.join(', ')}`);
	}
	if (type.template !== null && draft.flag('donotapplytemplateintheapi') !== true) {
		Object.assign(ticket, type.template);
	}
	await store(context, ticket);
	const actor = { agentId: access.agentId, application: access.applicationName };
	logAction(context, ticket, actor, SYSTEM_OUTCOMES.logged, {
		note: ticket.details,
		note_html: ticket.details_html,
		hiddenfromuser: false,
		old_status: 0,
	});
	if (context.switches.ruleActsOnCreate) {
		const rule = { agentId: RULE_AGENT, application: '' };
		logAction(context, ticket, rule, INTERNAL_NOTE, { note: 'Assigned by rule: Security alerts' });
	}
	if (createMails(context, draft)) recordMail(context, ticket, 'ticket created');
	if (ticket.dateClosed !== null && closeMails(context, draft)) {
		recordMail(context, ticket, 'ticket closed');
	}
	context.deliveries.notify({ before: null, ticket, actor });
	return ticket;
}

/** An agent that is bound to one client logs every ticket there, whatever the request says. */
function moveToRestrictedClient(context: HaloContext, ticket: SimTicket): void {
	const wanted = context.switches.createdOnClient;
	const client = context.state.clients.find(({ id }) => id === wanted);
	if (client === undefined) return;
	ticket.client_id = client.id;
	ticket.site_id = client.main_site_id;
	ticket.user_id = 0;
}

function creatableType(context: HaloContext, access: Access, id: number): SimTicketType {
	const type = context.state.ticketTypes.find((row) => row.id === id && !row.inactive);
	if (type === undefined) throw refuse('Please select a valid Ticket Type.');
	const { onlyTicketTypes } = access.rights;
	if (!type.cancreate || (onlyTicketTypes !== null && !onlyTicketTypes.includes(id))) {
		throw refuse('You do not have permission to create Tickets of this Ticket Type.');
	}
	if (type.startsApproval) {
		throw new HaloRefusal({
			status: 400,
			raw: {
				contentType: 'text/plain; charset=utf-8',
				text: 'CODE:APP03/2 Please select the CAB members to approve',
			},
		});
	}
	return type;
}

function applyFirstStatus(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	const sent = draft.integer('status_id');
	if (sent === undefined) return;
	if (!context.state.statuses.some((row) => row.id === sent && row.type === 0)) {
		throw refuse('Please select a valid Status.');
	}
	ticket.status_id = sent;
	if (!isClosedStatus(context, sent)) return;
	ticket.dateClosed = context.clock.now();
	ticket.everClosed = true;
}

/**
 * Gives the ticket its id and stores it. With `max-plus-one` the id is read some time before the ticket is
 * stored, as Halo's default calculation does, and two creates at once get the same.
 */
async function store(context: HaloContext, ticket: SimTicket): Promise<void> {
	const { idAllocation, idRaceMs, idRaceOutcome } = context.switches;
	if (idAllocation === 'auto-increment') {
		ticket.id = context.state.nextTicketId;
		context.state.nextTicketId += 1;
		context.state.tickets.push(ticket);
		return;
	}
	ticket.id = context.state.tickets.reduce((highest, { id }) => Math.max(highest, id), 0) + 1;
	await sleep(idRaceMs);
	const taken = context.state.tickets.some(({ id }) => id === ticket.id);
	if (taken && idRaceOutcome === 'status-500') {
		throw new HaloRefusal(
			dotNetError(
				'System.Data.SqlClient.SqlException',
				'Violation of PRIMARY KEY constraint. Cannot insert duplicate key in object FAULTS.',
			),
		);
	}
	context.state.nextTicketId = Math.max(context.state.nextTicketId, ticket.id + 1);
	if (!taken) context.state.tickets.push(ticket);
}

/** A new ticket as its type presets it, on the Unknown client until the request names another. */
export function blankTicket(
	context: HaloContext,
	type: SimTicketType,
	application: string,
): SimTicket {
	const now = context.clock.now();
	const { clients, users } = context.state;
	const siteId = clients.find(({ id }) => id === 1)?.main_site_id ?? 0;
	return {
		id: 0,
		summary: '',
		details: '',
		details_html: '',
		tickettype_id: type.id,
		client_id: 1,
		site_id: siteId,
		user_id: users.find((user) => user.site_id === siteId && user.generalUser)?.id ?? 0,
		status_id: type.default_status,
		priority_id: type.default_priority,
		sla_id: type.default_sla,
		team: type.default_team,
		agent_id: type.default_agent,
		category_1: '',
		category_2: '',
		category_3: '',
		category_4: '',
		impact: 0,
		urgency: 0,
		source: 0,
		parent_id: 0,
		createdfrom_id: 0,
		merged_into_id: 0,
		reportedby: '',
		supplier_reference: '',
		client_reference: '',
		third_party_id_string: '',
		closure_note: '',
		closure_time: 0,
		closure_agent_id: 0,
		assets: [],
		customfields: [],
		tags: [],
		deleted: false,
		dateoccurred: now,
		lastUpdate: now,
		dateClosed: null,
		everClosed: false,
		startdate: null,
		targetdate: null,
		deadlinedate: null,
		createdByApplication: application,
		actions: [],
	};
}
