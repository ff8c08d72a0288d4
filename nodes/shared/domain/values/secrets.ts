/**
 * How names end whose value is a credential, in any case, with or without `_` or `-` between words. One list for texts
 * on tickets, for errors, and for the payload that is kept beside an event: what one hides the others hide.
 */
const SECRET_NAME =
	/(?:token|secret|password|passwd|passphrase|pwd|authorization|(?:api|access|private|routing|secret|signing)[_-]?key)$/i;

/** `name=value`, `name: value`, `"name":"value"`; a value in quotes is taken whole. */
const ASSIGNED =
	/(?<![\w-])([\w-]+)(["']?[ \t]{0,3}[:=][ \t]{0,3})("[^"]*"?|'[^']*'?|[^\s"'&,;}<]+)/g;

/** What RFC 7235 puts before credentials. */
const SCHEME = /\b(basic|bearer)([ \t])([\w.~+/=-]{6,})/gi;
const BEFORE_SCHEME = /authorization["']?[ \t]?[:=][ \t]?["']?$/i;

/** Shorter ones with digits are numbers of versions and products: `Bearer RFC6750`. */
const SHORTEST_TOKEN = 16;

/** Longer than the words that stand before a scheme. */
const BEFORE_LENGTH = 24;

/** A run that may be a JSON web token. Taken whole, so that no part of a text is walked twice. */
const TOKEN_RUN = /\beyJ[\w.-]*/g;
const TOKEN_HEAD = /eyJ[\w-]{8}/;
/** Shorter parts are no JSON in base64. */
const SHORTEST_TOKEN_PART = 8;

/** The password of an address. */
const USERINFO = /(\/\/[^/\s:@]+:)[^/\s@]+@/g;

const HIDDEN = '[hidden]';

function isToken(run: string): boolean {
	const parts = run.split('.');
	return parts.some(
		(part, index) =>
			TOKEN_HEAD.test(part) && (parts[index + 1] ?? '').length >= SHORTEST_TOKEN_PART,
	);
}

/** Words of a sentence are letters; "Basic authentication" and "Weak password: administrator" hold no secret. */
function isWord(value: string): boolean {
	return /^[\p{L}\p{M}'’-]+[.!?)]*$/u.test(value);
}

/** True for what signs in: user and password in base64 (RFC 7617), or a token that is no word. */
function signsIn(scheme: string, value: string): boolean {
	if (scheme.toLowerCase() === 'basic') {
		return /^[\x20-\x7e]+:/.test(Buffer.from(value, 'base64').toString('latin1'));
	}
	return value.length >= SHORTEST_TOKEN && /\d/.test(value);
}

function hideScheme(
	match: string,
	scheme: string,
	gap: string,
	value: string,
	at: number,
	whole: string,
): string {
	const before = whole.slice(Math.max(0, at - BEFORE_LENGTH), at);
	const isSecret = BEFORE_SCHEME.test(before) || signsIn(scheme, value);
	return isSecret ? `${scheme}${gap}${HIDDEN}` : match;
}

function hideAssigned(match: string, name: string, sign: string, value: string): string {
	if (!isSecretName(name) || value.startsWith('[') || /^(?:basic|bearer)$/i.test(value))
		return match;
	const isProse = /^:[ \t]+$/.test(sign) && isWord(value);
	if (isProse) return match;
	const quote = value.startsWith('"') ? '"' : value.startsWith("'") ? "'" : '';
	const end = quote !== '' && value.length > 1 && value.endsWith(quote) ? quote : '';
	return `${name}${sign}${quote}${HIDDEN}${end}`;
}

/** True for the name of a member or field whose value is a credential: `routing_key`, `clientSecret`, `id_token`. */
export function isSecretName(name: string): boolean {
	return SECRET_NAME.test(name);
}

/**
 * Hides what looks like a secret: values behind the words above, `Authorization: Basic …` and bearer tokens, JSON web
 * tokens, the password in an address. Words of a sentence stay, and names are never passed through here.
 */
export function hideSecrets(text: string): string {
	return text
		.replace(TOKEN_RUN, (run) => (isToken(run) ? HIDDEN : run))
		.replace(SCHEME, hideScheme)
		.replace(ASSIGNED, hideAssigned)
		.replace(USERINFO, `$1${HIDDEN}@`);
}
