import {
	HaloNotFoundError,
	HaloPermissionError,
	HaloRateLimitError,
	HaloResponseError,
	HaloServerError,
	HaloValidationError,
} from '../../nodes/shared/halo/http/errors';
import type { TicketRow } from '../../nodes/shared/halo/records/records';
import { startSimulatedHalo } from '../support/simulator';
import type { SimulatedHalo } from '../support/simulator';

const CONTOSO = 11;
const INCIDENT = 1;
const NEVER = async () => await Promise.resolve(null);

let halo: SimulatedHalo;

beforeAll(async () => {
	// Short enough for the faults that never answer, long enough for a slow machine.
	halo = await startSimulatedHalo({ timeoutMs: 1_000 });
});

beforeEach(async () => {
	halo.simulator.reset();
	halo.simulator.faults.clear();
	// A reset voids every token; a fault must not be spent on the 401 that follows.
	await halo.api.getClient(CONTOSO);
	halo.simulator.journal.length = 0;
	halo.runtime.sleeps.length = 0;
});

afterAll(async () => {
	await halo.simulator.stop();
});

function draft(summary: string, clientId = CONTOSO) {
	return { summary, details: `About ${summary}`, client_id: clientId, tickettype_id: INCIDENT };
}

function requestsTo(path: string, method: string) {
	return halo.simulator.journal.filter(
		(entry) => entry.path.toLowerCase() === `/api${path}`.toLowerCase() && entry.method === method,
	);
}

async function collect(pages: AsyncIterable<{ rows: TicketRow[] }>): Promise<TicketRow[]> {
	const rows: TicketRow[] = [];
	for await (const page of pages) rows.push(...page.rows);
	return rows;
}

async function findBySummary(summary: string): Promise<TicketRow | null> {
	const rows = await collect(halo.api.searchTickets({ summary, state: 'any' }));
	return rows.find((row) => row.summary === summary) ?? null;
}

describe('create', () => {
	test('a ticket is created from an array of one and comes back decoded', async () => {
		const ticket = await halo.api.createTicket(draft('Disk nearly full'), NEVER);
		expect(ticket).toMatchObject({
			summary: 'Disk nearly full',
			client_id: CONTOSO,
			client_name: 'Contoso Ltd',
			tickettype_id: INCIDENT,
			agent_id: null,
			merged_into_id: null,
		});
		expect(ticket.dateoccurred).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		const [sent] = requestsTo('/Tickets', 'POST');
		expect(Array.isArray(sent?.body)).toBe(true);
	});

	test('nobody is mailed unless that is asked for', async () => {
		const ticket = await halo.api.createTicket(draft('Quiet'), NEVER);
		await halo.api.addAction({ ticket_id: ticket.id, note: 'seen again' }, async () => false);
		await halo.api.updateTicket({
			id: ticket.id,
			client_id: CONTOSO,
			tickettype_id: INCIDENT,
			agent_id: 2,
			status_id: 9,
		});
		expect(halo.simulator.mails).toEqual([]);
		await halo.api.createTicket({ ...draft('Loud'), user_id: undefined, notifyUser: true }, NEVER);
		expect(halo.simulator.mails.length).toBeGreaterThan(0);
	});

	test.each([
		'reset-after-commit',
		'timeout-after-commit',
		'html-504-after-commit',
		'status-500-after-commit',
		'bad-json',
	] as const)(
		'a create whose answer is lost after Halo stored it (%s) ends in one ticket',
		async (fault) => {
			halo.simulator.faults.add({ name: fault, method: 'POST', path: '/Tickets$' });
			const summary = `Lost by ${fault}`;
			const ticket = await halo.api.createTicket(
				draft(summary),
				async () => await findBySummary(summary),
			);
			expect(ticket.summary).toBe(summary);
			expect(halo.simulator.tickets().filter((row) => row.summary === summary)).toHaveLength(1);
			expect(requestsTo('/Tickets', 'POST')).toHaveLength(1);
		},
	);

	test.each(['reset-before', 'timeout-before', 'status-500', 'html-502'] as const)(
		'a create that was lost before Halo stored it (%s) is looked up, then sent again',
		async (fault) => {
			halo.simulator.faults.add({ name: fault, method: 'POST', path: '/Tickets$' });
			const summary = `Not stored by ${fault}`;
			let lookUps = 0;
			const ticket = await halo.api.createTicket(draft(summary), async () => {
				lookUps += 1;
				return await findBySummary(summary);
			});
			expect(ticket.summary).toBe(summary);
			expect(lookUps).toBe(1);
			expect(halo.simulator.tickets().filter((row) => row.summary === summary)).toHaveLength(1);
		},
	);

	test('a create that is lost every time is looked up a last time before it fails', async () => {
		halo.simulator.faults.add({
			name: 'status-500',
			method: 'POST',
			path: '/Tickets$',
			times: 'always',
		});
		let lookUps = 0;
		const create = halo.api.createTicket(draft('Never'), async () => {
			lookUps += 1;
			return await Promise.resolve(null);
		});
		await expect(create).rejects.toThrow(HaloServerError);
		expect(requestsTo('/Tickets', 'POST')).toHaveLength(4);
		expect(lookUps).toBe(4);
	});

	test('a create that Halo refuses is sent once', async () => {
		halo.simulator.faults.add({
			name: 'error-modelstate',
			method: 'POST',
			message: 'The value is not valid.',
		});
		await expect(halo.api.createTicket(draft('Refused'), NEVER)).rejects.toThrow(
			'Halo refused the request (400): POST /Tickets — [0].id: The value is not valid.',
		);
		expect(requestsTo('/Tickets', 'POST')).toHaveLength(1);
	});

	test('creates of one credential go one after the other, so that ids do not collide', async () => {
		Object.assign(halo.simulator.switches, { idAllocation: 'max-plus-one', idRaceMs: 20 });
		const first = halo.newApi({ cacheKey: 'one credential' });
		const second = halo.newApi({ cacheKey: 'one credential' });
		const tickets = await Promise.all(
			[first, second, first, second].map(
				async (api, index) => await api.createTicket(draft(`Parallel ${index}`), NEVER),
			),
		);
		expect(new Set(tickets.map(({ id }) => id)).size).toBe(4);
		expect(halo.simulator.journal.filter(({ status }) => status >= 500)).toEqual([]);
	});

	test('a warning of Halo that keeps it from saving is an error', async () => {
		halo.simulator.faults.add({
			name: 'warning-200',
			method: 'POST',
			message: 'This agent is on leave',
		});
		await expect(halo.api.createTicket(draft('Warned'), NEVER)).rejects.toThrow(
			/did not save.*This agent is on leave/,
		);
	});
});

describe('limit', () => {
	test.each([
		['seconds', 7, 7_000],
		['date', 30, 30_000],
		['none', 2, 20_000],
	] as const)(
		'429 with Retry-After as %s waits as told, and creates one ticket',
		async (form, seconds, wait) => {
			halo.simulator.clock.set('2026-05-04T09:00:00Z');
			halo.simulator.faults.add({
				name: 'rate-limit-429',
				method: 'POST',
				retryAfter: form,
				retryAfterSeconds: seconds,
			});
			await halo.api.createTicket(
				draft(`Limited ${form}`),
				async () => await Promise.reject(new Error('no look-up is needed')),
			);
			expect(halo.runtime.sleeps).toEqual([wait]);
			expect(
				halo.simulator.tickets().filter((row) => row.summary === `Limited ${form}`),
			).toHaveLength(1);
			halo.simulator.clock.follow();
		},
	);

	test('a limit that stays is reported after the window', async () => {
		halo.simulator.faults.add({ name: 'rate-limit-429', times: 'always' });
		const error = await halo.api.getTicket(1).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(HaloRateLimitError);
		expect(halo.runtime.sleeps).toEqual([20_000, 40_000, 80_000, 160_000]);
	});

	test('the share of the limit is kept by waiting, not by failing', async () => {
		Object.assign(halo.simulator.switches, { enforceRateLimit: true, rateLimit: 12 });
		const api = halo.newApi({ maxRequestsPerWindow: 10 });
		for (let n = 0; n < 25; n++) await api.getClient(CONTOSO);
		expect(halo.simulator.journal.filter(({ status }) => status === 429)).toEqual([]);
		expect(halo.runtime.sleeps.length).toBeGreaterThan(0);
		expect(api.requests).toBe(25);
	});

	test('the share is one for all clients of a credential', async () => {
		const apis = ['shared', 'shared', 'other'].map((cacheKey) =>
			halo.newApi({ cacheKey, maxRequestsPerWindow: 3 }),
		);
		for (const api of apis) for (let n = 0; n < 2; n++) await api.getClient(CONTOSO);
		expect(halo.runtime.sleeps).toHaveLength(1);
	});
});

describe('read', () => {
	test('a read is repeated after a fault', async () => {
		halo.simulator.faults.add({ name: 'html-502', method: 'GET', times: 2 });
		await expect(halo.api.getClient(CONTOSO)).resolves.toMatchObject({ name: 'Contoso Ltd' });
		expect(halo.runtime.sleeps).toEqual([1_000, 2_000]);
	});

	test('401 fetches one new token and sends once more', async () => {
		await halo.api.getClient(CONTOSO);
		halo.simulator.journal.length = 0;
		halo.simulator.faults.add({ name: 'unauthorized-401', path: '/Client' });
		await halo.api.getClient(CONTOSO);
		expect(
			halo.simulator.journal.map(({ path, status }) => [path.split('/').at(-1), status]),
		).toEqual([
			['11', 401],
			['token', 200],
			['11', 200],
		]);
	});

	test('what is not there is null, what is denied is an error', async () => {
		await expect(halo.api.getTicket(999_999)).resolves.toBeNull();
		halo.simulator.faults.add({ name: 'forbidden-403', path: '/Tickets' });
		const error = await halo.api.getTicket(999_999).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(HaloPermissionError);
		expect(error).toMatchObject({ status: 403, method: 'GET', path: '/Tickets/999999' });
	});

	test('a page of HTML with a good status is an error, not an empty list', async () => {
		const api = halo.newApi();
		await api.getClient(CONTOSO);
		halo.simulator.faults.add({ name: 'bad-json', path: '/Client$' });
		const pages = (async () => {
			for await (const page of api.listClients()) return page;
			return null;
		})();
		await expect(pages).rejects.toThrow(HaloResponseError);
	});

	test('a ticket with its details says whether it is closed, and what is on it', async () => {
		const id = halo.simulator.technician.create({
			summary: 'By hand',
			client_id: CONTOSO,
			agent_id: 2,
		});
		await expect(halo.api.getTicket(id)).resolves.toMatchObject({
			id,
			hasbeenclosed: false,
			agent_id: 2,
			dateclosed: null,
			deleted: false,
		});
		await halo.api.updateTicket({ id, client_id: CONTOSO, tickettype_id: INCIDENT, status_id: 9 });
		const closed = await halo.api.getTicket(id);
		expect(closed?.hasbeenclosed).toBe(true);
		expect(closed?.dateclosed).toMatch(/Z$/);
	});

	test('a close without an assignee is refused in the words of Halo', async () => {
		const ticket = await halo.api.createTicket(draft('Nobody'), NEVER);
		const close = halo.api.updateTicket({
			id: ticket.id,
			client_id: CONTOSO,
			tickettype_id: INCIDENT,
			status_id: 9,
		});
		await expect(close).rejects.toThrow(HaloValidationError);
	});

	test('notes of a ticket are private by default, with the outcome of an internal note', async () => {
		const ticket = await halo.api.createTicket(draft('Noted'), NEVER);
		await halo.api.addAction({ ticket_id: ticket.id, note: 'a fact' }, async () => false);
		const actions = await halo.api.listActions(ticket.id);
		expect(actions.find(({ note }) => note.includes('a fact'))).toMatchObject({
			ticket_id: ticket.id,
			hiddenfromuser: true,
			outcome_id: 7,
		});
	});

	test('a note whose answer is lost is written once', async () => {
		const ticket = await halo.api.createTicket(draft('Noted once'), NEVER);
		halo.simulator.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Actions$' });
		await halo.api.addAction({ ticket_id: ticket.id, note: 'only once' }, async () =>
			(await halo.api.listActions(ticket.id)).some(({ note }) => note.includes('only once')),
		);
		const notes = (await halo.api.listActions(ticket.id)).filter(({ note }) =>
			note.includes('only once'),
		);
		expect(notes).toHaveLength(1);
	});
});

describe('lists', () => {
	function createMany(count: number): void {
		for (let n = 0; n < count; n++)
			halo.simulator.technician.create({ summary: `Many ${n} tail`, client_id: CONTOSO });
	}

	test('every ticket is given out once, over several pages', async () => {
		createMany(250);
		const rows = await collect(
			halo.api.searchTickets({ summary: 'Many', clientIds: [CONTOSO], state: 'open' }),
		);
		expect(new Set(rows.map(({ id }) => id)).size).toBe(250);
		expect(requestsTo('/Tickets', 'GET')).toHaveLength(3);
	});

	test('a server that cuts pages shorter than asked loses no row', async () => {
		createMany(95);
		halo.simulator.switches.pageCap = 40;
		const rows = await collect(halo.api.searchTickets({ summary: 'Many', state: 'open' }));
		expect(new Set(rows.map(({ id }) => id)).size).toBe(95);
	});

	test('a page that comes again ends the list', async () => {
		createMany(150);
		halo.simulator.faults.add({ name: 'repeat-page', path: '/Tickets$', times: 'always' });
		const rows = await collect(halo.api.searchTickets({ summary: 'Many', state: 'open' }));
		expect(rows.length).toBeLessThanOrEqual(150);
		expect(requestsTo('/Tickets', 'GET').length).toBeLessThanOrEqual(3);
	});

	test('when Halo ignores the filters the list is longer, and rows bear what is needed to check them', async () => {
		createMany(3);
		halo.simulator.technician.create({ summary: 'Foreign', client_id: 12 });
		halo.simulator.faults.add({ name: 'ignore-filters', path: '/Tickets$', times: 'always' });
		const rows = await collect(
			halo.api.searchTickets({ summary: 'Many', clientIds: [CONTOSO], state: 'open' }),
		);
		expect(rows.map(({ client_id }) => client_id)).toContain(12);
		expect(
			rows.filter(({ summary, client_id }) => summary.includes('Many') && client_id === CONTOSO),
		).toHaveLength(3);
	});

	test('inactive clients are left out unless asked for', async () => {
		const names = async (includeInactive: boolean) => {
			const found: string[] = [];
			for await (const { rows } of halo.api.listClients({ includeInactive }))
				found.push(...rows.map(({ name }) => name));
			return found;
		};
		expect(await names(false)).not.toContain('Tailspin Travel');
		expect(await names(true)).toContain('Tailspin Travel');
	});

	test('CS-25 CS-26 CS-27 CS-28 CS-30 CS-31 CS-34 CS-35 CS-36 the lists for a profile come from Halo, once each', async () => {
		const api = halo.newApi({ cacheKey: 'lists' });
		const read = async () => [
			await api.slas(),
			await api.priorities(),
			await api.ticketTypes(),
			await api.statuses(),
			await api.teams(),
			await api.agents(),
			await api.categories(1),
			await api.lookup(27),
			await api.lookup(12),
		];
		const lists = await read();
		for (const list of lists) expect(list.length).toBeGreaterThan(0);
		await read();
		await halo.newApi({ cacheKey: 'lists' }).teams();
		expect(halo.simulator.journal.filter(({ path }) => path.startsWith('/api'))).toHaveLength(9);
		halo.simulator.clock.advance(15 * 60_000 + 1);
		await api.teams();
		expect(requestsTo('/Team', 'GET')).toHaveLength(2);
	});

	test('statuses of other records are not statuses of tickets', async () => {
		const statuses = await halo.api.statuses();
		expect(statuses.map(({ name }) => name)).not.toContain('Quote Sent');
		expect(statuses.filter(({ name }) => name === 'New')).toHaveLength(1);
	});

	test('CS-33 contacts of a client are those of that client', async () => {
		const users = await halo.api.users({ clientId: CONTOSO });
		expect(users.map(({ name }) => name)).toContain('Robin Vale');
		expect(users.every(({ client_id }) => client_id === CONTOSO)).toBe(true);
	});

	test('a list that fails is asked for again the next time', async () => {
		const api = halo.newApi({ cacheKey: 'failing list' });
		halo.simulator.faults.add({ name: 'forbidden-403', path: '/Team' });
		await expect(api.teams()).rejects.toThrow(HaloPermissionError);
		await expect(api.teams()).resolves.not.toHaveLength(0);
	});
});

describe('stop', () => {
	test('after Stop no request is sent', async () => {
		const own = await startSimulatedHalo();
		own.runtime.cancel();
		await expect(own.api.getClient(CONTOSO)).rejects.toThrow(/the run was stopped/);
		expect(own.simulator.journal).toEqual([]);
		await own.simulator.stop();
	});

	test('Stop during a wait ends it with the failure that it waited for', async () => {
		const own = await startSimulatedHalo();
		own.simulator.faults.add({ name: 'status-503', path: '/Client', times: 'always' });
		own.runtime.onSleep = () => own.runtime.cancel();
		await expect(own.api.getClient(CONTOSO)).rejects.toThrow(HaloServerError);
		expect(own.runtime.sleeps).toHaveLength(1);
		await own.simulator.stop();
	});
});

test('a record that Halo hides is not found, with the hint that a right may be missing', async () => {
	const change = halo.api.updateTicket({
		id: 999_999,
		client_id: CONTOSO,
		tickettype_id: INCIDENT,
		summary: 'x',
	});
	const error = await change.catch((e: unknown) => e);
	expect(error).toBeInstanceOf(HaloNotFoundError);
	expect(error).toMatchObject({
		nextStep: expect.stringMatching(/agent may not see.*edit:tickets/),
	});
});
