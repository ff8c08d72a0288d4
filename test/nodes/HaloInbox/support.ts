import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { HaloInbox } from '../../../nodes/HaloInbox/HaloInbox.node';
import { type NodeRun, runNode } from '../../support/engine';
import { TABLES } from '../../domain/inbox/rows';

/** What the Data Table node lists when the tables of the template setup are there. */
export const LISTED: IDataObject[] = Object.entries(TABLES).map(([name, id]) => ({ id, name }));

/** Runs an operation on n8n's own engine. */
export async function runInbox(
	operation: string,
	inputs: Array<Array<IDataObject | INodeExecutionData>>,
	parameters: INodeParameters = {},
): Promise<NodeRun> {
	return await runNode({
		node: new HaloInbox(),
		inputs,
		executionOrder: 'v1',
		parameters: { operation, ...parameters },
	});
}
