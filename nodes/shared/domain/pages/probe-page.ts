import type { ProbeLine, ProbeState, ProbeSummary } from '../set-up/probe-line';
import { isRecord, type JsonRecord } from '../values/json';
import { forHtml } from '../values/escape';
import { htmlPage, htmlTable } from './html';

const TITLE = 'Halo bridge: try on a test client';

const CLASSES: Readonly<Record<ProbeState, string>> = {
	'as expected': 'good',
	differs: 'wait',
	wrong: 'bad',
	'not tried': 'soft',
};

function list(lines: readonly ProbeLine[]): string {
	const items = lines.map(({ fact, seen, setting, state, suggests }) => {
		const field = setting === null ? '' : `<b>${forHtml(setting)}</b>: `;
		const advice = suggests === null ? '' : `<div class="fix">${field}${forHtml(suggests)}</div>`;
		return `<li><span class="pill ${CLASSES[state]}">${forHtml(state)}</span><b>${forHtml(fact)}</b><div>${forHtml(seen)}${advice}</div></li>`;
	});
	return `<ul class="checks">${items.join('')}</ul>`;
}

function section(title: string, lines: readonly ProbeLine[]): string {
	return lines.length === 0 ? '' : `<section><h2>${forHtml(title)}</h2>${list(lines)}</section>`;
}

/** What one test ticket told, as a page: what is wrong or to be set stands first, then everything, then the requests. */
export function probePage(lines: readonly ProbeLine[], summary: ProbeSummary): string {
	const { closed, message, ready, requests, ticketId, ticketUrl } = summary;
	const ticket =
		ticketId === null || ticketUrl === null
			? 'No ticket was made.'
			: `Test ticket <a href="${forHtml(ticketUrl)}">${ticketId}</a>, ${closed ? 'closed' : '<b class="bad">still open</b>'}.`;
	const sent = requests.map(({ method, ms, path, status }) => [
		{ content: forHtml(method) },
		{ content: `<span class="path">${forHtml(path)}</span>` },
		{ content: String(status) },
		{ content: String(ms), isNumber: true },
	]);
	return htmlPage(
		TITLE,
		[
			`<h1>Try on a test client</h1><p class="soft">${ticket} ${requests.length} requests to Halo. Nothing was stored here.</p>`,
			`<div class="banner ${ready ? 'good' : 'bad'}">${forHtml(message)}</div>`,
			section(
				'To correct',
				lines.filter(({ state }) => state === 'wrong'),
			),
			section(
				'To set',
				lines.filter(({ setting, state }) => state === 'differs' && setting !== null),
			),
			section('All facts', lines),
			`<section><h2>Requests</h2>${htmlTable(['Method', 'Path', 'Status', 'ms'], sent)}</section>`,
		].join(''),
	);
}

/** What may be chosen in the form. */
export interface ProbeChoices {
	clients: ReadonlyArray<{ id: number; name: string }>;
	/** Clients that the search found beside the shown ones. */
	more: boolean;
	ticketTypes: ReadonlyArray<{ id: number; name: string }>;
	closeStatuses: ReadonlyArray<{ id: number; name: string }>;
}

/** What a person sent: a search of clients, or the order to make the ticket. */
export interface ProbeForm {
	search: string;
	client: string;
	ticketType: string;
	closeStatus: string;
	confirmed: boolean;
	token: string;
	/** True when the form itself was sent, not the search. */
	isOrder: boolean;
}

function textOf(record: JsonRecord, name: string): string {
	const value = record[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Reads what n8n's Webhook node gives: `query` of a search, `body` of the form. */
export function readProbeForm(json: JsonRecord): ProbeForm {
	const query = isRecord(json.query) ? json.query : {};
	const body = isRecord(json.body) ? json.body : {};
	return {
		search: textOf(body, 'search') || textOf(query, 'search'),
		client: textOf(body, 'client'),
		ticketType: textOf(body, 'ticketType'),
		closeStatus: textOf(body, 'closeStatus'),
		confirmed: textOf(body, 'confirm') === 'yes',
		token: textOf(body, 'token'),
		isOrder: textOf(body, 'token') !== '',
	};
}

function options(
	rows: ReadonlyArray<{ id: number; name: string }>,
	usual: string,
	chosen: string,
): string {
	return rows
		.map(({ id, name }) => {
			const isChosen = chosen === '' ? name === usual : chosen === String(id);
			return `<option value="${id}"${isChosen ? ' selected' : ''}>${forHtml(name)}</option>`;
		})
		.join('');
}

/**
 * The form: a search of clients, then one of them and a tick.
 * @param token stands in the form and comes back with it @param refused why nothing was done; null at first
 */
export function probeFormPage(
	choices: ProbeChoices,
	form: ProbeForm,
	token: string,
	refused: string | null,
): string {
	const { clients, closeStatuses, more, ticketTypes } = choices;
	const radios = clients.map(
		({ id, name }) =>
			`<label class="pick"><input type="radio" name="client" value="${id}" required${form.client === String(id) ? ' checked' : ''}> ${forHtml(name)} <span class="soft">(${id})</span></label>`,
	);
	const none = `<p>No client found${form.search === '' ? '' : ` for “${forHtml(form.search)}”`}.</p>`;
	const order = [
		`<form method="post"><input type="hidden" name="token" value="${token}"><input type="hidden" name="search" value="${forHtml(form.search)}">`,
		`<fieldset><legend>Client</legend>${radios.join('')}${more ? '<p class="soft">There are more: search for a part of the name.</p>' : ''}</fieldset>`,
		`<label>Ticket type<select name="ticketType">${options(ticketTypes, 'Incident', form.ticketType)}</select></label>`,
		`<label>Close status<select name="closeStatus">${options(closeStatuses, 'Closed', form.closeStatus)}</select></label>`,
		'<label class="pick"><input type="checkbox" name="confirm" value="yes" required> Creates and closes one ticket there</label>',
		'<button>Try</button></form>',
	];
	return htmlPage(
		TITLE,
		[
			'<h1>Try on a test client</h1><p class="soft">Makes one ticket, finds out by it how this Halo behaves, closes it, and says what to set. Takes up to two minutes. Choose a client of your own.</p>',
			refused === null ? '' : `<div class="banner bad">${forHtml(refused)}</div>`,
			`<section><form method="get"><label>Search clients<input name="search" value="${forHtml(form.search)}"></label><button>Search</button></form></section>`,
			`<section>${clients.length === 0 ? none : order.join('')}</section>`,
		].join(''),
		{ hasForm: true },
	);
}
