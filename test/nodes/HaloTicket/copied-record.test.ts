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
	halo = await startTicketing({ signingKey: 'a signing key of the tests' });
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
	halo.simulator.clock.follow();
});

const NOBODY = { id: null, name: null, displayName: null, reference: null, domain: null };
/** A resolve whose source names no company: it looks on every client. */
const closing = () => resolved({ company: NOBODY, mapping: null });

/** A ticket that holds word for word what stands on one of ours. */
function copyOf(ticketId: unknown, clientId: number, more: IDataObject = {}): number {
	const { details, details_html, summary } = stored(ticketId);
	const fields = { summary, details, details_html, client_id: clientId, ...more };
	return halo.simulator.technician.create(fields);
}

function stored(ticketId: unknown) {
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === ticketId);
	if (ticket === undefined) throw new RangeError(`There is no ticket ${String(ticketId)}`);
	return ticket;
}

const MAILED = { reportedby: 'mallory@contoso.example' };

const COPIES: Array<[string, number, IDataObject]> = [
	["on another client's ticket", FABRIKAM.haloClientId, {}],
	["on another client's ticket, mailed", FABRIKAM.haloClientId, MAILED],
	['in a mail of the same client', CONTOSO.haloClientId, MAILED],
];

describe.each(COPIES)('a record copied word for word %s', (_, clientId, more) => {
	test('neither holds nor takes the resolve of a source that names no company', async () => {
		const [made] = await halo.decide([evaluated()]);
		const copy = copyOf(made?.ticketId, clientId, more);
		const [closed] = await halo.decide([closing()]);
		expect(closed).toMatchObject({ decision: 'closed', ticketId: made?.ticketId });
		expect(String(closed?.reason)).toContain(`Ticket ${copy} names this reference`);
		expect(halo.openTickets().map(({ id }) => id)).toEqual([copy]);
		expect(stored(copy).actions).toHaveLength(1);
	});

	test('silences no problem that comes back', async () => {
		const [made] = await halo.decide([evaluated()]);
		const copy = copyOf(made?.ticketId, clientId, more);
		await halo.decide([closing()]);
		const back = evaluated({ time: new Date(Date.now() + 60_000).toISOString() });
		expect(await halo.decide([back])).toMatchObject([
			{ decision: 'reopened', ticketId: made?.ticketId },
		]);
		halo.simulator.technician.delete(Number(made?.ticketId));
		const [again] = await halo.decide([back]);
		expect(again).toMatchObject({ decision: 'created' });
		expect(again?.ticketId).not.toBe(copy);
	});

	test('is closed by no scan', async () => {
		const [made] = await halo.decide([evaluated()]);
		const copy = copyOf(made?.ticketId, clientId, more);
		const scan = {
			operation: 'syncScan',
			scanSource: 'wazuh',
			scanClient: { __rl: true, mode: 'id', value: String(clientId) },
			scanComplete: 'yes',
			options: { misses: 1, closePercent: 100 },
		};
		await halo.decide([evaluated({ dedupKey: 'v1|wazuh|contoso|x|srv-01' })], scan);
		expect(stored(copy)).toMatchObject({ everClosed: false });
	});

	test('is no ticket that a reference names, and none of ours in a list', async () => {
		const [made] = await halo.decide([evaluated()]);
		const copy = copyOf(made?.ticketId, clientId, more);
		const reference = String(made?.reference);
		const named = { operation: 'get', ticket: { __rl: true, mode: 'reference', value: reference } };
		expect(await halo.decide([{}], named)).toMatchObject([{ id: made?.ticketId }]);
		const list = {
			operation: 'getMany',
			returnAll: true,
			filters: { onlyOurs: true, state: 'any' },
		};
		const listed = await halo.decide([{}], list);
		expect(listed.map(({ id }) => id)).toEqual([made?.ticketId]);
		const strange = { operation: 'get', ticket: { __rl: true, mode: 'id', value: String(copy) } };
		expect(await halo.decide([{}], strange)).toMatchObject([{ id: copy, reference: null }]);
	});
});

test('a ticket that a person moved to another client is still ours', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.simulator.technician.edit(Number(made?.ticketId), { client_id: FABRIKAM.haloClientId });
	expect(await halo.decide([closing()])).toMatchObject([
		{ decision: 'closed', ticketId: made?.ticketId },
	]);
});

test('twelve moved tickets named in one run keep their references, and each opening is read once', async () => {
	// Its own Halo: the requests would use up what the other tests share.
	const apart = await startTicketing({ signingKey: 'a signing key of the tests' });
	try {
		const keys = Array.from({ length: 12 }, (_, at) => `v1|wazuh|contoso|cve-${at}|srv-01`);
		const made = await apart.decide(keys.map((dedupKey) => evaluated({ dedupKey })));
		for (const { ticketId } of made) {
			apart.simulator.technician.edit(Number(ticketId), { client_id: FABRIKAM.haloClientId });
		}
		apart.simulator.journal.length = 0;
		const references = made.map(({ reference }) => String(reference));
		const read = await apart.decide(
			references.map((reference) => ({ reference })),
			{
				operation: 'get',
				ticket: { __rl: true, mode: 'reference', value: '={{ $json.reference }}' },
			},
		);
		expect(read.map(({ reference }) => reference)).toEqual(references);
		expect(apart.requests().filter((line) => line.includes('/Actions'))).toHaveLength(12);
	} finally {
		await apart.simulator.stop();
	}
});

test('a ticket for a user of the client costs a repeated event one request', async () => {
	const { sites, users } = halo.simulator.state;
	const here = sites.filter(({ client_id }) => client_id === CONTOSO.haloClientId);
	const user = users.find(
		({ emailaddress, site_id }) => emailaddress !== '' && here.some(({ id }) => id === site_id),
	);
	const profile = { moreFields: { user: { __rl: true, mode: 'id', value: String(user?.id) } } };
	const [made] = await halo.decide([evaluated()], profile);
	expect(stored(made?.ticketId)).toMatchObject({ user_id: user?.id });
	const [again] = await halo.decide([evaluated()], profile);
	expect(again).toMatchObject({ decision: 'unchanged', requests: 1 });
});

const NORTHWIND = { haloClientId: 13, haloClientName: 'Northwind Traders' };
const MANY = Array.from({ length: 5 }, (_, nth) => `v1|wazuh|contoso|cve-${nth}|srv-01`);

function move(ticketId: unknown, { haloClientId }: typeof CONTOSO): void {
	halo.simulator.technician.edit(Number(ticketId), { client_id: haloClientId });
}

function textOf(ticketId: unknown): string {
	const ticket = halo.tickets().find(({ id }) => id === ticketId) ?? {};
	return JSON.stringify([ticket.summary, ticket.details, ticket.actions]);
}

async function moved(): Promise<unknown> {
	const [made] = await halo.decide([evaluated()]);
	move(made?.ticketId, FABRIKAM);
	return made?.ticketId;
}

test('a ticket that a person moved to another client is followed there, and the decision says so', async () => {
	const ticketId = await moved();
	const before = textOf(ticketId);
	const [again] = await halo.decide([evaluated()]);
	expect(again).toMatchObject({ decision: 'unchanged', ticketId });
	expect(again?.reason).toContain(`Ticket ${ticketId} was moved to Fabrikam Inc`);
	expect(textOf(ticketId)).toBe(before);
	expect(await halo.decide([resolved()])).toMatchObject([{ decision: 'closed', ticketId }]);
	expect(halo.tickets()).toHaveLength(1);
});

test('a moved ticket is still followed once something was recorded on it', async () => {
	const ticketId = await moved();
	const worse = evaluated({ severity: 'critical' });
	expect(await halo.decide([worse])).toMatchObject([{ decision: 'noted', ticketId }]);
	expect(await halo.decide([worse])).toMatchObject([{ decision: 'unchanged', ticketId }]);
	expect(await halo.decide([resolved()])).toMatchObject([{ decision: 'closed', ticketId }]);
	const back = evaluated({ time: new Date(Date.now() + 60_000).toISOString() });
	expect(await halo.decide([back])).toMatchObject([{ decision: 'reopened', ticketId }]);
	expect(halo.tickets()).toHaveLength(1);
	expect(halo.tickets()).toMatchObject([{ client_id: FABRIKAM.haloClientId }]);
	expect(textOf(ticketId)).not.toContain('Contoso Ltd is');
});

test('a moved ticket is followed by many events of one batch as well', async () => {
	const events = MANY.map((dedupKey) => evaluated({ dedupKey }));
	const made = await halo.decide(events);
	move(made[2]?.ticketId, FABRIKAM);
	const again = await halo.decide(events);
	expect(again.map(({ decision }) => decision)).toEqual(MANY.map(() => 'unchanged'));
	expect(again.map(({ ticketId }) => ticketId)).toEqual(made.map(({ ticketId }) => ticketId));
});

const RE_MAPPED: Array<[string, () => Promise<unknown>]> = [
	['where it was made', async () => (await halo.decide([evaluated()]))[0]?.ticketId],
	['moved by a person before', moved],
];

test.each(RE_MAPPED)(
	'a company that is mapped anew gets a new ticket, and the old one a note without a name, %s',
	async (_, make) => {
		const ticketId = await make();
		const mapping = mappedTo(NORTHWIND);
		const [next] = await halo.decide([evaluated({ mapping })]);
		expect(next).toMatchObject({ decision: 'created' });
		expect(next?.reason).toContain(`ticket ${ticketId}`);
		expect(next?.ticketId).not.toBe(ticketId);
		expect(textOf(ticketId)).toContain('mapped to another client');
		for (const name of ['Northwind', 'Fabrikam']) expect(textOf(ticketId)).not.toContain(name);
		expect(await halo.decide([resolved({ mapping })])).toMatchObject([
			{ decision: 'closed', ticketId: next?.ticketId },
		]);
		expect(halo.openTickets().map(({ id }) => id)).toEqual([ticketId]);
	},
);

test('a company that is mapped to where its ticket was moved acts on it, and leaves it when mapped back', async () => {
	const ticketId = await moved();
	const mapping = mappedTo(FABRIKAM);
	const worse: IDataObject = { severity: 'critical', mapping };
	expect(await halo.decide([evaluated(worse)])).toMatchObject([{ ticketId }]);
	const [back] = await halo.decide([evaluated({ severity: 'critical' })]);
	expect(back).toMatchObject({ decision: 'created' });
	expect(back?.ticketId).not.toBe(ticketId);
});
