import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parseEvent } from '../shared/domain/event/parse';
import {
	createEvaluator,
	type Evaluation,
	type Evaluator,
} from '../shared/domain/event-set/evaluate';
import { parseEventSet, parseEventSetRows } from '../shared/domain/event-set/parse';
import { parseMapping } from '../shared/domain/company/stamped-mapping';
import { decideItems, withEvent } from '../shared/n8n/decide-items';
import { hasExpression, readOption } from '../shared/n8n/parameters';
import type { Emission } from '../shared/n8n/items';
import { readRows } from '../shared/n8n/rows';
import { OUTPUTS } from './description';
import { readTypedSet } from './typed-set';

function readEvaluator(context: IExecuteFunctions, itemIndex: number, now: Date): Evaluator {
	const from = readOption(context, 'eventSetFrom', itemIndex, ['node', 'rows'] as const);
	const sets =
		from === 'rows'
			? parseEventSetRows(readRows(context, 1))
			: [parseEventSet(readTypedSet(context, itemIndex), 'this node')];
	return createEvaluator(sets, now);
}

/** @param json a copy of the item's json, which the stamp is put on */
function emissionOf(json: IDataObject, evaluation: Evaluation): Emission {
	const { eventSet, rule } = evaluation;
	if (evaluation.output === 'ticket') {
		const status = evaluation.becomesOpen ? { status: 'open' } : {};
		const { groupKey } = evaluation;
		return {
			json: { ...json, ...status, groupKey, eventSet, rule },
			output: OUTPUTS.ticket,
		};
	}
	const { decision, reason, notBefore } = evaluation;
	const stamp = { eventSet, rule, decision, reason, notBefore };
	return { json: Object.assign(json, stamp), output: OUTPUTS.ignored };
}

/**
 * Decides for each event whether it makes a ticket, and for which group. Sends nothing anywhere.
 * @throws NodeOperationError naming the event set that cannot be used
 */
export function evaluate(context: IExecuteFunctions): INodeExecutionData[][] {
	const now = new Date();
	const perItem = hasExpression(context.getNode().parameters);
	let evaluator: Evaluator | null = null;

	return decideItems(context, { count: 2, decided: OUTPUTS.ignored }, (json, itemIndex) => {
		const event = { ...parseEvent(json), mapping: parseMapping(json) };
		if (evaluator === null || perItem) evaluator = readEvaluator(context, itemIndex, now);
		return emissionOf(withEvent(json, event), evaluator(event));
	});
}
