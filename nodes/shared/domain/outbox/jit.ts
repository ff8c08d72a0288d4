import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { claimRow, type ClaimRow } from './call';
import { ChangeError, type HaloChange } from './change';

/**
 * The call that ends the just-in-time account of a ticket's technician: the agent on the ticket, else the one who closed
 * it. Its body is idemeum's (API "Disable Entra JIT account", docs/jit.md).
 * @param customerNames the customers that idemeum calls otherwise, by their names in Halo
 * @param now milliseconds since the epoch
 * @returns null when nobody's account ends: the ticket was opened again meanwhile, or this pack closed it with no
 *   technician on it
 * @throws ChangeError when the technician has no e-mail address, or the ticket no client
 */
export function jitClaim(
	{ agent, deliveryId, ownWrite, ticket, ticketAgent, ticketId }: HaloChange,
	customerNames: JsonRecord,
	now: number,
): ClaimRow | null {
	if (ticket.hasbeenclosed !== true) return null;
	if (ownWrite && (ticketAgent === null || ticketAgent.id === agent?.id)) return null;
	const email = ticketAgent?.email ?? agent?.email ?? null;
	if (email === null) {
		throw new ChangeError(
			`Ticket ${ticketId} has no agent with an e-mail address in Halo (Configuration > Teams & Agents > Agents), so nobody's account was disabled`,
			'Enter the address there. End the account of this ticket at idemeum by hand.',
		);
	}
	const client = ticket.client_name;
	if (client === null) {
		throw new ChangeError(
			`Halo does not name the client of ticket ${ticketId}, so nobody's account was disabled`,
			'Give the ticket a client in Halo. End the account of this ticket at idemeum by hand.',
		);
	}
	const body = {
		customerDisplayName: memberText(customerNames, client) ?? client,
		technicianEmailAddress: email,
	};
	return claimRow(
		{
			source: 'halo-jit',
			deliveryId,
			dedupKey: ['jit', ticketId, ticket.dateclosed, email].join('|'),
			event: JSON.stringify(body),
			ticketId,
		},
		now,
	);
}
