import { HaloRefusal, type HaloAnswer, dotNetError } from './answers';
import type { ActiveFault } from './faults';
import { tooMany } from './rate-limit';

function html(status: number, title: string): HaloAnswer {
	const text = `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
	return { status, raw: { contentType: 'text/html', text } };
}

/** The request that a fault meets. */
export interface FaultedRequest {
	body: unknown;
	/** The whole request as it came over the wire, credentials and all. */
	dump: string;
}

/** The answer that a fault gives in place of Halo's, before anything is stored; null for faults of another kind. */
export function answerInstead(
	fault: ActiveFault,
	now: number,
	{ body, dump }: FaultedRequest,
): HaloAnswer | null {
	const message = fault.message ?? 'Something went wrong.';
	switch (fault.name) {
		case 'echo-400':
			return { status: 400, body: { error: 'bad_request', error_description: dump } };
		case 'echo-500':
			return dotNetError('System.Exception', dump);
		case 'echo-html-502':
			return html(502, dump);
		case 'status-500':
			return dotNetError('System.NullReferenceException', message);
		case 'status-503':
			return { status: 503, raw: { contentType: 'text/plain', text: 'Service Unavailable' } };
		case 'html-502':
			return html(502, 'Bad Gateway');
		case 'html-504':
			return html(504, 'Gateway Time-out');
		case 'rate-limit-429':
			return tooMany(now + (fault.retryAfterSeconds ?? 2) * 1000, now, fault.retryAfter ?? 'none')
				.answer;
		case 'unauthorized-401':
			return { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } };
		case 'forbidden-403':
			return { status: 403 };
		case 'not-found-404':
			return { status: 404, body: 'Record not found' };
		case 'error-text':
			return { status: 400, body: message };
		case 'error-object':
			return { status: 400, body: { error: message } };
		case 'error-description':
			return { status: 400, body: { error: 'invalid_request', error_description: message } };
		case 'error-dotnet':
			return dotNetError('System.Exception', message, 400);
		case 'error-modelstate':
			return { status: 400, body: { '[0].id': [message] } };
		case 'warning-200':
			return { status: 200, body: warned(body, message) };
		default:
			return null;
	}
}

/** The record as it was sent, with a warning on it; nothing was stored. */
function warned(body: unknown, message: string): unknown {
	const sent: unknown = Array.isArray(body) ? body[0] : body;
	return { ...(typeof sent === 'object' ? sent : {}), _warning: message };
}

/** The answer after the request was carried out and stored; null when the fault does not change it. */
export function answerAfter(fault: ActiveFault, text: string): HaloAnswer | null {
	switch (fault.name) {
		case 'status-500-after-commit':
			return dotNetError('System.Exception', fault.message ?? 'Something went wrong.');
		case 'html-504-after-commit':
			return html(504, 'Gateway Time-out');
		case 'bad-json':
			return {
				status: 200,
				raw: {
					contentType: 'application/json; charset=utf-8',
					text: text.slice(0, Math.max(1, Math.floor(text.length / 2))),
				},
			};
		default:
			return null;
	}
}

/** Throws the answer that a fault gives in place of Halo's, if any of these does. */
export function throwInstead(
	faults: readonly ActiveFault[],
	now: number,
	request: FaultedRequest,
): void {
	for (const fault of faults) {
		const answer = answerInstead(fault, now, request);
		if (answer !== null) throw new HaloRefusal(answer);
	}
}

const PAGING_NAMES = new Set(['pageinate', 'page_no', 'page_size', 'count']);

/** Query parameters that `ignore-filters` leaves standing: paging, and what columns to show. */
export function survivesFilterLoss(name: string): boolean {
	return PAGING_NAMES.has(name) || name.startsWith('include');
}
