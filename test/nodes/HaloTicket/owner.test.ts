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

const STORMY = { options: { stormCap: 1, stormExemptCap: 0 } };
/** A second company on the first one's client, so that a digest of that client lists the problems of both. */
const northwind = { company: { ...NOBODY, name: 'Northwind' }, mapping: mappedTo(CONTOSO) };
/** Names no company, and is placed on a client all the same: by *All to One Client*, or by the profile. */
const placed = { company: NOBODY, mapping: mappedTo(FABRIKAM) };
const HELD = expect.stringContaining('The source names no company');

function states(): string {
	return JSON.stringify(
		halo.tickets().map(({ actions, details, id, status_id }) => [id, status_id, details, actions]),
	);
}

describe('an event that names no company, of a source whose keys are shared', () => {
	test('is held beside the ticket of a company, and leaves it alone', async () => {
		await halo.decide([evaluated(contoso)]);
		const before = states();
		const [held] = await halo.decide([evaluated({ ...placed, severity: 'critical' })]);
		expect(held).toMatchObject({ decision: 'held_ambiguous', reason: HELD, ticketId: null });
		expect(states()).toBe(before);
	});

	test('is held beside a report of a company in its batch, in either order', async () => {
		for (const batch of [
			[evaluated(contoso), evaluated(placed)],
			[evaluated(placed), evaluated(contoso)],
		]) {
			halo.simulator.reset();
			const decisions = await halo.decide(batch);
			expect(decisions.map(({ decision }) => decision).sort()).toEqual([
				'created',
				'held_ambiguous',
			]);
			expect(halo.openTickets()).toMatchObject([{ client_id: 11 }]);
		}
	});

	test('has a ticket of its own where no company is known, which no end of a company closes', async () => {
		const [made] = await halo.decide([evaluated(placed)]);
		expect(made).toMatchObject({ decision: 'created' });
		await expect(halo.decide([resolved(contoso)])).resolves.toMatchObject([
			{ decision: 'not_found' },
		]);
		await expect(halo.decide([resolved(nobody)])).resolves.toMatchObject([
			{ decision: 'closed', ticketId: made?.ticketId },
		]);
	});

	test.each([
		['an end', resolved(nobody)],
		['an accepted risk', evaluated({ ...nobody, status: 'suppressed' })],
	])('%s is held where the batch reports the problems of two companies', async (_, event) => {
		const decisions = await halo.decide([evaluated(contoso), evaluated(fabrikam), event]);
		expect(decisions.map(({ decision }) => decision)).toEqual([
			'created',
			'created',
			'held_ambiguous',
		]);
		expect(decisions[2]).toMatchObject({ reason: HELD });
		expect(halo.openTickets()).toHaveLength(2);
	});

	test('an end is held where one company is in the batch and another in Halo', async () => {
		await halo.decide([evaluated(fabrikam)]);
		const decisions = await halo.decide([evaluated(contoso), resolved(nobody)]);
		expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'held_ambiguous']);
		expect(halo.openTickets()).toHaveLength(2);
	});

	test('an end is held where one company has a ticket and another stands on a digest', async () => {
		await halo.decide([evaluated({ ...northwind, dedupKey: 'v1|wazuh|other' })], STORMY);
		await halo.decide([evaluated(northwind)], STORMY);
		await halo.decide([evaluated(fabrikam)], STORMY);
		const before = states();
		await expect(halo.decide([resolved(nobody)])).resolves.toMatchObject([
			{ decision: 'held_ambiguous', reason: HELD },
		]);
		expect(states()).toBe(before);
	});

	test('an end is held where one digest lists the problems of two companies', async () => {
		await halo.decide([evaluated({ ...northwind, dedupKey: 'v1|wazuh|other' })], STORMY);
		const listed = await halo.decide([evaluated(northwind), evaluated(contoso)], STORMY);
		expect(listed.map(({ decision }) => decision)).toEqual(['digested', 'digested']);
		const before = states();
		await expect(halo.decide([resolved(nobody)])).resolves.toMatchObject([
			{ decision: 'held_ambiguous', reason: HELD },
		]);
		expect(states()).toBe(before);
		await expect(halo.decide([resolved(contoso)])).resolves.toMatchObject([
			{ decision: 'updated' },
		]);
		// What one of them had still counts: the end may be told once more.
		await expect(halo.decide([resolved(nobody)])).resolves.toMatchObject([
			{ decision: 'held_ambiguous' },
		]);
		await expect(halo.decide([resolved(northwind)])).resolves.toMatchObject([
			{ decision: 'closed' },
		]);
	});
});

describe('an event that names no company, of a source whose keys are unique in the world', () => {
	const unique = { source: 'datto-rmm', dedupKey: 'v1|datto-rmm|-|7d1e3a52|-' };

	test('acts on the one ticket that has its key, on whatever client it is, and does not map it anew', async () => {
		const [made] = await halo.decide([evaluated({ ...contoso, ...unique, severity: 'low' })]);
		const [rose] = await halo.decide([
			evaluated({ ...placed, ...unique, severity: 'high', time: now() }),
		]);
		expect(rose).toMatchObject({ decision: 'noted', ticketId: made?.ticketId });
		expect(halo.tickets()).toMatchObject([{ client_id: 11 }]);
		expect(textOf(made?.ticketId)).not.toContain('mapped');
		await expect(halo.decide([resolved({ ...nobody, ...unique })])).resolves.toMatchObject([
			{ decision: 'closed', ticketId: made?.ticketId },
		]);
		await expect(
			halo.decide([evaluated({ ...contoso, ...unique, time: now() })]),
		).resolves.toMatchObject([{ decision: 'reopened', ticketId: made?.ticketId }]);
	});

	test('is held all the same where two companies have a ticket with that key', async () => {
		await halo.decide([
			evaluated({ ...contoso, ...unique }),
			evaluated({ ...fabrikam, ...unique }),
		]);
		await expect(halo.decide([resolved({ ...nobody, ...unique })])).resolves.toMatchObject([
			{ decision: 'held_ambiguous' },
		]);
		expect(halo.openTickets()).toHaveLength(2);
	});
});

function now(): string {
	return new Date(Date.now()).toISOString();
}
