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
	'echo-400',
	'echo-500',
	'echo-html-502',
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
