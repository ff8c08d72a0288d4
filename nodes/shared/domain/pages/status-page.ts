import type { Concern } from './concerns';
import { concernsOf, HALO_LIMIT, isFailing } from './concerns';
import type { Cell } from './html';
import { forHtml } from '../values/escape';
import { htmlPage, htmlTable } from './html';
import type { InboxState, StatusInput, SyncStatus } from './status-input';
import type { MappingCoverage } from './mapping-coverage';
import { mappingCoverage } from './mapping-coverage';
import { dayPlot } from './plot';
import type { OpenTickets, TicketCount } from './ticket-counts';
import { minuteOf, sinceOf } from './ago';

/** Longer lists help nobody on a phone. */
const SHOWN_ROWS = 50;
/** Bars of one list; the longest list is that of the clients. */
const SHOWN_BARS = 15;

/** States of a row of halo_inbox in the order of its way, with what they mean. */
const STATES: ReadonlyArray<readonly [string, string]> = [
	['new', 'taken by the next run'],
	['failed', 'tried again by itself'],
	['held', 'company has no mapping'],
	['waiting', 'maintenance window'],
	['dead', 'waits for a person'],
	['done', 'handled so far'],
];

const plain = (value: string): Cell => ({ content: forHtml(value) });
const together = (value: string): Cell => ({
	content: `<span class="when">${forHtml(value)}</span>`,
});
const soft = (text: string): string => `<p class="soft">${forHtml(text)}</p>`;

function more(all: number, shown: number): string {
	return all > shown ? soft(`${all - shown} more.`) : '';
}

function banner(concerns: readonly Concern[]): string {
	if (concerns.length === 0) {
		return '<div class="banner good"><b>All is well.</b> Nothing waits for a person.</div>';
	}
	const isBad = concerns.some(({ tone }) => tone === 'bad');
	const items = concerns.map(
		({ tone, text }) => `<li class="${tone}"><span>${forHtml(text)}</span></li>`,
	);
	return `<div class="banner ${isBad ? 'bad' : 'wait'}"><b>${isBad ? 'Needs attention' : 'Working, with something open'}</b><ul>${items.join('')}</ul></div>`;
}

function card(figure: string, name: string, hint: string, tone = ''): string {
	return `<div class="card"><b class="${tone}">${forHtml(figure)}</b><span>${forHtml(name)}</span><small class="soft">${forHtml(hint)}</small></div>`;
}

function stateCard(
	row: InboxState | undefined,
	name: string,
	meaning: string,
	now: number,
): string {
	const count = row?.count ?? 0;
	const oldest = row?.oldest ?? null;
	const isWaiting = count > 0 && name !== 'done' && oldest !== null;
	const hint = isWaiting ? `${meaning}; oldest ${sinceOf(oldest, now)}` : meaning;
	const tone = name === 'dead' ? 'bad' : name === 'done' || name === 'new' ? '' : 'wait';
	return card(`${count}${row?.capped === true ? '+' : ''}`, name, hint, count > 0 ? tone : '');
}

function inboxPart({ inbox }: StatusInput, now: number): string {
	const byState = new Map(inbox.map((row) => [row.state, row]));
	const known = STATES.map(([name, meaning]) => stateCard(byState.get(name), name, meaning, now));
	const others = inbox
		.filter(({ state }) => STATES.every(([name]) => name !== state))
		.map((row) => stateCard(row, row.state, 'not a state that the bridge knows', now));
	return `<div class="cards">${known.join('')}${others.join('')}</div>`;
}

function budgetPart(requests: number): string {
	const share = Math.round((100 * requests) / HALO_LIMIT);
	const tone = share >= 80 ? 'wait' : '';
	return `<p><b class="${tone}">${requests} of ${HALO_LIMIT}</b> requests in the last 5 minutes (${share}&nbsp;%)</p><div class="track"><i style="width:${Math.min(share, 100)}%"></i></div>${soft('Halo counts all integrations together; these are the bridge’s own.')}`;
}

function timeCell(iso: string | null, now: number): Cell {
	if (iso === null) return { content: '<span class="soft">never</span>' };
	return {
		content: `${forHtml(sinceOf(iso, now))}<br><span class="soft when">${forHtml(minuteOf(iso))}</span>`,
	};
}

function syncRow(row: SyncStatus, now: number): Cell[] {
	const tone = isFailing(row) ? 'bad' : 'soft';
	const error =
		row.lastError === null && row.lastErrorAt === null
			? '<span class="good">none</span>'
			: `<span class="${tone}">${forHtml(minuteOf(row.lastErrorAt ?? ''))}${isFailing(row) ? '' : ', over'}<br>${forHtml(row.lastError)}</span>`;
	return [
		plain(row.integration === '' ? '(all)' : row.integration),
		together(row.flow),
		timeCell(row.lastSync, now),
		{ content: error },
	];
}

function syncPart({ sync }: StatusInput, now: number): string {
	if (sync.length === 0) return soft('No flow has run yet.');
	const rows = [...sync].sort(
		(left, right) =>
			Number(isFailing(right)) - Number(isFailing(left)) ||
			left.integration.localeCompare(right.integration) ||
			left.flow.localeCompare(right.flow),
	);
	return htmlTable(
		['Integration', 'Flow', 'Last Sync', 'Last Error'],
		rows.map((row) => syncRow(row, now)),
	);
}

/** A bar per row, as long as its share of the longest, made of one piece per severity. */
function bars(title: string, counts: readonly TicketCount[]): string {
	const most = Math.max(1, ...counts.map(({ count }) => count));
	const rows = counts.slice(0, SHOWN_BARS).map(({ name, count, severities }) => {
		const words = severities.map(({ severity, count: some }) => `${some} ${severity}`).join(', ');
		const pieces = severities.map(
			({ severity, count: some }) =>
				`<i class="${severity}" style="width:${((100 * some) / most).toFixed(1)}%"></i>`,
		);
		return `<li title="${forHtml(words)}"><span>${forHtml(name)}</span><b>${count}</b><div class="track">${pieces.join('')}</div>${words === `${count} ${name}` ? '' : `<small class="soft">${forHtml(words)}</small>`}</li>`;
	});
	return `<div><h3>${forHtml(title)}</h3><ul class="bars">${rows.join('')}</ul>${more(counts.length, SHOWN_BARS)}</div>`;
}

function ticketPart(tickets: OpenTickets): string {
	if (tickets.kind === 'unknown') {
		return `<p class="bad">Not known: Halo did not tell.</p>${soft(tickets.reason)}`;
	}
	const { total, bySeverity, bySource, byClient } = tickets.counts;
	if (total === 0 && !tickets.capped) return soft('None.');
	const capped = tickets.capped
		? soft('Counted on the first ten pages of Halo’s list; there are more.')
		: '';
	return `<p><b>${total}${tickets.capped ? '+' : ''}</b> open ${total === 1 ? 'ticket' : 'tickets'} of the bridge</p>${capped}<div class="three">${bars('By severity', bySeverity)}${bars('By source', bySource)}${bars('By client', byClient)}</div>`;
}

function mappingPart({ total, unmapped }: MappingCoverage): string {
	if (total === 0) return soft('No company was seen yet.');
	const mapped = total - unmapped.length;
	const share = Math.floor((100 * mapped) / total);
	const words = `<p><b class="${unmapped.length === 0 ? 'good' : 'wait'}">${mapped} of ${total}</b> companies have a Halo client (${share} %)</p><div class="track"><i style="width:${share}%"></i></div>`;
	if (unmapped.length === 0) return words;
	const rows = unmapped
		.slice(0, SHOWN_ROWS)
		.map(({ source, id, name, held }) => [
			plain(name ?? '(no name)'),
			plain(id ?? ''),
			plain(source),
			{ content: String(held), isNumber: true },
		]);
	const table = htmlTable(['Without a mapping', 'Id', 'Source', 'Findings held'], rows);
	return words + table + more(unmapped.length, SHOWN_ROWS);
}

function errorPart({ errors }: StatusInput, now: number): string {
	if (errors.length === 0) return '<p class="good">None.</p>';
	const rows = errors.slice(0, SHOWN_ROWS).map(({ at, direction, workflow, message }) => [
		timeCell(at === '' ? null : at, now),
		{
			content: `<span class="when">${forHtml(workflow)}</span><br><span class="soft">${forHtml(direction)}</span>`,
		},
		plain(message),
	]);
	return htmlTable(['At', 'Where', 'Message'], rows);
}

/** What stands on the status page below its heading: HTML and SVG, without script. Parameters as of `statusPage`. */
export function statusSections(
	input: StatusInput,
	tickets: OpenTickets,
	requests: number,
	now: number,
): string {
	const coverage = mappingCoverage(input);
	const sent = Math.max(requests, input.requests);
	const section = (title: string, body: string): string =>
		`<section><h2>${title}</h2>${body}</section>`;
	return [
		`<p class="soft">As of ${forHtml(minuteOf(new Date(now).toISOString()))}. Reload for the newest.</p>`,
		banner(concernsOf(input, tickets, coverage, sent, now)),
		section('Inbox', inboxPart(input, now)),
		section('Open tickets', ticketPart(tickets)),
		section('Tickets per day', dayPlot(input.days)),
		section('Last Sync and Last Error', syncPart(input, now)),
		`<div class="two">${section('Company mapping', mappingPart(coverage))}${section('Halo’s request limit', budgetPart(sent))}</div>`,
		section('Latest errors', errorPart(input, now)),
	].join('');
}

/**
 * The status page: HTML and SVG only, no script, nothing from elsewhere.
 * @param requests that this process sent to Halo in the last five minutes; process-inbox may have run in another one
 * @param now milliseconds since the epoch
 */
export function statusPage(
	input: StatusInput,
	tickets: OpenTickets,
	requests: number,
	now: number,
): string {
	const sections = statusSections(input, tickets, requests, now);
	return htmlPage('Halo bridge: status', `<h1>Halo bridge</h1>${sections}`);
}
