import type { JsonRecord } from '../../domain/values/json';
import { readDate, readFlag, readText } from './decode';
import type {
	ActionRow,
	AgentRow,
	CategoryRow,
	ClientRow,
	CustomFieldValue,
	NamedRow,
	OutcomeRow,
	PriorityRow,
	SiteRow,
	StatusRow,
	TicketDetail,
	TicketRow,
	TicketTypeRow,
	UserRow,
} from './records';
import { member, readInteger, readReference, recordsIn } from '../../domain/values/read';

/** Reads one row; null when what makes it that row is missing. */
export type RowDecoder<Row> = (row: JsonRecord) => Row | null;

/** Halo's pseudo agent "Unassigned". */
const UNASSIGNED_AGENT = 1;

function isNotNull<Value>(value: Value | null): value is Value {
	return value !== null;
}

function readAgent(value: unknown): number | null {
	const id = readReference(value);
	return id === UNASSIGNED_AGENT ? null : id;
}

export const decodeTicket: RowDecoder<TicketRow> = (row) => {
	const id = readReference(row.id);
	if (id === null) return null;
	return {
		id,
		summary: readText(row.summary) ?? '',
		details: readText(row.details) ?? '',
		client_id: readInteger(row.client_id) ?? 0,
		client_name: readText(row.client_name),
		site_id: readReference(row.site_id),
		user_id: readReference(row.user_id),
		status_id: readInteger(row.status_id) ?? 0,
		tickettype_id: readInteger(member(row, 'tickettype_id', 'requesttype_id')) ?? 0,
		priority_id: readReference(row.priority_id),
		sla_id: readReference(row.sla_id),
		agent_id: readAgent(row.agent_id),
		team: readText(row.team),
		last_update: readDate(member(row, 'last_update', 'lastupdate')),
		dateoccurred: readDate(member(row, 'dateoccurred', 'dateoccured')),
		merged_into_id: readReference(row.merged_into_id),
		reporter: readText(row.user_email) ?? readText(row.reportedby),
	};
};

const decodeCustomField: RowDecoder<CustomFieldValue> = (row) => {
	const id = readInteger(row.id);
	return id === null ? null : { id, name: readText(row.name), value: row.value ?? null };
};

export const decodeTicketDetail: RowDecoder<TicketDetail> = (row) => {
	const ticket = decodeTicket(row);
	if (ticket === null) return null;
	const dateclosed = readDate(row.dateclosed);
	return {
		...ticket,
		details_html: readText(row.details_html),
		hasbeenclosed:
			row.hasbeenclosed === undefined ? dateclosed !== null : readFlag(row.hasbeenclosed),
		dateclosed,
		agent_name: ticket.agent_id === null ? null : readText(row.agent_name),
		assets: recordsIn(row.assets)
			.map(({ id }) => readReference(id))
			.filter(isNotNull)
			.map((id) => ({ id })),
		customfields: recordsIn(row.customfields).map(decodeCustomField).filter(isNotNull),
		deleted: readFlag(row.deleted),
	};
};

export const decodeAction: RowDecoder<ActionRow> = (row) => {
	const id = readInteger(row.id);
	const ticket_id = readReference(row.ticket_id);
	if (id === null || ticket_id === null) return null;
	return {
		id,
		ticket_id,
		outcome: readText(row.outcome),
		outcome_id: readReference(row.outcome_id),
		who: readText(row.who),
		who_agentid: readReference(row.who_agentid),
		datetime: readDate(member(row, 'datetime', 'actiondatecreated')),
		note: readText(member(row, 'note', 'note_html')) ?? '',
		hiddenfromuser: readFlag(row.hiddenfromuser),
		actionby_agent_id: readReference(row.actionby_agent_id),
		actionby_application_id: readText(row.actionby_application_id),
		old_status: readReference(row.old_status),
		new_status: readReference(row.new_status),
	};
};

/** Ticket types, teams, SLAs, and the rows of `/Lookup`. Inactive rows are left out by the caller. */
export const decodeNamed: RowDecoder<NamedRow> = (row) => {
	const id = readInteger(row.id);
	const name = readText(row.name);
	return id === null || name === null ? null : { id, name };
};

/** The member that names the default SLA differs by version of Halo. */
export const decodeTicketType: RowDecoder<TicketTypeRow> = (row) => {
	const named = decodeNamed(row);
	if (named === null) return null;
	return {
		...named,
		default_sla: readReference(member(row, 'default_sla', 'default_sla_id', 'sla_id')),
	};
};

export const decodeStatus: RowDecoder<StatusRow> = (row) => {
	const named = decodeNamed(row);
	return named === null ? null : { ...named, type: readInteger(row.type) ?? 0 };
};

export const decodePriority: RowDecoder<PriorityRow> = (row) => {
	const priorityid = readReference(row.priorityid);
	const slaid = readInteger(row.slaid);
	const name = readText(row.name);
	if (priorityid === null || slaid === null || name === null) return null;
	return { priorityid, slaid, name, ishidden: readFlag(row.ishidden) };
};

export const decodeAgent: RowDecoder<AgentRow> = (row) => {
	const named = decodeNamed(row);
	if (named === null) return null;
	return {
		...named,
		email: readText(member(row, 'email', 'emailaddress')),
		isdisabled: readFlag(member(row, 'isdisabled', 'inactive')),
		isapiagent: readFlag(row.isapiagent),
		teams: recordsIn(row.teams)
			.map((team) => readReference(member(team, 'team_id', 'id')))
			.filter(isNotNull),
	};
};

export const decodeCategory: RowDecoder<CategoryRow> = (row) => {
	const id = readInteger(row.id);
	const value = readText(member(row, 'value', 'category_name'));
	return id === null || value === null
		? null
		: { id, value, type_id: readInteger(row.type_id) ?? 1 };
};

export const decodeOutcome: RowDecoder<OutcomeRow> = (row) => {
	const id = readInteger(row.id);
	const name = readText(member(row, 'outcome', 'buttonname', 'name'));
	return id === null || name === null ? null : { id, name, hidden: readFlag(row.hidden) };
};

export const decodeClient: RowDecoder<ClientRow> = (row) => {
	const named = decodeNamed(row);
	if (named === null) return null;
	return {
		...named,
		inactive: readFlag(row.inactive),
		ref: readText(member(row, 'ref', 'client_ref')),
		domain: readText(row.domain),
		website: readText(row.website),
		toplevel_id: readReference(row.toplevel_id),
		toplevel_name: readText(row.toplevel_name),
		main_site_id: readReference(row.main_site_id),
		main_site_name: readText(row.main_site_name),
		last_update: readDate(member(row, 'last_update', 'lastupdate')),
	};
};

export const decodeSite: RowDecoder<SiteRow> = (row) => {
	const named = decodeNamed(row);
	if (named === null) return null;
	return {
		...named,
		client_id: readReference(row.client_id),
		client_name: readText(row.client_name),
		inactive: readFlag(row.inactive),
	};
};

export const decodeUser: RowDecoder<UserRow> = (row) => {
	const named = decodeNamed(row);
	if (named === null) return null;
	return {
		...named,
		emailaddress: readText(member(row, 'emailaddress', 'email')),
		site_id: readReference(member(row, 'site_id', 'site_id_int')),
		site_name: readText(row.site_name),
		client_id: readReference(row.client_id),
		client_name: readText(row.client_name),
		inactive: readFlag(row.inactive),
	};
};
