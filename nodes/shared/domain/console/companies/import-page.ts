import { isUsable } from '../../company/match/candidates';
import type { HaloClient } from '../../company/types';
import { htmlTable } from '../../pages/html';
import { forHtml } from '../../values/escape';
import type { Asked } from '../asked';
import { filterLinks, pager, searchForm, tickBox } from '../controls';
import { isTicked } from '../fields';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { fieldsOfState, pageOf, tableStateIn } from '../table-state';
import { createIsImported } from './import';
import type { CompanyLine } from './lines';

/** Filters of the list of clients, the usual one first. */
export const IMPORT_FILTERS = ['open', 'all'] as const;

interface ImportShown {
	clients: readonly HaloClient[];
	lines: readonly CompanyLine[];
	/** Numbers of the picked clients. */
	picked: readonly number[];
	faults: readonly string[];
	/** Why the import was not carried out; null when it was not asked for. */
	refused: string | null;
}

function banners({ faults, refused }: ImportShown): string {
	const said = refused === null ? [] : [refused];
	return [...faults, ...said]
		.map((text) => `<div class="banner bad" role="alert">${forHtml(text)}</div>`)
		.join('');
}

function selection(
	{ clients, picked }: ImportShown,
	fields: Readonly<Record<string, string>>,
): string {
	const byId = new Map(clients.map((client) => [client.id, client]));
	const rows = picked.map((id) => {
		const name = byId.get(id)?.name ?? `Client ${id}`;
		const others = picked.filter((one) => one !== id).join('.');
		const remove = linkTo('import', { ...fields, ids: others });
		return [
			{ content: `${forHtml(name)} <span class="soft">(${id})</span>` },
			{ content: `<a href="${remove}" aria-label="${forHtml(`Remove ${name}`)}">Remove</a>` },
		];
	});
	return htmlTable(['Selected company', 'Action'], rows);
}

/** Step one: search Halo's clients, page through them, tick several. */
export function importPage(asked: Asked, shown: ImportShown): string {
	const state = tableStateIn(asked.query, IMPORT_FILTERS);
	const ids = shown.picked.join('.');
	const isImported = createIsImported(shown.lines);
	const words = state.search.toLowerCase();
	const found = shown.clients
		.filter(isUsable)
		.filter(({ name }) => name.toLowerCase().includes(words));
	const open = found.filter(({ id }) => !isImported(id));
	const rows = state.filter === 'open' ? open : found;
	const { page, pages, shown: visible } = pageOf(rows, state);
	const picked = new Set(shown.picked);
	const table = htmlTable(
		['Tick', 'Halo client', 'Client Reference', 'Imported'],
		visible.map(({ id, name, reference }) => [
			{
				content: isImported(id)
					? ''
					: `<input type="checkbox" name="id" value="${id}"${picked.has(id) ? ' checked' : ''} aria-label="${forHtml(name)}">`,
			},
			{ content: `${forHtml(name)} <span class="soft">(${id})</span>` },
			{ content: forHtml(reference) },
			{ content: isImported(id) ? 'yes' : '' },
		]),
	);
	const add = signedForm(
		asked,
		linkTo('import', { ...fieldsOfState(state), ids }),
		`${table}<p class="buttons"><button name="do" value="add">Add what is ticked</button></p>`,
	);
	const list =
		rows.length === 0
			? `<p>${words === '' ? 'Every client is imported.' : `Halo has no active client with “${forHtml(state.search)}” that is not imported.`}</p>`
			: add;
	const chosen =
		shown.picked.length === 0
			? ''
			: `<section><h2>Selected Companies</h2>${selection(shown, fieldsOfState(state))}<p class="ways"><a href="${linkTo('import', { step: 'review', ids })}">Next</a></p></section>`;
	return consolePage(
		'Import companies from Halo',
		[
			banners(shown),
			`<section>${searchForm('import', state, 'Search Halo clients', { ids })}${filterLinks(
				'import',
				state,
				[
					['open', 'Not imported', open.length],
					['all', 'All', found.length],
				],
				{ ids },
			)}${list}${pager('import', state, { at: page, pages, rows: rows.length }, { ids })}</section>`,
			chosen,
			`<p><a href="${linkTo('companies')}">Back to the companies</a></p>`,
		].join(''),
		'companies',
	);
}

/** Step two: look at what is picked, take some away, finish. */
export function importReview(asked: Asked, shown: ImportShown): string {
	const ids = shown.picked.join('.');
	const finish = signedForm(
		asked,
		linkTo('import', { step: 'review', ids }),
		[
			tickBox(
				'createTicket',
				'Create tickets',
				!asked.isPost || isTicked(asked.form, 'createTicket'),
				'off: mapping only',
			),
			tickBox(
				'noNotification',
				'No Notification',
				asked.isPost && isTicked(asked.form, 'noNotification'),
				'findings are recorded without ticket and message',
			),
			'<p class="buttons"><button name="do" value="finish">Finish</button></p>',
		].join(''),
	);
	const body =
		shown.picked.length === 0
			? '<p>No client is picked.</p>'
			: `${selection(shown, { step: 'review' })}<p class="soft">Each becomes a company with its mapping.</p>${finish}`;
	return consolePage(
		'Import companies from Halo',
		`${banners(shown)}<section><h2>Selected Companies</h2>${body}</section><p><a href="${linkTo('import', { ids })}">Back to the list</a></p>`,
		'companies',
	);
}
