import type { CheckLine, CheckState, CheckSummary } from '../set-up/line';
import { CHECK_LAYERS } from '../set-up/line';
import { forHtml } from '../values/escape';
import { htmlPage } from './html';
import { minuteOf } from './ago';

const CLASSES: Readonly<Record<CheckState, string>> = {
	ok: 'good',
	failed: 'bad',
	'not testable': 'wait',
};

function list(lines: readonly CheckLine[]): string {
	const items = lines.map(({ state, check, seen, fix }) => {
		const advice = fix === null ? '' : `<div class="fix">${forHtml(fix)}</div>`;
		return `<li><span class="pill ${CLASSES[state]}">${forHtml(state)}</span><b>${forHtml(check)}</b><div>${forHtml(seen)}${advice}</div></li>`;
	});
	return `<ul class="checks">${items.join('')}</ul>`;
}

/** The report as a page: what failed stands first, then everything, layer by layer. */
export function checkPage(lines: readonly CheckLine[], summary: CheckSummary): string {
	const failed = lines.filter(({ state }) => state === 'failed');
	const counts = `${summary.ok} ok, ${summary.failed} failed, ${summary.notTestable} not testable. ${summary.requests} requests to Halo, nothing written. ${minuteOf(summary.checkedAt)}. Reload to check again.`;
	const toCorrect =
		failed.length === 0 ? '' : `<section><h2>To correct</h2>${list(failed)}</section>`;
	const layers = CHECK_LAYERS.map((layer) => lines.filter((line) => line.layer === layer))
		.filter((some) => some.length > 0)
		.map((some) => `<h3>${forHtml(some[0]?.layer)}</h3>${list(some)}`);
	return htmlPage(
		'Halo bridge: set-up',
		[
			`<h1>Halo set-up</h1><p class="soft">${forHtml(counts)}</p>`,
			`<div class="banner ${summary.ready ? 'good' : 'bad'}">${forHtml(summary.message)}</div>`,
			toCorrect,
			`<section><h2>All checks</h2>${layers.join('')}</section>`,
		].join(''),
	);
}
