import type { IDataObject } from 'n8n-workflow';

import { HaloCheckSetup } from '../../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { runNode } from '../../support/engine';
import { CLOSED, FABRIKAM, evaluated, mappedTo, startTicketing } from '../HaloTicket/support';
import type { Ticketing } from '../HaloTicket/support';

let at: Ticketing;
beforeAll(async () => {
	at = await startTicketing();
});
beforeEach(() => at.simulator.reset());
afterAll(async () => await at.simulator.stop());

async function statusPage(json: IDataObject = {}): Promise<string> {
	const run = await runNode({
		node: new HaloCheckSetup(),
		parameters: { operation: 'statusPage' },
		inputs: [[json]],
		simulator: at.simulator,
	});
	expect(run.error).toBeNull();
	return String(run.json[0]?.[0]?.page);
}

const finding = (dedupKey: string, change: IDataObject = {}): IDataObject =>
	evaluated({ dedupKey, ...change });

/** Requests of the page; tokens, and the 401 of one that a reset of the simulator ended, are left out. */
const asked = (): string[] =>
	at.simulator.journal
		.filter(({ path, status }) => !path.endsWith('/token') && status !== 401)
		.map(({ method, path }) => `${method} ${path.replace(/^\/api/, '')}`);

describe('the status page of Halo Check Setup', () => {
	test('open tickets of the bridge by severity, source and client; closed ones and those of others are not counted', async () => {
		await at.decide([
			finding('one', { severity: 'critical' }),
			finding('two', { source: 'tenable' }),
			finding('three', { mapping: mappedTo(FABRIKAM) }),
			finding('four', { mapping: mappedTo(FABRIKAM) }),
		]);
		const closed = at.openTickets().find(({ client_id }) => client_id === FABRIKAM.haloClientId);
		at.simulator.technician.close(Number(closed?.id), Number(CLOSED));
		at.simulator.technician.create({ summary: 'A printer', client_id: 12 });
		const before = asked().length;

		const page = await statusPage();
		expect(page).toContain('<b>3</b> open tickets of the bridge');
		expect(page).toContain('<span>Contoso Ltd</span><b>2</b>');
		expect(page).toContain('1 critical, 1 high');
		expect(page).toContain('<span>Fabrikam Inc</span><b>1</b>');
		expect(page).toContain('<span>wazuh</span><b>2</b>');
		expect(page).toContain('<span>tenable</span><b>1</b>');
		expect(page).toContain('All is well.');
		expect(asked().slice(before)).toEqual(['GET /Tickets']);
		expect(page).toMatch(/<b class="">[1-9]\d* of 300<\/b> requests/);
	});

	test.each([
		['status-503', 'Halo failed (503)'],
		['reset-before', 'No answer from Halo'],
		['forbidden-403', 'denied access (403)'],
	] as const)(
		'a Halo with %s: the page comes at once, asks once, and says so',
		async (name, words) => {
			at.simulator.faults.add({ name, path: '/Tickets$', times: 'always' });
			const page = await statusPage({ inbox: [{ state: 'dead', count: 1 }] });
			expect(page).toContain('Halo did not tell the open tickets.');
			expect(page).toContain(words);
			expect(page).toContain('1 finding could not become a ticket');
			expect(asked()).toEqual(['GET /Tickets']);
		},
	);

	test('a Halo whose limit is reached is not waited for', async () => {
		at.simulator.faults.add({
			name: 'rate-limit-429',
			path: '/Tickets$',
			times: 'always',
			retryAfter: 'seconds',
			retryAfterSeconds: 240,
		});
		expect(await statusPage()).toContain('(429)');
		expect(asked()).toEqual(['GET /Tickets']);
	});

	test('a wrong secret: the page comes and says it in the words of the set-up guide', async () => {
		const run = await runNode({
			node: new HaloCheckSetup(),
			parameters: { operation: 'statusPage' },
			inputs: [[{}]],
			simulator: at.simulator,
			credentials: {
				haloPsaBridgeApi: {
					domain: at.simulator.resourceServer,
					authorisationServer: at.simulator.authServer,
					tenant: at.simulator.tenant,
					clientId: at.simulator.clientId,
					clientSecret: 'wrong',
				},
			},
		});
		expect(String(run.json[0]?.[0]?.page)).toContain('Failed to enable HaloPSA Integration');
	});

	test('a Halo that ignores the search costs ten requests at most, and foreign tickets are not counted', async () => {
		for (let number = 0; number < 1_050; number++) {
			at.simulator.technician.create({ summary: `A printer ${number}`, client_id: 12 });
		}
		at.simulator.faults.add({ name: 'ignore-filters', path: '/Tickets$', times: 'always' });
		const page = await statusPage();
		expect(asked()).toHaveLength(10);
		expect(page).toContain('there are more.');
	});
});
