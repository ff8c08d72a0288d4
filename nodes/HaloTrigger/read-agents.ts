import type { HaloApi } from '../shared/halo/api';
import { HaloError } from '../shared/halo/http/errors';
import type { AgentRow } from '../shared/halo/records/records';

/** An agent as workflows use it, e.g. to tell another tool who closed a ticket. */
export interface KnownAgent {
	id: number;
	name: string | null;
	email: string | null;
}

export interface KnownAgents {
	/** Who caused the event. */
	agent: KnownAgent | null;
	/** Whose ticket it is. */
	ticketAgent: KnownAgent | null;
	problem: string | null;
}

function agentOf(id: number | null, rows: readonly AgentRow[]): KnownAgent | null {
	if (id === null) return null;
	const row = rows.find((candidate) => candidate.id === id);
	return { id, name: row?.name ?? null, email: row?.email ?? null };
}

/**
 * Names and addresses of agents, from a list that is kept for 15 minutes. A list that cannot be read costs them their
 * names, not the delivery.
 * @param api null when Halo is not to be asked
 */
export async function knownAgents(
	agentId: number | null,
	ticketAgentId: number | null,
	api: HaloApi | null,
): Promise<KnownAgents> {
	const both = (rows: readonly AgentRow[], problem: string | null): KnownAgents => ({
		agent: agentOf(agentId, rows),
		ticketAgent: agentOf(ticketAgentId, rows),
		problem,
	});
	if (api === null || (agentId === null && ticketAgentId === null)) return both([], null);
	try {
		return both(await api.agents(), null);
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		return both([], error.message);
	}
}
