import type { HaloAnswer } from './answers';
import { HaloRefusal, modelState } from './answers';
import { readDate } from '../state/dates';
import type { Query } from './query';
import type { HaloVariants } from '../state/variants';

/** One element of a POST body, read field by field; a value that cannot be bound ends in a ModelState 400. */
export class Draft {
	constructor(
		private readonly record: object,
		private readonly index: number,
	) {}

	private value(name: string): unknown {
		return Object.hasOwn(this.record, name) ? Reflect.get(this.record, name) : undefined;
	}

	has(name: string): boolean {
		const value = this.value(name);
		return value !== undefined && value !== null;
	}

	/** The same record with some of its members left out, as if they had not been sent. */
	without(isLeftOut: (name: string) => boolean): Draft {
		const members = Object.entries(this.record).filter(([name]) => !isLeftOut(name));
		return new Draft(Object.fromEntries(members), this.index);
	}

	/** A whole number; text of digits alone is accepted as Halo accepts it, `"95.0"` is not. */
	integer(name: string): number | undefined {
		const value = this.value(name);
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'number' && Number.isInteger(value)) return value;
		if (typeof value === 'string' && /^-?\d+$/.test(value.trim())) return Number(value);
		throw modelState(this.index, name, value);
	}

	decimal(name: string): number | undefined {
		const value = this.value(name);
		if (value === undefined || value === null) return undefined;
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isFinite(number)) return number;
		throw modelState(this.index, name, value);
	}

	text(name: string): string | undefined {
		const value = this.value(name);
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'string') return value;
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		throw modelState(this.index, name, value);
	}

	flag(name: string): boolean | undefined {
		const value = this.value(name);
		if (value === undefined || value === null) return undefined;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		throw modelState(this.index, name, value);
	}

	/** Milliseconds; null for 1900 and its like; undefined when not sent. */
	date(name: string): number | null | undefined {
		const text = this.text(name);
		if (text === undefined) return undefined;
		if (Number.isNaN(Date.parse(text.replace(/(\.\d{3})\d+/, '$1')))) {
			throw modelState(this.index, name, text);
		}
		return readDate(text);
	}

	/** The objects of a nested list; undefined when not sent. */
	list(name: string): Draft[] | undefined {
		const value = this.value(name);
		if (value === undefined || value === null) return undefined;
		if (!Array.isArray(value)) throw modelState(this.index, name, value);
		return value.map((member: unknown) => {
			if (typeof member !== 'object' || member === null) throw modelState(this.index, name, member);
			return new Draft(member, this.index);
		});
	}

	/** The value as it came, for custom fields. */
	raw(name: string): unknown {
		return this.value(name);
	}
}

/** The records of a POST body. Anything but an array of objects is a 400, also one bare object. */
export function readRecords(body: unknown): Draft[] {
	if (!Array.isArray(body)) {
		throw new HaloRefusal({
			status: 400,
			body: { '': ['Cannot deserialize the current JSON: the type requires a JSON array.'] },
		});
	}
	return body.map((record: unknown, index) => {
		if (typeof record !== 'object' || record === null || Array.isArray(record)) {
			throw modelState(index, '', record);
		}
		return new Draft(record, index);
	});
}

/**
 * The answer to a POST: the last record alone, also when several were sent; all of them with `returnall=true`.
 * `wrapSingle` is the version of Halo that answers an array of one.
 */
export function writeAnswer(
	status: number,
	query: Query,
	records: readonly unknown[],
	wrapSingle: boolean,
): HaloAnswer {
	if (query.flag('returnall')) return { status, body: records };
	const last = records[records.length - 1] ?? null;
	return { status, body: wrapSingle ? [last] : last };
}

/** How a tenant answers a new record. @param key its name in lists */
export function asCreateAnswer(
	{ createAnswer }: Pick<HaloVariants, 'createAnswer'>,
	answer: HaloAnswer,
	key: string,
): HaloAnswer {
	if (createAnswer === 'object') return answer;
	return { ...answer, body: { record_count: 1, [key]: [answer.body] } };
}
