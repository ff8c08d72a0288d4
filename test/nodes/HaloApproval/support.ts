import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { HaloApproval } from '../../../nodes/HaloApproval/HaloApproval.node';
import type { Question } from '../../../nodes/shared/domain/approval/question';
import type { HaloSimulator } from '../../../sandbox/halo';
import { questionOf, SECRET } from '../../domain/approval/question';
import { type NodeRun, runNode } from '../../support/engine';

/** As n8n's engine numbers the one run of these tests. */
export const EXECUTION = '1';

const HOUR_MS = 3_600_000;

/** A question about a ticket of the simulator that waits for another hour. */
export function waitingQuestion(change: Partial<Question> = {}): IDataObject {
	const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
	return { ...questionOf({ ticketId: 1002, expiresAt, ...change }) };
}

/** Runs an operation on n8n's own engine. */
export async function runApproval(
	operation: string,
	inputs: Array<Array<IDataObject | INodeExecutionData>>,
	parameters: INodeParameters = {},
	{ halo, secret = SECRET }: { halo?: HaloSimulator; secret?: string } = {},
): Promise<NodeRun> {
	return await runNode({
		node: new HaloApproval(),
		inputs,
		executionOrder: 'v1',
		parameters: { operation, ...parameters },
		credentials: { webhookSecretApi: { user: '', secret, previousSecret: '' } },
		...(halo === undefined ? {} : { simulator: halo }),
	});
}
