import type { NoteWords } from './recognise';

/** One action of a ticket, as far as it tells who worked there. */
export interface TicketAction {
	/** Counts from 1 per ticket; 1 is the opening itself. */
	id: number;
	/** Name of the API application that wrote it; null when a person or Halo itself did. */
	application: string | null;
	agentId: number | null;
	who: string | null;
	/** When it was written, ISO 8601; null when Halo did not say. */
	at: string | null;
	note: string;
	/** Our own words in it; null when it has none that we wrote. */
	words: NoteWords | null;
	/** The reference that our block in it vouches for: on the opening, whose ticket it was made as. */
	reference: string | null;
	oldStatus: number | null;
	newStatus: number | null;
}

/** Id of the action that Halo makes with the ticket. */
export const OPENING = 1;

/** True when an application, and no person, made the ticket whose actions these are: its opening says so. */
export function madeByApplication(
	actions: ReadonlyArray<Pick<TicketAction, 'id' | 'application'>>,
): boolean {
	return actions.some(({ application, id }) => id === OPENING && application !== null);
}

/** Names under which Halo acts by itself: rules, automations. */
const MACHINES = /^(system|halo|automation|halo integrator|)$/i;

/**
 * A tenant's rules act on a new ticket under an agent's name within seconds: what happens in its first two minutes is
 * theirs. A person who begins so early goes on later.
 */
const RULES_ACT_MS = 2 * 60_000;

/**
 * What a person did on a ticket since it was made, in words; null when nobody did anything.
 * @param ownAgentId the agent that the API application acts as
 * @param ignored names of agents whose actions do not count, lower case: robots that log in as an agent
 */
export function touchedBy(
	actions: readonly TicketAction[],
	ownAgentId: number | undefined,
	ignored: ReadonlySet<string> = new Set(),
): string | null {
	const touch = actions.find(
		(action) =>
			isByPerson(action) &&
			action.agentId !== (ownAgentId ?? -1) &&
			!ignored.has((action.who ?? '').trim().toLowerCase()) &&
			!isRightAfterOpening(action, actions),
	);
	if (touch === undefined) return null;
	const who = touch.who ?? `agent ${touch.agentId ?? '?'}`;
	const moved =
		touch.newStatus !== null && touch.oldStatus !== null && touch.newStatus !== touch.oldStatus;
	return moved ? `${who} changed its status` : `${who} worked on it`;
}

/** True when the list alone cannot tell our own agent from a person. */
export function needsOwnAgent(actions: readonly TicketAction[]): boolean {
	return actions.some(isByPerson);
}

function isRightAfterOpening({ at }: TicketAction, actions: readonly TicketAction[]): boolean {
	const opened = Date.parse(actions.find(({ id }) => id === OPENING)?.at ?? '');
	return Date.parse(at ?? '') - opened <= RULES_ACT_MS;
}

function isByPerson({ id, application, who }: TicketAction): boolean {
	return id > OPENING && application === null && !MACHINES.test((who ?? '').trim());
}
