import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { noticedRows, noticeLookUps, toldRow, unsentRow } from '../shared/domain/inbox/notice-rows';
import { type Notice, noticesOf, sentLately } from '../shared/domain/inbox/notices';
import { changedOutages, FULL_TABLES, NOTICES_ROW } from '../shared/domain/inbox/outages';
import { isRecord, type JsonRecord } from '../shared/domain/values/json';
import { memberText } from '../shared/domain/values/read';
import { ParameterError, readObject, readObjectOf } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';

/** Each way, with the output that it has and the end of its settings' names: `incomingByEmail`. */
const WAYS: ReadonlyArray<[setting: string, output: number]> = [
	['ByEmail', OUTPUTS.notices.email],
	['ByTeams', OUTPUTS.notices.teams],
	['BySlack', OUTPUTS.notices.slack],
];

function numberOf(settings: JsonRecord, name: string): number {
	const value = settings[name];
	if (typeof value !== 'number' || !(value >= 0)) {
		throw new ParameterError(`settings.${name}`, 'a number that is not negative', value);
	}
	return value;
}

/** Rows by the table that they come from: each has a column that no other has. */
function byTable(rows: readonly JsonRecord[]) {
	return {
		status: rows.filter((row) => 'flow' in row),
		errors: rows.filter((row) => 'noticedAt' in row),
		waiting: rows.filter((row) => 'dedupKey' in row),
	};
}

/** One item for each table that Notices wants rows of. */
export function findErrors(): INodeExecutionData[][] {
	return [itemsFor(noticeLookUps())];
}

/**
 * What changed about outages, and the messages about it, each on the outputs of its ways; one that nobody wants to have
 * counts as told. A run that could write nothing tells of full tables alone, and has nothing to remember.
 * @throws ParameterError for a setting that is no number
 */
export function tellNotices(context: IExecuteFunctions): INodeExecutionData[][] {
	const now = Date.now();
	const settings = readObject(context, 'settings');
	const { status, errors, waiting } = byTable(inputRows(context, INPUTS.notices.rows));
	const [run] = inputRows(context, INPUTS.notices.thisRun);
	const full = run?.integration === undefined;
	const changed = full
		? { outages: [], flows: [] }
		: changedOutages({
				status,
				errors,
				waiting,
				first: run.createdAt === run.updatedAt,
				quietMinutes: numberOf(settings, 'quietMinutes'),
				now,
			});
	const to = (direction: string): string => memberText(settings, `${direction}To`) ?? '';
	const notices = noticesOf({
		status,
		changed: changed.outages,
		full,
		waiting: waiting.length,
		noticesPerHour: numberOf(settings, 'noticesPerHour'),
		to: { incoming: to('incoming'), outgoing: to('outgoing') },
		now,
	});
	const out: INodeExecutionData[][] = [[], [], [], []];
	const wanted = new Map(
		notices.map((notice) => [
			notice,
			WAYS.filter(([setting]) => settings[`${notice.direction}${setting}`] === true),
		]),
	);
	for (const [notice, ways] of wanted) {
		for (const [, output] of ways) out[output]?.push(...itemsFor([notice]));
	}
	if (full) return out;
	const at = new Date(now).toISOString();
	const times = [...sentLately(status, now), ...notices.map(() => at)];
	out[OUTPUTS.notices.remember] = itemsFor([
		...changed.outages,
		...changed.flows,
		...notices.filter((notice) => wanted.get(notice)?.length === 0).map(toldRow),
		...(notices.length === 0 ? [] : [{ ...NOTICES_ROW, counts: JSON.stringify(times) }]),
		// Last: an error that counts as read without its outage would be told to nobody.
		...noticedRows(errors, at),
	]);
	return out;
}

function readNotice(
	context: IExecuteFunctions,
	item: number,
): Pick<Notice, 'integration' | 'next' | 'full' | 'subject'> {
	const notice = readObjectOf(context, 'notice', item);
	const integration = memberText(notice, 'integration');
	const { next } = notice;
	if (integration === null || (next !== 'told' && next !== 'closed')) {
		throw new ParameterError('notice', 'an item that Notices gave out', notice);
	}
	const subject = memberText(notice, 'subject') ?? '';
	return { integration, next, full: notice.full === true, subject };
}

/** Why an item of a node that sends was not sent; null when it was. */
function whyUnsent(json: JsonRecord): string | null {
	const { error } = json;
	if (error !== undefined) {
		const said = isRecord(error) ? memberText(error, 'message') : memberText(json, 'error');
		return said ?? 'the node said no reason';
	}
	// What a node sends takes the place of the notice; one that is switched off passes it on.
	return 'next' in json ? 'the node is switched off, but Settings sends by it' : null;
}

/**
 * What is remembered of each notice after the node that sends it: told, or why not. While the tables are full nothing can
 * be written, so the row of that outage is to be deleted instead.
 * @throws ParameterError for an item without its notice
 */
export function rememberSent(context: IExecuteFunctions): INodeExecutionData[][] {
	const at = new Date().toISOString();
	const out: INodeExecutionData[][] = [[], []];
	for (const [item, { json }] of context.getInputData(0).entries()) {
		const notice = readNotice(context, item);
		const why = whyUnsent(json);
		const pairedItem = { item };
		if (!notice.full) {
			const row = why === null ? toldRow(notice) : unsentRow(notice.subject, why, at);
			out[OUTPUTS.sent.remember]?.push({ json: row, pairedItem });
		} else if (why === null) {
			const row = { integration: FULL_TABLES, flow: NOTICES_ROW.flow };
			out[OUTPUTS.sent.full]?.push({ json: row, pairedItem });
		}
	}
	return out;
}
