import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { HaloApi } from '../../../nodes/shared/halo/api';
import type { HaloTransport } from '../../../nodes/shared/halo/http/transport';
import { createHaloApi } from '../../../nodes/shared/n8n/create-halo-api';
import { toNodeError } from '../../../nodes/shared/n8n/errors';
import { createHaloTransport } from '../../../nodes/shared/n8n/halo-transport';
import { haloListSearch } from '../../../nodes/shared/n8n/list-search';

/** What the probe does with Halo; what it gives back comes out as one item. */
export type Probe = (halo: { transport: HaloTransport; api: HaloApi }) => Promise<unknown>;

/** A node that runs a test's own code with the pack's transport and client, in the real engine. */
export class ProbeNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Probe',
		name: 'probe',
		group: ['transform'],
		version: 1,
		description: 'Test only',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'haloPsaBridgeApi', required: true }],
		properties: [
			{ displayName: 'SLA', name: 'sla', type: 'string', default: '' },
			{ displayName: 'Client', name: 'client', type: 'string', default: '' },
		],
	};

	methods = { listSearch: haloListSearch };

	constructor(private readonly probe: Probe = async () => await Promise.resolve(null)) {}

	/** n8n calls this with its context as `this`, so the probe is reached through the node's type. */
	execute = executeWith(() => this.probe);
}

function executeWith(probeOf: () => Probe) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			const halo = { transport: createHaloTransport(this), api: await createHaloApi(this) };
			const result = await probeOf()(halo);
			return [[{ json: { result: result ?? null } as never }]];
		} catch (error) {
			throw toNodeError(error, this.getNode(), 0);
		}
	};
}
