import { HaloRefusal, type HaloAnswer, dotNetError } from './answers';
import { tooMany } from './rate-limit';

/** Everything that can be made to go wrong, by name. See the README for what each does. */
export const FAULT_NAMES = [
	'reset-before',
	'reset-after-commit',
	'timeout-before',
	'timeout-after-commit',
	'slow',
	'slow-token',
	'status-500',
	'status-500-after-commit',
	'status-503',
	'html-502',
	'html-504',
	'html-504-after-commit',
	'rate-limit-429',
	'unauthorized-401',
	'forbidden-403',
	'not-found-404',
	'error-text',
	'error-object',
	'error-description',
	'error-dotnet',
	'error-modelstate',
	'bad-json',
	'ignore-filters',
	'repeat-page',
	'drop-details',
	'warning-200',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** What a fault's predicate may look at. */
export interface FaultSubject {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
}

/** One fault to add. Without method and path it meets every request outside the admin routes. */
export interface FaultRule {
	name: FaultName;
	method?: string;
	/** Looked for in the path as sent, any case: `/Tickets$`, `/auth/token`. */
	path?: RegExp | string;
	/** How many matching requests it meets; 1 when left out, `'always'` until removed. */
	times?: number | 'always';
	/** Matching requests that pass first. */
	skip?: number;
	/** Real milliseconds, for `slow` and `slow-token`; 1000 when left out. */
	ms?: number;
	/** Form of `Retry-After` on `rate-limit-429`; none when left out. */
	retryAfter?: 'none' | 'seconds' | 'date';
	/** Seconds that `Retry-After` names; 2 when left out. */
	retryAfterSeconds?: number;
	/** Halo's words, for the `error-…` faults and `warning-200`. */
	message?: string;
	/** Only in the same process. */
	when?: (subject: FaultSubject) => boolean;
}

export interface ActiveFault extends FaultRule {
	readonly id: number;
	/** Requests met so far. */
	hits: number;
	/** Matching requests seen so far, met or skipped. */
	seen: number;
}

/** The faults in force. */
export class Faults {
	private active: ActiveFault[] = [];

	private count = 0;

	/** Adds a fault; throws for a name that there is not. */
	add(rule: FaultRule): { id: number; hits: () => number; remove: () => void } {
		if (!FAULT_NAMES.includes(rule.name)) {
			throw new RangeError(`No such fault: ${rule.name}. There are: ${FAULT_NAMES.join(', ')}`);
		}
		this.count += 1;
		const fault: ActiveFault = { ...rule, id: this.count, hits: 0, seen: 0 };
		this.active.push(fault);
		return { id: fault.id, hits: () => fault.hits, remove: () => this.remove(fault.id) };
	}

	remove(id: number): void {
		this.active = this.active.filter((fault) => fault.id !== id);
	}

	clear(): void {
		this.active = [];
	}

	list(): readonly ActiveFault[] {
		return this.active;
	}

	/** The faults that this request meets; one-shot ones are spent by it. */
	take(subject: FaultSubject): ActiveFault[] {
		const met = this.active.filter((fault) => {
			if (!matches(fault, subject)) return false;
			fault.seen += 1;
			if (fault.seen <= (fault.skip ?? 0)) return false;
			fault.hits += 1;
			return true;
		});
		this.active = this.active.filter(
			(fault) => fault.times === 'always' || fault.hits < (fault.times ?? 1),
		);
		return met;
	}
}

function matches(fault: FaultRule, subject: FaultSubject): boolean {
	const { name, method, path, when } = fault;
	if (method !== undefined && method.toUpperCase() !== subject.method) return false;
	const pattern = path ?? (name === 'slow-token' ? /\/token$/ : null);
	if (pattern !== null) {
		const source = typeof pattern === 'string' ? pattern : pattern.source;
		if (!new RegExp(source, 'i').test(subject.path)) return false;
	}
	return when === undefined || when(subject);
}

function html(status: number, title: string): HaloAnswer {
	const text = `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
	return { status, raw: { contentType: 'text/html', text } };
}

/** The answer that a fault gives in place of Halo's, before anything is stored; null for faults of another kind. */
export function answerInstead(fault: ActiveFault, now: number, body: unknown): HaloAnswer | null {
	const message = fault.message ?? 'Something went wrong.';
	switch (fault.name) {
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
export function throwInstead(faults: readonly ActiveFault[], now: number, body: unknown): void {
	for (const fault of faults) {
		const answer = answerInstead(fault, now, body);
		if (answer !== null) throw new HaloRefusal(answer);
	}
}

const PAGING_NAMES = new Set(['pageinate', 'page_no', 'page_size', 'count']);

/** Names of query parameters that `ignore-filters` leaves standing. */
export function survivesFilterLoss(): ReadonlySet<string> {
	return PAGING_NAMES;
}
