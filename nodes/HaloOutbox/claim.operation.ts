import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type CallRow, readCallRow } from '../shared/domain/outbox/call';
import { callsToMake } from '../shared/domain/outbox/claim';
import { memberText } from '../shared/domain/values/read';
import { signHmac } from '../shared/domain/webhook/signature';
import { ParameterError, readOption } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS, SECRET } from './description';

/** As GitHub and others write it, so that a receiver finds a library for it. */
const SCHEME = { encoding: 'hex', prefix: 'sha256=' } as const;

function callRows(context: IExecuteFunctions, input: number): CallRow[] {
	return inputRows(context, input).flatMap((json) => readCallRow(json) ?? []);
}

/** The secret that signs; null when nothing is signed. @throws ParameterError for a blank one */
async function secretOf(context: IExecuteFunctions): Promise<string | null> {
	if (readOption(context, 'signature', 0, ['hmacSha256', 'none'] as const) === 'none') return null;
	const secret = memberText({ ...(await context.getCredentials(SECRET)) }, 'secret');
	if (secret === null) throw new ParameterError('Secret', 'a text in its credential', '');
	return secret;
}

/**
 * The calls that are made now, signed, and what is written into the rows of changes that were told before.
 * @throws ParameterError when there is no secret to sign with
 */
export async function claimCalls(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { calls, repeats } = callsToMake(
		callRows(context, INPUTS.claim.claimed),
		callRows(context, INPUTS.claim.found),
		{ byHand: context.getMode() === 'manual', now: Date.now() },
	);
	const secret = await secretOf(context);
	const out: INodeExecutionData[][] = [[], []];
	out[OUTPUTS.claim.calls] = itemsFor(
		calls.map((call) => ({
			...call,
			signature: secret === null ? '' : signHmac(call.body, secret, SCHEME),
		})),
	);
	out[OUTPUTS.claim.repeats] = itemsFor(repeats);
	return out;
}
