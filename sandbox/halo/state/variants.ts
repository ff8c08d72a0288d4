/**
 * What a tenant was seen to do otherwise than the simulator does by default, or may do: each alone and in combination.
 * Where a fact comes from stands in sandbox/halo/README.md.
 */
export interface HaloVariants {
	/** `hasbeenclosed` stays true after a reopening, as its name says. */
	keepsHasBeenClosed: boolean;
	/**
	 * Whether a status that is sent stays: always; only by an action, since a rule of the ticket type takes that of an
	 * update back; never, since a workflow holds the ticket.
	 */
	statusSticks: 'always' | 'by-action' | 'never';
	/** What `record_count` of a list says: rows of the list, rows of the page, always 50, or nothing. */
	recordCount: 'list' | 'page' | 'fifty' | 'missing';
	/** Ids of outcomes that the agent's role may not use, as text: `7` or `7,12`. */
	refusedOutcomes: string;
	/** Ids of tickets that answer 401 although the token is good, as text. */
	unauthorisedTickets: string;
	/** Ids of agents that take a ticket only with `_forcereassign`, as text. */
	busyAgents: string;
	/** How a list row carries the details: whole, not at all, cut at 255, as HTML, with other white space. */
	rowDetails: 'whole' | 'missing' | 'cut' | 'html' | 'spaced';
	/** How a new ticket and a new action are answered; `envelope`: as a list of one. */
	createAnswer: 'object' | 'envelope';
	/** How an update of a ticket is answered; `before`: with the ticket as it was. */
	updateAnswer: 'object' | 'empty' | 'array' | 'envelope' | 'before';
	/** Members of a ticket that a write of it does not set, without a word, as text: `team,priority_id`. */
	ignoredMembers: string;
	/** Details of a ticket are cut at this many characters without a word; 0 = kept whole. */
	detailsCutAt: number;
	/** What `closure_time` counts; the time of an action is in hours either way. */
	closureTimeUnit: 'hours' | 'minutes';
	/** A rule of the tenant acts on each new ticket under an agent's name. */
	ruleActsOnCreate: boolean;
	/** Milliseconds (simulator's clock) until a new ticket is found by a search of its texts. */
	searchLagMs: number;
	/** Members that list rows do not have, as text: `client_id,status_id`. */
	rowWithout: string;
	/** How ids stand in rows and records: of tickets, actions and files, and what they point to. */
	rowIds: 'number' | 'text' | 'float';
	/** How dates are written: UTC without a zone, with Z, or two hours ahead without a zone. */
	dates: 'bare' | 'zulu' | 'local';
	/** A list shows open tickets unless closed ones are asked for. */
	listsOpenOnly: boolean;
	/** New tickets land on this client whatever was sent; 0 = on the one that was sent. */
	createdOnClient: number;
	/** A ticket without a user and a site is refused. */
	needsUserAndSite: boolean;
	/** Members of a ticket, and ids of custom fields, that must be filled before it is closed: `category_1,205`. */
	neededToClose: string;
	/** The same, before it is made: a rule that the field list of the ticket type does not show. */
	neededToCreate: string;
	/** The priority is computed from impact and urgency where both are set. */
	priorityFromImpact: boolean;
	/** Status for a tenant that is not the one of the server. */
	wrongTenantStatus: 404 | 500;
	/** Lists shrink by their first row after the first page was read: somebody deletes while another reads. */
	rowVanishesBetweenPages: boolean;
}

/** What most tenants do, as far as anybody said. */
export const NO_VARIANTS: Readonly<HaloVariants> = {
	keepsHasBeenClosed: false,
	statusSticks: 'always',
	recordCount: 'list',
	refusedOutcomes: '',
	unauthorisedTickets: '',
	busyAgents: '',
	rowDetails: 'whole',
	createAnswer: 'object',
	updateAnswer: 'object',
	ignoredMembers: '',
	detailsCutAt: 0,
	closureTimeUnit: 'hours',
	ruleActsOnCreate: false,
	searchLagMs: 0,
	rowWithout: '',
	rowIds: 'number',
	dates: 'bare',
	listsOpenOnly: false,
	createdOnClient: 0,
	needsUserAndSite: false,
	neededToClose: '',
	neededToCreate: '',
	priorityFromImpact: false,
	wrongTenantStatus: 404,
	rowVanishesBetweenPages: false,
};

/** True when a switch that lists ids or names, separated by commas, names this one. */
export function names(list: string, one: string | number): boolean {
	return list.split(',').some((part) => part.trim() === String(one));
}
