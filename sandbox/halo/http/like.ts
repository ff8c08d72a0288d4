import type { HaloSwitches } from '../state/switches';

const REGEX_SPECIAL = /[.*+?^${}()|\\/\]-]/g;

/**
 * `column LIKE '%term%'` as SQL Server compares it: any case, `%` any run, `_` any one character,
 * `[abc]` one of a set. A term that holds these characters finds more, or other, rows than its letters say.
 */
export function likePattern(term: string): RegExp {
	let pattern = '';
	for (let at = 0; at < term.length; at += 1) {
		const character = term.charAt(at);
		const close = character === '[' ? term.indexOf(']', at + 1) : -1;
		if (character === '%') pattern += '[\\s\\S]*';
		else if (character === '_') pattern += '[\\s\\S]';
		else if (close > at + 1) {
			pattern += characterClass(term.slice(at + 1, close));
			at = close;
		} else if (character === '[') return /(?!)/;
		else pattern += character.replace(REGEX_SPECIAL, '\\$&');
	}
	return new RegExp(pattern, 'i');
}

function characterClass(inside: string): string {
	const negated = inside.startsWith('^');
	const members = (negated ? inside.slice(1) : inside).replace(/[\\\]^[]/g, '\\$&');
	try {
		new RegExp(`[${members}]`);
	} catch {
		// A range such as [9-0] matches nothing in SQL Server.
		return '(?!)';
	}
	return `[${negated ? '^' : ''}${members}]`;
}

/** Every word of the term stands in the text as a whole word, as a full-text index finds it. */
export function fullTextMatches(text: string, term: string): boolean {
	const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
	const wanted = term.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return wanted.length > 0 && wanted.every((word) => words.has(word));
}

/** How a tenant's search of a text column finds; see the switch `textSearch`. @returns null = the term is ignored */
export function textSearch(
	way: HaloSwitches['textSearch'],
	term: string,
): ((text: string) => boolean) | null {
	switch (way) {
		case 'ignored':
			return null;
		case 'full-text':
			return (text) => fullTextMatches(text, term);
		case 'long-words':
			return (text) =>
				fullTextMatches(
					text,
					term.replace(/(?<![\p{L}\p{N}])[\p{L}\p{N}]{1,2}(?![\p{L}\p{N}])/gu, ' '),
				);
		case 'equal':
			return (text) => text.toLowerCase() === term.toLowerCase();
		case 'prefix':
			return (text) => ` ${text}`.toLowerCase().includes(` ${term.toLowerCase()}`);
		case 'like': {
			const pattern = likePattern(term);
			return (text) => pattern.test(text);
		}
	}
}
