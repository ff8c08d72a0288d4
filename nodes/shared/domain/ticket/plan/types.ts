import type { DecisionName } from '../../event/decision';
import type { ScannerEvent } from '../../event/event';
import type { SourceTraits } from '../../event/traits';
import type { ClosingFields } from '../../profile/closing-fields';
import type { ResolvedProfile } from '../../profile/resolve';
import type { AgentChoice, ClosingAgent, ClosingAgentOrder } from './closing-agent';
import type { TicketAction } from '../touch';
import type { TicketView } from '../view';
import type { CustomFieldWrite } from '../../profile/custom-fields';
import type { Template } from '../text/template';

/** What a new ticket says and carries beyond the profile; every member is settled before the first write. */
export interface TicketExtras {
	/** Null = the event's own title. */
	titleTemplate: Template | null;
	/** Null = the built-in text. */
	bodyTemplate: Template | null;
	/** Name of the event set, for templates. */
	eventSet: string | null;
	customFields: readonly CustomFieldWrite[];
	/** Id of the request source; null = Halo's default. */
	sourceId: number | null;
	tags: readonly string[];
}

/** A ticket as Halo's defaults and the built-in texts make it. */
export const NO_EXTRAS: TicketExtras = {
	titleTemplate: null,
	bodyTemplate: null,
	eventSet: null,
	customFields: [],
	sourceId: null,
	tags: [],
};

/** What the world should look like after an event. */
export interface Desired {
	want: 'open' | 'closed' | 'suppressed';
	event: ScannerEvent;
	reference: string;
	/** All references of the problem: by the current signing key first, then by the previous one. */
	references: readonly string[];
	/**
	 * References by the alert's own id, where `references` begin with those of what is watched (see `recurrenceKey` of the
	 * event); left out where the source's keys stay.
	 */
	firing?: readonly string[];
	/** Halo client; null = the source named no company, so that any client's ticket counts. */
	clientId: number | null;
	clientName: string | null;
	profile: ResolvedProfile;
	/** What a new ticket says and carries beyond the profile; nothing when left out. */
	extras?: TicketExtras;
	/** What the source declares of the problem; the careful answer when left out. */
	traits?: SourceTraits;
}

/** What a ticket is about, for what is looked up and attached when it is written. */
export interface TicketAbout {
	/** The event that leads; null for a roster, whose problems have no ticket of their own. */
	event: ScannerEvent | null;
	/** Problems that the ticket stands for, as far as this run knows them. */
	members: readonly ScannerEvent[];
	extras: TicketExtras;
	/** True when the members are more than the details show. */
	shownInPart?: boolean;
}

/** What Halo has. Grows while a plan asks for more; see `Need`. */
export interface Actual {
	/** References of the problem: by the current signing key first, then by the previous one. */
	wanted: readonly string[];
	/** Tickets that name one of them, on any client; whose they are says `sortOut`. */
	tickets: readonly TicketView[];
	/** Tickets that others were merged into, by id; null = Halo has no such ticket any more. */
	others: ReadonlyMap<number, TicketView | null>;
	/** Actions of tickets, by ticket id. */
	actions: ReadonlyMap<number, readonly TicketAction[]>;
	agents: readonly AgentChoice[];
	/** The agent that the API application acts as; undefined = not asked yet. */
	ownAgentId: number | undefined;
}

export interface PlanOptions {
	/** Days after closing in which a problem that comes back opens the same ticket again; 0 = never. */
	reopenWindowDays: number;
	doNotReopen: ReadonlySet<number>;
	/** Hours between two notes for people about one ticket, unless its severity rose. */
	noteIntervalHours: number;
	/** Status for a ticket that is opened again when the profile has no create status. */
	reopenStatusId: number;
	closureMinutes: number;
	/** Unit that the tenant's closure time field counts in. */
	closureUnit: 'hours' | 'minutes';
	closingAgent: ClosingAgentOrder;
	/** Close also tickets that a person has worked on. */
	closeTouched: boolean;
	/** Names of agents whose actions are no person's, lower case. */
	ignoreActionsOf: ReadonlySet<string>;
}

/** Fields of a ticket that change; absent = left as it is. */
export interface TicketFields {
	statusId?: number;
	priorityId?: number;
	slaId?: number;
	detailsHtml?: string;
	closureNote?: string;
	/** In the tenant's unit. */
	closureTime?: number;
	/** What the tenant wants filled before the ticket is closed. */
	closing?: ClosingFields;
}

export type TicketWrite =
	| {
			kind: 'create';
			summary: string;
			detailsHtml: string;
			createdFromId: number | null;
			about?: TicketAbout;
	  }
	| {
			kind: 'change';
			ticket: TicketView;
			fields: TicketFields;
			/** Who closes it: the first; each of the others where Halo refuses those before. */
			closers?: readonly ClosingAgent[];
	  }
	| {
			kind: 'note';
			/** 0 = the ticket that the create before it makes. */
			ticketId: number;
			text: string;
			mark: string;
			/** Look first whether a note with this mark stands there from an earlier run. */
			once?: boolean;
			/** What is recorded instead where the note cannot be written, so that the next run writes it. */
			untold?: Untold;
			/** Our own words, not for people: what they say first, e.g. which references a digest lists. */
			machine?: readonly [string, ...string[]];
	  };

/** What becomes of one event of a plan about many. */
export interface Outcome {
	decision: DecisionName;
	reason: string;
}

/** A record that still owes people a note. */
export interface Untold {
	/** The ticket that keeps it; null = the one that the create before it makes. */
	ticket: TicketView | null;
	detailsHtml: string;
}

/** What to do about one event, or about all events of one group. */
export interface Plan {
	kind: 'plan';
	decision: DecisionName;
	/** One sentence for a technician. */
	reason: string;
	/** Null when there is none, or it is still to be made. */
	ticketId: number | null;
	writes: TicketWrite[];
	/** What a ticket that changes is about now. */
	about?: TicketAbout;
	/** Decisions by index of the item, where the plan is about several events. */
	outcomes?: ReadonlyMap<number, Outcome>;
}

/** What must be read from Halo before the plan can be made. */
export type Need =
	| { kind: 'ticket'; ticketId: number }
	| { kind: 'actions'; ticketId: number }
	| { kind: 'own agent' };

/** One change of a member: an event about it. */
export interface MemberChange {
	/** Index of the item. */
	index: number;
	/** Key of the member, see `memberKey`. */
	key: string;
	want: Desired['want'];
	event: ScannerEvent;
}

/** All events of one run about one group: one ticket for several problems. */
export interface GroupDesired
	extends Pick<
		Desired,
		'reference' | 'references' | 'clientId' | 'clientName' | 'profile' | 'extras'
	> {
	groupKey: string;
	/** In the order of the events' times. */
	changes: readonly MemberChange[];
}

/** What a ticket is found by and made with, whatever it is about. */
export type TicketDesired = Omit<Desired, 'want' | 'event'>;

/** What one ticket is about: a problem, a group of problems, or a roster. All that a run asks of it. */
export interface Subject {
	readonly desired: TicketDesired;
	/** What to do, for what Halo has, or what must be read first. @param now milliseconds since the epoch */
	plan(actual: Actual, options: PlanOptions, now: number): Plan | Need;
	/**
	 * Only makes one of several tickets that carry the reference.
	 * @param before what Halo had right after this run made its own
	 */
	mergePlan(actual: Actual, before: Actual, options: PlanOptions, now: number): Plan | Need;
}

/** A plan that writes nothing. */
export function noWrites(
	decision: DecisionName,
	reason: string,
	ticketId: number | null = null,
): Plan {
	return { kind: 'plan', decision, reason, ticketId, writes: [] };
}
