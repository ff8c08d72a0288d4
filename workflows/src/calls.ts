import { INPUTS, OUTPUTS } from '../../nodes/HaloOutbox/description';
import { packNode, type TemplateNode, type Wire, wire } from './builder';
import { getRows, insertRows, updateRows, upsertRows } from './core';
import type { ErrorBranch } from './error-branch';
import type { Lane } from './layout';
import { haloOutbox } from './pack';

const inbox = { name: 'halo_inbox' };

/** From claims of calls to what became of them; the node that calls stands in the middle. */
export interface Calls {
	/** From the claim to the calls that are made. */
	claiming: TemplateNode[];
	/** The lane of what is sent, with the error branch below. */
	sending: Lane['columns'];
	wires: Wire[];
}

/** Enough for an outage of a day; what is left comes with the next run. */
const MOST_CALLS = 100;

/**
 * The engine of calls.
 * @param claims Halo Outbox, with the outputs Claims, Try Again and Errors
 * @param send the node that calls; its second output holds what failed
 * @param signed whether calls are signed, with this credential
 */
export function calls(
	claims: TemplateNode,
	send: TemplateNode,
	{ errorRow, fails, storeErrors }: ErrorBranch,
	signed: { webhookSecretApi: string } | null,
): Calls {
	const claim = insertRows('Claim', inbox, 'ofTheItem');
	const found = getRows('Same or failed calls', inbox, {
		where: [
			{ column: 'source', condition: 'eq', value: '={{ $json.source }}' },
			{
				column: "={{ $json.column ?? 'dedupKey' }}",
				condition: "={{ $json.condition ?? 'eq' }}",
				value: '={{ $json.value ?? $json.dedupKey }}',
			},
		],
		limit: MOST_CALLS,
		orderBy: 'id',
		direction: 'ASC',
	});
	const which = packNode(
		haloOutbox,
		'Which calls',
		{ operation: 'claim', signature: signed === null ? 'none' : 'hmacSha256' },
		signed === null ? {} : { credentials: signed },
	);
	const settle = packNode(haloOutbox, 'What became of them', {
		operation: 'settle',
		call: "={{ $('Which calls').item.json }}",
		calledBy: send.name,
	});
	const writeRows = updateRows(
		'Write the rows',
		inbox,
		{ where: [{ column: 'id', condition: 'eq', value: '={{ $json.id }}' }] },
		'ofTheItem',
	);
	const writeStatus = upsertRows(
		'Last Sync',
		{ name: 'halo_sync_status' },
		{
			where: [
				{ column: 'integration', condition: 'eq', value: '={{ $json.integration }}' },
				{ column: 'flow', condition: 'eq', value: '={{ $json.flow }}' },
			],
		},
		'ofTheItem',
	);
	return {
		claiming: [claim, found, which],
		sending: [
			[null, null, fails],
			[null, null, errorRow],
			[send, null, null],
			[settle, null, null],
			// Free for wires from the lane above.
			[],
			[],
			[writeRows, writeStatus, storeErrors],
		],
		wires: [
			wire(claims, claim, OUTPUTS.write.claims),
			wire(claims, found, OUTPUTS.write.tryAgain),
			wire(claims, storeErrors, OUTPUTS.write.errors),
			wire(claim, which, 0, INPUTS.claim.claimed),
			wire(claim, found),
			wire(found, which, 0, INPUTS.claim.found),
			wire(which, send, OUTPUTS.claim.calls),
			wire(which, writeRows, OUTPUTS.claim.repeats),
			wire(send, settle),
			wire(send, settle, 1),
			wire(settle, writeRows, OUTPUTS.settle.rows),
			wire(settle, writeStatus, OUTPUTS.settle.status),
			wire(settle, storeErrors, OUTPUTS.settle.errors),
		],
	};
}
