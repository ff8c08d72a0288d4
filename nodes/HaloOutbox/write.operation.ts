import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { integrationKey } from '../shared/domain/event/integration';
import { ownName } from '../shared/domain/inbox/error-rows';
import { callbackClaim } from '../shared/domain/outbox/callback';
import { type CallSource, retryLookUp } from '../shared/domain/outbox/call';
import { changeErrorRow, type ClaimOf, claimsOf } from '../shared/domain/outbox/claims';
import { jitClaim } from '../shared/domain/outbox/jit';
import { toNodeError } from '../shared/n8n/errors';
import { readNames, readObject } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';

/**
 * A row for each change that somebody is told of. Without a change, as a schedule or a person starts the workflow: the
 * look-up for calls that failed. What cannot be told becomes an error row; when there is nothing else, the run fails.
 * @param input that Halo Trigger leads to
 * @throws ChangeError
 */
function write(
	context: IExecuteFunctions,
	input: number,
	source: CallSource,
	claimOf: ClaimOf,
): INodeExecutionData[][] {
	const out: INodeExecutionData[][] = [[], [], []];
	const changes = inputRows(context, input);
	if (changes.length === 0) {
		out[OUTPUTS.write.tryAgain] = itemsFor([retryLookUp(source)]);
		return out;
	}
	const { claims, failures } = claimsOf(changes, claimOf);
	const [first] = failures;
	if (claims.length === 0 && first !== undefined) {
		throw toNodeError(first.value, context.getNode(), first.item);
	}
	const at = new Date().toISOString();
	const where = {
		workflow: ownName(context.getWorkflow().name ?? ''),
		node: context.getNode().name,
	};
	out[OUTPUTS.write.claims] = claims.map(({ item, value }) => ({
		json: value,
		pairedItem: { item, input },
	}));
	out[OUTPUTS.write.errors] = failures.map(({ item, value }) => ({
		json: changeErrorRow(value, where, at),
		pairedItem: { item, input },
	}));
	return out;
}

/** Rows that tell the sources of tickets what became of them. @throws ChangeError */
export function writeCallbacks(context: IExecuteFunctions): INodeExecutionData[][] {
	const integrations = readNames(context, 'integrations').map(integrationKey);
	const events = inputRows(context, INPUTS.callbacks.events);
	const now = Date.now();
	return write(context, INPUTS.callbacks.changes, 'halo-callback', (change) =>
		callbackClaim(change, events, integrations, now),
	);
}

/** Rows that end the JIT accounts of closed tickets. @throws ChangeError */
export function writeJitCalls(context: IExecuteFunctions): INodeExecutionData[][] {
	const customerNames = readObject(context, 'customerNames');
	const now = Date.now();
	return write(context, INPUTS.jitAccounts.changes, 'halo-jit', (change) =>
		jitClaim(change, customerNames, now),
	);
}
