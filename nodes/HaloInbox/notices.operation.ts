import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { noticesOf, sentLately } from '../shared/domain/inbox/notices';
import { changedOutages } from '../shared/domain/inbox/outages';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText } from '../shared/domain/values/read';
import { ParameterError, readObject } from '../shared/n8n/parameters';
import { INPUTS, OUTPUTS } from './description';
import { inputRows, itemsFor } from './read';

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

/**
 * What changed about outages, and the messages about it, each on the outputs of its ways. A run that could write nothing
 * tells of full tables alone, and has nothing to remember.
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
	const out: INodeExecutionData[][] = [[], [], [], [], []];
	for (const notice of notices) {
		const [direction = ''] = notice.integration.split(': ');
		const ways = WAYS.filter(([setting]) => settings[`${direction}${setting}`] === true);
		const outputs = ways.length === 0 ? [OUTPUTS.notices.nobody] : ways.map(([, output]) => output);
		for (const output of outputs) out[output]?.push(...itemsFor([notice]));
	}
	if (full) return out;
	const at = new Date(now).toISOString();
	const times = [...sentLately(status, now), ...notices.map(() => at)];
	const own = { integration: '(notices)', flow: 'notices', counts: JSON.stringify(times) };
	out[OUTPUTS.notices.remember] = itemsFor([
		...changed.outages,
		...changed.flows,
		...(notices.length === 0 ? [] : [own]),
	]);
	return out;
}
