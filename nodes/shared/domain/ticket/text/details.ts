import type { ScannerEvent, Severity } from '../../event/event';
import { wholeCharacters } from '../../values/cut';
import { forHtml } from '../../values/escape';
import { SUMMARY_LENGTH } from '../noted-state';
import { withoutOwnWords } from '../own-words';
import { referenceMarker } from '../reference';
import { withoutInvisible } from '../../values/invisible';
import { encodeState, type TicketState } from '../state';

/** Longer texts make Halo's gateway fail on large tickets; nobody reads more at 2 a.m. */
const DESCRIPTION_LENGTH = 20_000;
const REMEDIATION_LENGTH = 10_000;
const FACT_LENGTH = 500;
/** Half of an address leads nowhere: a longer one is shown, and is no link. */
const LINK_LENGTH = 2_000;
/** CVE numbers shown before "N more". */
const SHOWN_CVES = 20;

/** Control characters other than tabs and line breaks. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

function cut(text: string, length: number): string {
	const shown = wholeCharacters(text, length);
	return shown === text
		? text
		: `${shown.trimEnd()} … (${text.length - shown.length} more characters)`;
}

function clean(text: string): string {
	return withoutOwnWords(withoutInvisible(text).replace(CONTROL, '').replace(/\r\n?/g, '\n'));
}

/** A text of a source as HTML: escaped, control characters out, our own words defused, line breaks kept. */
export function toHtml(text: string, length = DESCRIPTION_LENGTH): string {
	return forHtml(cut(clean(text), length)).replace(/\n/g, '<br>');
}

/** A text of a source on one line. */
export function toLine(text: string): string {
	return clean(text.replace(/[\t\n\r\u2028\u2029]+/g, ' '))
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * Summary of a ticket: the title, shortened where needed, and the marker at the end.
 * @returns at most 255 characters
 */
export function summaryText(title: string, reference: string): string {
	const marker = referenceMarker(reference);
	const room = SUMMARY_LENGTH - marker.length - 1;
	const line = toLine(title) || 'Finding without a title';
	if (line.length <= room) return `${line} ${marker}`;
	return `${wholeCharacters(line, room - 1).trimEnd()}… ${marker}`;
}

function companyOf({ company }: ScannerEvent): string | null {
	return company.displayName ?? company.name ?? company.id;
}

function joined(...parts: Array<string | null>): string | null {
	const filled = parts.filter((part): part is string => part !== null && part !== '');
	return filled.length === 0 ? null : filled.join(', ');
}

function cvesOf({ cves }: ScannerEvent): string | null {
	const rest = cves.length - SHOWN_CVES;
	return joined(...cves.slice(0, SHOWN_CVES), rest > 0 ? `${rest} more` : null);
}

function severityOf(event: ScannerEvent): string {
	const raw = event.rawSeverity === null ? '' : ` (${event.source}: ${event.rawSeverity})`;
	return `${event.severity}${raw}`;
}

function facts(event: ScannerEvent): Array<[string, string | null]> {
	const { asset, user } = event;
	return [
		['Severity', severityOf(event)],
		['Company', companyOf(event)],
		['Asset', joined(asset.name, asset.ip, asset.mac, asset.serial)],
		['User', joined(user.name, user.email)],
		['Application', event.application],
		['Product', event.product],
		['CVE', cvesOf(event)],
		['CVSS', event.cvss === null ? null : String(event.cvss)],
		['EPSS', event.epss === null ? null : String(event.epss)],
		['Known exploited', event.kev ? 'yes' : null],
		['Category', joined(event.category, event.event)],
		['First seen', event.firstSeen],
		['Last seen', event.lastSeen],
		['Reported', event.time],
		['Source', event.source],
	];
}

/** Halo drops `<style>` blocks, so every style stands on its element. */
const CELL = 'padding:2px 8px;border:1px solid #ccc;text-align:left;vertical-align:top';

/** What is known about an event, as a table; every value escaped. */
export function factsTable(event: ScannerEvent): string {
	const rows = facts(event)
		.filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '')
		.map(
			([label, value]) =>
				`<tr><th style="${CELL}">${label}</th><td style="${CELL}">${toHtml(value, FACT_LENGTH)}</td></tr>`,
		);
	return `<table style="border-collapse:collapse">${rows.join('')}</table>`;
}

/** Only web addresses become links; anything else stays text. */
export function linkHtml(url: string): string {
	const shown = toHtml(url, FACT_LENGTH);
	return url.length <= LINK_LENGTH && /^https?:\/\/[^\s"'<>]+$/i.test(url)
		? `<p><a href="${toHtml(url)}">${shown}</a></p>`
		: `<p>${shown}</p>`;
}

/** The last lines of the details: our state and the marker. */
export function footerHtml(state: TicketState, reference: string): string {
	return `<p style="color:#888;font-size:11px">${encodeState(state)} ${referenceMarker(reference)}</p>`;
}

export interface DetailsInput {
	event: ScannerEvent;
	reference: string;
	state: TicketState;
	/** Lines of our own, in plain text, e.g. which earlier ticket this one follows. */
	remarks: readonly string[];
	/** Body out of a template, as HTML; the built-in one when left out. */
	bodyHtml?: string | null;
}

/** Body of a new ticket as HTML; every text of the source is escaped. */
export function detailsHtml(input: DetailsInput): string {
	const { bodyHtml, event, reference, remarks, state } = input;
	const parts = [bodyHtml ?? builtInBody(event)];
	for (const remark of remarks) parts.push(`<p>${toHtml(remark)}</p>`);
	parts.push(footerHtml(state, reference));
	return parts.join('\n');
}

function builtInBody(event: ScannerEvent): string {
	const parts = [`<p><b>${toHtml(toLine(event.title))}</b></p>`, factsTable(event)];
	if (event.description !== null && event.description.trim() !== '') {
		parts.push(`<p>${toHtml(event.description)}</p>`);
	}
	if (event.remediation !== null && event.remediation.trim() !== '') {
		parts.push(`<p><b>Remediation</b><br>${toHtml(event.remediation, REMEDIATION_LENGTH)}</p>`);
	}
	if (event.url !== null && event.url.trim() !== '') parts.push(linkHtml(event.url.trim()));
	return parts.join('\n');
}

/** Note for people when the severity changed. */
export function severityNote(event: ScannerEvent, before: Severity | null): string {
	const from = before === null || before === 'unknown' ? '' : ` from ${before}`;
	const seen = event.lastSeen === null ? '' : ` Last seen ${event.lastSeen}.`;
	return `${event.source}: severity changed${from} to ${event.severity}, reported ${event.time}.${seen}`;
}

/** Note on a ticket that is opened again. */
export function reopenNote(event: ScannerEvent): string {
	return `${event.source} reports the problem again, severity ${event.severity}, reported ${event.time}. Opened again.`;
}

/** Note on a ticket whose risk was accepted, or whose finding was called false, on the source's side. */
export function suppressedNote(event: ScannerEvent): string {
	const who = byWhom(event);
	const said = event.resolution?.note ?? null;
	return [
		`${event.source} no longer counts this as a problem (risk accepted or false positive), reported ${event.time}.`,
		who === null ? null : `By ${who}.`,
		said === null ? null : said,
		'The ticket stays open.',
	]
		.filter((part) => part !== null)
		.join(' ');
}

function byWhom({ resolution }: ScannerEvent): string | null {
	if (resolution === null) return null;
	const { byName, byEmail } = resolution;
	if (byName === null || byEmail === null) return byName ?? byEmail;
	return `${byName} (${byEmail})`;
}

/** Closure note in plain text: what was decided, by whom, for what scope. */
export function closureNote(event: ScannerEvent): string {
	const { resolution } = event;
	const who = byWhom(event);
	const lines = [
		`${event.source}: ${resolution?.reason ?? 'remediated'}, reported ${event.time}.`,
		who === null ? null : `By: ${who}`,
		resolution?.scope == null ? null : `Scope: ${resolution.scope}`,
		resolution?.note == null ? null : `Note: ${resolution.note}`,
	];
	return clean(lines.filter((line) => line !== null).join('\n'));
}
