import type { EventUser } from '../event/event';

/** An agent of Halo, as far as deciding goes. */
export interface PossibleApprover {
	id: number;
	name: string;
	email: string | null;
	isdisabled: boolean;
	/** True for the agent of an application. */
	isapiagent: boolean;
}

/** Halo's own agent, no person. */
const HALO_ITSELF = 1;

/** Who decides; or why nobody with this login may. */
export type Approver = { kind: 'approver'; name: string } | { kind: 'refused'; why: string };

const bare = (text: string | null): string => (text ?? '').trim().toLowerCase();

/** The same person by e-mail, name, or the account in front of the e-mail's @; a domain before the account does not count. */
function isSamePerson(asked: EventUser, email: string, name: string): boolean {
	const askedName = bare(asked.name).split('\\').at(-1) ?? '';
	const askedEmail = bare(asked.email);
	if (askedEmail !== '' && askedEmail === email) return true;
	if (askedName === '') return false;
	if (askedName === bare(name) || askedName === email) return true;
	return askedEmail === '' && askedName === email.split('@')[0];
}

/**
 * Who decides about a request: an active agent with the e-mail of the login, and not the requester.
 * @param email of the login, in lower case
 * @param agents as Halo has them now
 * @param asked who asks for the elevation
 * @param ownAllowed true when the requester may decide
 */
export function approverOf(
	email: string,
	agents: readonly PossibleApprover[],
	asked: EventUser,
	ownAllowed: boolean,
): Approver {
	const agent = agents.find(
		(row) =>
			email !== '' &&
			row.id !== HALO_ITSELF &&
			!row.isdisabled &&
			!row.isapiagent &&
			bare(row.email) === email,
	);
	if (agent === undefined) {
		const why = `You are logged in as ${email}, which is the e-mail of no active agent in Halo.`;
		return { kind: 'refused', why };
	}
	if (ownAllowed) return { kind: 'approver', name: agent.name };
	if (isSamePerson(asked, email, agent.name)) {
		return {
			kind: 'refused',
			why: 'The requester cannot decide about the own request. Somebody else has to open the link.',
		};
	}
	if (bare(asked.email) === '' && bare(asked.name).split('\\').at(-1) === '') {
		return {
			kind: 'refused',
			why: 'The request names no user, so it could be your own. Decide in the portal of the source.',
		};
	}
	return { kind: 'approver', name: agent.name };
}
