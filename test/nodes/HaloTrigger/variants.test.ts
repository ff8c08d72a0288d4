import type { HaloSimulator, HaloSwitches } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { ownTexts, referenceOf } from '../../support/own-ticket';
import { deliver, delivery, jsonOf } from './support';

/** Halo's deliveries, and the tickets that they are about, on tenants that answer otherwise. */

let simulator: HaloSimulator;
let ticketId: number;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});
beforeEach(() => {
	simulator.reset();
	const texts = ownTexts('Disk full', referenceOf('disk'));
	ticketId = simulator.technician.create({ ...texts, client_id: 11, agent_id: 2 });
	simulator.technician.close(ticketId);
});
afterEach(() => {
	expect(simulator.failures).toEqual([]);
});
afterAll(async () => {
	await simulator.stop();
});

const about = (change: Record<string, unknown> = {}) =>
	delivery({ object_id: ticketId, ...change });

const TENANTS: ReadonlyArray<[name: string, switches: Partial<HaloSwitches>]> = [
	['as usual', {}],
	['closed hidden', { listsOpenOnly: true }],
	['ids as text', { rowIds: 'text' }],
	['ids as floats', { rowIds: 'float' }],
	['dates with Z', { dates: 'zulu' }],
	['hasbeenclosed stays', { keepsHasBeenClosed: true }],
	['rows without status', { rowWithout: 'status_id' }],
	['rows without details', { rowDetails: 'missing' }],
];

test.each(TENANTS)('%s: a closing is one item about one ticket of ours', async (_, switches) => {
	Object.assign(simulator.switches, switches);
	const answer = await deliver(simulator, about(), {
		parameters: { readTicket: 'always', events: ['closed'], only: { onlyReferenced: true } },
	});
	expect(jsonOf(answer)).toMatchObject([
		{
			event: 'closed',
			ticketId,
			ticketFrom: 'halo',
			reference: referenceOf('disk'),
			problem: null,
			ticket: { id: ticketId, client_id: 11, status_id: 9, agent_id: 2 },
		},
	]);
});

/** The members of a delivery's own ticket, ids written in another way. */
const WRITTEN: ReadonlyArray<[name: string, write: (id: number) => unknown]> = [
	['ids as text', String],
	['ids as floats', (id) => Number(`${id}.0`)],
];

test.each(WRITTEN)('%s in a delivery name the same ticket, client and agent', async (_, write) => {
	const ticket = {
		...ownTexts('Disk full', referenceOf('disk')),
		id: write(ticketId),
		client_id: write(11),
		status_id: write(9),
		agent_id: write(2),
		tickettype_id: write(1),
	};
	const answer = await deliver(
		simulator,
		about({ object_id: write(ticketId), agent_id: write(2), ticket }),
		{ parameters: { readTicket: 'whenMissing' } },
	);
	expect(jsonOf(answer)).toMatchObject([
		{ ticketId, agentId: 2, ticket: { id: ticketId, client_id: 11, status_id: 9, agent_id: 2 } },
	]);
});

test.each([
	['401 for this one ticket', () => ({ unauthorisedTickets: String(ticketId) })],
	['an answer that cannot be read', () => ({})],
])(
	'%s: a delivery without its ticket is to be sent again, and starts nothing',
	async (what, switches) => {
		Object.assign(simulator.switches, switches());
		if (what.startsWith('an answer')) {
			simulator.faults.add({
				name: 'bad-json',
				method: 'GET',
				path: '/Tickets/\\d+$',
				times: 'always',
			});
		}
		const answer = await deliver(simulator, about(), { parameters: { readTicket: 'always' } });
		expect(answer.status).toBe(503);
		expect(answer.items).toEqual([]);
		expect(JSON.stringify(answer.body)).toContain('Send this delivery again');
	},
);

test.each([
	['401 for this one ticket', 'When it is green, the right is missing'],
	['an answer that cannot be read', 'cannot be read'],
])(
	'%s: a delivery that holds its ticket goes on, and says why it was not read',
	async (what, words) => {
		if (what.startsWith('401')) simulator.switches.unauthorisedTickets = String(ticketId);
		else {
			simulator.faults.add({
				name: 'bad-json',
				method: 'GET',
				path: '/Tickets/\\d+$',
				times: 'always',
			});
		}
		const ticket = { id: ticketId, summary: 'x', client_id: 11, status_id: 9, agent_id: 2 };
		const answer = await deliver(simulator, about({ ticket }), {
			parameters: { readTicket: 'always' },
		});
		expect(jsonOf(answer)).toMatchObject([
			{ ticketFrom: 'delivery', problem: expect.stringContaining(words) },
		]);
	},
);
