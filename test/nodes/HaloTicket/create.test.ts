import { evaluated, picked, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
});

test('CS-22 an open event becomes one ticket on the client that the mapping names', async () => {
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({
		decision: 'created',
		reference: expect.stringMatching(/^[a-z]{12} [a-z]{12}$/),
		profile: 'typed in',
		title: 'OpenSSL out of date on SRV-01',
	});
	const [ticket, second] = halo.tickets();
	expect(second).toBeUndefined();
	expect(ticket).toMatchObject({
		id: decision?.ticketId,
		client_id: 11,
		tickettype_id: 1,
	});
	expect(ticket?.summary).toBe(
		`OpenSSL out of date on SRV-01 (scanref ${String(decision?.reference)})`,
	);
	expect(String(ticket?.details)).toMatch(
		/scanstate severity high newest \S+ source wazuh( asset [a-z]{6}){2} asset [a-z]{7} text [a-z]{8} client 11 user - check [a-z]{20} endstate \(scanref [a-z]{12} [a-z]{12}\)$/,
	);
	expect(decision?.ticketUrl).toBe(`${halo.simulator.origin}/ticket?id=${String(ticket?.id)}`);
});

test('CS-24 CS-25 CS-26 CS-28 CS-30 CS-31 CS-33 CS-34 CS-35 CS-36 every field of the profile stands on the ticket', async () => {
	const [decision] = await halo.decide([evaluated()], {
		moreFields: {
			name: 'P2',
			sla: picked('2'),
			priority: picked('2'),
			createStatus: picked('2'),
			team: picked('2'),
			agent: picked('3'),
			user: picked('4011'),
			category: picked('62'),
			urgency: picked('1'),
			impact: picked('2'),
		},
	});
	expect(decision).toMatchObject({ decision: 'created', profile: 'P2' });
	expect(halo.tickets()[0]).toMatchObject({
		sla_id: 2,
		priority_id: 2,
		status_id: 2,
		team: 'Security',
		agent_id: 3,
		user_id: 4011,
		site_id: 1011,
		category_1: 'Security>Vulnerability',
		urgency: 1,
		impact: 2,
	});
});

test('a repeated event leaves the ticket unchanged and costs one request', async () => {
	await halo.decide([evaluated()]);
	halo.simulator.journal.length = 0;
	const [decision] = await halo.decide([evaluated({ time: new Date().toISOString(), cvss: 9.9 })]);
	expect(decision).toMatchObject({ decision: 'unchanged', requests: 1 });
	expect(halo.requests()).toEqual(['GET /Tickets']);
	expect(halo.tickets()).toHaveLength(1);
});

test('a new event alone costs three requests: look-up, create, duplicate check', async () => {
	await halo.decide([evaluated({ dedupKey: 'v1|wazuh|warm lists' })]);
	halo.simulator.journal.length = 0;
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'created', requests: 3 });
	expect(halo.requests()).toEqual(['GET /Tickets', 'POST /Tickets', 'GET /Tickets']);
});

test.each([
	['Ticket Type', 'ticketType'],
	['Close Status', 'closeStatus'],
])(
	'CS-23 %s is marked as required, and without it nothing is sent to Halo',
	async (label, name) => {
		const empty = { [name]: { __rl: true, mode: 'list', value: '' } } as const;
		await expect(halo.run([evaluated()], empty)).rejects.toThrow(`"${label}" is required`);
		expect(halo.requests()).toEqual([]);
	},
);
