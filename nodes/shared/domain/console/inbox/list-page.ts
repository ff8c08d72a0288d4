import { sinceOf } from '../../pages/ago';
import { type Cell, htmlTable } from '../../pages/html';
import { shortened } from '../../values/cut';
import { forHtml } from '../../values/escape';
import type { Asked } from '../asked';
import { filterLinks, optionsOf, pager } from '../controls';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { saidBanner } from '../said';
import { pageOf, PAGE_SIZES } from '../table-state';
import { causeWords, stateWords } from './causes';
import { AGES, fieldsOfFilter, INBOX_FILTERS, type InboxFilter } from '../inbox-filter';
import { countsOf, type Finding } from './findings';
import { isReplayable } from './replay';

/** Reasons are cut to this in the list; the row has all of it. */
const LONGEST_REASON = 160;
const LONGEST_TITLE = 120;

/** Buttons for causes and companies; a longer list helps nobody. */
const MOST_GROUPS = 10;

const AGE_WORDS: Readonly<Record<(typeof AGES)[number], string>> = {
	1: 'last hour',
	24: 'last day',
	168: 'last 7 days',
	720: 'last 30 days',
};

function searchPart(filter: InboxFilter, findings: readonly Finding[]): string {
	const sources = countsOf(findings, 'source').map(([source]) => source);
	const companies = countsOf(findings, 'company').map(([company]) => company);
	const choices = (names: readonly string[], any: string) => [
		{ value: '', label: any },
		...names.map((name) => ({ value: name, label: shortened(name, 60) })),
	];
	const ages = [
		{ value: '', label: 'any age' },
		...AGES.map((hours) => ({ value: String(hours), label: AGE_WORDS[hours] })),
	];
	const sizes = PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} rows` }));
	const fields = [
		`<label>Search events, or a ticket's number<input type="search" name="q" value="${forHtml(filter.search)}" maxlength="200"></label>`,
		`<label>Source<select name="source">${optionsOf(choices(sources, 'all'), filter.source)}</select></label>`,
		`<label>Company<select name="company">${optionsOf(choices(companies, 'all'), filter.company)}</select></label>`,
		`<label>Age<select name="age">${optionsOf(ages, filter.ageHours === null ? '' : String(filter.ageHours))}</select></label>`,
		`<label>Page size<select name="size">${optionsOf(sizes, String(filter.size))}</select></label>`,
	];
	return `<form method="get" class="row"><input type="hidden" name="page" value="inbox"><input type="hidden" name="filter" value="${forHtml(filter.filter)}">${fields.join('')}<button>Search</button></form>`;
}

/** A ticket, as a link where one knows Halo's address. */
export function ticketLink(ticketId: number | null, urlOf: (id: number) => string): string {
	return ticketId === null ? '' : `<a href="${forHtml(urlOf(ticketId))}">${ticketId}</a>`;
}

/** The address of one row. */
export function rowLink({ dedupKey, id }: Pick<Finding, 'dedupKey' | 'id'>): string {
	return linkTo('row', { id: String(id), key: dedupKey });
}

function rowOf(finding: Finding, urlOf: (id: number) => string, now: number): Cell[] {
	const { company, decision, id, reason, receivedAt, severity, source, state, ticketId, title } =
		finding;
	const name = title === '' ? `Row ${id}` : shortened(title, LONGEST_TITLE);
	return [
		{
			content: `<a href="${rowLink(finding)}">${forHtml(name)}</a><br><span class="soft">${forHtml([severity, source].filter((part) => part !== '').join(', '))}</span>`,
		},
		{ content: forHtml(company) },
		{ content: forHtml(sinceOf(receivedAt, now)) },
		{ content: forHtml(state) },
		{ content: forHtml(decision) },
		{ content: forHtml(shortened(reason, LONGEST_REASON)) },
		{ content: ticketLink(ticketId, urlOf) },
	];
}

function groupForms(asked: Asked, filter: InboxFilter, findings: readonly Finding[]): string {
	const open = findings.filter(isReplayable);
	if (open.length === 0) return '';
	const here = linkTo('inbox', fieldsOfFilter(filter));
	const form = (by: 'cause' | 'company', value: string, words: string, button: string): string =>
		signedForm(
			asked,
			here,
			`<input type="hidden" name="by" value="${by}"><input type="hidden" name="value" value="${forHtml(value)}"><p class="buttons"><button>${button}</button> <span>${words}</span></p>`,
		);
	const causes = countsOf(open, 'cause').slice(0, MOST_GROUPS);
	const companies = countsOf(open, 'company').slice(0, MOST_GROUPS);
	const parts = [
		...causes.map(([cause, count]) => {
			const { correct, means } = causeWords(cause);
			const words = `<b>${forHtml(cause)}</b>, ${forHtml(means)}: ${forHtml(correct)}`;
			return form('cause', cause, words, `Handle ${count} again`);
		}),
		...companies.map(([company, count]) =>
			form('company', company, `all of <b>${forHtml(company)}</b>`, `Handle ${count} again`),
		),
	];
	return `<section><h2>Handle again</h2><p class="soft">Of the findings shown above, those that are failed, dead or held. Correct the cause first, or they end here again; what was done already is not done twice.</p>${parts.join('')}</section>`;
}

/**
 * The list of findings.
 * @param findings those that match, the newest first @param capped true when there are more than were read
 * @param urlOf address of a ticket for people @param now milliseconds since the epoch
 */
export function inboxPage(
	asked: Asked,
	filter: InboxFilter,
	findings: readonly Finding[],
	{
		capped,
		faults,
		now,
		refused = null,
		urlOf,
	}: {
		capped: boolean;
		faults: readonly string[];
		now: number;
		refused?: string | null;
		urlOf: (id: number) => string;
	},
): string {
	const { shown, page, pages } = pageOf(findings, filter);
	const fields = fieldsOfFilter(filter);
	const labels = INBOX_FILTERS.map((name): [string, string, null] => [
		name,
		name === 'all' ? 'All' : name,
		null,
	]);
	const table =
		findings.length === 0
			? '<p>None.</p>'
			: htmlTable(
					['Finding', 'Company', 'Came', 'State', 'Decision', 'Reason', 'Ticket'],
					shown.map((finding) => rowOf(finding, urlOf, now)),
				);
	const means = filter.filter === 'all' ? '' : `<p class="soft">${stateWords(filter.filter)}</p>`;
	const more = capped
		? `<p class="soft">The newest ${findings.length} are shown; search to find older ones.</p>`
		: '';
	return consolePage(
		'Inbox',
		[
			saidBanner(asked.query),
			refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`,
			...faults.map((fault) => `<div class="banner bad">${forHtml(fault)}</div>`),
			`<section>${searchPart(filter, findings)}${filterLinks('inbox', filter, labels, fields)}${means}${table}${more}${pager('inbox', filter, { at: page, pages, rows: findings.length }, fields)}</section>`,
			groupForms(asked, filter, findings),
		].join(''),
		'inbox',
	);
}
