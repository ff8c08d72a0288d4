import { readHaloCause } from '../event/halo-cause';
import { wholeCharacters } from '../values/cut';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import type { SettledRow } from './settle';

/** A row of halo_errors; the members are columns. */
export type ErrorRow = {
	workflow: string;
	node: string;
	/** Incoming: a scanner's event could not be stored or read. Outgoing: Halo or another system said no. */
	direction: 'incoming' | 'outgoing';
	cause: string;
	message: string;
	at: string;
};

/** Long enough for what Halo says, short enough for a table. */
export const LONGEST_MESSAGE = 1_000;

/** What a workflow of the pack is called before its own name. */
const PREFIX = 'Halo Bridge: ';

/** A workflow as `halo_errors` names it: without what all workflows of the pack begin with. */
export function ownName(workflow: string): string {
	return workflow.startsWith(PREFIX) ? workflow.slice(PREFIX.length) : workflow;
}

/** Which node of process-inbox says what is behind a cause. */
function nodeOf(cause: string): string {
	if (cause === 'damaged') return 'Take';
	return cause === 'mapping' ? 'Halo Map Company' : 'Halo Ticket';
}

/** A mapping row that cannot be used holds its events: that is told too, a company without any mapping is not. */
function toldCause({ review, update: { decision, cause } }: SettledRow): string {
	if (decision === 'failed') return cause;
	return review && decision === 'held_unmapped' ? 'mapping' : '';
}

/**
 * One row for each cause, however many events failed: the workflow notices tells people once per outage.
 * @param at ISO 8601
 */
export function errorRows(rows: readonly SettledRow[], at: string): ErrorRow[] {
	const causes = new Map<string, SettledRow[]>();
	for (const row of rows) {
		const cause = row.tried ? toldCause(row) : '';
		if (cause !== '') causes.set(cause, [...(causes.get(cause) ?? []), row]);
	}
	return [...causes].map(([cause, several]): ErrorRow => {
		const events = several.length === 1 ? '1 event' : `${several.length} events`;
		const first = several[0]?.update;
		return {
			workflow: 'process-inbox',
			node: nodeOf(cause),
			direction: cause === 'damaged' ? 'incoming' : 'outgoing',
			cause,
			message: wholeCharacters(
				`${events} (row ${first?.id} of halo_inbox first): ${first?.reason}`,
				LONGEST_MESSAGE,
			),
			at,
		};
	});
}

/**
 * Words of n8n about its tables, and of the pack's nodes about Halo, with the cause that they tell: a Stop And Error node
 * passes on words alone.
 */
const WORDS: ReadonlyArray<[cause: string, words: readonly string[]]> = [
	['store', ['size limit']],
	[
		'halo_down',
		[
			'no answer from halo',
			'halo failed',
			"halo's request limit",
			"halo's sign-in failed",
			"halo's answer cannot be read",
		],
	],
	[
		'halo_rights',
		['failed to enable halopsa', 'halo did not accept the token', 'halo denied access'],
	],
];

function causeIn(error: JsonRecord, said: string): string {
	const context = isRecord(error.context) ? error.context : {};
	const known = readHaloCause(context.haloCause);
	// What Halo refused as a whole is no event that is dead: it is told with the name of its workflow.
	if (known !== null) return known === 'halo_refused' ? 'workflow' : known;
	const text = said.toLowerCase();
	// A sign-in without an answer is told with the sentence that the set-up guides name, too.
	if (text.includes('halopsa integration') && text.includes('no answer from')) return 'halo_down';
	return WORDS.find(([, words]) => words.some((word) => text.includes(word)))?.[0] ?? 'workflow';
}

/**
 * A run that failed, as a row for the workflow notices.
 * @param failed the item of n8n's Error Trigger: `execution.error`, or `trigger.error` when it could not be started
 * @param workflow name of the workflow
 * @param otherwise the direction of a failure that is neither Halo's nor that of full tables
 * @param at ISO 8601
 */
export function errorRowOf(
	failed: JsonRecord,
	{ workflow, otherwise, at }: { workflow: string; otherwise: ErrorRow['direction']; at: string },
): ErrorRow {
	const execution = isRecord(failed.execution) ? failed.execution : {};
	const trigger = isRecord(failed.trigger) ? failed.trigger : {};
	const error = [execution.error, trigger.error].find(isRecord) ?? {};
	const said = [memberText(error, 'message'), memberText(error, 'description')]
		.filter((part) => part !== null)
		.join(' ');
	const cause = causeIn(error, said);
	const direction = cause.startsWith('halo_')
		? 'outgoing'
		: cause === 'store'
			? 'incoming'
			: otherwise;
	return {
		workflow: ownName(workflow),
		node: memberText(execution, 'lastNodeExecuted') ?? '',
		direction,
		cause,
		message: wholeCharacters(
			said === '' ? 'The workflow failed without a message.' : said,
			LONGEST_MESSAGE,
		),
		at,
	};
}
