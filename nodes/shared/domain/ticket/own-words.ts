/**
 * The pack's own words, in texts that others wrote. A search for one of them, or a look at where a block begins, must
 * never meet a text of a source, of a template or of a person's note.
 */

/** What stands behind `scan` and behind `end` in our own words. */
const OWN =
	/scan(?=ref|state|note|members|roster|list|digest|resolved|unrecorded)|end(?=ref|state|note|members|roster|list)/g;

/** Texts of these signs only hold our words as they stand, if at all: most texts, so they are looked at fast. */
const PLAIN = /^[\t\n\r\x20-\x25\x27-\x3b\x3d-\x7e]*$/;
const OWN_PLAIN =
	/scan(?=ref|state|note|members|roster|list|digest|resolved|unrecorded)|end(?=ref|state|note|members|roster|list)/gi;

/** What neither shows nor parts a word: zero width, soft hyphen, marks on a letter, control; no-break spaces too. */
const HIDDEN =
	/^(?:(?![\t\n\r])\p{Cc}|\p{Cf}|\p{M}|\p{Default_Ignorable_Code_Point}|\p{Cs}|[\u00a0\u2007\u202f\u2060])$/u;

/** One sign as an entity of HTML, encoded once or more often. */
const ENTITY = /&(?:amp;)*(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,16}));?/iy;
/** Entities with a name that show nothing. */
const HIDDEN_NAMES = new Set([
	'nbsp',
	'shy',
	'zwj',
	'zwnj',
	'lrm',
	'rlm',
	'nobreak',
	'zerowidthspace',
	'wordjoiner',
	'invisiblecomma',
	'invisibletimes',
	'applyfunction',
]);

/** A tag or a comment: HTML as plain text is without them, so what stands on both sides of one becomes a word. */
const TAG = /<(?:!--(?:(?!-->)[\s\S]){0,2000}(?:-->)?|\/?[a-z][^<>]{0,2000}>)/iy;
const TAG_NAME = /^<\/?([a-z0-9]{1,10})/i;
/** Tags that become a line break there. Cells of a table do not. */
const LINES = new Set(
	'address blockquote br div h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'.split(' '),
);

/** Letters that a sign stands for: `ｓ` for s; empty for what does not show; a space for what parts words. */
function lettersFor(character: string): string {
	if (HIDDEN.test(character)) return '';
	const folded = character.normalize('NFKC').toLowerCase();
	return /^[a-z]+$/.test(folded) ? folded : ' ';
}

function characterAt(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

interface Unit {
	length: number;
	letters: string;
}

function unitAt(text: string, at: number): Unit {
	const sign = text[at];
	if (sign === '&') {
		ENTITY.lastIndex = at;
		const [entity, decimal, hexadecimal, name] = ENTITY.exec(text) ?? [];
		if (entity !== undefined) {
			const code = decimal ?? (hexadecimal === undefined ? undefined : `0x${hexadecimal}`);
			const letters =
				code === undefined
					? HIDDEN_NAMES.has((name ?? '').toLowerCase())
						? ''
						: ' '
					: lettersFor(characterAt(Number(code)));
			// A name that is no entity is letters behind a sign.
			if (code !== undefined || letters === '') return { length: entity.length, letters };
		}
		return { length: 1, letters: ' ' };
	}
	if (sign === '<') {
		TAG.lastIndex = at;
		const [tag] = TAG.exec(text) ?? [];
		if (tag === undefined) return { length: 1, letters: ' ' };
		const name = TAG_NAME.exec(tag)?.[1] ?? '';
		const parts = LINES.has(name.toLowerCase());
		return { length: tag.length, letters: parts ? ' ' : '' };
	}
	const character = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
	return { length: character.length, letters: lettersFor(character) };
}

/**
 * Takes our own words out of a text, so that it cannot claim the ticket of another problem: `scanref` becomes
 * `scan-ref`. Letter case, full-width letters, entities, tags inside a word and signs that do not show do not hide one.
 * Linear in the length of the text.
 */
export function withoutOwnWords(text: string): string {
	if (PLAIN.test(text)) return text.replace(OWN_PLAIN, '$&-');
	let letters = '';
	/** Where in the text each of the letters begins. */
	const places: number[] = [];
	for (let at = 0; at < text.length; ) {
		const unit = unitAt(text, at);
		for (const letter of unit.letters) {
			letters += letter;
			places.push(at);
		}
		at += unit.length;
	}
	let safe = '';
	let end = 0;
	for (const { 0: word, index } of letters.matchAll(OWN)) {
		const place = places[index + word.length] ?? text.length;
		safe += `${text.slice(end, place)}-`;
		end = place;
	}
	return safe + text.slice(end);
}
