import { EventInputError, describe } from '../values/input-error';
import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import type { Question } from './question';

/** What a link holds beside the number of the ticket. */
export interface Link {
	/** Number of the run that waits. */
	execution: string;
	/** What n8n takes as proof that the address is one that it made. */
	signature: string;
	/** Until when it works, milliseconds since the epoch; null when the link does not say. It is only shown. */
	until: number | null;
}

/** n8n's own word for forms in their addresses, unless `N8N_ENDPOINT_FORM` says otherwise. */
const FORMS = 'form';

function resumeParts(resumeUrl: string): { url: URL; before: string[]; execution: string } {
	const url = URL.canParse(resumeUrl) ? new URL(resumeUrl) : null;
	const [execution, waiting, ...before] = url === null ? [] : url.pathname.split('/').reverse();
	if (url === null || waiting === undefined || waiting === '' || !/^\d+$/.test(execution ?? '')) {
		throw new EventInputError(
			'Resume Address',
			'an address like https://n8n.example/webhook-waiting/1',
			describe(resumeUrl),
			'Put {{ $execution.resumeUrl }} into the field.',
		);
	}
	return { url, before: before.reverse(), execution: execution ?? '' };
}

/**
 * The address of the form that asks about a request. Its place is that of the run, so that nobody has to type it.
 * @param resumeUrl n8n's `$execution.resumeUrl` of the run that will wait
 * @param formPath path of the Form Trigger
 * @throws EventInputError when the run has no such address
 */
export function formLink(
	{ ticketId, expiresAt }: Pick<Question, 'ticketId' | 'expiresAt'>,
	resumeUrl: string,
	formPath: string,
): string {
	const { url, before, execution } = resumeParts(resumeUrl);
	const link = new URL([...before, FORMS, formPath].join('/'), url.origin);
	link.searchParams.set('execution', execution);
	link.searchParams.set('signature', url.searchParams.get('signature') ?? '');
	link.searchParams.set('until', String(Date.parse(expiresAt)));
	link.searchParams.set('ticket', String(ticketId));
	return link.href;
}

/** The private note that brings the link onto the ticket. */
export function linkNote({ expiresAt }: Pick<Question, 'expiresAt'>, link: string): string {
	return `Approve or deny this request: ${link}\nThe link asks for a login of this n8n; opening it changes nothing. It works until ${expiresAt}.`;
}

/**
 * What the hidden fields of the form hold; null when they name no run of n8n.
 * @param form item of the Form Trigger
 */
export function readLink(form: JsonRecord): Link | null {
	const execution = memberText(form, 'execution') ?? '';
	const signature = memberText(form, 'signature') ?? '';
	if (!/^\d+$/.test(execution) || !/^[0-9a-f]+$/.test(signature)) return null;
	const until = memberText(form, 'until') ?? '';
	return { execution, signature, until: /^\d+$/.test(until) ? Number(until) : null };
}

/**
 * Where the run behind a link waits: always this n8n, whatever the link says.
 * @param resumeUrl n8n's `$execution.resumeUrl` of any run
 * @throws EventInputError when it is none
 */
export function waitingAddress(resumeUrl: string, { execution, signature }: Link): string {
	const { url } = resumeParts(resumeUrl);
	const address = new URL([...url.pathname.split('/').slice(0, -1), execution].join('/'), url);
	address.searchParams.set('signature', signature);
	return address.href;
}
