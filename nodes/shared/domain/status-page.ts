import { parseMappingRow } from './company-mapping';
import type { CompanyMapping } from './company-mapping';
import { createCompanyResolver } from './resolve-company';
import type { Cell } from './status-html';
import { html, htmlPage, htmlTable } from './status-html';
import type { StatusInput, SyncStatus } from './status-input';
import { dayPlot } from './status-plot';
import type { TicketGroup } from './status-tickets';

/** Open tickets in Halo, or why they are not known. */
export type OpenTickets =
	| { kind: 'known'; groups: TicketGroup[]; total: number; capped: boolean }
	| { kind: 'unknown'; reason: string };

/** Requests that hosted Halo allows in any five minutes. */
const HALO_LIMIT = 300;
/** Longer lists help nobody on a phone. */
const SHOWN_ROWS = 50;
const STATES = ['new', 'failed', 'held', 'waiting', 'dead', 'done'];

const plain = (value: string): Cell => ({ content: html(value) });
const figure = (value: number): Cell => ({ content: String(value), isNumber: true });

/** Companies that no mapping places, and how many there are in all. */
export function mappingCoverage(input: StatusInput): {
	total: number;
	unmapped: StatusInput['companies'];
} {
	const mappings = input.mappings
		.map((row, index) => parseMappingRow(row, index + 1))
		.filter((mapping): mapping is CompanyMapping => mapping !== null);
	const resolve = createCompanyResolver(mappings, { referenceFirst: false, integration: null });
	const known = new Map(
		input.companies.map((company) => [
			JSON.stringify([company.source, company.id, company.name?.toLowerCase()]),
			company,
		]),
	);
	const companies = [...known.values()];
	const unmapped = companies.filter(({ source, id, name }) => {
		const company = { id, name, displayName: name, reference: null, domain: null };
		return resolve(source, company).kind !== 'mapped';
	});
	return { total: companies.length, unmapped };
}

function more(all: number): string {
	return all > SHOWN_ROWS ? `<p class="soft">${all - SHOWN_ROWS} more.</p>` : '';
}

function cards(input: StatusInput, tickets: OpenTickets): string {
	const byState = new Map(input.inbox.map((row) => [row.state, row]));
	const states = STATES.filter((state) => byState.has(state)).map((state) => {
		const row = byState.get(state);
		const tone = state === 'dead' && (row?.count ?? 0) > 0 ? ' bad' : '';
		return `<div class="card"><b class="${tone.trim()}">${row?.count ?? 0}${row?.capped === true ? '+' : ''}</b>${html(state)}</div>`;
	});
	const open =
		tickets.kind === 'known'
			? `<div class="card"><b>${tickets.total}${tickets.capped ? '+' : ''}</b>open tickets</div>`
			: '';
	const used = Math.round((100 * input.requests) / HALO_LIMIT);
	const budget = `<div class="card"><b>${used} %</b>of Halo's ${HALO_LIMIT} requests in 5 minutes (${input.requests})</div>`;
	return `<div class="cards">${states.join('')}${open}${budget}</div>`;
}

function syncRow(row: SyncStatus): Cell[] {
	const failing =
		row.lastErrorAt !== null && (row.lastSync === null || row.lastErrorAt > row.lastSync);
	const error =
		row.lastError === null
			? '<span class="good">none</span>'
			: `<span class="${failing ? 'bad' : 'soft'}">${html(row.lastErrorAt ?? '')} ${html(row.lastError)}</span>`;
	return [
		plain(row.integration === '' ? '(all)' : row.integration),
		plain(row.flow),
		plain(row.lastSync ?? 'never'),
		{ content: error },
	];
}

function ticketPart(tickets: OpenTickets): string {
	if (tickets.kind === 'unknown') {
		return `<p class="bad">Halo did not tell: ${html(tickets.reason)}</p>`;
	}
	if (tickets.groups.length === 0) return '<p class="soft">None.</p>';
	const rows = tickets.groups
		.slice(0, SHOWN_ROWS)
		.map(({ source, client, severity, count }) => [
			plain(client),
			plain(source),
			plain(severity),
			figure(count),
		]);
	return htmlTable(['Client', 'Source', 'Severity', 'Open'], rows) + more(tickets.groups.length);
}

function mappingPart(input: StatusInput): string {
	const { total, unmapped } = mappingCoverage(input);
	if (total === 0) return '<p class="soft">No company was seen yet.</p>';
	const share = Math.round((100 * (total - unmapped.length)) / total);
	const words = `<p>${total - unmapped.length} of ${total} companies are mapped (${share} %).</p>`;
	if (unmapped.length === 0) return words;
	const rows = unmapped
		.slice(0, SHOWN_ROWS)
		.map(({ source, id, name }) => [plain(name ?? '(no name)'), plain(id ?? ''), plain(source)]);
	return words + htmlTable(['Without a mapping', 'Id', 'Source'], rows) + more(unmapped.length);
}

function errorPart(input: StatusInput): string {
	if (input.errors.length === 0) return '<p class="good">None.</p>';
	const rows = [...input.errors]
		.reverse()
		.slice(0, SHOWN_ROWS)
		.map(({ at, direction, workflow, message }) => [
			plain(at),
			plain(`${direction}, ${workflow}`),
			plain(message),
		]);
	return htmlTable(['At', 'Where', 'Message'], rows);
}

/** The status page: HTML and SVG only, no script, nothing from elsewhere. @param at ISO 8601 in UTC */
export function statusPage(input: StatusInput, tickets: OpenTickets, at: string): string {
	const oldest = input.inbox
		.filter(({ state, oldest: since }) => state !== 'done' && since !== null)
		.map(({ state, oldest: since }) => `${state} since ${since ?? ''}`);
	const sync = input.sync.map(syncRow);
	return htmlPage(
		'Halo bridge',
		[
			`<h1>Halo bridge</h1><p class="soft">${html(at)}. Reload to see it as it is now.</p>`,
			`<h2>Inbox, tickets, requests</h2>${cards(input, tickets)}`,
			oldest.length === 0 ? '' : `<p class="soft">Oldest: ${html(oldest.join('; '))}.</p>`,
			`<h2>Tickets per day</h2>${dayPlot(input.days)}`,
			`<h2>Last Sync and Last Error</h2>${sync.length === 0 ? '<p class="soft">No flow has run yet.</p>' : htmlTable(['Integration', 'Flow', 'Last Sync', 'Last Error'], sync)}`,
			`<h2>Open tickets</h2>${ticketPart(tickets)}`,
			`<h2>Company mapping</h2>${mappingPart(input)}`,
			`<h2>Latest errors</h2>${errorPart(input)}`,
		].join(''),
	);
}
