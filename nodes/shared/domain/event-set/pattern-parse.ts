/** One step of a pattern; the next one follows unless it says where to go. Behind the last one the pattern holds. */
export type Step =
	| { kind: 'read'; fits: (character: string) => boolean }
	| { kind: 'look'; holds: (before: string, after: string) => boolean }
	| { kind: 'split'; to: readonly number[] };

/** A pattern for names of assets has some dozens; more come from `{1000}` inside `{1000}`. */
const MOST_STEPS = 5_000;

/** One character, an escape, or a class: what JavaScript's own matcher may decide, on one character. */
const ATOM =
	/\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|[^1-9ckpPuxbB])|\[(?:[^\]\\]|\\[^])*\]|[^\\[\](){}*+?|^$]/uy;
const COUNT = /\{(\d+)(,(\d*))?\}|[*+?]/y;

function isWord(character: string): boolean {
	return /\w/.test(character);
}

const LOOKS: ReadonlyMap<string, (before: string, after: string) => boolean> = new Map([
	['^', (before: string) => before === ''],
	['$', (_before: string, after: string) => after === ''],
	['\\b', (before: string, after: string) => isWord(before) !== isWord(after)],
	['\\B', (before: string, after: string) => isWord(before) === isWord(after)],
]);

/** Steps with places counted from their own beginning. */
function moved(steps: readonly Step[], by: number): Step[] {
	return steps.map((step) =>
		step.kind === 'split' ? { ...step, to: step.to.map((place) => place + by) } : step,
	);
}

function joined(parts: ReadonlyArray<readonly Step[]>): Step[] {
	const all: Step[] = [];
	for (const part of parts) {
		all.push(...moved(part, all.length));
	}
	return all;
}

function jump(to: number): Step {
	return { kind: 'split', to: [to] };
}

function optional(part: readonly Step[]): Step[] {
	return joined([[{ kind: 'split', to: [1, part.length + 1] }], part]);
}

function anyNumber(part: readonly Step[]): Step[] {
	const once = joined([[{ kind: 'split', to: [1, part.length + 2] }], part]);
	return [...once, jump(0)];
}

function either(left: readonly Step[], right: readonly Step[]): Step[] {
	const first: Step[] = [{ kind: 'split', to: [1, left.length + 2] }];
	const over: Step[] = [{ kind: 'split', to: [right.length + 1] }];
	return joined([first, left, over, right]);
}

function repeated(part: readonly Step[], least: number, most: number): Step[] {
	const parts: Array<readonly Step[]> = Array.from({ length: least }, () => part);
	if (most === Number.POSITIVE_INFINITY) parts.push(anyNumber(part));
	else for (let more = least; more < most; more += 1) parts.push(optional(part));
	return joined(parts);
}

class Reader {
	private at = 0;
	private isRefused = false;

	constructor(private readonly text: string) {}

	/** @returns null when something in it cannot be walked */
	whole(): Step[] | null {
		const steps = this.alternatives();
		return this.isRefused || this.at < this.text.length || steps.length > MOST_STEPS ? null : steps;
	}

	/** Nothing more is read: the pattern is refused as a whole. */
	private refuse(): Step[] {
		this.isRefused = true;
		this.at = this.text.length;
		return [];
	}

	private take(word: string): boolean {
		if (!this.text.startsWith(word, this.at)) return false;
		this.at += word.length;
		return true;
	}

	private match(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text);
		if (found !== null) this.at = pattern.lastIndex;
		return found;
	}

	private alternatives(): Step[] {
		let steps = this.sequence();
		while (this.take('|')) steps = either(steps, this.sequence());
		return steps;
	}

	private sequence(): Step[] {
		const parts: Step[][] = [];
		while (this.at < this.text.length && !'|)'.includes(this.text.charAt(this.at))) {
			parts.push(this.counted(this.one()));
		}
		return joined(parts);
	}

	private one(): Step[] {
		for (const [word, holds] of LOOKS) if (this.take(word)) return [{ kind: 'look', holds }];
		if (this.take('(')) {
			if (!this.take('?:') && this.text.charAt(this.at) === '?') return this.refuse();
			const inner = this.alternatives();
			return this.take(')') ? inner : this.refuse();
		}
		const atom = this.match(ATOM)?.[0];
		if (atom === undefined) return this.refuse();
		const test = new RegExp(`^${atom}$`, 'iu');
		return [{ kind: 'read', fits: (character) => test.test(character) }];
	}

	private counted(part: Step[]): Step[] {
		const count = this.match(COUNT);
		if (count === null) return part;
		// Few or many makes no difference to whether a pattern holds.
		this.take('?');
		const [sign, least, upTo, most] = count;
		if (sign === '*') return anyNumber(part);
		if (sign === '?') return optional(part);
		if (sign === '+') return repeated(part, 1, Number.POSITIVE_INFINITY);
		const from = Number(least);
		const to = upTo === undefined ? from : Number(most);
		if ((Math.max(from, to) + 1) * (part.length + 1) > MOST_STEPS) return this.refuse();
		return repeated(part, from, most === '' ? Number.POSITIVE_INFINITY : to);
	}
}

/** JavaScript decides what is an expression at all: ranges, escapes, brackets. */
function isExpression(pattern: string): boolean {
	try {
		new RegExp(pattern, 'iu');
		return true;
	} catch {
		return false;
	}
}

/**
 * The steps of a regular expression.
 * @param pattern as in JavaScript with the flags `i` and `u`
 * @returns null when it is no such expression, has look-around or back references, or is too large
 */
export function parsePattern(pattern: string): Step[] | null {
	return isExpression(pattern) ? new Reader(pattern).whole() : null;
}
