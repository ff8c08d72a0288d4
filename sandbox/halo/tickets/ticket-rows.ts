import type { HaloContext } from '../http/context';
import { asTenantRow, withTenantDates, withTenantIds } from '../http/tenant-rows';
import { haloDate } from '../state/dates';
import type { Query } from '../http/query';
import type { CustomFieldValue, SimTicket } from '../state/state';
import { agentName, clientOf, isClosedStatus } from '../http/visibility';

/** A ticket as a list row: no names of status, agent or priority, no assets, nothing about its closing. */
export function ticketRow(context: HaloContext, ticket: SimTicket): Record<string, unknown> {
	const { state } = context;
	return {
		id: ticket.id,
		dateoccurred: haloDate(ticket.dateoccurred),
		summary: ticket.summary,
		details: ticket.details,
		status_id: ticket.status_id,
		tickettype_id: ticket.tickettype_id,
		sla_id: ticket.sla_id,
		priority_id: ticket.priority_id,
		client_id: ticket.client_id,
		client_name: clientOf(context, ticket.client_id)?.name ?? '',
		site_id: ticket.site_id,
		site_name: state.sites.find((site) => site.id === ticket.site_id)?.name ?? '',
		user_id: ticket.user_id,
		user_name: state.users.find((user) => user.id === ticket.user_id)?.name ?? '',
		team: ticket.team,
		agent_id: ticket.agent_id,
		category_1: ticket.category_1,
		category_2: ticket.category_2,
		category_3: ticket.category_3,
		category_4: ticket.category_4,
		child_count: state.tickets.filter((child) => child.parent_id === ticket.id).length,
		attachment_count: state.attachments.filter((file) => file.ticket_id === ticket.id).length,
		flagged: false,
		onhold: false,
		respondbydate: haloDate(null),
		fixbydate: haloDate(null),
		startdate: haloDate(ticket.startdate),
		targetdate: haloDate(ticket.targetdate),
		deadlinedate: haloDate(ticket.deadlinedate),
		lastactiondate: haloDate(ticket.actions[ticket.actions.length - 1]?.at ?? null),
		last_update: haloDate(ticket.lastUpdate),
		reportedby: ticket.reportedby,
		user_email: state.users.find((user) => user.id === ticket.user_id)?.emailaddress ?? '',
		impact: ticket.impact,
		urgency: ticket.urgency,
		source: ticket.source,
		inactive: ticket.deleted,
		merged_into_id: ticket.merged_into_id,
		parent_id: ticket.parent_id,
		supplier_reference: ticket.supplier_reference,
		idsummary: `${String(ticket.id).padStart(7, '0')}  ${ticket.summary}`,
		ticket_tags: ticket.tags.join(','),
	};
}

/** A list row with the columns that the query asks for. */
export function listedTicket(
	context: HaloContext,
	query: Query,
	ticket: SimTicket,
): Record<string, unknown> {
	if (query.flag('ticketidonly')) return { id: ticket.id };
	const fields = query.numbers('include_custom_fields');
	const wanted =
		fields === null ? null : ticket.customfields.filter(({ id }) => fields.includes(id));
	const row = {
		...ticketRow(context, ticket),
		...(query.flag('includeagent') ? { agent_name: agentName(context, ticket.agent_id) } : {}),
		...(query.flag('includestatus') ? { status_name: state(context, ticket.status_id) } : {}),
		...(query.flag('includetickettype')
			? {
					tickettype_name: context.state.ticketTypes.find(({ id }) => id === ticket.tickettype_id)
						?.name,
				}
			: {}),
		...(wanted === null
			? {}
			: { customfields: wanted.map((field) => customField(context, field)) }),
	};
	return asTenantRow(context, row, ticket.details_html);
}

function state(context: HaloContext, statusId: number): string {
	return context.state.statuses.find((status) => status.id === statusId)?.name ?? '';
}

/** The full record, as tests read it. */
export function ticketDetail(context: HaloContext, ticket: SimTicket): Record<string, unknown> {
	const priority = context.state.priorities.find(
		(row) => row.slaid === ticket.sla_id && row.priorityid === ticket.priority_id,
	);
	const closed = isClosedStatus(context, ticket.status_id);
	return withTenantDates(context, {
		...ticketRow(context, ticket),
		details_html: ticket.details_html,
		agent_name: agentName(context, ticket.agent_id),
		hasbeenclosed: closed || (context.switches.keepsHasBeenClosed && ticket.everClosed),
		dateclosed: haloDate(ticket.dateClosed),
		closure_note: ticket.closure_note,
		closure_time: ticket.closure_time,
		closure_agent_id: ticket.closure_agent_id,
		deleted: ticket.deleted,
		createdfrom_id: ticket.createdfrom_id,
		client_reference: ticket.client_reference,
		third_party_id_string: ticket.third_party_id_string,
		assets: ticket.assets.map((id) => {
			const asset = context.state.assets.find((row) => row.id === id);
			return { id, inventory_number: asset?.inventory_number ?? '' };
		}),
		customfields: ticket.customfields.map((field) => customField(context, field)),
		tags: ticket.tags.map((text, index) => ({ id: index + 1, text })),
		priority:
			priority === undefined
				? null
				: { id: priority.guid, priorityid: priority.priorityid, name: priority.name },
	});
}

/** The full record as it goes over the wire. */
export function ticketAnswer(context: HaloContext, ticket: SimTicket): Record<string, unknown> {
	return withTenantIds(context, ticketDetail(context, ticket));
}

/** A custom field as Halo reads it out; `display` is the text of a picked value. */
export function customField(
	context: HaloContext,
	stored: CustomFieldValue,
): Record<string, unknown> {
	const field = context.state.fields.find(({ id }) => id === stored.id);
	const picked = field?.values.find(({ id }) => id === Number(stored.value));
	return {
		id: stored.id,
		name: field?.name ?? '',
		label: field?.label ?? '',
		type: field?.type ?? 0,
		value: stored.value,
		display: picked?.name ?? String(stored.value ?? ''),
	};
}
