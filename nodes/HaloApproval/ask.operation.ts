import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { afterRequest, type AskSettings, sourceAnswerOf } from '../shared/domain/approval/ask';
import { ownName } from '../shared/domain/inbox/error-rows';
import { ParameterError, readBoolean, readNumber, readString } from '../shared/n8n/parameters';
import { readItems } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';
import { respond } from './read';

function readSettings(context: IExecuteFunctions): AskSettings {
	const callbackUrl = readString(context, 'callbackUrl', 0);
	const isAddress = URL.canParse(callbackUrl) && /^https?:$/.test(new URL(callbackUrl).protocol);
	if (callbackUrl !== '' && !isAddress) {
		throw new ParameterError('Callback Address', 'a web address, or nothing', callbackUrl);
	}
	return {
		callbackUrl,
		waitHours: readNumber(context, 'waitHours', 0),
		ownAllowed: readBoolean(context, 'approveOwnRequests', 0),
		workflow: ownName(context.getWorkflow().name ?? ''),
		now: Date.now(),
	};
}

/** One item for each request: a question, a row of halo_errors, or what needs neither. The source is answered. */
export async function ask(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(context);
	const items = Object.values(INPUTS.ask).flatMap((input) =>
		readItems(context, input).map(({ json }, item) => ({ json, pairedItem: { item, input } })),
	);
	const out: INodeExecutionData[][] = [[], [], []];
	for (const { json, pairedItem } of items) {
		const after = afterRequest(json, settings);
		if (after.kind === 'question') {
			out[OUTPUTS.ask.questions]?.push({ json: { ...after.question }, pairedItem });
		} else if (after.kind === 'error') {
			out[OUTPUTS.ask.errors]?.push({ json: after.row, pairedItem });
		} else {
			out[OUTPUTS.ask.others]?.push({ json, pairedItem });
		}
	}
	await respond(context, sourceAnswerOf(items.map(({ json }) => json)));
	return out;
}
