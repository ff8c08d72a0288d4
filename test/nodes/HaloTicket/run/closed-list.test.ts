import { evaluated, startTicketing, type Ticketing } from '../support';

/** Closed tickets of a batch whose look-up found nothing are asked for at once where our word is known to be found. */

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const critical = (number: number) =>
	evaluated({ dedupKey: `v1|wazuh|${number}`, title: `Finding ${number}`, severity: 'critical' });

const closedAsked = () =>
	halo.simulator.journal.filter(
		({ method, path, query }) =>
			method === 'GET' && path.endsWith('/Tickets') && query.closed_only === 'true',
	);

test('three critical problems that no search finds cost one list of closed tickets for each place that is searched', async () => {
	halo.simulator.switches.listsOpenOnly = true;
	// A first batch: from then on our word is known to be found.
	await halo.decide([critical(1), critical(2)]);
	await halo.decide([critical(1), critical(2)]);
	const before = closedAsked().length;
	const decisions = await halo.decide([critical(3), critical(4), critical(5)]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'created', 'created']);
	// Summaries, then details.
	expect(closedAsked().length - before).toBe(2);
	expect(halo.tickets()).toHaveLength(5);
});

test('a closed ticket that only its details name is found by that list as well', async () => {
	halo.simulator.switches.listsOpenOnly = true;
	const [first] = await halo.decide([critical(1), critical(2)]);
	await halo.decide([critical(1), critical(2)]);
	const id = Number(first?.ticketId);
	halo.simulator.technician.edit(id, { summary: 'Renamed by a person' });
	halo.simulator.technician.close(id);
	const later = (number: number) => ({
		...critical(number),
		time: new Date(Date.now() + 60_000).toISOString(),
	});
	const decisions = await halo.decide([later(1), later(3), later(4)]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['reopened', 'created', 'created']);
	expect(decisions[0]?.ticketId).toBe(id);
});
