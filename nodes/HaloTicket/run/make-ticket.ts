import type { ResolvedProfile } from '../../shared/domain/profile/resolve';
import { recognise } from '../../shared/domain/ticket/recognise';
import { problemWord, referencesIn } from '../../shared/domain/ticket/reference';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { HaloApi } from '../../shared/halo/api';
import { HaloError, HaloResponseError, HaloValidationError } from '../../shared/halo/http/errors';
import { addAllowedNote } from '../../shared/halo/notes';
import type { TicketDraft } from '../../shared/halo/records/drafts';
import type { TicketRow } from '../../shared/halo/records/records';
import { closingMembers } from '../../shared/halo/records/write-bodies';
import { moveStatus } from './move-status';
import type { NoteWriter } from './write-note';

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

/** The ticket that a create without an answer stored: it carries the reference and was not there before. */
export async function findLostCreate(
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

/** Kept as a hint of the credential: the client that was sent, and the ticket that landed elsewhere. */
const LANDED = 'landed elsewhere ';

/**
 * Refuses to make another ticket for a client whose last one landed elsewhere, until that ticket was moved or deleted.
 * @throws HaloValidationError naming it
 */
export async function refuseAgain(api: HaloApi, clientId: number): Promise<void> {
	const hint = [...api.hints].find((one) => one.startsWith(`${LANDED}${clientId} `));
	if (hint === undefined) return;
	const ticket = await api.getTicket(Number(hint.split(' ').at(-1)));
	const isMended = ticket === null || ticket.deleted || ticket.client_id === clientId;
	if (!isMended) throw elsewhere(ticket, clientId, 'No further ticket was made.');
	api.hints.delete(hint);
}

/**
 * Closes a new ticket that Halo put on another client than the one that was sent, with a private note: an agent who is
 * bound to a client makes every ticket there. It is remembered, so that no run makes another.
 * @throws HaloValidationError when it landed elsewhere
 */
export async function closeElsewhere(
	writer: NoteWriter,
	row: TicketRow,
	{ client_id: wanted }: TicketDraft,
	profile: ResolvedProfile,
): Promise<void> {
	if (row.client_id <= 0 || row.client_id === wanted) return;
	const { api } = writer;
	const { id } = row;
	const { statusCloseId } = profile;
	api.hints.add(`${LANDED}${wanted} ${id}`);
	// Closing comes first: a note that is refused must not leave it open on somebody else's client.
	const closed =
		statusCloseId === null
			? 'It is still open: no close status is set.'
			: await outcomeOf(
					async () => await closeAt(writer, row, wanted, statusCloseId, profile),
					'It was closed at once.',
					'It is still open, close it by hand',
				);
	const note_html = `<p>Made for client ${wanted}, but Halo put it here: the scanner integration does not use it. Nobody has to work on it.</p>`;
	const there = async (): Promise<boolean> =>
		(await api.listActions(id)).some(({ note }) => note.includes(`Made for client ${wanted},`));
	const noted = await outcomeOf(
		async () => await addAllowedNote(writer, { ticket_id: id, note_html }, there),
		'',
		'No note says so there',
	);
	throw elsewhere(row, wanted, `${closed} ${noted}`.trim());
}

async function closeAt(
	writer: NoteWriter,
	row: TicketRow,
	wanted: number,
	statusId: number,
	{ agentId, closing }: Pick<ResolvedProfile, 'agentId' | 'closing'>,
): Promise<void> {
	const { client_id, id, tickettype_id } = row;
	const agent = row.agent_id ?? agentId ?? (await writer.api.ownAgent())?.id ?? null;
	const closureNote = `Made for client ${wanted}.`;
	const closed = await writer.api.updateTicket({
		id,
		client_id,
		tickettype_id,
		closure_note: closureNote,
		...closingMembers(closing),
		status_id: statusId,
		...(agent === null ? {} : { agent_id: agent }),
	});
	await moveStatus(writer, closed, { statusId, closureNote });
}

/** Takes a step whose failure must not keep the next one from being taken. @returns words for what came of it */
async function outcomeOf(
	step: () => Promise<unknown>,
	done: string,
	failed: string,
): Promise<string> {
	try {
		await step();
		return done;
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		return `${failed}: ${error.message}.`;
	}
}

function elsewhere({ client_id, client_name, id }: TicketRow, wanted: number, end: string) {
	return new HaloValidationError(
		`Halo put ticket ${id} on client ${client_name ?? client_id} (${client_id}) instead of ${wanted}. ${end}`,
		{
			status: null,
			method: 'POST',
			path: '/Tickets',
			haloMessage: null,
			nextStep: `The API agent or its application is bound to that client: Configuration > Teams & Agents > Agents, client restrictions. Correct it, then delete ticket ${id}.`,
		},
	);
}
