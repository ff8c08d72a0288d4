import { shortened } from '../values/cut';
import { forHtml } from '../values/escape';
import { entryOf } from '../values/json';
import type { InboxRow } from './row';

/** States whose rows can be handled again, in the order in which they become due. */
export const REPLAYED = ['failed', 'dead', 'held'] as const;

/** Rows of one state that are read: all that match are taken, but only these are shown. */
const MOST_OF_A_STATE = 900;

/** A list of thousands of findings helps nobody; their cause and company stand above them. */
const MOST_SHOWN = 200;

/** The newest stand for the rest: what Halo said is mostly the same. */
const MOST_LISTED = 10;

/** Reasons are cut to this in the list and in a choice. */
const LONGEST_REASON = 160;
const LONGEST_CHOICE = 90;

const CAUSES: Readonly<Record<string, string>> = {
	halo_refused: 'Halo refused it',
	halo_rights: 'credential or rights',
	halo_down: 'Halo did not answer',
	set_up: 'profile, event set or mapping',
	damaged: 'row cannot be read',
};

/** One thing that can be chosen: all rows in which the column holds the value. */
export type ReplayChoice = { label: string; column: string; value: string | number };

/** What the form shows. */
export type ReplayPage = {
	count: number;
	states: string[];
	choices: ReplayChoice[];
	/** Fields of n8n's form node, as it takes them as JSON. */
	fields: string;
};

/** Rows of one state, as the Data Table node asks for them. */
export type StateLookUp = { table: string; state: string; limit: number };

/** Rows that become due; `value` stands in `column`, and the state is `state`. */
export type ReplayUpdate = { state: string; column: string; value: string | number };

/** The states that an answer of the form's first page means: a state in its first word, or all of them. */
function statesIn(which: string): string[] {
	const answer = which.toLowerCase();
	return REPLAYED.filter((state) => answer.startsWith(state) || answer.startsWith('all'));
}

/** What is read for the form. @param which the answer of its first page @param table id of halo_inbox */
export function waitingLookUps(table: string, which: string): StateLookUp[] {
	return statesIn(which).map((state) => ({ table, state, limit: MOST_OF_A_STATE }));
}

/** Values of a column with how many rows hold each, the most first. */
function groups(rows: readonly InboxRow[], column: 'cause' | 'company'): Array<[string, number]> {
	const counts = new Map<string, number>();
	for (const row of rows) {
		if (row[column] !== '') counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
	}
	return [...counts].sort((left, right) => right[1] - left[1]);
}

function choicesOf(rows: readonly InboxRow[], many: (count: number) => string): ReplayChoice[] {
	const choices: Array<[words: string, column: string, value: string | number]> = [
		[`All: ${many(rows.length)}`, 'state', ''],
		...groups(rows, 'cause').map(([cause, count]): [string, string, string] => [
			`Cause ${cause} (${entryOf(CAUSES, cause) ?? 'see the column reason'}): ${many(count)}`,
			'cause',
			cause,
		]),
		...groups(rows, 'company').map(([company, count]): [string, string, string] => [
			`Company ${company}: ${many(count)}`,
			'company',
			company,
		]),
		...rows
			.slice(0, MOST_SHOWN)
			.map(({ id, state, company, reason }): [string, string, number] => [
				`Row ${id}, ${state}${company === '' ? '' : `, ${company}`}: ${shortened(reason, LONGEST_CHOICE)}`,
				'id',
				id,
			]),
	];
	// The number in front names the choice: words of a company may stand there twice.
	return choices.map(([words, column, value], index) => ({
		label: `${index + 1}. ${words}`,
		column,
		value,
	}));
}

function listOf(rows: readonly InboxRow[], many: (count: number) => string): string {
	const newest = rows.slice(-MOST_LISTED).reverse();
	const cells = newest.map(({ id, company, reason }) => {
		const whose = company === '' ? '' : `, ${forHtml(company)}`;
		return `<li><b>Row ${id}${whose}</b>: ${forHtml(shortened(reason, LONGEST_REASON))}</li>`;
	});
	const all = many(rows.length);
	const title = newest.length < rows.length ? `The newest ${newest.length} of ${all}` : all;
	return `<p>${title}:</p><ul>${cells.join('')}</ul>`;
}

/**
 * The form's second page: everything, each cause, each company, each finding.
 * @param rows of halo_inbox, oldest first
 * @param which the answer of its first page
 */
export function replayPage(rows: readonly InboxRow[], which: string): ReplayPage {
	const states = statesIn(which);
	const waiting = rows.filter(({ state }) => states.includes(state));
	const capped = states.some(
		(state) => waiting.filter((row) => row.state === state).length >= MOST_OF_A_STATE,
	);
	const many = (count: number): string =>
		`${count}${capped ? ' or more' : ''} ${count === 1 ? 'finding' : 'findings'}`;
	const choices = choicesOf(waiting, many);
	const fields = [
		{
			fieldLabel: 'What waits',
			fieldName: 'list',
			fieldType: 'html',
			elementName: 'list',
			html: listOf(waiting, many),
		},
		{
			fieldLabel: 'One finding, all of a cause, or all of a company',
			fieldName: 'choice',
			fieldType: 'dropdown',
			requiredField: true,
			fieldOptions: { values: choices.map(({ label }) => ({ option: label })) },
		},
	];
	return { count: waiting.length, states, choices, fields: JSON.stringify(fields) };
}

/** An answer that is not on the form, or no longer. */
export class ChoiceError extends Error {
	readonly nextStep = 'Open the form again.';

	constructor(answer: string) {
		super(`"${shortened(answer, LONGEST_CHOICE)}" is not on the list`);
		this.name = 'ChoiceError';
	}
}

/**
 * What becomes due: one update for each state, of all rows that match, also those that came meanwhile. What was failed
 * already comes first, since the others become failed.
 * @param answer the label of a choice
 * @throws ChoiceError when it is none of them
 */
export function replayUpdates(
	{ choices, states }: Pick<ReplayPage, 'choices' | 'states'>,
	answer: string,
): ReplayUpdate[] {
	const number = Number.parseInt(answer, 10);
	const choice = choices[number - 1];
	if (choice === undefined) throw new ChoiceError(answer);
	return REPLAYED.filter((state) => states.includes(state)).map((state) => ({
		state,
		column: choice.column,
		value: choice.column === 'state' ? state : choice.value,
	}));
}
