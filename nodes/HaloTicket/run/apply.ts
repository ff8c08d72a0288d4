import type {
	Actual,
	Desired,
	Plan,
	TicketFields,
	TicketWrite,
} from '../../shared/domain/ticket/plan/types';
import { problemWord, referencesIn } from '../../shared/domain/ticket/reference';
import { recognise, sealDetails } from '../../shared/domain/ticket/recognise';
import { isNoted } from '../../shared/domain/ticket/noted-state';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { TicketView } from '../../shared/domain/ticket/view';
import type { HaloApi } from '../../shared/halo/api';
import type { TicketChange, TicketDraft } from '../../shared/halo/records/drafts';
import { keptFrom } from '../../shared/halo/records/write-bodies';
import type { TicketRow } from '../../shared/halo/records/records';
import type { TicketEnricher } from './enrich';
import { createForClient, type ProfileUsers } from './find-user';
import { moveStatus } from './move-status';
import { recordInNotes, referenceFor, sendToNotes, writeNote } from './write-note';
import { HaloResponseError } from '../../shared/halo/http/errors';

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
		if (ticket === null || names(ticket, reference)) return row;
		if (tries === MOST_TRIES) throw collision(row.id);
		row = (await findMade()) ?? (await make());
	}
}

/** True when the ticket's texts name the reference. Enough for a number that Halo just gave. */
function names({ details, summary }: TicketRow, reference: string): boolean {
	return referencesIn(`${summary} ${details}`).includes(reference);
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

/** What a run writes with. */
export interface Writer {
	api: HaloApi;
	/** Puts check values on what is written. */
	seal: Seal;
	users: ProfileUsers;
	notifyEndUser: boolean;
	/** What is looked up and attached beside the plan; nothing when left out. */
	enricher?: TicketEnricher;
}

export interface Applied {
	/** The ticket that a create made; null when the plan had none. */
	made: TicketRow | null;
	/** What went differently from the plan, in sentences. */
	remarks: string[];
}

/** @param noted true when notes on the new ticket follow */
type Create = Extract<TicketWrite, { kind: 'create' }> & { noted: boolean };
type Change = Extract<TicketWrite, { kind: 'change' }>;

/**
 * Carries a plan out, write by write, in order.
 * @throws HaloError of the first write that failed; what was written before stays and is found by its reference
 */
export async function applyPlan(
	writer: Writer,
	plan: Plan,
	desired: Omit<Desired, 'want' | 'event'>,
	actual: Actual,
): Promise<Applied> {
	const applied: Applied = { made: null, remarks: [] };
	const noted = plan.writes.some((write) => write.kind === 'note' && write.ticketId === 0);
	for (const next of plan.writes) {
		if (next.kind === 'create') {
			applied.made = await create(writer, { ...next, noted }, desired, actual, applied.remarks);
		} else if (next.kind === 'change') {
			await change(writer, next, desired, applied.remarks);
		} else {
			await writeNote(writer, next, applied.made?.id ?? null, referenceFor(next, desired, actual));
		}
	}
	applied.remarks.push(...(await afterChange(writer, plan, desired)));
	return applied;
}

/** Links and files of a ticket that changed. @returns sentences for the decision */
async function afterChange(
	{ enricher }: Writer,
	{ about, ticketId, writes }: Plan,
	{ clientId, reference }: Omit<Desired, 'want' | 'event'>,
): Promise<string[]> {
	const ticket = writes.find((write) => write.kind === 'change')?.ticket;
	if (enricher === undefined || about === undefined || ticket === undefined) return [];
	const target = { ...about, reference, clientId: ticket.clientId || (clientId ?? 0) };
	return await enricher.afterChange(ticketId ?? ticket.id, target);
}

function ifSet<Key extends string, Value>(
	key: Key,
	value: Value | null,
): Partial<Record<Key, Value>> {
	const member: Partial<Record<Key, Value>> = {};
	if (value !== null) member[key] = value;
	return member;
}

async function create(
	{ api, enricher, seal, users, notifyEndUser }: Writer,
	write: Create,
	desired: Omit<Desired, 'want' | 'event'>,
	actual: Actual,
	remarks: string[],
): Promise<TicketRow> {
	const { profile, clientId, reference } = desired;
	const target = clientId ?? profile.clientId;
	if (target === null || profile.ticketTypeId === null) {
		throw new TypeError('A ticket needs a client and a ticket type');
	}
	const about = write.about === undefined ? null : { ...write.about, clientId: target, reference };
	const more = about === null ? undefined : await enricher?.prepare(about);
	remarks.push(...(more?.remarks ?? []));
	const wanted = more?.fields.user_id === undefined ? profile.user : null;
	const user = wanted === null ? null : await users.find(target, wanted);
	if (wanted !== null && user === null) {
		remarks.push(`User ${wanted} is not a user of this client; Halo's General User stands there.`);
	}
	const before = new Set(actual.tickets.map(({ id }) => id));
	const bound = { clientId: target, userId: more?.fields.user_id ?? user?.userId ?? null };
	const draft: TicketDraft = {
		summary: write.summary,
		details_html: sealDetails(write.detailsHtml, reference, bound, seal),
		client_id: target,
		tickettype_id: profile.ticketTypeId,
		...ifSet('createdfrom_id', write.createdFromId),
		...ifSet('status_id', profile.statusCreateId),
		...ifSet('sla_id', profile.slaId),
		...ifSet('priority_id', profile.priorityId),
		...ifSet('team', profile.team),
		...ifSet('agent_id', profile.agentId),
		...ifSet('category_1', profile.category),
		...ifSet('urgency', profile.urgencyId),
		...ifSet('impact', profile.impactId),
		...(user === null ? {} : { user_id: user.userId, site_id: user.siteId }),
		...more?.fields,
		// The type's template would overwrite the profile's priority and team.
		donotapplytemplateintheapi: true,
		notifyUser: notifyEndUser,
	};
	const found = async () => await findMade(api, seal, reference, target, before);
	const make = async () => await createForClient(api, users, draft, found);
	const follows =
		write.noted ||
		(about !== null && more !== undefined && enricher?.followsCreate(about, more.several));
	const row =
		follows === true ? await makeAndRead(api, { reference, make, findMade: found }) : await make();
	if (row.client_id > 0 && row.client_id !== target) {
		remarks.push(
			`Halo put ticket ${row.id} on client ${row.client_id} instead of ${target}: move it, and check the rules of the ticket type.`,
		);
	}
	if (enricher !== undefined && about !== null && more !== undefined) {
		remarks.push(...(await enricher.afterCreate(row.id, about, more.several)));
	}
	return row;
}

/** The ticket that a create without an answer stored: it carries the reference and was not there before. */
async function findMade(
	api: HaloApi,
	seal: Seal,
	reference: string,
	clientId: number,
	before: ReadonlySet<number>,
): Promise<TicketRow | null> {
	for await (const { rows } of api.searchTickets({
		summary: problemWord(reference),
		state: 'any',
	})) {
		const named = rows.filter(
			(row) => names(row, reference) && row.client_id === clientId && !before.has(row.id),
		);
		for (const row of named) {
			if (recognise(row, seal).reference === reference) return row;
			// A list may cut the details; a marker alone anybody can write.
			const whole = await api.getTicket(row.id);
			if (whole !== null && recognise(whole, seal).reference === reference) return row;
		}
	}
	return null;
}

function changeOf(ticket: TicketView, fields: TicketFields): TicketChange {
	return {
		id: ticket.id,
		client_id: ticket.clientId,
		tickettype_id: ticket.ticketTypeId,
		...(fields.statusId === undefined ? {} : { status_id: fields.statusId }),
		...(fields.priorityId === undefined ? {} : { priority_id: fields.priorityId }),
		...(fields.slaId === undefined ? {} : { sla_id: fields.slaId }),
		...(fields.agentId === undefined ? {} : { agent_id: fields.agentId }),
		...(fields.detailsHtml === undefined ? {} : { details_html: fields.detailsHtml }),
		...(fields.closureNote === undefined ? {} : { closure_note: fields.closureNote }),
		...(fields.closureTime === undefined ? {} : { closure_time: fields.closureTime }),
	};
}

async function change(
	writer: Writer,
	{ ticket, fields }: Change,
	{ clientId, reference }: Pick<Desired, 'clientId' | 'reference'>,
	remarks: string[],
): Promise<void> {
	const { api, notifyEndUser, seal } = writer;
	const { detailsHtml, ...others } = fields;
	const sealed =
		detailsHtml === undefined
			? undefined
			: sealDetails(
					detailsHtml,
					ticket.reference ?? reference,
					{ ...ticket, mappedTo: clientId ?? ticket.mappedTo },
					seal,
				);
	const noted = detailsHtml !== undefined && isNoted(ticket);
	if (noted && Object.keys(others).length === 0) {
		return await recordInNotes(writer, ticket, detailsHtml, reference);
	}
	const sent: TicketChange = {
		...changeOf(
			ticket,
			sealed === undefined || noted ? others : { ...others, detailsHtml: sealed },
		),
		notifyUser: notifyEndUser,
	};
	const row = await api.updateTicket(sent);
	if (detailsHtml !== undefined && (noted || keptFrom(sent, row).includes('details'))) {
		if (!noted) remarks.push(await sendToNotes(api, ticket, reference));
		await recordInNotes(writer, ticket, detailsHtml, reference);
	}
	await moveStatus(api, row, fields);
}
