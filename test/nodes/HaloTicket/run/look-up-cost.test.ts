import { evaluated, resolved, startTicketing, type Ticketing } from '../support';

let halo: Ticketing;

/** What is known of a tenant's search is kept by credential, and each simulator is another one. */
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const NOBODY = { id: null, name: null, displayName: null, reference: null, domain: null };

function asked(filter: (query: Record<string, unknown>) => boolean): number {
	return halo.simulator.journal.filter(({ query }) => filter(query)).length;
}

test.each([
	['unique in the world asks for no digests', 'pagerduty', 0],
	['shared asks for the digests of all clients', 'wazuh', 1],
])('an end without a company, of keys that are %s', async (_, source, digests) => {
	await halo.decide([evaluated({ source })]);
	halo.simulator.journal.length = 0;
	const end = resolved({ source, company: NOBODY, mapping: null });
	expect(await halo.decide([end])).toMatchObject([{ decision: 'closed' }]);
	expect(
		asked((query) => query.search_summary === 'scanroster' && query.client_ids === undefined),
	).toBe(digests);
});

test('a first batch asks for closed tickets once, where lists were seen to hold them unasked', async () => {
	const events = Array.from({ length: 6 }, (_, index) =>
		evaluated({ dedupKey: `v1|x|${index}`, severity: index < 3 ? 'critical' : 'high' }),
	);
	const decisions = await halo.decide(events);
	expect(decisions.map(({ decision }) => decision)).toEqual(Array(6).fill('created'));
	expect(asked(({ closed_only: closed }) => closed === 'true')).toBe(1);
});
