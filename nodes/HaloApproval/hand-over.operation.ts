import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type Handed, handOver } from '../shared/domain/approval/choice';
import { readLink, waitingAddress } from '../shared/domain/approval/link';
import { endOfForm, type RunAnswer } from '../shared/domain/approval/page';
import { asError } from '../shared/domain/values/read';
import { readFullResponse } from '../shared/n8n/full-response';
import { forEachItem } from '../shared/n8n/items';
import { readString } from '../shared/n8n/parameters';
import { signingSecrets } from './read';

/** Halo is read, the source is told in three tries, the ticket is closed: longer than that nobody waits at a form. */
const TIMEOUT_MS = 60_000;

async function send(context: IExecuteFunctions, url: string, body: Handed): Promise<RunAnswer> {
	try {
		const answer: unknown = await context.helpers.httpRequest({
			method: 'POST',
			url,
			body,
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const { body: said, status } = readFullResponse(answer);
		return { status, body: said };
	} catch (error) {
		// No answer is one of the ends, and whoever sent the form is told so.
		context.logger.warn(`The request behind the form did not answer: ${asError(error).message}`);
		return { status: null, body: null };
	}
}

/** The page that ends each form, after the run that waits had its say. */
export async function handOverForm(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const [secret] = await signingSecrets(context);
	return await forEachItem(context, 1, async ({ json }, itemIndex) => {
		const link = readLink(json);
		if (link === null) return { json: { ...endOfForm(null, null, Date.now()) } };
		const url = waitingAddress(readString(context, 'resumeUrl', itemIndex), link);
		const answer = await send(context, url, handOver(json, link.execution, secret));
		return { json: { ...endOfForm(answer, link.until, Date.now()) } };
	});
}
