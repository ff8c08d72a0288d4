/**
 * What a caller may write, in Halo's own spelling. Members that are undefined are not sent, so Halo keeps its own
 * value; camelCase members steer the client and are never sent.
 */

interface TicketFields {
	summary?: string | undefined;
	/** Plain text body. When `details_html` is sent too, Halo shows that one. */
	details?: string | undefined;
	details_html?: string | undefined;
	site_id?: number | undefined;
	/** With a user the site must be sent as well, or Halo refuses the ticket. */
	user_id?: number | undefined;
	status_id?: number | undefined;
	/** The `priorityid` of the priority inside its SLA. */
	priority_id?: number | undefined;
	sla_id?: number | undefined;
	/** The team's name; Halo's tickets take no team id. */
	team?: string | undefined;
	agent_id?: number | undefined;
	category_1?: string | undefined;
	category_2?: string | undefined;
	category_3?: string | undefined;
	category_4?: string | undefined;
	impact?: number | undefined;
	urgency?: number | undefined;
	source?: number | undefined;
	dateoccurred?: string | undefined;
	/** Replaces the whole list of the ticket. */
	assets?: Array<{ id: number }> | undefined;
	customfields?: Array<{ id?: number; name?: string; value: unknown }> | undefined;
	/** Replaces the tags of the ticket. */
	tags?: Array<{ text: string }> | undefined;
	/** False or left out: Halo is told to mail nobody about this write. */
	notifyUser?: boolean | undefined;
}

export interface TicketDraft extends TicketFields {
	summary: string;
	client_id: number;
	tickettype_id: number;
	/** The closed ticket that this one follows. */
	createdfrom_id?: number | undefined;
	/** True: the ticket type's default template does not overwrite what is sent. */
	donotapplytemplateintheapi?: boolean | undefined;
}

/** A change of a ticket that exists. Client and type are always sent: without them Halo may answer "Record not found". */
export interface TicketChange extends TicketFields {
	id: number;
	client_id: number;
	tickettype_id: number;
	closure_note?: string | undefined;
	/** In the unit that the tenant uses for this field (hours unless changed). */
	closure_time?: number | undefined;
	closure_agent_id?: number | undefined;
	dateclosed?: string | undefined;
	parent_id?: number | undefined;
	merged_into_id?: number | undefined;
}

export interface ActionDraft {
	ticket_id: number;
	/** Plain text; ignored by Halo when `note_html` is sent. */
	note?: string | undefined;
	note_html?: string | undefined;
	/** Id of the outcome; 7, Halo's built-in Internal Note, when left out. */
	outcome_id?: number | undefined;
	/** True (private) when left out. */
	hiddenfromuser?: boolean | undefined;
	new_status?: number | undefined;
	new_agent?: number | undefined;
	/** The team's name. */
	new_team?: string | undefined;
	new_priority?: number | undefined;
	/** Hours, decimal. */
	timetaken?: number | undefined;
	notifyUser?: boolean | undefined;
}
