/** A body that is not read, with the status and the words that its sender gets. */
export class BodyError extends Error {
	constructor(
		readonly status: 400 | 413 | 415,
		message: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'BodyError';
	}
}

/** What a body is written in when nothing says otherwise (RFC 8259). */
const DEFAULT_CHARSET = 'utf-8';

/** The first bytes of a text that say what it is written in; `{` and a NUL are JSON in UTF-16 without a mark. */
const BEGINNINGS: ReadonlyArray<readonly [bytes: readonly number[], charset: string]> = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];
const UNMARKED: typeof BEGINNINGS = [
	[[0x7b, 0], 'utf-16le'],
	[[0x5b, 0], 'utf-16le'],
	[[0, 0x7b], 'utf-16be'],
	[[0, 0x5b], 'utf-16be'],
];

/** Windows-1252 from 0x80 on, which Node.js 20 reads as control characters (https://encoding.spec.whatwg.org). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function beginning(bytes: Uint8Array, known: typeof BEGINNINGS): string | null {
	return known.find(([first]) => first.every((byte, at) => bytes[at] === byte))?.[1] ?? null;
}

/** The charset that a Content-Type names; null when it names none. */
function charsetOf(contentType: string): string | null {
	for (const parameter of contentType.split(';').slice(1)) {
		const [name = '', ...value] = parameter.split('=');
		const charset = value.join('=').trim().replace(/^"|"$/g, '');
		if (name.trim().toLowerCase() === 'charset' && charset !== '') return charset;
	}
	return null;
}

function unknownCharset(charset: string): BodyError {
	const message = `The charset ${charset.slice(0, 40)} of the body is not known.`;
	return new BodyError(415, message, 'Send UTF-8.');
}

function noText(charset: string, isTold: boolean): BodyError {
	return new BodyError(
		400,
		`The body is no text in ${charset}.`,
		isTold
			? 'Send the body in the charset that it names.'
			: 'Send UTF-8, or name the charset in the Content-Type.',
	);
}

/**
 * The text of a body. A byte order mark says what it is written in, else its Content-Type, else it is UTF-8. The mark
 * is no part of the text.
 * @param contentType value of the header as it came; '' when there is none
 * @throws BodyError for a charset that is not known, and for bytes that are no text in it
 */
export function bodyText(bytes: Uint8Array, contentType: string): string {
	const told = beginning(bytes, BEGINNINGS) ?? charsetOf(contentType);
	const charset = told ?? beginning(bytes, UNMARKED) ?? DEFAULT_CHARSET;
	let decoder: InstanceType<typeof TextDecoder>;
	let text: string;
	try {
		decoder = new TextDecoder(charset, { fatal: true });
	} catch {
		throw unknownCharset(charset);
	}
	try {
		text = decoder.decode(bytes);
	} catch {
		throw noText(charset, told !== null);
	}
	if (decoder.encoding !== 'windows-1252') return text;
	return text.replace(
		/[\u0080-\u009f]/g,
		(control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control,
	);
}
