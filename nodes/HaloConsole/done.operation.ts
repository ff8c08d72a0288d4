import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type ConsoleAnswer, failedStep, refusalPage } from '../shared/domain/console/answer';
import { answerAfter, type Written } from '../shared/domain/console/done';
import { isRecord, type JsonRecord } from '../shared/domain/values/json';
import { memberText, readInteger } from '../shared/domain/values/read';
import { ParameterError } from '../shared/n8n/parameters';
import { readItems } from '../shared/n8n/rows';
import { INPUTS } from './description';
import { about } from './items';

function decidedIn(page: JsonRecord): ConsoleAnswer {
	const failure = failedStep(page);
	if (failure !== null) return refusalPage(500, failure).answer;
	const status = readInteger(page.status);
	if (status === null || typeof page.body !== 'string') {
		throw new ParameterError('Page', 'the item of Answer on the first input', page);
	}
	return {
		status,
		contentType: memberText(page, 'contentType') ?? '',
		location: memberText(page, 'location') ?? '',
		disposition: memberText(page, 'disposition') ?? '',
		body: page.body,
	};
}

/** One item: what is sent back, once every row is written. @throws ParameterError without the item of Answer */
export function done(context: IExecuteFunctions): INodeExecutionData[][] {
	const page = context.getInputData(INPUTS.done.page)[0]?.json ?? {};
	const writtenTo = (input: number): Written[] => readItems(context, input);
	const counts = isRecord(page.counts) ? page.counts : {};
	const { insert, update, insertCompanies, updateCompanies, remove } = INPUTS.done;
	const inputs = [insert, update, insertCompanies, updateCompanies, remove];
	const missing = (asked: unknown, input: number): number =>
		Math.max(0, (readInteger(asked) ?? 0) - writtenTo(input).length);
	const gone = missing(counts.update, update) + missing(counts.updateCompanies, updateCompanies);
	return [about([answerAfter(decidedIn(page), inputs.flatMap(writtenTo), gone)])];
}
