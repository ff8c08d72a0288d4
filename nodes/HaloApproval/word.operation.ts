import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { formLink, linkNote } from '../shared/domain/approval/link';
import { readQuestion } from '../shared/domain/approval/question';
import { ParameterError, readString } from '../shared/n8n/parameters';
import { oneOut, oneItem } from './read';

/** The question of this run, with the link to the form and the note that brings it onto the ticket. */
export function wordQuestion(context: IExecuteFunctions): INodeExecutionData[][] {
	const question = readQuestion(oneItem(context));
	const formPath = readString(context, 'formPath', 0);
	if (formPath === '')
		throw new ParameterError('Form Path', 'the path of a Form Trigger', formPath);
	const formUrl = formLink(question, readString(context, 'resumeUrl', 0), formPath);
	return [oneOut({ ...question, formUrl, note: linkNote(question, formUrl) })];
}
