import { forHtml } from '../values/escape';
import type { ConsolePage } from './asked';
import { linkTo } from './links';
import { fieldsOfState, PAGE_SIZES, type TableState } from './table-state';

/** A choice of a list. */
export interface ListChoice {
	value: string;
	label: string;
}

/** `<option>`s. @param chosen value that stands there; one that is no choice is shown as no longer there */
export function optionsOf(choices: readonly ListChoice[], chosen: string): string {
	const known = choices.some(({ value }) => value === chosen);
	const all = known
		? choices
		: [...choices, { value: chosen, label: `${chosen} (no longer there)` }];
	return all
		.map(({ value, label }) => {
			const selected = value === chosen ? ' selected' : '';
			return `<option value="${forHtml(value)}"${selected}>${forHtml(label)}</option>`;
		})
		.join('');
}

/** A box to tick, with its words. */
export function tickBox(name: string, label: string, isTicked: boolean, hint = ''): string {
	const said = hint === '' ? '' : ` <span class="soft">${forHtml(hint)}</span>`;
	return `<label class="pick"><input type="checkbox" name="${name}" value="yes"${isTicked ? ' checked' : ''}> <span>${forHtml(label)}${said}</span></label>`;
}

/** What is wrong with a field, for below it; '' when nothing is. @param id of the element, which the field names */
export function fieldError(id: string, message: string | undefined): string {
	return message === undefined
		? ''
		: `<p class="bad field-error" id="${id}">${forHtml(message)}</p>`;
}

/** Links to the filters of a list, each with how many rows it shows. @param more fields of the address that stay */
export function filterLinks(
	page: ConsolePage,
	state: TableState,
	filters: ReadonlyArray<readonly [name: string, label: string, count: number | null]>,
	more: Readonly<Record<string, string>> = {},
): string {
	const links = filters.map(([name, label, count]) => {
		const fields = { ...more, ...fieldsOfState({ ...state, filter: name, page: 1 }) };
		const current = name === state.filter ? ' aria-current="true"' : '';
		const many = count === null ? '' : ` <span class="soft">${count}</span>`;
		return `<a href="${linkTo(page, fields)}"${current}>${forHtml(label)}${many}</a>`;
	});
	return `<div class="filters">${links.join('')}</div>`;
}

/**
 * A search over a list; filter and page size stay.
 * @param label what is searched for @param more fields of the address that stay
 */
export function searchForm(
	page: ConsolePage,
	state: TableState,
	label: string,
	more: Readonly<Record<string, string>> = {},
): string {
	const kept = Object.entries(more).map(
		([name, value]) => `<input type="hidden" name="${name}" value="${forHtml(value)}">`,
	);
	const sizes = PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} rows` }));
	return `<form method="get" class="row"><input type="hidden" name="page" value="${page}"><input type="hidden" name="filter" value="${forHtml(state.filter)}">${kept.join('')}<label>${forHtml(label)}<input type="search" name="q" value="${forHtml(state.search)}" maxlength="200"></label><label>Page size<select name="size">${optionsOf(sizes, String(state.size))}</select></label><button>Search</button></form>`;
}

/** Where one is in a long list, with the ways to the pages beside. @param more fields of the address that stay */
export function pager(
	page: ConsolePage,
	state: TableState,
	{ at, pages, rows }: { at: number; pages: number; rows: number },
	more: Readonly<Record<string, string>> = {},
): string {
	const to = (number: number, label: string): string =>
		number < 1 || number > pages
			? ''
			: `<a href="${linkTo(page, { ...more, ...fieldsOfState({ ...state, page: number }) })}">${label}</a>`;
	const where = `<span class="soft">${rows} ${rows === 1 ? 'row' : 'rows'}, page ${at} of ${pages}</span>`;
	return `<p class="pager">${to(at - 1, 'Previous')}${where}${to(at + 1, 'Next')}</p>`;
}
