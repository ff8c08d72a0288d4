/**
 * Rows as Halo sends them, decoded: ids are integers, dates are ISO 8601 in UTC or null (Halo writes "no date" as a
 * day in 1900 or earlier), text is never undefined. Member names are Halo's own.
 */

export interface NamedRow {
	id: number;
	name: string;
}

export interface TicketRow {
	id: number;
	summary: string;
	details: string;
	client_id: number;
	client_name: string | null;
	site_id: number | null;
	user_id: number | null;
	status_id: number;
	tickettype_id: number;
	priority_id: number | null;
	sla_id: number | null;
	agent_id: number | null;
	/** Halo knows the team of a ticket by its name. */
	team: string | null;
	last_update: string | null;
	dateoccurred: string | null;
	/** Ticket that this one was merged into; null when it was not. */
	merged_into_id: number | null;
	/** Who reported it, as an address or a name; null when nobody is named, as on tickets that an application made. */
	reporter: string | null;
}

export interface CustomFieldValue {
	id: number;
	name: string | null;
	value: unknown;
}

/** What `GET /Tickets/{id}` adds to a list row. */
export interface TicketDetail extends TicketRow {
	details_html: string | null;
	hasbeenclosed: boolean;
	dateclosed: string | null;
	agent_name: string | null;
	assets: Array<{ id: number }>;
	customfields: CustomFieldValue[];
	deleted: boolean;
}

/** One action (note) of a ticket. Its id is unique only together with the ticket's. */
export interface ActionRow {
	id: number;
	ticket_id: number;
	outcome: string | null;
	outcome_id: number | null;
	who: string | null;
	who_agentid: number | null;
	datetime: string | null;
	note: string;
	hiddenfromuser: boolean;
	actionby_agent_id: number | null;
	/** Name of the API application that wrote it; null when a person did. */
	actionby_application_id: string | null;
	old_status: number | null;
	new_status: number | null;
}

/** A ticket type, with the SLA that its tickets get when none is sent. */
export interface TicketTypeRow extends NamedRow {
	default_sla: number | null;
}

/** `type` 0 is a ticket status; other types belong to other records. */
export interface StatusRow extends NamedRow {
	type: number;
}

/** One row per priority and SLA. A ticket's `priority_id` is the `priorityid` here, never the row's GUID. */
export interface PriorityRow {
	priorityid: number;
	slaid: number;
	name: string;
	ishidden: boolean;
}

export interface AgentRow extends NamedRow {
	email: string | null;
	isdisabled: boolean;
	isapiagent: boolean;
	/** Ids of the teams that the agent belongs to. */
	teams: number[];
}

/** `type_id` 1 to 4 says which category field of a ticket it belongs to; `value` is the whole path with `>`. */
export interface CategoryRow {
	id: number;
	value: string;
	type_id: number;
}

export interface OutcomeRow extends NamedRow {
	hidden: boolean;
}

export interface ClientRow {
	id: number;
	name: string;
	inactive: boolean;
	ref: string | null;
	domain: string | null;
	website: string | null;
	toplevel_id: number | null;
	toplevel_name: string | null;
	main_site_id: number | null;
	main_site_name: string | null;
	last_update: string | null;
}

export interface SiteRow {
	id: number;
	name: string;
	client_id: number | null;
	client_name: string | null;
	inactive: boolean;
}

/** A contact of a client: Halo's word for it is user. */
export interface UserRow {
	id: number;
	name: string;
	emailaddress: string | null;
	site_id: number | null;
	site_name: string | null;
	client_id: number | null;
	client_name: string | null;
	inactive: boolean;
}

/** One page of a list. `total` is Halo's count of all rows that match, not of this page. */
export interface Page<Row> {
	rows: Row[];
	/** Halo's count of all rows that match, which may be wrong; the rows of the page where it gives none. */
	total: number;
	/** False where Halo gave no count. */
	counted: boolean;
}
