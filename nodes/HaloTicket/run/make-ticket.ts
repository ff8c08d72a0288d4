import { isAbout } from '../../shared/domain/ticket/view';
import type { HaloApi } from '../../shared/halo/api';
import { HaloResponseError } from '../../shared/halo/http/errors';
import type { TicketRow } from '../../shared/halo/records/records';

/** Two collisions in a row are a tenant that hands out numbers badly, not bad luck. */
const MOST_TRIES = 3;

/** How a ticket is made, and found when it is not known whether it was. */
export interface Making {
	reference: string;
	make: () => Promise<TicketRow>;
	findMade: () => Promise<TicketRow | null>;
}

/**
 * Makes a ticket that more is written to right away. Where Halo reads the next number some time before it stores the
 * ticket, two that are made at once get one number and only one of them is stored: notes and files would then stand on
 * somebody else's ticket. So it is read before they are written, and made again when it is another one.
 * @throws HaloResponseError when that happens again and again, HaloError
 */
export async function makeAndRead(
	api: HaloApi,
	{ findMade, make, reference }: Making,
): Promise<TicketRow> {
	let row = await make();
	for (let tries = 1; ; tries += 1) {
		const ticket = await api.getTicket(row.id);
		// A ticket that the agent may not read is no proof of a collision.
		if (ticket === null || isAbout(ticket, reference)) return row;
		if (tries === MOST_TRIES) throw collision(row.id);
		row = (await findMade()) ?? (await make());
	}
}

function collision(id: number): HaloResponseError {
	return new HaloResponseError(`Halo gave number ${id} to another ticket at the same time`, {
		status: null,
		method: 'POST',
		path: '/Tickets',
		haloMessage: null,
		nextStep:
			'Set Configuration > Advanced Settings > Tickets > Next Ticket ID Calculation Method to Auto-incrementing key, then run again.',
	});
}
