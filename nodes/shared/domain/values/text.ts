import { wholeCharacters } from './cut';
import { withoutInvisible } from './invisible';

/** Longest title: Halo keeps 255 characters of a summary, some room is left for telling two titles apart. */
const LONGEST_TITLE = 300;
/** Longest name, address, user or product: longer ones are not names. */
const LONGEST_NAME = 500;
/** Longest description or remediation: what a technician reads; the rest is kept in the source. */
const LONGEST_TEXT = 20_000;

const SECRET_WORDS =
	'(?:routing_?key|access_?token|refresh_?token|api_?key|client_?secret|secret|password|passwd|token|authorization)';

/** A value behind the name of a secret and a sign: `password=…`, `"token":"…"`, `--secret=…`. */
const NAMED = new RegExp(
	`\\b(${SECRET_WORDS}["']?\\s*[:=]\\s*["']?)(?!\\[hidden\\])(?!bearer\\b|basic\\b)([^\\s"'&,;}]{4,})`,
	'gi',
);
/** What HTTP sends to sign in, with the header's name before it or without. */
const SIGN_IN =
	/\b(authorization["']?\s{0,9}[:=]\s{0,9}["']?)?\b(bearer|basic)(\s+)([\w.~+/=-]{8,})/gi;
const PASSWORD_IN_ADDRESS = /(\/\/[^/\s:@]+:)[^/\s@]+@/g;
/** Letters alone, as in `Weak password: administrator`, are a word of the sentence. */
const WORD = /^\p{L}+[.!?)]*$/u;
/** Shorter ones with digits are numbers of versions and products: `Bearer RFC6750`. */
const SHORTEST_TOKEN = 16;

/** A run that may be a JSON web token. Taken whole, so that no part of a text is walked twice. */
const TOKEN_RUN = /\beyJ[\w.-]*/g;
const TOKEN_HEAD = /eyJ[\w-]{8}/;
/** Shorter parts are no JSON in base64. */
const SHORTEST_TOKEN_PART = 8;

/** Every control character; line feed and tab are dealt with before. */
const CONTROL = /\p{Cc}/gu;
/** Half of a character outside the basic plane, which no database stores. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function cut(text: string, longest: number): string {
	return text.length > longest ? `${wholeCharacters(text, longest - 1).trimEnd()}…` : text;
}

function isToken(run: string): boolean {
	const parts = run.split('.');
	return parts.some(
		(part, index) =>
			TOKEN_HEAD.test(part) && (parts[index + 1] ?? '').length >= SHORTEST_TOKEN_PART,
	);
}

/** True for what signs in: user and password in base64, or a token that is no word. */
function signsIn(scheme: string, value: string): boolean {
	if (scheme.toLowerCase() === 'basic') {
		return /^[\x20-\x7e]+:/.test(Buffer.from(value, 'base64').toString('latin1'));
	}
	return value.length >= SHORTEST_TOKEN && /\d/.test(value);
}

function withoutNamed(text: string): string {
	return text.replace(NAMED, (found: string, before: string, value: string) => {
		// A colon and a space are how sentences are written; `=` and quotes are how values are.
		const isSentence = /:\s+$/.test(before.slice(-3));
		return isSentence && WORD.test(value) ? found : `${before}[hidden]`;
	});
}

function withoutSignIn(text: string): string {
	return text.replace(
		SIGN_IN,
		(found: string, header: string | undefined, scheme: string, space: string, value: string) =>
			header !== undefined || signsIn(scheme, value)
				? `${header ?? ''}${scheme}${space}[hidden]`
				: found,
	);
}

/**
 * Hides what is a secret: bearer and basic values, JSON web tokens, `password=…` and its like, the password in
 * a URL. Sentences about passwords and basic authentication stay as they are, and so does everything else.
 */
export function hideSecrets(text: string): string {
	const shown = text.replace(TOKEN_RUN, (run) => (isToken(run) ? '[hidden]' : run));
	return withoutNamed(withoutSignIn(shown)).replace(PASSWORD_IN_ADDRESS, '$1[hidden]@');
}

function clean(text: string): string {
	return text.replace(LONE_SURROGATE, '\uFFFD');
}

function oneLine(text: string, longest: number): string {
	// The cut before cleaning keeps a text of megabytes from being searched for secrets.
	const shown = withoutInvisible(text.slice(0, longest * 4));
	return clean(shown.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
}

/** A title on one line, at most 300 characters, without control characters; null when nothing is left. */
export function cleanTitle(text: string): string | null {
	const line = hideSecrets(oneLine(text, LONGEST_TITLE));
	return line === '' ? null : cut(line, LONGEST_TITLE);
}

/** A name, address or product on one line, at most 500 characters; null when nothing is left.
 * Nothing in it is hidden: two companies whose names were hidden in part would be one. */
export function cleanName(text: string): string | null {
	const line = oneLine(text, LONGEST_NAME);
	return line === '' ? null : cut(line, LONGEST_NAME);
}

/** A text of several lines, at most 20,000 characters, without other control characters; null when nothing is left. */
export function cleanText(text: string): string | null {
	const lines = withoutInvisible(text.slice(0, LONGEST_TEXT * 2))
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(CONTROL, (character) => (character === '\n' || character === '\t' ? character : ''));
	const trimmed = hideSecrets(clean(lines)).trim();
	return trimmed === '' ? null : cut(trimmed, LONGEST_TEXT);
}
