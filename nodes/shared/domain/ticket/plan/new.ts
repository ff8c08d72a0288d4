import { aboutProblem } from './about';
import { noteMark } from './note';
import type { Sorted } from './candidates';
import type { Desired, Plan, TicketAbout, TicketWrite } from './types';
import { stateOf, withDue } from '../state';
import { withFiring } from './firing';
import { templated } from './from-template';
import { detailsHtml, summaryText } from '../text/details';
import type { TicketView } from '../view';

/** Summary and details of a new ticket. */
export interface TicketText {
	summary: string;
	detailsHtml: string;
}

/** Whom a technician need not wait for: a source that says nothing when the problem is over. */
function endRemarks({ event, traits }: Desired): string[] {
	// A finding of a scan is over when the next scan misses it.
	if (traits?.ends !== 'never' || event.scan !== null) return [];
	return [`${event.source} does not report when this is over: close the ticket by hand.`];
}

/** Text of the ticket of one problem. */
function problemText(desired: Desired) {
	const { event, reference } = desired;
	const { bodyHtml, title } = templated(desired, event, [event]);
	const ends = endRemarks(desired);
	return (remarks: readonly string[]): TicketText => ({
		summary: summaryText(title ?? event.title, reference),
		detailsHtml: detailsHtml({
			event,
			reference,
			state: withFiring(stateOf(event), desired),
			remarks: [...remarks, ...ends],
			bodyHtml,
		}),
	});
}

/** Private notes on tickets that are left behind on another client; they name no client, which their readers may not know. */
export function leftNotes(
	desired: Desired,
	elsewhere: ReadonlyArray<Pick<TicketView, 'id'>>,
): Array<Extract<TicketWrite, { kind: 'note' }>> {
	return elsewhere.map(({ id }) => ({
		kind: 'note',
		ticketId: id,
		text: 'The company is now mapped to another client: new reports of this problem go to a ticket there. This ticket is left as it is.',
		mark: noteMark(desired, `moved to ${desired.clientId}`),
	}));
}

const MOVED = 'moved:';

/** How a note that is due on a ticket that is left behind is recorded. */
export function movedDue({ id }: Pick<TicketView, 'id'>): string {
	return `${MOVED}${id}`;
}

/** The ticket that such a word means; none for other words. */
export function movedOf(due: string): number[] {
	return due.startsWith(MOVED) ? [Number(due.slice(MOVED.length))] : [];
}

/** A sentence that names tickets left behind; empty for none. */
export function leftWords(elsewhere: readonly TicketView[]): string {
	if (elsewhere.length === 0) return '';
	const tickets = elsewhere
		.map(({ id, clientName, clientId }) => `ticket ${id} on ${clientName ?? `client ${clientId}`}`)
		.join(', ');
	return ` The company was mapped elsewhere before: ${tickets} stays open.`;
}

/**
 * Plan for a new ticket. Tickets of the same problem on other clients (the company was mapped elsewhere before) stay
 * as they are and get a private note.
 * @param earlier the ticket that was closed too long ago to open it again; null when there is none
 * @param content its text, given our own lines
 * @param about the problems that it stands for
 */
export function planCreate(
	desired: Desired,
	{ elsewhere }: Pick<Sorted, 'elsewhere'>,
	earlier: TicketView | null,
	content: (remarks: readonly string[]) => TicketText = problemText(desired),
	about: TicketAbout = aboutProblem(desired),
): Plan {
	const client = desired.clientName ?? `client ${desired.clientId}`;
	const followed =
		earlier === null ? '' : ` Ticket ${earlier.id} was closed too long ago to open it again.`;
	// A ticket that a person moved is another client's now, whose tickets the new one must not name.
	const earlierId = earlier?.clientId === desired.clientId ? earlier.id : null;
	const text = content(earlierId === null ? [] : [`Follows ticket ${earlierId}.`]);
	const untold = {
		ticket: null,
		detailsHtml: withDue(text.detailsHtml, elsewhere.map(movedDue)),
	};
	return {
		kind: 'plan',
		decision: 'created',
		reason: `New on ${client}.${followed}${leftWords(elsewhere)}`,
		ticketId: null,
		writes: [
			{
				kind: 'create',
				...text,
				createdFromId: earlierId,
				about,
			},
			...leftNotes(desired, elsewhere).map((note): TicketWrite => ({ ...note, untold })),
		],
	};
}
