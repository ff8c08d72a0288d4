import type { CheckLine, CheckState, CheckSummary } from './check-line';
import { html, htmlPage, htmlTable } from './status-html';

const CLASSES: Readonly<Record<CheckState, string>> = {
	ok: 'good',
	failed: 'bad',
	'not testable': 'wait',
};

/** The report as a page: what failed stands first. */
export function checkPage(lines: readonly CheckLine[], summary: CheckSummary): string {
	const failed = lines.filter(({ state }) => state === 'failed');
	const rows = (some: readonly CheckLine[]) =>
		some.map((line) => [
			{ content: `<span class="${CLASSES[line.state]}">${html(line.state)}</span>` },
			{ content: `${html(line.check)}<br><span class="soft">${html(line.layer)}</span>` },
			{
				content: `${html(line.seen)}${line.fix === null ? '' : `<div class="fix">${html(line.fix)}</div>`}`,
			},
		]);
	const heads = ['State', 'Check', 'Seen, and what to do'];
	const counts = `${summary.ok} ok, ${summary.failed} failed, ${summary.notTestable} not testable; ${summary.requests} requests to Halo, nothing written; ${summary.checkedAt}`;
	const verdict = `<p class="${summary.ready ? 'good' : 'bad'}">${html(summary.message)}</p>`;
	const top = failed.length === 0 ? '' : `<h2>To correct</h2>${htmlTable(heads, rows(failed))}`;
	return htmlPage(
		'Halo set-up',
		`<h1>Halo set-up</h1>${verdict}<p class="soft">${html(counts)}</p>${top}<h2>All checks</h2>${htmlTable(heads, rows(lines))}`,
	);
}
