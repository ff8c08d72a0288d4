import { withoutInvisible } from './invisible';

/** Longest title: Halo keeps 255 characters of a summary, some room is left for telling two titles apart. */
const LONGEST_TITLE = 300;
/** Longest name, address, user or product: longer ones are not names. */
const LONGEST_NAME = 500;
/** Longest description or remediation: what a technician reads; the rest is kept in the source. */
const LONGEST_TEXT = 20_000;

/** Text that carries a secret, in the forms that scanners quote in annotations, command lines and logs. */
const SECRETS: ReadonlyArray<[RegExp, string]> = [
	[/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [hidden]'],
	[
		/\b((?:routing_?key|access_?token|refresh_?token|api_?key|client_?secret|secret|password|passwd|token|authorization)["']?\s*[:=]\s*["']?)(?!\[hidden\])(?!bearer\b|basic\b)[^\s"'&,;}]{4,}/gi,
		'$1[hidden]',
	],
	[/(\/\/[^/\s:@]+:)[^/\s@]+@/g, '$1[hidden]@'],
];

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
	return text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text;
}

function isToken(run: string): boolean {
	const parts = run.split('.');
	return parts.some(
		(part, index) =>
			TOKEN_HEAD.test(part) && (parts[index + 1] ?? '').length >= SHORTEST_TOKEN_PART,
	);
}

/**
 * Hides what looks like a secret: bearer and basic values, JSON web tokens, `password=…` and its like, the password in
 * a URL. Everything else stays as it is.
 */
export function hideSecrets(text: string): string {
	const shown = text.replace(TOKEN_RUN, (run) => (isToken(run) ? '[hidden]' : run));
	return SECRETS.reduce((clean, [pattern, by]) => clean.replace(pattern, by), shown);
}

function clean(text: string): string {
	return hideSecrets(text.replace(LONE_SURROGATE, '\uFFFD'));
}

function oneLine(text: string, longest: number): string | null {
	// The cut before cleaning keeps a text of megabytes from being searched for secrets.
	const shown = withoutInvisible(text.slice(0, longest * 4));
	const line = clean(shown.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
	return line === '' ? null : cut(line, longest);
}

/** A title on one line, at most 300 characters, without control characters; null when nothing is left. */
export function cleanTitle(text: string): string | null {
	return oneLine(text, LONGEST_TITLE);
}

/** A name, address or product on one line, at most 500 characters; null when nothing is left. */
export function cleanName(text: string): string | null {
	return oneLine(text, LONGEST_NAME);
}

/** A text of several lines, at most 20,000 characters, without other control characters; null when nothing is left. */
export function cleanText(text: string): string | null {
	const lines = withoutInvisible(text.slice(0, LONGEST_TEXT * 2))
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(CONTROL, (character) => (character === '\n' || character === '\t' ? character : ''));
	const trimmed = clean(lines).trim();
	return trimmed === '' ? null : cut(trimmed, LONGEST_TEXT);
}
