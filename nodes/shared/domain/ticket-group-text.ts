import type { ScannerEvent } from './event';
import { memberTable, type MemberRow } from './ticket-member-table';
import type { TicketState } from './ticket-state';
import { footerHtml, toHtml, toLine } from './ticket-text';

/** Lines of one list in a note before "N more". */
const SHOWN_LINES = 20;

/** How Evaluate Event Set names the grouping inside a group key. */
const GROUPING = /\|by ([a-z ]+)\|/;

function companyOf({ company }: ScannerEvent): string {
	return company.displayName ?? company.name ?? company.id ?? 'this company';
}

function assetOf({ asset }: ScannerEvent): string {
	return asset.name ?? asset.ip ?? asset.id ?? 'one asset';
}

/** Title of a grouped ticket: what its members have in common, never one of them. */
export function groupTitle(groupKey: string, event: ScannerEvent): string {
	const grouping = GROUPING.exec(groupKey)?.[1] ?? 'company';
	const product = event.product ?? 'one product';
	if (grouping === 'asset') return `Findings on ${assetOf(event)}`;
	if (grouping === 'product') return `Findings in ${product}`;
	if (grouping === 'asset and product') return `Findings in ${product} on ${assetOf(event)}`;
	return `Findings at ${companyOf(event)}`;
}

export interface GroupDetails {
	groupKey: string;
	event: ScannerEvent;
	reference: string;
	state: TicketState;
	rows: ReadonlyMap<string, MemberRow>;
	remarks: readonly string[];
}

/** Body of a grouped ticket: what it is, the table of its members, what to do about the product, and our own words. */
export function groupDetailsHtml(input: GroupDetails): string {
	const { event, groupKey, reference, remarks, rows, state } = input;
	const keys = (state.members ?? []).map(({ key }) => key);
	const parts = [
		`<p><b>${toHtml(toLine(groupTitle(groupKey, event)))}</b></p>`,
		`<p>${toHtml(`Company: ${companyOf(event)}`)}<br>${toHtml(`Source: ${event.source}`)}</p>`,
		memberTable(keys, rows),
	];
	const byProduct = /\|by [a-z ]*product\|/.test(groupKey);
	if (byProduct && event.remediation !== null && event.remediation.trim() !== '') {
		parts.push(`<p><b>Remediation</b><br>${toHtml(event.remediation, 10_000)}</p>`);
	}
	for (const remark of remarks) parts.push(`<p>${toHtml(remark)}</p>`);
	parts.push(footerHtml(state, reference));
	return parts.join('\n');
}

function listOf(title: string, labels: readonly string[], count: number): string[] {
	if (count === 0) return [];
	const shown = labels.slice(0, SHOWN_LINES).map((label) => `- ${label}`);
	const rest = count - shown.length;
	return [`${title} ${count}`, ...shown, ...(rest > 0 ? [`- ${rest} more`] : [])];
}

export interface GroupNews {
	source: string;
	/** Labels of those that are known, and how many there are. */
	came: { labels: readonly string[]; count: number };
	went: { labels: readonly string[]; count: number };
	open: number;
	/** A sentence about the severity; null when it did not rise. */
	severity: string | null;
}

/** Note for people about a group: who came, who went, how many are open. */
export function groupNote({ source, came, went, open, severity }: GroupNews): string {
	return [
		...(severity === null ? [] : [severity]),
		...listOf(`${source}: added`, came.labels, came.count),
		...listOf(`${source}: no longer reported`, went.labels, went.count),
		`${open} open.`,
	].join('\n');
}
