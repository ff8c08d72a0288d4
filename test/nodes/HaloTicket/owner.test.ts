import type { IDataObject } from 'n8n-workflow';

import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	mappedTo,
	resolved,
	startTicketing,
	type Ticketing,
} from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
	halo.simulator.clock.follow();
});

const NOBODY = { id: null, name: null, displayName: null, reference: null, domain: null };
const contoso = { company: { ...NOBODY, name: 'Contoso' }, mapping: mappedTo(CONTOSO) };
const fabrikam = { company: { ...NOBODY, name: 'Fabrikam' }, mapping: mappedTo(FABRIKAM) };
const nobody = { company: NOBODY, mapping: null };

function textOf(ticketId: unknown): string {
	const ticket = halo.tickets().find(({ id }) => id === ticketId) ?? {};
	return JSON.stringify([ticket.summary, ticket.details, ticket.actions]);
}

const ORDERS: Array<[string, IDataObject[][]]> = [
	['in two runs', [[evaluated(contoso)], [evaluated(fabrikam)]]],
	['in one batch', [[evaluated(contoso), evaluated(fabrikam)]]],
];

test.each(ORDERS)('two companies with one key have a ticket each, %s', async (_, runs) => {
	const decisions: IDataObject[] = [];
	for (const events of runs) decisions.push(...(await halo.decide(events)));
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'created']);
	const [one, other] = decisions;
	expect(one?.ticketId).not.toBe(other?.ticketId);
	expect(textOf(one?.ticketId)).not.toContain('Fabrikam');
	expect(textOf(other?.ticketId)).not.toContain('Contoso');
	expect(await halo.decide([resolved(contoso)])).toMatchObject([
		{ decision: 'closed', ticketId: one?.ticketId },
	]);
	expect(halo.openTickets().map(({ id }) => id)).toEqual([other?.ticketId]);
});

test('a resolve without a company closes the only one, and none where two companies are known', async () => {
	const [one] = await halo.decide([evaluated(contoso)]);
	expect(await halo.decide([resolved(nobody)])).toMatchObject([
		{ decision: 'closed', ticketId: one?.ticketId },
	]);
	await halo.decide([evaluated(fabrikam)]);
	expect(await halo.decide([resolved(nobody)])).toMatchObject([{ decision: 'held_ambiguous' }]);
	expect(halo.openTickets()).toHaveLength(1);
});

test('open and resolve of one batch meet although the resolve names no company', async () => {
	const decisions = await halo.decide([evaluated(contoso), resolved(nobody)]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'closed']);
});
