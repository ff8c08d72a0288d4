import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { HaloCheckSetup } from '../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import { startHaloSimulator, type HaloSimulator } from '../../sandbox/halo';
import { haloCredentialOf, runNode, type NodeRun, type RunNodeOptions } from '../support/engine';
import { evaluated, LEAST, resolved } from './HaloTicket/support';

/** Tenants that hold nothing yet, and one that is not there at all: what each node makes of them. */

let halo: HaloSimulator;

beforeAll(async () => {
	halo = await startHaloSimulator();
});
beforeEach(() => halo.reset());
afterAll(async () => await halo.stop());

const NODES: Array<
	[name: string, options: Pick<RunNodeOptions, 'node' | 'parameters' | 'inputs'>]
> = [
	['Halo Ticket, a ticket', { node: new HaloTicket(), parameters: LEAST, inputs: [[evaluated()]] }],
	['Halo Ticket, an end', { node: new HaloTicket(), parameters: LEAST, inputs: [[resolved()]] }],
	[
		'Halo Ticket, Get Many',
		{ node: new HaloTicket(), parameters: { operation: 'getMany', returnAll: true } },
	],
	[
		'Halo Import Companies, with assets',
		{ node: new ImportCompanies(), parameters: { entities: ['assets'] } },
	],
];

async function on(
	options: Pick<RunNodeOptions, 'node' | 'parameters' | 'inputs'>,
	credential: ICredentialDataDecryptedObject = {},
): Promise<NodeRun> {
	const credentials = { haloPsaBridgeApi: { ...haloCredentialOf(halo), ...credential } };
	return await runNode({ simulator: halo, ...options, credentials });
}

test.each(NODES)(
	'row 19, a tenant without tickets and assets: %s has nothing to fail of',
	async (name, options) => {
		halo.state.tickets.length = 0;
		halo.state.assets.length = 0;
		const { error, json } = await on(options);
		expect(error).toBeNull();
		const first = json[0] ?? [];
		if (name.endsWith('a ticket')) expect(first).toMatchObject([{ decision: 'created' }]);
		else if (name.endsWith('an end')) expect(first).toMatchObject([{ decision: 'not_found' }]);
		else if (name.endsWith('Many')) expect(first.filter(({ id }) => id !== undefined)).toEqual([]);
		else expect(json[1]).toMatchObject([{ complete: true, counts: { assets: 0 } }]);
		expect(halo.failures).toEqual([]);
	},
);

test('row 19, a tenant without tickets and assets: linking an asset is a remark, not a failure', async () => {
	halo.state.tickets.length = 0;
	halo.state.assets.length = 0;
	const parameters = { ...LEAST, content: { linkAsset: true } };
	const { json } = await on({ node: new HaloTicket(), parameters, inputs: [[evaluated()]] });
	expect(json[0]).toMatchObject([{ decision: 'created' }]);
	expect(json[0]?.[0]?.reason).toContain('SRV-01');
});

test.each([404, 500] as const)(
	'row 18, a wrong tenant that the sign-in answers with %s: each node names tenant and word',
	async (status) => {
		halo.switches.wrongTenantStatus = status;
		for (const [, options] of NODES) {
			const { error } = await on(options, { tenant: 'sandbux' });
			const told = `${error?.message ?? ''} ${error?.description ?? ''}`;
			expect(told).toContain(`${status} on`);
			expect(told).toContain('the tenant "sandbux"');
		}
		expect(halo.journal.filter(({ path }) => path.startsWith('/api/Tickets'))).toEqual([]);
		const { json } = await on(
			{ node: new HaloCheckSetup(), parameters: { operation: 'check' } },
			{ tenant: 'sandbux' },
		);
		const lines = (json[0] ?? []).filter(({ state }) => state === 'failed');
		expect(lines).toMatchObject([{ check: 'Tenant', seen: expect.stringContaining('sandbux') }]);
	},
);
