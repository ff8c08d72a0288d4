import type { EventUser } from '../event/event';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { approverOf, type PossibleApprover } from './approver';
import type { Choice } from './choice';
import type { FormPage } from './page';
import type { Question } from './question';

/** The ticket as Halo has it now. */
export interface TicketNow {
	id: number;
	/** Null when Halo does not say. */
	open: boolean | null;
	mergedIntoId: number | null;
}

/** What becomes of a question. */
export type ApprovalVerdict =
	/** The source is told. */
	| { kind: 'decided'; approver: string }
	/** A page, and the question still stands. */
	| { kind: 'again'; page: FormPage }
	/** A page, and there is nothing left to decide. */
	| { kind: 'ended'; page: FormPage }
	/** Nobody decided in time. */
	| { kind: 'expired' };

/** The time is over, and Halo cannot be asked: the run fails, so that it is tried again and told. */
export class UnreadTicketError extends Error {
	readonly nextStep = 'Close the ticket by hand when Halo can be reached again.';

	constructor(ticketId: number, why: string) {
		super(`The time for ticket ${ticketId} is over, but Halo could not be read: ${why}`);
		this.name = 'UnreadTicketError';
	}
}

/** Halo as it is now; `problem` where it could not be read. */
export type HaloNow =
	| { kind: 'read'; ticket: TicketNow; agents: readonly PossibleApprover[] }
	| { kind: 'unread'; problem: string };

function askedBy(event: JsonRecord): EventUser {
	const user = isRecord(event.user) ? event.user : {};
	return { name: memberText(user, 'name'), email: memberText(user, 'email') };
}

/** The ticket's own end goes before everything else; null while it can be decided about. */
function endedPage({ ticketId }: Question, ticket: TicketNow): FormPage | null {
	if (ticket.id !== ticketId || ticket.mergedIntoId !== null) {
		return {
			title: 'Merged meanwhile',
			message: `Ticket ${ticketId} was merged into another one. Nothing was changed; decide in the portal of the source.`,
		};
	}
	return ticket.open === false
		? {
				title: 'Already decided',
				message: `Ticket ${ticketId} is closed. Nothing was changed.`,
			}
		: null;
}

/**
 * What becomes of a question, by Halo as it is now, before anything is told to anybody.
 * @param choice null when the time is over
 * @throws UnreadTicketError when the time is over and Halo could not be read
 */
export function verdictOf(
	question: Question,
	choice: Choice | null,
	halo: HaloNow,
): ApprovalVerdict {
	if (halo.kind === 'unread') {
		if (choice === null) throw new UnreadTicketError(question.ticketId, halo.problem);
		return {
			kind: 'again',
			page: {
				title: 'Try again',
				message:
					'Halo could not be read just now, so nothing was changed. Open the link in the ticket again in a minute.',
			},
		};
	}
	const page = endedPage(question, halo.ticket);
	if (page !== null) return { kind: 'ended', page };
	if (choice === null) return { kind: 'expired' };
	const asked = askedBy(question.event);
	const approver = approverOf(choice.email, halo.agents, asked, question.ownAllowed);
	return approver.kind === 'approver'
		? { kind: 'decided', approver: approver.name }
		: { kind: 'again', page: { title: 'Nothing was changed', message: approver.why } };
}
