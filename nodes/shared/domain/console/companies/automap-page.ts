import { forHtml } from '../../values/escape';
import { type Cell, htmlTable } from '../../pages/html';
import type { Asked } from '../asked';
import { filterLinks, pager, searchForm, tickBox } from '../controls';
import { isTicked, valuesOf } from '../fields';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { saidBanner } from '../said';
import { fieldsOfState, pageOf, type TableState, tableStateIn } from '../table-state';
import type { Proposal } from './automap';
import { companyLabel } from './lines';

/** Kinds of proposals, the usual one first. */
export const PROPOSAL_KINDS = ['exact', 'likely', 'left'] as const;

/** The value of a tick: which company, and which client. */
export function pairValue({ client, line }: Proposal): string {
	return `${line.mark}.${client?.haloClientId ?? ''}`;
}

function rowOf(proposal: Proposal, isChosen: boolean, state: TableState): Cell[] {
	const { client, line, others, reason, score } = proposal;
	const name = companyLabel(line.company);
	const { source } = line.company;
	const like = others.map(
		({ haloClientId, haloClientName, score: value }) =>
			`${forHtml(haloClientName)} (${haloClientId}), ${value.toFixed(2)}`,
	);
	const pick = linkTo('company', { ...fieldsOfState(state), filter: '', c: line.mark });
	const tick =
		client === null
			? ''
			: `<input type="checkbox" name="pair" value="${pairValue(proposal)}"${isChosen ? ' checked' : ''} aria-label="${forHtml(name)}">`;
	const to =
		client === null
			? '<span class="soft">nobody</span>'
			: `${forHtml(client.haloClientName)} <span class="soft">(${client.haloClientId})</span>`;
	return [
		{ content: tick },
		{
			content: `${forHtml(name)}${source === null ? '' : `<br><span class="soft">${forHtml(source)}</span>`}`,
		},
		{
			content: `${to}${like.length === 0 ? '' : `<br><span class="soft">or ${like.join('; ')}</span>`}`,
		},
		{ content: score === null ? '' : score.toFixed(2), isNumber: true },
		{ content: forHtml(reason) },
		{
			content: line.held.length === 0 ? '' : String(line.held.length),
			isNumber: true,
		},
		{
			content: `<a href="${pick}" aria-label="${forHtml(`Pick by hand: ${name}`)}">Pick by hand</a>`,
		},
	];
}

/**
 * What Auto-Map would map and why, with ticks to approve it.
 * @param problem why nothing can be proposed; null when something can
 * @param refused why the approval that was sent was not carried out; null when none was sent
 */
export function autoMapPage(
	asked: Asked,
	proposals: readonly Proposal[],
	{ problem, refused = null }: { problem: string | null; refused?: string | null },
): string {
	const state = tableStateIn(asked.query, PROPOSAL_KINDS);
	const words = state.search.toLowerCase();
	const found = proposals.filter(({ client, line }) =>
		[companyLabel(line.company), line.company.source, client?.haloClientName].some(
			(text) => text?.toLowerCase().includes(words) === true,
		),
	);
	const rows = found.filter(({ kind }) => kind === state.filter);
	const { shown, page, pages } = pageOf(rows, state);
	const labels: Readonly<Record<Proposal['kind'], string>> = {
		exact: 'Same name',
		likely: 'A person decides',
		left: 'Nothing like it',
	};
	const filters = PROPOSAL_KINDS.map((kind): [string, string, number] => [
		kind,
		labels[kind],
		found.filter((one) => one.kind === kind).length,
	]);
	const sent = refused === null ? null : new Set(valuesOf(asked.form, 'pair'));
	const table = htmlTable(
		[
			'Tick',
			'Existing Company Name',
			'Would be mapped to',
			'Likeness',
			'Why',
			'Findings held',
			'Action',
		],
		shown.map((one) =>
			rowOf(one, sent === null ? one.kind === 'exact' : sent.has(pairValue(one)), state),
		),
	);
	const settings = [
		tickBox(
			'createTicket',
			'Create tickets',
			sent === null || isTicked(asked.form, 'createTicket'),
			'off: mapping only',
		),
		tickBox(
			'noNotification',
			'No Notification',
			sent !== null && isTicked(asked.form, 'noNotification'),
			'findings are recorded without ticket and message',
		),
	].join('');
	const approve = `${settings}<p class="buttons"><button name="do" value="approve">Approve what is ticked</button></p>`;
	const list =
		rows.length === 0
			? '<p>None.</p>'
			: signedForm(
					asked,
					linkTo('automap', fieldsOfState(state)),
					`${table}${state.filter === 'left' ? '' : approve}`,
				);
	return consolePage(
		'Auto-Map',
		[
			saidBanner(asked.query),
			refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`,
			problem === null ? '' : `<div class="banner bad">${forHtml(problem)}</div>`,
			`<p class="soft">Companies without a client, compared with Halo's: by Display Name, then by Name. Nothing is written before you approve it.</p>`,
			`<section>${searchForm('automap', state, 'Search companies and clients')}${filterLinks('automap', state, filters)}${list}${pager('automap', state, { at: page, pages, rows: rows.length })}</section>`,
			`<p><a href="${linkTo('companies')}">Back to the companies</a></p>`,
		].join(''),
		'companies',
	);
}
