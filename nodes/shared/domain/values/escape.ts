/**
 * Text of people and sources for where it is shown: one function for each target, so that what is shown are the very
 * characters that came, and none of them is markup, a mention, a link in disguise or a header.
 */

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** For HTML, between tags or inside a quoted attribute. @param value null and undefined are an empty text */
export function forHtml(value: unknown): string {
	return String(value ?? '').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/**
 * For the text of a Slack message. Slack gives a meaning to `&`, `<` and `>` alone: `<!channel>` calls everybody,
 * `<https://…|words>` is a link under other words (https://docs.slack.dev/messaging/formatting-message-text).
 */
export function forSlack(value: unknown): string {
	return String(value ?? '').replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** For a Teams message of content type html, line breaks kept. `<at>` would be a mention. */
export function forTeams(value: unknown): string {
	return forHtml(value).replace(/\r\n?|\n/g, '<br>');
}

/** For the subject of a mail: one line, since what stands behind a line break would be a header. */
export function forMailSubject(value: unknown): string {
	return String(value ?? '')
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.trim();
}
