const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** HTML as Halo keeps it: `<style>` and `<script>` blocks are dropped. */
export function keptHtml(html: string): string {
	return html.replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, '');
}

/** The plain text that Halo derives from HTML for the field beside it. */
export function htmlToText(html: string): string {
	return keptHtml(html)
		.replace(/<br\s*\/?>/gi, '\n')
		.replace(/<\/(p|div|li|tr|h[1-6]|table|ul|ol|pre)\s*>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, decodeEntity)
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
	const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
	if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	return ENTITIES[name?.toLowerCase() ?? ''] ?? whole;
}

/** Plain text as the HTML field shows it. */
export function textToHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/\r?\n/g, '<br>');
}
