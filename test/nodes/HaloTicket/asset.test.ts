import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { undescribedNames } from '../../contract/check-journal';
import { evaluated, FABRIKAM, mappedTo, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	const sent = halo.everything.filter(({ path }) => !path.endsWith('/token'));
	expect(undescribedNames(sent)).toEqual([]);
	expect(halo.simulator.failures).toEqual([]);
	expect(halo.simulator.mails).toEqual([]);
	await halo.simulator.stop();
});

const LINK: INodeParameters = { content: { linkAsset: true } };
const NOBODY = { id: null, name: null, ip: null, mac: null, serial: null };

function on(asset: IDataObject, change: IDataObject = {}): IDataObject {
	return evaluated({ asset: { ...NOBODY, ...asset }, ...change });
}

/** Assets of the ticket that was made last. */
function linked(): number[] {
	return halo.simulator.state.tickets.at(-1)?.assets ?? [];
}

function assetRequests(): number {
	return halo.requests().filter((request) => request.includes('/Asset')).length;
}

function addAsset(id: number, name: string, siteId: number, serial = ''): void {
	const [first] = halo.simulator.state.assets;
	if (first === undefined) throw new Error('The seed has no asset');
	const fields = [{ id: 117, name: 'Serial Number', value: serial }];
	halo.simulator.state.assets.push({
		...first,
		id,
		inventory_number: name,
		key_field: '',
		site_id: siteId,
		fields,
	});
}

test('ID-29 an asset of the client that carries the name is linked, in any letter case, by one request', async () => {
	const [decision] = await halo.decide([on({ name: 'srv-01' })], LINK);
	expect(decision).toMatchObject({ decision: 'created' });
	expect(linked()).toEqual([317]);
	expect(assetRequests()).toBe(1);
});

test("ID-29 another client's asset of the same name is never linked", async () => {
	halo.simulator.state.assets = halo.simulator.state.assets.filter(({ id }) => id !== 321);
	const event = on({ name: 'SRV-01' }, { mapping: mappedTo(FABRIKAM) });
	const [decision] = await halo.decide([event], LINK);
	expect(linked()).toEqual([]);
	expect(decision?.reason).toContain('No asset of this client matches SRV-01; none is linked.');
	// Halo gives every client's assets when it ignores the filter.
	halo.simulator.faults.add({ name: 'ignore-filters', path: '/Asset$', times: 'always' });
	await halo.decide([{ ...event, dedupKey: 'v1|2', groupKey: 'v1|2' }], LINK);
	expect(linked()).toEqual([]);
});

test('ID-29 a ticket whose asset is not in Halo is made all the same', async () => {
	const [decision] = await halo.decide([on({ name: 'PRINTER-9' })], LINK);
	expect(decision).toMatchObject({ decision: 'created' });
	expect(decision?.reason).toContain('No asset of this client matches PRINTER-9');
	expect(linked()).toEqual([]);
});

test('a name that only begins alike is no match', async () => {
	await halo.decide([on({ name: 'SRV-0' })], LINK);
	expect(linked()).toEqual([]);
});

test.each([
	['its serial number links it', { name: 'renamed-host', serial: 'sn014711' }, [318]],
	['its serial number links it without a name', { serial: 'SN024711' }, [319]],
	['a serial number of another client links nothing', { serial: 'SN114711' }, []],
])('ID-29 %s', async (_, asset, expected) => {
	await halo.decide([on(asset)], LINK);
	expect(linked()).toEqual(expected);
});

test('an asset is found by its MAC address in another spelling', async () => {
	const asset = halo.simulator.state.assets.find(({ id }) => id === 319);
	if (asset !== undefined) asset.key_field = '00-15-5D-01-02-03';
	await halo.decide([on({ mac: '00:15:5d:01:02:03' })], LINK);
	expect(linked()).toEqual([319]);
});

test('of several assets with one name none is linked, a private note lists them, and the decision says so', async () => {
	addAsset(900, 'SRV-01', 3011);
	const [decision] = await halo.decide([on({ name: 'SRV-01' })], LINK);
	expect(linked()).toEqual([]);
	expect(decision?.reason).toContain('2 assets of this client match SRV-01; none is linked');
	const notes = (halo.simulator.state.tickets.at(-1)?.actions ?? []).filter(({ note }) =>
		note.includes('Several assets'),
	);
	expect(notes).toHaveLength(1);
	expect(notes[0]).toMatchObject({ hiddenfromuser: true });
	expect(notes[0]?.note).toContain('asset 317');
	expect(notes[0]?.note).toContain('asset 900');
});

test('several assets with one name are told apart by the serial number', async () => {
	addAsset(900, 'SRV-01', 3011, 'SN-TWIN');
	await halo.decide([on({ name: 'SRV-01', serial: 'sn-twin' })], LINK);
	expect(linked()).toEqual([900]);
});

test('a ticket with two assets keeps both when a third comes, and is not written when there is none new', async () => {
	const [made] = await halo.decide([on({ name: 'SRV-01' }, { severity: 'low' })], LINK);
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === made?.ticketId);
	if (ticket !== undefined) ticket.assets = [318, 319];
	const later = new Date().toISOString();
	await halo.decide([on({ name: 'SRV-01' }, { severity: 'high', time: later })], LINK);
	expect(linked()).toEqual([318, 319, 317]);
	const writes = () => halo.writes().filter(({ body }) => body.assets !== undefined).length;
	const before = writes();
	await halo.decide([on({ name: 'SRV-01' }, { severity: 'critical', time: later })], LINK);
	expect(linked()).toEqual([318, 319, 317]);
	expect(writes()).toBe(before);
});

test('a repeated event costs one request, with assets and users looked up too; by default none is looked up at all', async () => {
	const both: INodeParameters = { content: { linkAsset: true, affectedUser: true } };
	const event = on({ name: 'SRV-01' }, { user: { name: null, email: 'nobody@contoso.example' } });
	await halo.decide([event], both);
	halo.simulator.journal.length = 0;
	const [again] = await halo.decide([{ ...event, time: new Date().toISOString() }], both);
	expect(again).toMatchObject({ decision: 'unchanged', requests: 1 });
	halo.simulator.journal.length = 0;
	await halo.decide([{ ...event, dedupKey: 'v1|other', groupKey: 'v1|other' }]);
	expect(halo.requests()).toEqual(['GET /Tickets', 'POST /Tickets', 'GET /Tickets']);
});

test('ten assets of one client cost three searches and one list', async () => {
	for (let index = 0; index < 10; index += 1) addAsset(900 + index, `NODE-${index}`, 1011);
	const events = Array.from({ length: 10 }, (_, index) =>
		on({ name: `NODE-${index}` }, { dedupKey: `v1|n${index}`, groupKey: `v1|n${index}` }),
	);
	await halo.decide(events, LINK);
	const assets = halo.simulator.state.tickets.slice(-10).map((ticket) => ticket.assets);
	expect(assets).toEqual(Array.from({ length: 10 }, (_, index) => [900 + index]));
	expect(assetRequests()).toBe(4);
});

test.each(['forbidden-403', 'status-500'] as const)(
	'a look-up of assets that fails with %s costs no ticket, and the decision says so',
	async (name) => {
		halo.simulator.faults.add({ name, path: '/Asset$', times: 'always' });
		const [decision] = await halo.decide([on({ name: 'SRV-01' })], LINK);
		expect(decision).toMatchObject({ decision: 'created' });
		expect(decision?.reason).toContain('Assets were not looked up');
		expect(halo.tickets()).toHaveLength(1);
	},
	30_000,
);

const USER: INodeParameters = { content: { affectedUser: true } };

function contact(): { id: number; emailaddress: string; site_id: number } {
	const user = halo.simulator.state.users.find(({ id }) => id === 4011);
	if (user === undefined) throw new Error('The seed has no contact at Contoso');
	return user;
}

test('ID-28 the affected user stands on the ticket with his site, found by e-mail in any letter case', async () => {
	const { emailaddress, site_id } = contact();
	const user = { name: null, email: emailaddress.toUpperCase() };
	await halo.decide([evaluated({ user })], USER);
	expect(halo.tickets()[0]).toMatchObject({ user_id: 4011, site_id });
});

test.each([
	['nobody has', 'nobody@contoso.example'],
	['only a user of another client has', 'other client'],
])('an address that %s leaves the General User, and the decision says so', async (_, given) => {
	const other = halo.simulator.state.users.find(({ id }) => id === 4012);
	const email = given === 'other client' ? String(other?.emailaddress) : given;
	const [decision] = await halo.decide([evaluated({ user: { name: null, email } })], USER);
	expect(halo.tickets()[0]).toMatchObject({ user_id: 2011, site_id: 1011 });
	expect(decision?.reason).toContain(`No user of this client has the address ${email}.`);
});

test("an affected user goes before the profile's; without one the profile's stands", async () => {
	const profileUser = { __rl: true, mode: 'id', value: '2011' } as const;
	const parameters = { ...USER, moreFields: { user: profileUser } };
	await halo.decide(
		[evaluated({ user: { name: null, email: contact().emailaddress } })],
		parameters,
	);
	expect(halo.tickets()[0]).toMatchObject({ user_id: 4011 });
	await halo.decide([evaluated({ dedupKey: 'v1|none' })], parameters);
	expect(halo.tickets()[1]).toMatchObject({ user_id: 2011 });
});

test('a dry run looks nothing up and writes nothing', async () => {
	const user = { name: null, email: contact().emailaddress };
	const [decision] = await halo.decide([on({ name: 'SRV-01' }, { user })], {
		content: { linkAsset: true, affectedUser: true },
		options: { dryRun: true },
	});
	expect(decision).toMatchObject({ decision: 'would_create' });
	expect(assetRequests()).toBe(0);
	expect(halo.writes()).toEqual([]);
});
