import type { IDataObject } from 'n8n-workflow';

import { evaluated, CONTOSO, FABRIKAM, resolved, startTicketing, type Ticketing } from './support';

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
