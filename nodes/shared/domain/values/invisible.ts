/**
 * Format characters (soft hyphen, marks and overrides of direction, joiners, tags), all that Unicode tells programs to
 * show as nothing (fillers, variation selectors), and code points that are no characters. They hide words from people,
 * or turn round how a text reads. Kinds of Unicode, not a list: new ones are of the same kinds.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Those, control characters and halves of a character: PostgreSQL refuses a row for some of them. */
const UNSHOWN =
	/[\p{Cc}\p{Cf}\p{Surrogate}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** A text with every character that nobody sees written out, as `\u202e`, for whoever looks for what is wrong with it. */
export function withShownCharacters(text: string): string {
	return text.replace(
		UNSHOWN,
		(character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
	);
}

/** A text without characters that nobody sees; control characters, line breaks and tabs among them, stay. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}
