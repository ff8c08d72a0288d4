import type { ClosingAgent } from '../domain/ticket/plan/closing-agent';
import type { HaloApi } from './api';
import { HaloError, HaloPermissionError, HaloValidationError } from './http/errors';
import type { TicketChange } from './records/drafts';
import type { TicketRow } from './records/records';

const ROLES: Readonly<Record<ClosingAgent['role'], string>> = {
	approver: 'the approver',
	ticket: "the ticket's agent",
	profile: "the profile's agent",
	api: 'the API agent',
};

/**
 * True when Halo refuses the agent of a change and not the change: one who is disabled, busy, or has no access. Which
 * words a tenant says is not documented; that they name the agent or the assignment is taken from those that were seen.
 */
function blamesAgent(error: unknown): error is HaloError {
	const refused = error instanceof HaloValidationError || error instanceof HaloPermissionError;
	return refused && /\bagents?\b|assign/i.test(error.haloMessage ?? '');
}

interface Closed {
	/** The ticket as Halo has it afterwards. */
	row: TicketRow;
	/** The change that Halo took, with its agent. */
	sent: TicketChange;
	/** A sentence about those that Halo refused; null when it refused none. */
	refused: string | null;
}

/**
 * Closes a ticket as the first agent whom Halo lets close it. A refusal stores nothing, so the next one is a change of
 * its own and no second try of the same.
 * @param change without an agent
 * @param closers in order; none = Halo's own choice
 * @throws HaloError of a refusal that is not about the agent; HaloValidationError naming all when none was let
 */
export async function closeInTurn(
	api: Pick<HaloApi, 'ownAgent' | 'updateTicket'>,
	change: TicketChange,
	closers: readonly ClosingAgent[],
): Promise<Closed> {
	const tried = new Set<number>();
	const refusals: Array<{ who: string; error: HaloError }> = [];
	for (const { id: known, role } of closers) {
		const id = known ?? (await api.ownAgent())?.id ?? null;
		if (id === null || tried.has(id)) continue;
		tried.add(id);
		const who = `${ROLES[role]} ${id}`;
		const sent = { ...change, agent_id: id };
		try {
			const row = await api.updateTicket(sent);
			if (refusals.length === 0) return { row, sent, refused: null };
			return { row, sent, refused: `Halo refused ${listed(refusals)}; ${who} closed it.` };
		} catch (error) {
			if (!blamesAgent(error)) return await Promise.reject(error);
			refusals.push({ who, error });
		}
	}
	const last = refusals.at(-1);
	if (last === undefined) {
		return { row: await api.updateTicket(change), sent: change, refused: null };
	}
	if (refusals.length === 1) return await Promise.reject(last.error);
	throw new HaloValidationError(
		`Halo lets nobody close ticket ${change.id}: it refused ${listed(refusals)}`,
		{
			status: last.error.status,
			method: last.error.method,
			path: last.error.path,
			haloMessage: null,
			nextStep:
				'Enable one of them under Configuration > Teams & Agents > Agents, or pick another Agent in the profile. The next run closes the ticket.',
		},
	);
}

function listed(refusals: ReadonlyArray<{ who: string; error: HaloError }>): string {
	return refusals.map(({ error, who }) => `${who} ("${error.haloMessage ?? ''}")`).join(', ');
}
