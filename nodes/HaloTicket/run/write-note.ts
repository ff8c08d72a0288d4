import {
	isNoted,
	notedSummary,
	stateNoteWords,
	stateWordsIn,
} from '../../shared/domain/ticket/noted-state';
import type { Actual, Desired, TicketWrite } from '../../shared/domain/ticket/plan/types';
import {
	isReporterNoted,
	newReports,
	type PersonReport,
	reporterNote,
	reportOf,
} from '../../shared/domain/ticket/plan/reporters';
import type { TicketDecision } from '../../shared/domain/ticket/outcome';
import { noteBlock } from '../../shared/domain/ticket/recognise';
import type { Seal } from '../../shared/domain/ticket/seal';
import { toHtml } from '../../shared/domain/ticket/text/details';
import type { TicketView } from '../../shared/domain/ticket/view';
import type { HaloApi } from '../../shared/halo/api';
import { HaloValidationError } from '../../shared/halo/http/errors';
import { addAllowedNote } from '../../shared/halo/notes';
import { endsTheRun } from './failures';
import type { Ledger } from './ledger';
import { viewOfAction } from './views';
import type { Work } from './work';

/** What notes are written with. */
export interface NoteWriter {
	api: HaloApi;
	seal: Seal;
	/** Id of the action that was picked for notes. */
	noteAction?: number;
}

type Note = Extract<TicketWrite, { kind: 'note' }>;

/** The reference that a note's own words are written for: that of the ticket that it stands on, where it has one. */
export function referenceFor(
	{ ticketId }: Note,
	desired: Pick<Desired, 'reference'>,
	{ others, tickets }: Actual,
): string {
	const ticket = tickets.find(({ id }) => id === ticketId) ?? others.get(ticketId);
	return ticket?.reference ?? desired.reference;
}

/** Writes a private note, once. @param madeId the ticket that a create before it made */
export async function writeNote(
	writer: NoteWriter,
	{ machine, mark, once, text, ticketId: planned }: Note,
	madeId: number | null,
	reference: string,
): Promise<void> {
	const { api, seal } = writer;
	const ticketId = planned === 0 ? madeId : planned;
	if (ticketId === null) throw new TypeError('The note has no ticket');
	const own = machine === undefined ? [] : [noteBlock(reference, machine, seal)];
	const words = [`(scannote ${mark})`, ...own].join(' ');
	const note = {
		ticket_id: ticketId,
		note_html: `<p>${toHtml(text)}</p><p style="color:#888;font-size:11px">${words}</p>`,
	};
	const alreadyThere = async (): Promise<boolean> =>
		(await api.listActions(ticketId)).some(
			(action) => (action.actionby_application_id ?? '') !== '' && action.note.includes(mark),
		);
	if (once === true && (await alreadyThere())) return;
	await addAllowedNote(writer, note, alreadyThere);
}

/**
 * Marks a ticket whose details Halo did not let change, so that every later run reads its notes.
 * @returns a sentence for the decision
 * @throws HaloValidationError when its summary does not change either: nothing can be recorded there
 */
export async function sendToNotes(
	api: HaloApi,
	{
		clientId,
		id,
		summary,
		ticketTypeId,
	}: Pick<TicketView, 'clientId' | 'id' | 'summary' | 'ticketTypeId'>,
	reference: string,
): Promise<string> {
	const row = await api.updateTicket({
		id,
		client_id: clientId,
		tickettype_id: ticketTypeId,
		summary: notedSummary(summary, reference),
	});
	if (isNoted(row)) {
		return `Halo did not let the details of ticket ${id} change: what is recorded stands in a private note, and its summary says so.`;
	}
	throw new HaloValidationError(
		`Halo lets neither the details nor the summary of ticket ${id} change`,
		{
			status: null,
			method: 'POST',
			path: '/Tickets',
			haloMessage: null,
			nextStep: `What is new cannot be recorded there. Let the API agent edit both: Configuration > Tickets > Ticket Types > type ${ticketTypeId}, and the ticket rules.`,
		},
	);
}

/** Writes what details would have held into a private note. @param detailsHtml with the block at its end */
export async function recordInNotes(
	writer: NoteWriter,
	{ id, reference: own }: Pick<TicketView, 'id' | 'reference'>,
	detailsHtml: string,
	wanted: string,
): Promise<void> {
	const { api, seal } = writer;
	const reference = own ?? wanted;
	const words = stateNoteWords(detailsHtml);
	const block = noteBlock(reference, words, seal);
	const stored = async (): Promise<boolean> => {
		const actions = (await api.listActions(id)).map((row) => viewOfAction(row, seal));
		return stateWordsIn(actions, reference)?.join(' ') === words.slice(1).join(' ');
	};
	const text = 'The details of this ticket cannot be changed; what is known of its problem now:';
	const note_html = `<p style="color:#888;font-size:11px">${text} ${block}</p>`;
	await addAllowedNote(writer, { ticket_id: id, note_html }, stored);
}

/** Events whose person is to stand on a ticket, by the ticket. What failed has none to stand on. */
function byTicket(
	works: readonly Work[],
	decisions: ReadonlyMap<number, TicketDecision>,
): Map<number, Work[]> {
	const tickets = new Map<number, Work[]>();
	for (const work of works) {
		const { decision = 'failed', ticketId = null } = decisions.get(work.index) ?? {};
		const reports = work.desired.want === 'open' && reportOf(work.event) !== null;
		if (decision === 'failed' || ticketId === null || !reports) continue;
		tickets.set(ticketId, [...(tickets.get(ticketId) ?? []), work]);
	}
	return tickets;
}

async function noteOn(
	writer: NoteWriter,
	ticketId: number,
	reports: readonly PersonReport[],
): Promise<void> {
	const notes = async (): Promise<string[]> =>
		(await writer.api.listActions(ticketId)).map(({ note }) => note);
	for (const report of newReports(reports, await notes())) {
		const note_html = `<p>${toHtml(reporterNote(report))}</p>`;
		const draft = { ticket_id: ticketId, note_html, hiddenfromuser: true };
		await addAllowedNote(writer, draft, async () => isReporterNoted(report, await notes()));
	}
}

/**
 * Puts whoever reported something on its ticket, in a private note, each person once. An event whose person could not be
 * noted has failed, so that it comes again: it finds its ticket then.
 */
export async function noteReporters(
	writer: NoteWriter,
	works: readonly Work[],
	{ decisions, ledger }: { decisions: ReadonlyMap<number, TicketDecision>; ledger: Ledger },
): Promise<void> {
	for (const [ticketId, same] of byTicket(works, decisions)) {
		try {
			const reports = same.flatMap(({ event }) => reportOf(event) ?? []);
			await noteOn(writer, ticketId, reports);
			// The requests count on the first event.
			for (const work of same) ledger.amend(work, (before) => before);
		} catch (error) {
			for (const work of same) {
				const reason = `${decisions.get(work.index)?.reason ?? ''} But its reporter was not noted; the next run notes him.`;
				ledger.fail(work, error, { reason, ticketId });
			}
			if (endsTheRun(error)) return;
		}
	}
}
