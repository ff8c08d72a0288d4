import { forHtml } from '../../values/escape';
import { type Cell, htmlTable } from '../../pages/html';
import type { Asked } from '../asked';
import { filterLinks, pager, searchForm } from '../controls';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { saidBanner } from '../said';
import { fieldsOfState, pageOf, tableStateIn, type TableState } from '../table-state';
import type { Drift } from '../../company/match/drift';
import { type CompanyLine, companyLabel } from './lines';

/** Filters of the list, the usual one first. */
export const COMPANY_FILTERS = ['all', 'mapped', 'review', 'unmapped', 'held', 'drift'] as const;
type CompanyFilter = (typeof COMPANY_FILTERS)[number];

/** What has changed in Halo since a row was written, by the number of the row; null = Halo was not asked. */
export type DriftOf = ReadonlyMap<number, readonly Drift[]> | null;

function isIn(
	filter: CompanyFilter,
	{ held, mapping, state }: CompanyLine,
	drift: DriftOf,
): boolean {
	switch (filter) {
		case 'all':
			return true;
		case 'held':
			return held.length > 0;
		case 'drift':
			return mapping !== null && (drift?.get(mapping.id)?.length ?? 0) > 0;
		default:
			return state === filter;
	}
}

function isFound({ company, mapping }: CompanyLine, words: string): boolean {
	const { displayName, id, name, source } = company;
	const texts = [displayName, id, name, source, mapping?.mapping.haloClientName];
	return texts.some((text) => text?.toLowerCase().includes(words) === true);
}

function flagsOf({ mapping }: CompanyLine): string {
	if (mapping === null || mapping.mapping.haloClientId === null) return '';
	const { createTicket, noNotification, eventSet, phinboxIq, profile, reportPhishing } =
		mapping.mapping;
	const parts = [
		noNotification ? 'no notification' : createTicket ? 'tickets' : 'mapping only',
		...(reportPhishing ? [] : ['no reported mails']),
		...(phinboxIq === true ? ['Phinbox IQ'] : []),
		...(eventSet === null ? [] : [`event set ${eventSet}`]),
		...(profile === null ? [] : [`profile ${profile}`]),
	];
	return parts.join(', ');
}

function companyCell({ company }: CompanyLine): string {
	const { id, source } = company;
	const name = companyLabel(company);
	const beside = [id === name ? null : id, source].filter((part) => part !== null);
	const soft =
		beside.length === 0 ? '' : `<br><span class="soft">${forHtml(beside.join(', '))}</span>`;
	return `${forHtml(name)}${soft}`;
}

function clientCell(line: CompanyLine, drift: DriftOf): string {
	const { mapping, review, state } = line;
	const changed = mapping === null ? [] : (drift?.get(mapping.id) ?? []);
	const notes = [...(review === '' ? [] : [review]), ...changed.map(({ message }) => message)];
	const said = notes.map((note) => `<br><span class="wait">${forHtml(note)}</span>`).join('');
	if (mapping === null || mapping.mapping.haloClientId === null) {
		return `<span class="soft">${state === 'review' ? 'to be decided' : 'not mapped'}</span>${said}`;
	}
	const { haloClientId, haloClientName } = mapping.mapping;
	return `${forHtml(haloClientName ?? '')} <span class="soft">(${haloClientId})</span>${said}`;
}

function rowOf(line: CompanyLine, state: TableState, drift: DriftOf): Cell[] {
	const { company, held, mapping, mark, psaName } = line;
	const name = companyLabel(company);
	const mappedAt = String(mapping?.row.mappedAt ?? '').slice(0, 10);
	const edit = linkTo('company', { ...fieldsOfState(state), c: mark });
	return [
		{
			content: `<input type="checkbox" name="c" value="${mark}" aria-label="${forHtml(name)}">`,
		},
		{ content: companyCell(line) },
		{ content: clientCell(line, drift) },
		{ content: forHtml(mappedAt) },
		{ content: forHtml(psaName) },
		{ content: forHtml(flagsOf(line)) },
		{ content: held.length === 0 ? '' : String(held.length), isNumber: true },
		{
			content: `<a href="${edit}" aria-label="${forHtml(`${mapping === null ? 'Link' : 'Edit'} ${name}`)}">${mapping === null ? 'Link' : 'Edit'}</a>`,
		},
	];
}

const HEADS = [
	'Tick',
	'Existing Company Name',
	'Company Name',
	'Mapped Date',
	'PSA',
	'Settings',
	'Findings held',
	'Action',
];

/**
 * One table with all companies.
 * @param faults what is wrong with the tables, or with Halo, in words
 * @param refused why a form of this page was not carried out; null when none was
 */
export function companiesPage(
	asked: Asked,
	lines: readonly CompanyLine[],
	drift: DriftOf,
	{ faults, refused = null }: { faults: readonly string[]; refused?: string | null },
): string {
	const state = tableStateIn(asked.query, COMPANY_FILTERS);
	const filter = COMPANY_FILTERS.find((one) => one === state.filter) ?? 'all';
	const words = state.search.toLowerCase();
	const found = words === '' ? lines : lines.filter((line) => isFound(line, words));
	const counts = COMPANY_FILTERS.map(
		(one) => found.filter((line) => isIn(one, line, drift)).length,
	);
	const labels = ['All', 'Mapped', 'Review', 'Unmapped', 'Findings held', 'Drift'];
	const rows = found.filter((line) => isIn(filter, line, drift));
	const { shown, page, pages } = pageOf(rows, state);
	const filters = COMPANY_FILTERS.map((name, at): [string, string, number | null] => [
		name,
		labels[at] ?? name,
		// What has changed in Halo costs requests, so it is counted only where it was asked for.
		name === 'drift' && drift === null ? null : (counts[at] ?? 0),
	]);
	const table = htmlTable(
		HEADS,
		shown.map((line) => rowOf(line, state, drift)),
	);
	const buttons =
		'<p class="buttons"><button name="do" value="delete">Delete mappings…</button><button name="do" value="release">Release held findings</button></p>';
	const list =
		rows.length === 0
			? `<p>${found.length === 0 && words !== '' ? `No company has “${forHtml(state.search)}” in its name.` : 'None.'}</p>`
			: signedForm(asked, linkTo('companies', fieldsOfState(state)), `${table}${buttons}`);
	const ways = [
		`<a href="${linkTo('automap')}">Auto-Map</a>`,
		`<a href="${linkTo('import')}">Import from Halo</a>`,
		`<a href="${linkTo('csv')}">CSV</a>`,
	];
	return consolePage(
		'Companies',
		[
			saidBanner(asked.query),
			refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`,
			...faults.map((fault) => `<div class="banner bad">${forHtml(fault)}</div>`),
			`<p class="ways">${ways.join('')}</p>`,
			`<section>${searchForm('companies', state, 'Search companies and clients')}${filterLinks('companies', state, filters)}${list}${pager('companies', state, { at: page, pages, rows: rows.length })}</section>`,
		].join(''),
		'companies',
	);
}
