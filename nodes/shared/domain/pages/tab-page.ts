import { forHtml } from '../values/escape';
import { htmlTable } from './html';
import type { TabAddress } from './tab-url';

/** A customer whose tab would open somewhere else. */
export interface TabProblem {
	customer: string;
	value: string;
	problem: string;
}

/** A page of hundreds of rows helps nobody; the node's output has them all. */
const MOST_ROWS = 100;

/** The answer as part of a page: the address, what to mind, and the customers that it does not work for. */
export function tabPage(
	{ url, warnings }: TabAddress,
	checked: number,
	problems: readonly TabProblem[],
): string {
	const minded = warnings.map((warning) => `<li>${forHtml(warning)}</li>`).join('');
	const rows = problems
		.slice(0, MOST_ROWS)
		.map(({ customer, problem }) => [
			{ content: forHtml(customer) },
			{ content: forHtml(problem) },
		]);
	const more = problems.length - rows.length;
	const verdict =
		checked === 0 ? '' : `<p>${checked} customers looked at, ${problems.length} to correct.</p>`;
	return [
		`<p>URL of the tab, type iFrame, Send Secure URL Parameter: Not required</p><p><b>${forHtml(url)}</b></p>`,
		minded === '' ? '' : `<ul>${minded}</ul>`,
		verdict,
		rows.length === 0 ? '' : htmlTable(['Customer', 'What to correct'], rows),
		more > 0 ? `<p>${more} more.</p>` : '',
	].join('');
}
