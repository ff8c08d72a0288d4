import { DateTime } from 'luxon';

/** Epoch numbers below these are seconds, milliseconds, microseconds, and above the last one nanoseconds. */
const BELOW_IS_SECONDS = 1e11;
const BELOW_IS_MILLISECONDS = 1e14;
const BELOW_IS_MICROSECONDS = 1e17;
/** Earlier than any scanner: Go's zero time, -1 and an epoch of 0 mean "no time". */
const EARLIEST = Date.UTC(1980, 0, 1);
/** Later than any finding: a number read in the wrong unit ends here. */
const LATEST = Date.UTC(2200, 0, 1);

/** Date and time parts with separators or without, a fraction of any length, and a zone in any of its spellings. */
const DATE_TIME =
	/^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]?(\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?:[:.]?\d{2})?)?$/i;

function plausible(milliseconds: number): string | null {
	if (!(milliseconds >= EARLIEST && milliseconds < LATEST)) return null;
	return new Date(milliseconds).toISOString();
}

function fromNumber(value: number): string | null {
	if (value < BELOW_IS_SECONDS) return plausible(Math.round(value * 1000));
	if (value < BELOW_IS_MILLISECONDS) return plausible(Math.round(value));
	if (value < BELOW_IS_MICROSECONDS) return plausible(Math.floor(value / 1e3));
	return plausible(Math.floor(value / 1e6));
}

function zoneOf(written: string | undefined, fallback: string): string {
	if (written === undefined) return fallback;
	if (/^[A-Z]/i.test(written)) return 'utc';
	const digits = written.replace(/[:.]/g, '').padEnd(5, '0');
	return `UTC${digits.slice(0, 3)}:${digits.slice(3)}`;
}

/** Longer than any date of a mail header, with the name of its zone behind it. */
const LONGEST_MAIL_DATE = 60;

/** The date of a mail header (RFC 5322), which always names its zone. */
function fromMailDate(text: string): string | null {
	if (text.length > LONGEST_MAIL_DATE) return null;
	const time = DateTime.fromRFC2822(text);
	return time.isValid ? plausible(time.toMillis()) : null;
}

function fromText(text: string, zone: string): string | null {
	const parts = DATE_TIME.exec(text);
	if (parts === null) return fromMailDate(text);
	const [, year, month, day, hour, minute, second, fraction, offset] = parts;
	const time = DateTime.fromObject(
		{
			year: Number(year),
			month: Number(month),
			day: Number(day),
			hour: Number(hour ?? 0),
			minute: Number(minute ?? 0),
			second: Number(second ?? 0),
			millisecond: Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
		},
		{ zone: zoneOf(offset, zone) },
	);
	return time.isValid ? plausible(time.toMillis()) : null;
}

/** True for a text that is a date and a time and names no zone; false for a number, which is a time everywhere. */
export function namesNoZone(value: unknown): boolean {
	if (typeof value !== 'string' || isEpoch(value.trim())) return false;
	const parts = DATE_TIME.exec(value.trim());
	return parts !== null && parts.at(-1) === undefined;
}

/** Eight digits are a date without separators; ten and more are an epoch. */
function isEpoch(text: string): boolean {
	return /^-?\d+(\.\d+)?$/.test(text) && text.length !== 8;
}

/**
 * A time of any source as ISO 8601 in UTC with milliseconds, or null when there is none.
 * Takes epoch seconds, milliseconds, microseconds and nanoseconds as number or digits, and ISO-like text with `T` or a
 * space, with or without separators, up to 9 decimals, with `Z`, `+0000`, `-03:00` or no zone, and the date of a mail
 * header. Zero times, -1 and empty texts are null.
 * @param zone IANA name of the zone that a text without one is in
 */
export function toIsoTime(value: unknown, zone = 'utc'): string | null {
	if (typeof value === 'number') return fromNumber(value);
	// n8n's mail trigger, up to its version 2.1, leaves the date of a mail as it parsed it.
	if (value instanceof Date) return plausible(value.getTime());
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (isEpoch(text)) return fromNumber(Number(text));
	return fromText(text, zone);
}
