import type { IExecuteFunctions } from 'n8n-workflow';

import { readTicketPick } from '../../shared/domain/ticket/typed-ticket';
import { problemWord, referencesIn } from '../../shared/domain/ticket/reference';
import { answers } from '../../shared/domain/ticket/view';
import type { HaloApi } from '../../shared/halo/api';
import type { OwnTickets } from '../../shared/halo/own-tickets';
import type { TicketRow } from '../../shared/halo/records/records';
import { HaloTicketReads, type TicketRecord } from '../../shared/halo/ticket-reads';
import { ParameterError, readLocator } from '../../shared/n8n/parameters';

/** No ticket, or more than one, is what was named. */
export class TicketPickError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(message);
		this.name = 'TicketPickError';
		this.nextStep = nextStep;
	}
}

/** A ticket follows the one that it was merged into this far; longer chains are circles. */
const MOST_MERGES = 5;

/** Rows that only name the reference and are read whole, because a list may cut the details. */
const MOST_UNSURE = 3;

async function isOurs(own: OwnTickets, row: TicketRow, wanted: string): Promise<boolean> {
	const reference = await own.referenceOf(row);
	return reference !== null && answers([wanted], reference);
}

/** The tickets of ours with this reference; whoever else writes it on a ticket is passed over. */
async function rowsWith(api: HaloApi, own: OwnTickets, reference: string): Promise<TicketRow[]> {
	const found: TicketRow[] = [];
	const unsure: TicketRow[] = [];
	for (const by of ['summary', 'details'] as const) {
		const text = problemWord(reference);
		for await (const { rows } of api.searchTickets({ [by]: text, state: 'any' })) {
			for (const row of rows) {
				if (await isOurs(own, row, reference)) found.push(row);
				const named = referencesIn(`${row.summary} ${row.details}`);
				if (named.some((one) => problemWord(one) === text)) unsure.push(row);
			}
		}
		// A technician may have edited the summary; the details are asked only then.
		if (found.length > 0) return found;
	}
	for (const { id } of unsure.slice(0, MOST_UNSURE)) {
		const whole = await api.getTicket(id);
		if (whole !== null && (await isOurs(own, whole, reference))) found.push(whole);
	}
	return found;
}

async function idOf(api: HaloApi, own: OwnTickets, reference: string): Promise<number> {
	const rows = (await rowsWith(api, own, reference)).filter((row) => row.merged_into_id === null);
	const openIds = new Set(await api.openStatusIds());
	const open = rows.filter((row) => openIds.has(row.status_id));
	const [first, second] = open.length > 0 ? open : rows.slice(-1);
	if (first === undefined) {
		throw new TicketPickError(
			`No ticket carries the reference ${reference}`,
			'Check the reference: it stands at the end of the summary as (scanref …). A deleted ticket is not found.',
		);
	}
	if (second !== undefined) {
		throw new TicketPickError(
			`Several open tickets carry the reference ${reference}: ${open.map(({ id }) => id).join(', ')}`,
			'Name the ticket by its ID.',
		);
	}
	return first.id;
}

/**
 * The ticket that the field Ticket names, with its details: by id, by its address in Halo, or by reference (the open
 * one of several, else the newest).
 * @param own tells a reference of ours from a copy; made for this item
 * @param followMerged true for writing: then the ticket that it was merged into is meant
 * @throws ParameterError for something that names no ticket, TicketPickError for none or several, HaloError
 */
export async function findTicket(
	context: IExecuteFunctions,
	api: HaloApi,
	own: OwnTickets,
	itemIndex: number,
	followMerged: boolean,
): Promise<TicketRecord> {
	const picked = readLocator(context, 'ticket', itemIndex);
	const pick = picked === null ? null : readTicketPick(picked.id);
	if (pick === null) {
		throw new ParameterError(
			'Ticket',
			"a ticket's ID, its address in Halo, or a reference of 12 letters",
			picked?.id,
		);
	}
	const reads = new HaloTicketReads(api.sending);
	let id = pick.kind === 'id' ? pick.id : await idOf(api, own, pick.reference);
	for (let merges = 0; merges < MOST_MERGES; merges += 1) {
		const ticket = await reads.get(id);
		if (ticket === null) {
			throw new TicketPickError(
				`Halo has no ticket ${id}, or the agent of the application may not see it`,
				'Check the number. Rights stand in Halo under Configuration > Teams & Agents > Agents > Permissions.',
			);
		}
		if (!followMerged || ticket.row.merged_into_id === null) return ticket;
		id = ticket.row.merged_into_id;
	}
	throw new TicketPickError(
		`Ticket ${id} was merged in a circle`,
		'Name the ticket that is still open.',
	);
}
