import type { NoteWords } from './recognise';

/** One action of a ticket, as far as it tells who worked there. */
export interface TicketAction {
	/** Counts from 1 per ticket; 1 is the opening itself. */
	id: number;
	/** Name of the API application that wrote it; null when a person or Halo itself did. */
	application: string | null;
	agentId: number | null;
	who: string | null;
	note: string;
	/** Our own words in it; null when it has none that we wrote. */
	words: NoteWords | null;
	/** The reference that our block in it vouches for: on the opening, whose ticket it was made as. */
	reference: string | null;
	oldStatus: number | null;
	newStatus: number | null;
}

/** Names under which Halo acts by itself: rules, automations. */
const MACHINES = /^(system|halo|automation|halo integrator|)$/i;

/**
 * What a person did on a ticket since it was made, in words; null when nobody did anything.
 * @param ownAgentId the agent that the API application acts as
 */
export function touchedBy(
	actions: readonly TicketAction[],
	ownAgentId: number | undefined,
): string | null {
	const touch = actions.find(
		(action) => isByPerson(action) && action.agentId !== (ownAgentId ?? -1),
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

function isByPerson({ id, application, who }: TicketAction): boolean {
	return id > 1 && application === null && !MACHINES.test((who ?? '').trim());
}
