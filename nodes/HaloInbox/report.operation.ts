import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ownName } from '../shared/domain/inbox/error-rows';
import { reportOn } from '../shared/domain/inbox/report';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { OUTPUTS } from './description';

/** Needs Review and Unmapped of Halo Map Company; Ignored of Halo Evaluate Event Set; Halo Ticket. */
const INPUT_COUNT = 4;

/** What is to be remembered of events that make tickets at once, and which of them have to come again. */
export function report(context: IExecuteFunctions): INodeExecutionData[][] {
	const decided = Array.from({ length: INPUT_COUNT }, (_, input) =>
		inputRows(context, input),
	).flat();
	const { errors, failed, status } = reportOn(decided, {
		workflow: ownName(context.getWorkflow().name ?? ''),
		at: new Date().toISOString(),
	});
	const out: INodeExecutionData[][] = [[], []];
	out[OUTPUTS.report.remember] = itemsFor([...errors, status]);
	out[OUTPUTS.report.failed] = itemsFor(failed.map((message) => ({ message })));
	return out;
}
