import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Condition } from '../shared/domain/inbox/look-up';
import { type Keeping, type OldRows, oldRows, upToLast } from '../shared/domain/inbox/prune';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText, readInteger, recordsIn } from '../shared/domain/values/read';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { INPUTS } from './description';
import { readIds } from './read';

/** A number of the node Settings that is none, or negative. */
class SettingError extends Error {
	readonly nextStep = 'Open the node Settings and correct the number.';

	constructor(name: string, got: unknown) {
		super(
			`Settings: ${name} needs a number that is not negative, got ${JSON.stringify(got) ?? 'nothing'}`,
		);
		this.name = 'SettingError';
	}
}

function readKept(context: IExecuteFunctions, name: keyof Keeping): number {
	const value: unknown = context.getNodeParameter(name, 0, undefined);
	if (typeof value !== 'number' || !(value >= 0)) throw new SettingError(name, value);
	return value;
}

/**
 * One item for each kind of rows that may go.
 * @throws SettingError for a number that is none
 */
export function findOldRows(context: IExecuteFunctions): INodeExecutionData[][] {
	const keeping: Keeping = {
		keepDays: readKept(context, 'keepDays'),
		keepDeadDays: readKept(context, 'keepDeadDays'),
		keepHeldDays: readKept(context, 'keepHeldDays'),
		keepRows: readKept(context, 'keepRows'),
		keepErrorDays: readKept(context, 'keepErrorDays'),
	};
	const newest = readInteger(inputRows(context, 0)[0]?.id) ?? 0;
	return [itemsFor(oldRows(readIds(context, 'tables'), newest, keeping, Date.now()))];
}

function readCondition(where: JsonRecord): Condition {
	const { condition } = where;
	const known = condition === 'eq' || condition === 'gte' || condition === 'isNotEmpty';
	return {
		column: memberText(where, 'column') ?? '',
		condition: known ? condition : 'lt',
		value: readInteger(where.value) ?? memberText(where, 'value') ?? '',
	};
}

function readAsked(json: JsonRecord): OldRows[] {
	const table = memberText(json, 'table');
	if (table === null) return [];
	const where = recordsIn(json.where).map(readCondition);
	return [{ table, where, limit: readInteger(json.limit) ?? 0 }];
}

/** What is deleted: of each kind the rows up to the last that was found. */
export function pruneUpTo(context: IExecuteFunctions): INodeExecutionData[][] {
	const asked = inputRows(context, INPUTS.prune.asked).flatMap(readAsked);
	return [itemsFor(upToLast(asked, inputRows(context, INPUTS.prune.found)))];
}
