/** Agents as the choice of a closing agent sees them. */
export interface AgentChoice {
	id: number;
	email: string | null;
	disabled: boolean;
}

/** Who closes: names of the candidates in order. */
export const CLOSING_AGENT_ORDERS = {
	approver: ['approver', 'ticket', 'profile', 'api'],
	ticket: ['ticket', 'profile', 'api'],
	profile: ['profile', 'ticket', 'api'],
} as const;
export type ClosingAgentOrder = keyof typeof CLOSING_AGENT_ORDERS;

/** Agent 1 is Halo's "Unassigned"; a ticket without an agent cannot be closed in many tenants. */
export function realAgent(id: number | null): number | null {
	return id !== null && id > 1 ? id : null;
}

/** The enabled agent whose e-mail address this is, in any letter case; null when there is none. */
export function agentByEmail(agents: readonly AgentChoice[], email: string | null): number | null {
	const wanted = (email ?? '').trim().toLowerCase();
	if (wanted === '') return null;
	const found = agents.find(
		(agent) => !agent.disabled && (agent.email ?? '').trim().toLowerCase() === wanted,
	);
	return realAgent(found?.id ?? null);
}

export interface AgentCandidates {
	approver: number | null;
	ticket: number | null;
	profile: number | null;
	/** Undefined = not asked for yet. */
	api: number | undefined;
}

/**
 * The agent that a ticket is closed with.
 * @returns an id; null when there is nobody; `ask` when only the API agent is left and nobody asked for it yet
 */
export function closingAgent(
	order: ClosingAgentOrder,
	candidates: AgentCandidates,
): number | null | 'ask' {
	for (const name of CLOSING_AGENT_ORDERS[order]) {
		if (name === 'api') break;
		const id = realAgent(candidates[name]);
		if (id !== null) return id;
	}
	return candidates.api === undefined ? 'ask' : realAgent(candidates.api);
}

/** One who may close a ticket. */
export interface ClosingAgent {
	role: keyof AgentCandidates;
	/** Null = the API agent, which nobody asked for yet. */
	id: number | null;
}

/**
 * All who may close a ticket, each once: the first does, the others only where Halo refuses those before them.
 * @returns none when there is nobody; `ask` when only the API agent is left and nobody asked for it yet
 */
export function closingAgents(
	order: ClosingAgentOrder,
	candidates: AgentCandidates,
): ClosingAgent[] | 'ask' {
	if (closingAgent(order, candidates) === 'ask') return 'ask';
	const agents = CLOSING_AGENT_ORDERS[order].map((role) => {
		const id = candidates[role];
		return { role, id: id === undefined ? null : realAgent(id), asked: id !== undefined };
	});
	return agents
		.filter(({ asked, id }, place) =>
			id === null ? !asked : agents.findIndex((other) => other.id === id) === place,
		)
		.map(({ id, role }) => ({ id, role }));
}
