import { parseEvent } from '../../event/parse';
import { createEvaluator } from '../../event-set/evaluate';
import { parseEventSet } from '../../event-set/parse';
import type { JsonRecord } from '../../values/json';
import { EventInputError } from '../../values/input-error';
import { jsonRecordIn, expectedError } from '../../values/read';
import { forHtml } from '../../values/escape';
import { htmlTable } from '../../pages/html';

/** Reasons that the page shows; the most frequent stand first. */
const MOST_REASONS = 15;

/** What a draft would have done with the last events. */
export interface Tried {
	events: number;
	/** How many would make a ticket, or belong to one. */
	taken: number;
	/** Tickets that those come to. */
	tickets: number;
	/** Why the others would make none, with how many each. */
	reasons: Array<[reason: string, count: number]>;
	/** Rows that cannot be read as an event. */
	unreadable: number;
}

/**
 * Tries an event set on events of the inbox; nothing is written.
 * @param columns a row of halo_event_sets that can be read
 * @param rows of halo_inbox @param now milliseconds since the epoch
 */
export function trySet(columns: JsonRecord, rows: readonly JsonRecord[], now: number): Tried {
	const draft = parseEventSet(columns, 'this draft');
	const set = { ...draft, integration: null, isDefault: true, enabled: true };
	const evaluate = createEvaluator([set], new Date(now));
	const groups = new Set<string>();
	const reasons = new Map<string, number>();
	let taken = 0;
	let unreadable = 0;
	for (const { event: text } of rows) {
		try {
			const evaluation = evaluate({ ...parseEvent(jsonRecordIn(text)), mapping: null });
			if (evaluation.output === 'ticket') {
				taken += 1;
				groups.add(evaluation.groupKey);
			} else {
				reasons.set(evaluation.reason, (reasons.get(evaluation.reason) ?? 0) + 1);
			}
		} catch (error) {
			expectedError(error, EventInputError);
			unreadable += 1;
		}
	}
	return {
		events: rows.length,
		taken,
		tickets: groups.size,
		reasons: [...reasons].sort((left, right) => right[1] - left[1]),
		unreadable,
	};
}

/** What trying a draft told, for below its form. */
export function triedPart({ events, reasons, taken, tickets, unreadable }: Tried): string {
	if (events === 0) {
		return '<section id="tried"><h2>Try it</h2><p>There is no event in the inbox yet.</p></section>';
	}
	const others = reasons
		.slice(0, MOST_REASONS)
		.map(([reason, count]) => [
			{ content: String(count), isNumber: true },
			{ content: forHtml(reason) },
		]);
	const table =
		others.length === 0 ? '' : htmlTable(['Events', 'Why they would make no ticket'], others);
	const odd = unreadable === 0 ? '' : `<p>${unreadable} cannot be read as an event.</p>`;
	return `<section id="tried"><h2>Try it</h2><p>Of the last ${events} events <b>${taken}</b> would go on to a ticket, which makes <b>${tickets}</b> ${tickets === 1 ? 'ticket' : 'tickets'}. Whether a company is mapped is not looked at. Nothing was stored.</p>${table}${odd}</section>`;
}
