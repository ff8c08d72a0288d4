import type { IDataObject } from 'n8n-workflow';

import type { HaloSimulator } from '../../../sandbox/halo';

/** A ticket as people see it in the end, without what differs from run to run: numbers and times. */
export interface FinalTicket {
	summary: string;
	client: unknown;
	open: boolean;
	status: unknown;
	priority: unknown;
	sla: unknown;
	/** With the state that we keep there: severity, members. */
	details: string;
	closureNote: string;
	closureTime: unknown;
	agent: unknown;
	assets: unknown;
	/** Everything that was noted, by us, by people and by Halo itself, in order. */
	notes: Array<{ text: string; isPrivate: unknown; by: unknown }>;
}

/** Text without times, without the check values that cover them, and without ticket numbers. */
function timeless(value: unknown): string {
	return String(value ?? '')
		.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
		.replace(/\bcheck [a-z]{20}(?= end)/g, 'check <value>')
		.replace(/\b([Tt]icket) \d+/g, '$1 <number>');
}

function finalTicket(ticket: IDataObject): FinalTicket {
	const actions = (ticket.actions ?? []) as IDataObject[];
	return {
		summary: String(ticket.summary),
		client: ticket.client_id,
		open: ticket.hasbeenclosed !== true && ticket.deleted !== true,
		status: ticket.status_id,
		priority: ticket.priority_id,
		sla: ticket.sla_id,
		details: timeless(ticket.details),
		closureNote: timeless(ticket.closure_note),
		closureTime: ticket.closure_time,
		agent: ticket.agent_id,
		assets: ticket.assets,
		notes: actions.map(({ actionby_application_id, hiddenfromuser, note }) => ({
			text: timeless(note),
			isPrivate: hiddenfromuser,
			by: actionby_application_id,
		})),
	};
}

/**
 * All tickets of a tenant, to be compared with those of another run.
 * @param left tickets that are left out
 */
export function finalState(
	simulator: Pick<HaloSimulator, 'tickets'>,
	left: (ticket: FinalTicket) => boolean = () => false,
): FinalTicket[] {
	return simulator
		.tickets()
		.map((ticket) => finalTicket(ticket as IDataObject))
		.filter((ticket) => !left(ticket))
		.sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}
