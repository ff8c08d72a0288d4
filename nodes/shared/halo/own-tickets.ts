import { recognise, type SeenTicket } from '../domain/ticket/recognise';
import type { Seal } from '../domain/ticket/seal';
import { madeByApplication } from '../domain/ticket/touch';
import type { HaloApi } from './api';

/** Copies of our records on tickets of strangers must not use up Halo's limit. */
const MOST_OPENINGS = 10;

/** Tells the tickets of ours from those on which somebody put a copy of our record. */
export class OwnTickets {
	private readonly openings = new Map<number, boolean>();

	/** @param api null = nothing may be read; what is in doubt is none of ours then */
	constructor(
		private readonly api: HaloApi | null,
		private readonly seal: Seal,
	) {}

	/**
	 * The reference of a ticket of ours; null for any other. Where the record was written for another client or
	 * reporter, the ticket's opening is read: ours was made by an application.
	 * @throws HaloError when Halo refuses or fails
	 */
	async referenceOf(ticket: SeenTicket & { id: number }): Promise<string | null> {
		const { doubtful, reference } = recognise(ticket, this.seal);
		if (reference === null || !doubtful) return reference;
		return (await this.openedByApplication(ticket.id)) ? reference : null;
	}

	private async openedByApplication(ticketId: number): Promise<boolean> {
		const known = this.openings.get(ticketId);
		if (known !== undefined) return known;
		if (this.api === null || this.openings.size === MOST_OPENINGS) return false;
		const actions = await this.api.listActions(ticketId);
		const ours = madeByApplication(
			actions.map(({ actionby_application_id: application, id }) => ({ id, application })),
		);
		this.openings.set(ticketId, ours);
		return ours;
	}
}
