import { forHtml } from '../values/escape';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readReference } from '../values/read';

/** What somebody sees who sent the form. */
export type FormPage = { title: string; message: string };

/** For whatever is no choice of a person with a login about this ticket. */
export const NOT_ACCEPTED: FormPage = {
	title: 'Nothing was changed',
	message:
		'This is no decision of somebody who is logged in, or of another ticket. Open the link in the private note of the ticket.',
};

/** The source said no, or nothing. */
export const NOT_TOLD: FormPage = {
	title: 'Not carried out',
	message:
		'The source did not take the decision. The ticket stays open. Decide in the portal of the source, or open the link in the ticket again later.',
};

const CUT: FormPage = {
	title: 'Nothing was changed',
	message: 'The link was changed or cut. Open the one in the private note of the ticket.',
};

const UNREACHED: FormPage = {
	title: 'Try again',
	message: 'The request could not be reached. Open the link again in a minute.',
};

const BROKE_OFF: FormPage = {
	title: 'Not finished',
	message:
		'n8n failed on the way, so it is not known what was carried out. Look at the ticket and at the portal of the source; the error stands in halo_errors.',
};

const USED: FormPage = {
	title: 'Already decided',
	message:
		'Nothing was changed now: this request was decided already, or its ticket was closed or merged. The ticket says which.',
};

const EXPIRED: FormPage = {
	title: 'Expired',
	message:
		'Nothing was changed: nobody can decide about this request any more, its time is over. The ticket says whether somebody did before.',
};

/** Decisions of Halo Ticket after which a ticket is closed. */
const CLOSED = ['closed', 'already_closed'];

/**
 * The page after the ticket was to be closed; null for one that nobody waits for.
 * @param json item that Halo Ticket gave out
 */
export function closedPage(json: JsonRecord): FormPage | null {
	const resolution = isRecord(json.resolution) ? json.resolution : {};
	const decision = memberText(json, 'decision') ?? 'failed';
	if (resolution.reason !== 'approved' && resolution.reason !== 'denied') return null;
	const why = CLOSED.includes(decision) ? '' : ` ${memberText(json, 'reason') ?? ''}`;
	return {
		title: resolution.reason === 'approved' ? 'Approved' : 'Denied',
		message:
			`The source was told. Ticket ${readReference(json.ticketId) ?? 'unknown'}: ${decision.replaceAll('_', ' ')}.${why}`.trim(),
	};
}

/** What the run behind a link answered. */
export interface RunAnswer {
	/** Status; null when no answer came. */
	status: number | null;
	body: unknown;
}

/** A page of the run that waited, or null when something else answered in its place. */
function pageIn({ body, status }: RunAnswer): FormPage | null {
	if (status !== 200 || !isRecord(body)) return null;
	const { message, title } = body;
	return typeof title === 'string' && typeof message === 'string' ? { title, message } : null;
}

/** n8n says 401 for an address that it did not make, and 404 or 409 for a run that waits no more. */
function pageInstead(status: number | null, until: number | null, now: number): FormPage {
	if (status === null) return UNREACHED;
	if (status === 401) return CUT;
	if (status >= 500) return BROKE_OFF;
	return until !== null && now >= until ? EXPIRED : USED;
}

/**
 * The page that ends the form; its message is HTML.
 * @param answer of the run behind the link; null when the link names none
 * @param until when the link ends, as it says itself @param now milliseconds since the epoch
 */
export function endOfForm(answer: RunAnswer | null, until: number | null, now: number): FormPage {
	const page = answer === null ? CUT : (pageIn(answer) ?? pageInstead(answer.status, until, now));
	return { title: page.title, message: forHtml(page.message) };
}
