import { isRecord } from '../../domain/values/json';
import { redact } from './redact';

/** Members that hold Halo's own words, in the order in which they are tried; any letter case. */
const WORD_MEMBERS = [
	'error_description',
	'errormessage',
	'message',
	'error',
	'title',
	'detail',
	'_warning',
];

/** Deeper than this no answer of Halo nests its words. */
const DEEPEST = 3;

function fromHtml(text: string): string {
	const title =
		/<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? /<h1[^<>]*>([^<]*)<\/h1>/i.exec(text)?.[1];
	return title === undefined || title.trim() === '' ? 'an HTML page without a title' : title;
}

function fromRecord(body: Record<string, unknown>, depth: number): string {
	const members = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
	for (const name of WORD_MEMBERS) {
		const words = wordsOf(members.get(name), depth + 1);
		if (words !== '') return words;
	}
	// What ASP.NET sends when a value cannot be bound: the field's name with a list of complaints.
	const fields = isRecord(members.get('errors')) ? members.get('errors') : body;
	return Object.entries(isRecord(fields) ? fields : {})
		.filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
		.map(
			([name, complaints]) =>
				`${name}: ${complaints.filter((c) => typeof c === 'string').join(' ')}`,
		)
		.join('; ');
}

function wordsOf(body: unknown, depth: number): string {
	if (depth > DEEPEST) return '';
	if (typeof body === 'string') {
		const text = body.trim();
		if (/^<(!doctype|html|head|body)/i.test(text)) return fromHtml(text);
		if (/^[[{"]/.test(text)) {
			try {
				return wordsOf(JSON.parse(text), depth + 1);
			} catch {
				return text;
			}
		}
		return text;
	}
	if (Array.isArray(body)) return wordsOf(body[0], depth + 1);
	return isRecord(body) ? fromRecord(body, depth) : '';
}

/**
 * Halo's own words in the body of an answer that failed: a JSON string, `{error, error_description}`, a .NET
 * exception, `{errorMessage}`, ModelState, plain text, an HTML page of a gateway, or nothing.
 * @returns one line without secrets, at most 500 characters; '' when the body says nothing
 */
export function readErrorWords(body: unknown, secrets: readonly string[] = []): string {
	return redact(wordsOf(body, 0), secrets);
}
