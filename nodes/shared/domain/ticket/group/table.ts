import type { ScannerEvent } from '../../event/event';
import { toHtml, toLine } from '../text/details';
import { withoutOwnWords } from '../own-words';
import { noteText } from '../plan/note';

const START = 'scanmembers';
const END = 'endmembers';
const KEY = /\b[a-z]{12}\b/i;

/** Rows of the table; more make a ticket that nobody reads and that Halo opens slowly. */
const MOST_ROWS = 200;
const CELL_LENGTH = 200;
const CELL = 'padding:2px 8px;border:1px solid #ccc;text-align:left;vertical-align:top';
const SMALL = 'color:#888;font-size:11px';

/** One row of the table: its HTML, and its text for notes. */
export interface MemberRow {
	html: string;
	label: string;
}

/** A member as one line for people: `high, SRV-01, OpenSSL out of date`. */
export function memberLabel({ severity, asset, title }: ScannerEvent): string {
	const where = asset.name ?? asset.ip ?? asset.id;
	return [severity, where, toLine(title)].filter((part) => part !== null && part !== '').join(', ');
}

/** The row of a member that an event reports. */
export function memberRow(key: string, event: ScannerEvent): MemberRow {
	const cells = [
		event.severity,
		event.asset.name ?? event.asset.ip ?? event.asset.id ?? '',
		toLine(event.title),
		event.product ?? '',
		event.firstSeen ?? event.time,
		event.lastSeen ?? '',
	];
	const shown = cells.map((cell) => `<td style="${CELL}">${toHtml(cell, CELL_LENGTH)}</td>`);
	return {
		// Two cells that are harmless alone may make one of our words where the HTML becomes plain text.
		html: withoutOwnWords(`<tr>${shown.join('')}<td style="${CELL};${SMALL}">${key}</td></tr>`),
		label: memberLabel(event),
	};
}

/** Where the marked part of the details begins and ends, behind the first mark and before the second. */
function blockOf(detailsHtml: string): { from: number; to: number } | null {
	const start = detailsHtml.indexOf(START);
	const to = start === -1 ? -1 : detailsHtml.indexOf(END, start + START.length);
	return to === -1 ? null : { from: start + START.length, to };
}

/** Elements of one name in the order in which they stand, from `<tr` to `</tr>`. Walks the text once. */
function elementsIn(html: string, name: string): string[] {
	const found: string[] = [];
	// Halo's editor may write tags in capitals; only these letters change, so that every place stays.
	const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
	let from = lower.indexOf(`<${name}`);
	while (from !== -1) {
		const end = lower.indexOf(`</${name}>`, from);
		if (end === -1) break;
		const to = end + name.length + '</>'.length;
		const isOther = /\w/.test(lower.charAt(from + 1 + name.length));
		if (!isOther) found.push(html.slice(from, to));
		from = lower.indexOf(`<${name}`, isOther ? from + 1 : to);
	}
	return found;
}

/** The rows that stand in the details of a ticket, by key of the member. */
export function rowsIn(detailsHtml: string): Map<string, MemberRow> {
	const rows = new Map<string, MemberRow>();
	const block = blockOf(detailsHtml);
	const inner = block === null ? '' : detailsHtml.slice(block.from, block.to);
	for (const html of elementsIn(inner, 'tr')) {
		const cells = elementsIn(html, 'td').map(noteText);
		const key = KEY.exec(cells.at(-1) ?? '')?.[0];
		if (key === undefined) continue;
		const [severity = '', asset = '', title = ''] = cells;
		const label = [severity, asset, title].filter((part) => part !== '').join(', ');
		rows.set(key, { html, label });
	}
	return rows;
}

/** Struck through: no longer reported, and people were not told yet. */
function struck(html: string): string {
	return html.replace(/^<tr\b[^>]*>/i, '<tr style="text-decoration:line-through">');
}

/**
 * The table with its marks around it.
 * @param open keys of all open members, in the order in which they came
 * @param rows rows that are known; an open member without one is counted only
 * @param gone keys of members that went since the last note: their rows stay until it is written
 */
export function memberTable(
	open: readonly string[],
	rows: ReadonlyMap<string, MemberRow>,
	gone: readonly string[] = [],
): string {
	const shown = open.flatMap((key) => rows.get(key)?.html ?? []).slice(0, MOST_ROWS);
	const crossed = gone.flatMap((key) => rows.get(key)?.html ?? []).slice(0, MOST_ROWS);
	const rest = open.length - shown.length;
	const head = ['Severity', 'Asset', 'Finding', 'Product', 'First seen', 'Last seen', ''].map(
		(label) => `<th style="${CELL}">${label}</th>`,
	);
	const more = rest > 0 ? `<p>${rest} more</p>` : '';
	return [
		`<p style="${SMALL}">${START}</p>`,
		`<p><b>${open.length} open</b></p>`,
		`<table style="border-collapse:collapse"><tr>${head.join('')}</tr>${[...shown, ...crossed.map(struck)].join('')}</table>${more}`,
		`<p style="${SMALL}">${END}</p>`,
	].join('\n');
}

/** Puts a new table where the old one stands. Details without one, because a person rewrote them, stay as they are. */
export function replaceTable(detailsHtml: string, table: string): string {
	const old = blockOf(detailsHtml);
	const fresh = blockOf(table);
	if (old === null || fresh === null) return detailsHtml;
	return `${detailsHtml.slice(0, old.from)}${table.slice(fresh.from, fresh.to)}${detailsHtml.slice(old.to)}`;
}
