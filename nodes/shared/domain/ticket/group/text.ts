import type { ScannerEvent } from '../../event/event';
import { type MemberRow, memberTable, replaceTable } from './table';
import { remediationsHtml } from '../text/remediation';
import type { TicketState } from '../state';
import { footerHtml, toHtml, toLine } from '../text/details';
import { detailsWith } from '../plan/open';
import type { TicketView } from '../view';

/** New details: the table shows what is open, and what went until people were told. */
export function detailsOf(
	own: TicketView,
	state: TicketState,
	rows: ReadonlyMap<string, MemberRow>,
	reference: string,
): string {
	const keys = (state.members ?? []).map(({ key }) => key);
	const html = replaceTable(
		own.detailsHtml ?? toHtml(own.details),
		memberTable(keys, rows, state.went),
	);
	return detailsWith({ ...own, detailsHtml: html }, state, reference);
}

/** Lines of one list in a note before "N more". */
const SHOWN_LINES = 20;

const NO_ASSET: ScannerEvent['asset'] = { id: null, name: null, ip: null, mac: null, serial: null };

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

/**
 * What the members of a group have in common, as one event: for templates, so that none of them speaks for all.
 * @param event the one that leads
 */
export function groupEvent(groupKey: string, event: ScannerEvent): ScannerEvent {
	const grouping = GROUPING.exec(groupKey)?.[1] ?? 'company';
	const { asset, product } = event;
	return {
		...event,
		title: groupTitle(groupKey, event),
		description: null,
		url: null,
		cves: [],
		cvss: null,
		epss: null,
		rawSeverity: null,
		remediation: null,
		asset: grouping.includes('asset') ? asset : NO_ASSET,
		product: grouping.includes('product') ? product : null,
	};
}

export interface GroupDetails {
	groupKey: string;
	event: ScannerEvent;
	/** Open problems of this run, for what to do about each product. */
	members: readonly ScannerEvent[];
	/** Body out of a template, as HTML; it stands above the table of members. */
	bodyHtml: string | null;
	reference: string;
	state: TicketState;
	rows: ReadonlyMap<string, MemberRow>;
	remarks: readonly string[];
}

/** Body of a grouped ticket: what it is, the table of its members, what to do about the product, and our own words. */
export function groupDetailsHtml(input: GroupDetails): string {
	const { bodyHtml, event, groupKey, members, reference, remarks, rows, state } = input;
	const keys = (state.members ?? []).map(({ key }) => key);
	const title = `<p><b>${toHtml(toLine(groupTitle(groupKey, event)))}</b></p>`;
	const facts = `<p>${toHtml(`Company: ${companyOf(event)}`)}<br>${toHtml(`Source: ${event.source}`)}</p>`;
	const parts =
		bodyHtml === null
			? [title, facts, memberTable(keys, rows), remediationsHtml(members)]
			: [bodyHtml, memberTable(keys, rows)];
	for (const remark of remarks) parts.push(`<p>${toHtml(remark)}</p>`);
	parts.push(footerHtml(state, reference));
	return parts.filter((part) => part !== '').join('\n');
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
