/** Halo's answers are cut to this many characters: enough for its own sentence, too short for a page of HTML. */
const LONGEST_QUOTE = 500;

/** Text that carries a secret, in the forms that requests, tokens and error bodies use. */
const SECRET_PATTERNS: ReadonlyArray<[RegExp, string]> = [
	[/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, '$1 [hidden]'],
	[
		/((?:access_?token|refresh_?token|id_?token|client_?secret|secret|password|api_?key|authorization)["']?\s*[:=]\s*["']?)[^\s"'&,;}]+/gi,
		'$1[hidden]',
	],
];

/** A run that may be a JSON web token. Taken whole, so that no part of a text is walked twice. */
const TOKEN_RUN = /\beyJ[\w.-]*/g;

/** A secret as it stands in a text, in a form or address, and in JSON. */
function formsOf(secret: string): string[] {
	const form = new URLSearchParams({ '': secret }).toString().slice(1);
	return [secret, form, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/**
 * Takes secrets out of a text that a person or a log may see, and cuts it to 500 characters on one line.
 * @param text anything that came from outside
 * @param secrets values that must not appear, whatever stands around them
 */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets.flatMap(formsOf)) {
		if (secret !== '') clean = clean.split(secret).join('[hidden]');
	}
	clean = clean.replace(TOKEN_RUN, (run) => (run.includes('.') ? '[hidden]' : run));
	for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replace(pattern, replacement);
	clean = clean.replace(/\s+/g, ' ').trim();
	return clean.length > LONGEST_QUOTE ? `${clean.slice(0, LONGEST_QUOTE - 1)}…` : clean;
}
