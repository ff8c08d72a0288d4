import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { closedPage, NOT_TOLD } from '../shared/domain/approval/page';
import { readItems } from '../shared/n8n/rows';
import { INPUTS } from './description';
import { oneItem, oneOut, respond } from './read';

/** The page about a decision that was carried out, or not; one that was not is asked about again. */
export async function answerForm(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (readItems(context, INPUTS.answer.noted).length > 0) {
		await respond(context, NOT_TOLD);
		return [oneOut(NOT_TOLD)];
	}
	const page = closedPage(oneItem(context, INPUTS.answer.closed));
	if (page !== null) await respond(context, page);
	return [[]];
}
