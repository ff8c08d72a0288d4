/** What HTML and XML write for signs of their own, and the sign. */
const SIGNS: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
	// Marks of writing direction: nobody sees them, and Datto RMM has them written out in its texts.
	lrm: '\u200e',
	rlm: '\u200f',
};

function signOf(entity: string, decimal?: string, hexadecimal?: string, name?: string): string {
	if (name !== undefined) return SIGNS[name.toLowerCase()] ?? entity;
	const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
	const isSign = code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isSign ? String.fromCodePoint(code) : entity;
}

/** A text without its HTML entities, decoded once: `&amp;lt;` was written as `&lt;`. */
export function decodedOnce(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp|lrm|rlm));/gi,
		(entity: string, decimal?: string, hexadecimal?: string, name?: string) =>
			signOf(entity, decimal, hexadecimal, name),
	);
}
