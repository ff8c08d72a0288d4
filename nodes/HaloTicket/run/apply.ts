import type {
	Actual,
	Desired,
	Plan,
	TicketFields,
	TicketWrite,
} from '../../shared/domain/ticket/plan/types';
import { sealDetails } from '../../shared/domain/ticket/recognise';
import { ownerWord } from '../../shared/domain/ticket/reference';
import { isNoted } from '../../shared/domain/ticket/noted-state';
import type { ClosingAgent } from '../../shared/domain/ticket/plan/closing-agent';
import type { TicketView } from '../../shared/domain/ticket/view';
import { closeInTurn } from '../../shared/halo/closing-agents';
import type { TicketChange, TicketDraft } from '../../shared/halo/records/drafts';
import { closingMembers, keptFrom, keptWords } from '../../shared/halo/records/write-bodies';
import type { TicketRow } from '../../shared/halo/records/records';
import type { TicketEnricher } from './enrich';
import { createForClient, type ProfileUsers } from './find-user';
import { closeElsewhere, findLostCreate, makeAndRead, refuseAgain } from './make-ticket';
import { moveStatus } from './move-status';
import { type NoteWriter, recordInNotes, referenceFor, sendToNotes, writeNote } from './write-note';
import { HaloError } from '../../shared/halo/http/errors';
import { endsTheRun } from './failures';

/** What a run writes with. */
export interface Writer extends NoteWriter {
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
	/** The first note that could not be written; what was recorded says that it is due. */
	unwritten: Error | null;
}

/** @param noted true when notes on the new ticket follow */
type Create = Extract<TicketWrite, { kind: 'create' }> & { noted: boolean };
/** What of a ticket a write to it needs. */
type Addressed = Pick<
	TicketView,
	'id' | 'clientId' | 'userId' | 'mappedTo' | 'ticketTypeId' | 'summary' | 'reference'
>;
type Change = { ticket: Addressed; fields: TicketFields; closers?: readonly ClosingAgent[] };

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
	const applied: Applied = { made: null, remarks: [], unwritten: null };
	const noted = plan.writes.some((write) => write.kind === 'note' && write.ticketId === 0);
	for (const next of plan.writes) {
		if (next.kind === 'create') {
			applied.made = await create(writer, { ...next, noted }, desired, actual, applied.remarks);
		} else if (next.kind === 'change') {
			await change(writer, next, desired, applied.remarks);
		} else {
			const error = await note(writer, next, applied, desired, referenceFor(next, desired, actual));
			applied.unwritten ??= error;
		}
	}
	applied.remarks.push(...(await afterChange(writer, plan, desired)));
	return applied;
}

/**
 * Writes a note, or records that people are owed it.
 * @returns why it could not be written; null when it was
 * @throws HaloError when no further request can succeed, or when not even that can be recorded
 */
async function note(
	writer: Writer,
	write: Extract<TicketWrite, { kind: 'note' }>,
	{ made, remarks }: Applied,
	desired: Omit<Desired, 'want' | 'event'>,
	reference: string,
): Promise<Error | null> {
	const { untold } = write;
	try {
		await writeNote(writer, write, made?.id ?? null, reference);
		return null;
	} catch (error) {
		if (untold === undefined || !(error instanceof HaloError) || endsTheRun(error)) {
			return await Promise.reject(error);
		}
		const ticket = untold.ticket ?? (made === null ? null : addressOf(made, reference));
		if (ticket === null) return await Promise.reject(error);
		await change(writer, { ticket, fields: { detailsHtml: untold.detailsHtml } }, desired, remarks);
		return error;
	}
}

function addressOf(made: TicketRow, reference: string): Addressed {
	const { client_id: clientId, id, summary, tickettype_id: ticketTypeId } = made;
	const userId = made.reporter === null ? null : made.user_id;
	return { id, clientId, userId, mappedTo: clientId, ticketTypeId, summary, reference };
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
	writer: Writer,
	write: Create,
	desired: Omit<Desired, 'want' | 'event'>,
	actual: Actual,
	remarks: string[],
): Promise<TicketRow> {
	const { api, enricher, seal, users, notifyEndUser } = writer;
	const { profile, clientId, reference } = desired;
	const target = clientId ?? profile.clientId;
	if (target === null || profile.ticketTypeId === null) {
		throw new TypeError('A ticket needs a client and a ticket type');
	}
	await refuseAgain(api, target);
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
	const found = async () => await findLostCreate(api, seal, reference, target, before);
	const make = async () => await createForClient(api, users, draft, found);
	const follows =
		write.noted ||
		(about !== null && more !== undefined && enricher?.followsCreate(about, more.several));
	const made =
		follows === true ? await makeAndRead(api, { reference, make, findMade: found }) : await make();
	// An answer that does not hold what was sent is no proof that Halo does not.
	const row = keptFrom(draft, made).length === 0 ? made : ((await api.getTicket(made.id)) ?? made);
	await closeElsewhere(writer, row, draft, profile);
	await judge(writer, draft, row, reference, remarks);
	if (enricher !== undefined && about !== null && more !== undefined) {
		remarks.push(...(await enricher.afterCreate(row.id, about, more.several)));
	}
	return row;
}

/** Says what Halo made of a new ticket, and sees to it that what is recorded stands somewhere. */
async function judge(
	writer: Writer,
	draft: TicketDraft,
	row: TicketRow,
	reference: string,
	remarks: string[],
): Promise<void> {
	const kept = keptFrom(draft, row);
	remarks.push(...keptWords(kept, draft, row));
	if (!kept.includes('details') || draft.details_html === undefined) return;
	remarks.push(await sendToNotes(writer.api, addressOf(row, reference), reference));
	await recordInNotes(writer, addressOf(row, reference), draft.details_html, reference);
}

function changeOf(ticket: Addressed, fields: TicketFields): TicketChange {
	return {
		id: ticket.id,
		client_id: ticket.clientId,
		tickettype_id: ticket.ticketTypeId,
		...(fields.statusId === undefined ? {} : { status_id: fields.statusId }),
		...(fields.priorityId === undefined ? {} : { priority_id: fields.priorityId }),
		...(fields.slaId === undefined ? {} : { sla_id: fields.slaId }),
		...(fields.detailsHtml === undefined ? {} : { details_html: fields.detailsHtml }),
		...(fields.closureNote === undefined ? {} : { closure_note: fields.closureNote }),
		...(fields.closureTime === undefined ? {} : { closure_time: fields.closureTime }),
		...closingMembers(fields.closing),
	};
}

async function change(
	writer: Writer,
	{ closers, ticket, fields }: Change,
	{ clientId, reference }: Pick<Desired, 'clientId' | 'reference'>,
	remarks: string[],
): Promise<void> {
	const { api, notifyEndUser, seal } = writer;
	const { detailsHtml, ...others } = fields;
	// An event that names no company says nothing about where the mapping of a company's ticket leads.
	const isOthers =
		ownerWord(reference) === null && ownerWord(ticket.reference ?? reference) !== null;
	const mappedTo = isOthers ? ticket.mappedTo : (clientId ?? ticket.mappedTo);
	const sealed =
		detailsHtml === undefined
			? undefined
			: sealDetails(detailsHtml, ticket.reference ?? reference, { ...ticket, mappedTo }, seal);
	const noted = detailsHtml !== undefined && isNoted(ticket);
	if (noted && Object.keys(others).length === 0) {
		return await recordInNotes(writer, ticket, detailsHtml, reference);
	}
	const wanted: TicketChange = {
		...changeOf(
			ticket,
			sealed === undefined || noted ? others : { ...others, detailsHtml: sealed },
		),
		notifyUser: notifyEndUser,
	};
	const { refused, row, sent } = await closeInTurn(api, wanted, closers ?? []);
	if (refused !== null) remarks.push(refused);
	if (detailsHtml !== undefined && (noted || keptFrom(sent, row).includes('details'))) {
		if (!noted) remarks.push(await sendToNotes(api, ticket, reference));
		await recordInNotes(writer, ticket, detailsHtml, reference);
	}
	remarks.push(...keptWords(keptFrom(sent, row), sent, row));
	await moveStatus(writer, row, fields);
}
