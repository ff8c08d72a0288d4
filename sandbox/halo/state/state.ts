import type { Access, AgentRights } from './rights';
import type { WebhookState } from './webhook-state';

export interface SimClient {
	id: number;
	name: string;
	inactive: boolean;
	ref: string;
	domain: string;
	website: string;
	notes: string;
	main_site_id: number;
	lastUpdate: number;
	customfields: CustomFieldValue[];
}

export interface SimSite {
	id: number;
	name: string;
	client_id: number;
	inactive: boolean;
	phonenumber: string;
	lastUpdate: number;
}

export interface SimUser {
	id: number;
	name: string;
	emailaddress: string;
	site_id: number;
	inactive: boolean;
	generalUser: boolean;
	/** Agent whose own user this is; 0 = none. */
	linked_agent_id: number;
	lastUpdate: number;
}

export interface SimAsset {
	id: number;
	inventory_number: string;
	key_field: string;
	site_id: number;
	assettype_id: number;
	assettype_name: string;
	inactive: boolean;
	fields: Array<{ id: number; name: string; value: string }>;
	lastUpdate: number;
}

export interface CustomFieldValue {
	id: number;
	value: unknown;
}

export interface SimAction {
	id: number;
	outcome: string;
	outcome_id: number;
	who: string;
	who_agentid: number;
	at: number;
	note: string;
	note_html: string;
	hiddenfromuser: boolean;
	important: boolean;
	timetaken: number;
	/** True for what Halo writes about itself (status changed, re-assigned). */
	system: boolean;
	actionby_agent_id: number;
	actionby_application_id: string;
	old_status: number;
	new_status: number;
	attachment_count: number;
}

export interface SimTicket {
	id: number;
	summary: string;
	details: string;
	details_html: string;
	tickettype_id: number;
	client_id: number;
	site_id: number;
	user_id: number;
	status_id: number;
	priority_id: number;
	sla_id: number;
	team: string;
	agent_id: number;
	category_1: string;
	category_2: string;
	category_3: string;
	category_4: string;
	impact: number;
	urgency: number;
	source: number;
	parent_id: number;
	createdfrom_id: number;
	merged_into_id: number;
	reportedby: string;
	supplier_reference: string;
	client_reference: string;
	third_party_id_string: string;
	closure_note: string;
	closure_time: number;
	closure_agent_id: number;
	assets: number[];
	customfields: CustomFieldValue[];
	tags: string[];
	deleted: boolean;
	dateoccurred: number;
	lastUpdate: number;
	dateClosed: number | null;
	/** True once it was closed, also after a reopening. */
	everClosed: boolean;
	startdate: number | null;
	targetdate: number | null;
	deadlinedate: number | null;
	createdByApplication: string;
	actions: SimAction[];
}

export interface SimTicketType {
	id: number;
	name: string;
	default_sla: number;
	default_priority: number;
	default_team: string;
	default_agent: number;
	default_status: number;
	/** False: agents of the API may not create tickets of it, and pickers leave it out. */
	cancreate: boolean;
	visible: boolean;
	inactive: boolean;
	/** Creating one starts an approval that the API cannot fill. */
	startsApproval: boolean;
	/** Ids of the fields that a new ticket must have, custom ones and Halo's own; none when left out. */
	requiredFields?: number[];
	/** Status that an agent's update sets; none when left out. Told by the type, not acted on: see `statusSticks`. */
	statusAfterUpdate?: number;
	/** Name of the workflow; none when left out. Told, not acted on. */
	workflow?: string;
	/** Children must be closed first. Told, not acted on. */
	mustCloseChildren?: boolean;
	/** Ids of the fields that actions need. Told, not acted on: see `neededToClose`. */
	actionFields?: number[];
	/** Applied over a new ticket unless `donotapplytemplateintheapi` is sent. */
	template: { priority_id: number; team: string } | null;
}

export interface SimStatus {
	id: number;
	name: string;
	/** 0 = ticket status; others belong to other records. */
	type: number;
	/** Tickets in it count as closed. Halo's rows do not say so. */
	closed: boolean;
}

export interface SimPriority {
	guid: string;
	slaid: number;
	priorityid: number;
	name: string;
	ishidden: boolean;
	fixtime: number;
	responsetime: number;
	colour: string;
}

export interface SimTeam {
	id: number;
	name: string;
	inactive: boolean;
	/** requests, opportunities or projects: what the team works on. */
	kind: 'reqs' | 'opps' | 'prjs';
}

export interface SimAgent {
	id: number;
	name: string;
	email: string;
	isdisabled: boolean;
	isapiagent: boolean;
	teams: number[];
}

export interface SimOutcome {
	id: number;
	outcome: string;
	hidefromuser: boolean;
	sendemail: boolean;
	newstatus: number;
	hidden: boolean;
	systemid: number;
}

export interface SimField {
	id: number;
	typeid: number;
	name: string;
	label: string;
	type: number;
	values: Array<{ id: number; name: string }>;
}

export interface SimLookup {
	id: number;
	name: string;
	sequence: number;
	inactive: boolean;
}

export interface SimApplication {
	name: string;
	clientId: string;
	clientSecret: string;
	/** Scopes on the application's Permissions tab. */
	scopes: string[];
	agentId: number;
	inactive: boolean;
}

export interface SimToken {
	expiresAt: number;
	access: Access;
}

/** A mail that Halo would have sent to an end user. */
export interface SimMail {
	at: string;
	ticketId: number;
	/** What caused it. */
	cause: 'ticket created' | 'ticket closed' | 'note';
	to: string;
	subject: string;
}

export interface SimAttachment {
	id: number;
	ticket_id: number;
	action_id: number;
	filename: string;
	filesize: number;
	contentType: string;
	showforusers: boolean;
	data_base64: string;
	at: number;
}

/** All that the simulated tenant holds. Dates are milliseconds; null is "no date". */
export interface HaloState {
	clients: SimClient[];
	sites: SimSite[];
	users: SimUser[];
	assets: SimAsset[];
	tickets: SimTicket[];
	ticketTypes: SimTicketType[];
	statuses: SimStatus[];
	slas: Array<{ id: number; name: string }>;
	priorities: SimPriority[];
	teams: SimTeam[];
	agents: SimAgent[];
	categories: Array<{ id: number; type_id: number; value: string }>;
	lookups: Map<number, SimLookup[]>;
	outcomes: SimOutcome[];
	fields: SimField[];
	attachments: SimAttachment[];
	mails: SimMail[];
	application: SimApplication;
	rights: AgentRights;
	tokens: Map<string, SimToken>;
	tokenCount: number;
	requestTimes: number[];
	nextTicketId: number;
	hooks: WebhookState;
}
