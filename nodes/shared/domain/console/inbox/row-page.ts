import { minuteOf, sinceOf } from '../../pages/ago';
import { htmlTable } from '../../pages/html';
import { forHtml } from '../../values/escape';
import { isRecord } from '../../values/json';
import type { Asked } from '../asked';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { causeWords, stateWords } from './causes';
import type { Finding } from './findings';
import { rowLink, ticketLink } from './list-page';
import { isReplayable } from './replay';

/** Longer than any event that a person reads; the rest is in the table. */
const LONGEST_EVENT = 60_000;

function fact(name: string, html: string): string {
	return html === '' ? '' : `<dt>${name}</dt><dd>${html}</dd>`;
}

function time(iso: string, now: number): string {
	return iso === '' ? '' : `${forHtml(sinceOf(iso, now))}, ${forHtml(minuteOf(iso))}`;
}

/** Members of the event that hold a text, a number or a list of such; those of a member that holds more, behind its name. */
function eventFacts(event: Readonly<Record<string, unknown>>, before = ''): string {
	return Object.entries(event)
		.map(([name, value]) => {
			const label = before === '' ? name : `${before} ${name}`;
			if (value === null || value === undefined || value === '' || name === 'raw') return '';
			if (Array.isArray(value)) return fact(forHtml(label), forHtml(value.map(String).join(', ')));
			if (isRecord(value)) return before === '' ? eventFacts(value, name) : '';
			return fact(forHtml(label), forHtml(value).replace(/\n/g, '<br>'));
		})
		.join('');
}

function replayPart(asked: Asked, finding: Finding): string {
	const { cause, id, state } = finding;
	const words = cause === '' ? null : causeWords(cause);
	const why =
		words === null
			? ''
			: `<p><b>${forHtml(words.means)}</b> <span class="soft">(${forHtml(cause)})</span>. To correct: ${forHtml(words.correct)}</p>`;
	const form = isReplayable(finding)
		? signedForm(
				asked,
				rowLink(finding),
				`<input type="hidden" name="by" value="id"><input type="hidden" name="value" value="${id}"><p class="buttons"><button>Handle again</button></p>`,
			)
		: '';
	return `<section><h2>${forHtml(state)}</h2><p>${forHtml(stateWords(state))}</p>${why}${form}</section>`;
}

/**
 * One finding: what came, what was decided and why, and the other findings of its problem.
 * @param others rows of the same problem, the newest first
 * @param urlOf address of a ticket for people @param now milliseconds since the epoch
 */
export function rowPage(
	asked: Asked,
	finding: Finding,
	others: readonly Finding[],
	{ now, refused, urlOf }: { now: number; refused: string | null; urlOf: (id: number) => string },
): string {
	const { company, decision, deliveryId, dedupKey, doneAt, event, id, integration, notBefore } =
		finding;
	const decided = [
		fact('Decision', forHtml(decision)),
		fact('Reason', forHtml(finding.reason)),
		fact('Ticket', ticketLink(finding.ticketId, urlOf)),
		fact('Company', forHtml(company)),
		fact('Tries', finding.tries === 0 ? '' : String(finding.tries)),
		fact('Came', time(finding.receivedAt, now)),
		fact('Last handled', time(doneAt, now)),
		fact('Not before', notBefore === '' ? '' : forHtml(minuteOf(notBefore))),
		fact('Integration', forHtml(integration)),
		fact('Delivery', forHtml(deliveryId)),
		fact('Problem', forHtml(dedupKey)),
	];
	const history =
		others.length === 0
			? '<p class="soft">No other finding of this problem is kept.</p>'
			: htmlTable(
					['Came', 'Status', 'State', 'Decision', 'Reason', 'Ticket'],
					others.map((one) => [
						{ content: `<a href="${rowLink(one)}">${forHtml(minuteOf(one.receivedAt))}</a>` },
						{ content: forHtml(one.event.status) },
						{ content: forHtml(one.state) },
						{ content: forHtml(one.decision) },
						{ content: forHtml(one.reason) },
						{ content: ticketLink(one.ticketId, urlOf) },
					]),
				);
	const raw = finding.rawEvent.slice(0, LONGEST_EVENT);
	return consolePage(
		finding.title === '' ? `Row ${id}` : finding.title,
		[
			refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`,
			`<p class="soft">Row ${id} of the inbox</p>`,
			replayPart(asked, finding),
			`<section><h2>What was decided</h2><dl>${decided.join('')}</dl></section>`,
			`<section><h2>Other findings of this problem</h2>${history}</section>`,
			`<section><h2>The event</h2><dl>${eventFacts(event)}</dl><details><summary>As it is stored</summary><pre>${forHtml(raw)}${finding.rawEvent.length > raw.length ? '…' : ''}</pre></details></section>`,
			`<p><a href="${linkTo('inbox')}">Back to the inbox</a></p>`,
		].join(''),
		'inbox',
	);
}
