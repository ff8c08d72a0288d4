import { CredentialStore } from '../../support/engine/credential-store';
import { evaluated, startTicketing, type Ticketing } from '../HaloTicket/support';

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await halo.simulator.stop();
});

test('a run reads its credential once, and n8n once more for each request that it signs', async () => {
	const events = Array.from({ length: 40 }, (_, index) =>
		evaluated({ dedupKey: `v1|wazuh|finding ${index}` }),
	);
	await halo.decide(events);
	halo.simulator.journal.length = 0;
	const reads = jest.spyOn(CredentialStore.prototype, 'getDecrypted');
	await halo.decide(events);
	expect(halo.requests().length).toBeGreaterThan(0);
	expect(reads.mock.calls.length - halo.requests().length).toBe(1);
});

test('a credential that was edited is seen by the next run', async () => {
	await halo.decide([evaluated()], {}, { credential: { associatedCompany: 'Fabrikam Inc' } });
	expect(halo.tickets()).toEqual([]);
	await halo.decide([evaluated()]);
	expect(halo.tickets()).toHaveLength(1);
});
