import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import { runNode } from '../../support/engine';
import { evaluated, FABRIKAM, LEAST, picked, resolved } from '../HaloTicket/support';

let halo: HaloSimulator;

beforeEach(async () => {
	halo = await startHaloSimulator();
});
afterEach(async () => {
	await halo.stop();
});

const NOBODY = { id: null, name: null, displayName: null, reference: null, domain: null };
const UNKNOWN = { ...NOBODY, id: '77', name: 'northwind', displayName: 'Northwind' };
const PROFILES_CLIENT: INodeParameters = { unmapped: 'profile' };
const CLIENT_PICKED: INodeParameters = { moreFields: { client: picked('12') } };

/** An event as Scanner Trigger gives it out, before anything was decided. */
function raw(make: typeof evaluated, change: IDataObject = {}): IDataObject {
	const event = make({ groupKey: null, ...change });
	for (const stamp of ['eventSet', 'mapping', 'rule']) delete event[stamp];
	return event;
}

/** The straight line over one pair, Contoso's. */
async function line(events: IDataObject[], map: INodeParameters, ticket: INodeParameters = {}) {
	const pair = { company: 'Contoso Ltd', client: picked('11'), more: {} };
	const mapped = await runNode({
		node: new MapCompany(),
		parameters: { mappingFrom: 'pairs', pairs: { pair: [pair] }, ...map },
		inputs: [events],
	});
	const chosen = await runNode({
		node: new EvaluateEventSet(),
		parameters: {},
		inputs: [mapped.json[0] ?? []],
	});
	const ticketed = await runNode({
		node: new HaloTicket(),
		parameters: { ...LEAST, ...ticket },
		inputs: [chosen.json[0] ?? []],
		simulator: halo,
	});
	return [mapped.json[1], mapped.json[2], chosen.json[1], ticketed.json[0]].flatMap(
		(some) => some ?? [],
	);
}

function tickets(): unknown[] {
	return halo
		.tickets()
		.filter(({ summary }) => String(summary).includes('scanref'))
		.map(({ client_id, hasbeenclosed }) => ({ client_id, hasbeenclosed }));
}

describe.each([
	['an unmapped company', UNKNOWN],
	['no company', NOBODY],
])('CS-32 the event of %s', (_, company) => {
	test('goes to the client of the profile where Map Company was told so, and closes', async () => {
		const opened = await line([raw(evaluated, { company })], PROFILES_CLIENT, CLIENT_PICKED);
		expect(opened).toMatchObject([{ decision: 'created' }]);
		expect(tickets()).toEqual([{ client_id: FABRIKAM.haloClientId, hasbeenclosed: false }]);
		const ended = await line([raw(resolved, { company })], PROFILES_CLIENT, CLIENT_PICKED);
		expect(ended).toMatchObject([{ decision: 'closed' }]);
		expect(tickets()).toEqual([{ client_id: FABRIKAM.haloClientId, hasbeenclosed: true }]);
	});

	test('is held where Map Company was not told so, whatever the profile says', async () => {
		const held = await line([raw(evaluated, { company })], {}, CLIENT_PICKED);
		expect(held).toMatchObject([{ decision: 'held_unmapped' }]);
		expect(tickets()).toEqual([]);
	});

	test('is held where the profile names no client', async () => {
		const held = await line([raw(evaluated, { company })], PROFILES_CLIENT);
		expect(held).toMatchObject([{ decision: 'held_unmapped' }]);
		expect(held[0]?.reason).toContain('its profile names no client');
		expect(tickets()).toEqual([]);
	});
});

test('CS-32 an end is found by its reference alone when the profile names another client by now', async () => {
	const company = UNKNOWN;
	await line([raw(evaluated, { company })], PROFILES_CLIENT, CLIENT_PICKED);
	const elsewhere: INodeParameters = { moreFields: { client: picked('13') } };
	const ended = await line([raw(resolved, { company })], PROFILES_CLIENT, elsewhere);
	expect(ended).toMatchObject([{ decision: 'closed' }]);
});

test("CS-32 what a pair names goes to the pair's client, and what two pairs name is held", async () => {
	const mapped = await line([raw(evaluated)], PROFILES_CLIENT, CLIENT_PICKED);
	expect(mapped).toMatchObject([{ decision: 'created' }]);
	expect(tickets()).toEqual([{ client_id: 11, hasbeenclosed: false }]);
	const pair = (id: string) => ({ company: 'Northwind', client: picked(id), more: {} });
	const twice = { ...PROFILES_CLIENT, pairs: { pair: [pair('12'), pair('13')] } };
	const held = await line([raw(evaluated, { company: UNKNOWN })], twice, CLIENT_PICKED);
	expect(held).toMatchObject([{ decision: 'held_ambiguous' }]);
	expect(tickets()).toHaveLength(1);
});
