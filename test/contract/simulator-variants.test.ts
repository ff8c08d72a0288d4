import type { AxiosInstance } from 'axios';

import { startHaloSimulator } from '../../sandbox/halo';
import type { HaloSimulator } from '../../sandbox/halo';
import { connect, idsOf, member, rowsOf } from './simulator-client';

/** Each variant does what its name says: a variant without effect would prove nothing about the pack. */

let simulator: HaloSimulator;
let api: AxiosInstance;

const QUIET = { sendack: false, _prevent_outgoing: true };
const PAGED = { pageinate: true, page_no: 1, page_size: 100 };

async function create(fields: object = {}): Promise<number> {
	const record = { summary: 'Port 3389 open', client_id: 11, tickettype_id: 1, agent_id: 2 };
	const { data } = await api.post<unknown>('/Tickets', [{ ...record, ...QUIET, ...fields }]);
	return Number(member(data, 'id'));
}

async function update(id: number, fields: object) {
	const record = { id, client_id: 11, tickettype_id: 1, ...QUIET, ...fields };
	return await api.post<unknown>('/Tickets', [record]);
}

async function act(id: number, fields: object) {
	return await api.post<unknown>('/Actions', [{ ticket_id: id, outcome_id: 7, ...fields }]);
}

async function detail(id: number): Promise<unknown> {
	return (await api.get<unknown>(`/Tickets/${id}`, { params: { includedetails: true } })).data;
}

async function list(params: object = {}): Promise<unknown> {
	return (await api.get<unknown>('/Tickets', { params: { ...PAGED, ...params } })).data;
}

async function row(id: number): Promise<Record<string, unknown>> {
	const [found] = rowsOf(await list({ ticketids: id }), 'tickets');
	if (found === undefined) throw new Error(`Ticket ${id} is on no list`);
	return found;
}

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

beforeEach(async () => {
	simulator.reset();
	api = await connect(simulator);
});

afterEach(() => {
	expect(simulator.failures).toEqual([]);
});

afterAll(async () => {
	await simulator.stop();
});

describe('open and closed', () => {
	it.each([
		[false, false],
		[true, true],
	])('keepsHasBeenClosed %p: the flag of a reopened ticket is %p', async (keeps, flag) => {
		simulator.switches.keepsHasBeenClosed = keeps;
		const id = await create();
		await update(id, { status_id: 9 });
		await update(id, { status_id: 2 });
		expect(member(await detail(id), 'hasbeenclosed')).toBe(flag);
	});

	it.each([
		['always', 9, 9],
		['by-action', 1, 9],
		['never', 1, 1],
	] as const)(
		'statusSticks %p: after an update status %i, after an action %i',
		async (sticks, updated, acted) => {
			simulator.switches.statusSticks = sticks;
			const id = await create();
			expect((await update(id, { status_id: 9 })).status).toBe(200);
			expect(member(await detail(id), 'status_id')).toBe(updated);
			await act(id, { new_status: 9 });
			expect(member(await detail(id), 'status_id')).toBe(acted);
		},
	);

	it('neededToClose: a field must be filled before the ticket is closed', async () => {
		simulator.switches.neededToClose = 'category_1';
		const id = await create();
		const refused = await update(id, { status_id: 9 });
		expect([refused.status, refused.data]).toEqual([
			400,
			'Please complete the following fields: category_1',
		]);
		expect((await update(id, { status_id: 9, category_1: 'Security' })).status).toBe(200);
	});
});

describe('lists', () => {
	it.each([
		['list', 3],
		['page', 2],
		['fifty', 50],
		['missing', undefined],
	] as const)('recordCount %p: a page of 2 of 3 tickets counts %p', async (recordCount, count) => {
		Object.assign(simulator.switches, { recordCount, pageCap: 2 });
		expect(member(await list(), 'record_count')).toBe(count);
	});

	it('listsOpenOnly: closed tickets come only to who asks for them', async () => {
		const id = await create({ status_id: 9 });
		expect(idsOf(await list(), 'tickets')).toContain(id);
		simulator.switches.listsOpenOnly = true;
		expect(idsOf(await list(), 'tickets')).not.toContain(id);
		expect(idsOf(await list({ closed_only: true }), 'tickets')).toContain(id);
	});

	it('rowVanishesBetweenPages: one row stands on no page', async () => {
		Object.assign(simulator.switches, { rowVanishesBetweenPages: true, pageCap: 1 });
		const pages = [await list(), await list({ page_no: 2 }), await list({ page_no: 3 })];
		const seen = new Set(pages.flatMap((page) => idsOf(page, 'tickets')));
		expect(seen.size).toBe(2);
		expect(pages.map((page) => member(page, 'record_count'))).toEqual([3, 2, 2]);
	});

	it.each([
		['missing', undefined],
		['cut', 'x'.repeat(255)],
		['html', `<p>${'x'.repeat(300)}</p>`],
	] as const)('rowDetails %p', async (rowDetails, expected) => {
		const id = await create({ details_html: `<p>${'x'.repeat(300)}</p>` });
		simulator.switches.rowDetails = rowDetails;
		expect((await row(id)).details).toBe(expected);
		expect(member(await detail(id), 'details')).toBe('x'.repeat(300));
	});

	it('rowDetails spaced: other white space, the same words', async () => {
		const id = await create({ details: 'one two' });
		simulator.switches.rowDetails = 'spaced';
		const { details } = await row(id);
		expect(String(details)).not.toBe('one two');
		expect(String(details).split(/\s+/)).toEqual(['one', 'two']);
	});

	it('rowWithout: members are missing from rows, not from the ticket', async () => {
		const id = await create();
		simulator.switches.rowWithout = 'client_id,status_id';
		expect(Object.keys(await row(id))).not.toEqual(
			expect.arrayContaining(['client_id', 'status_id']),
		);
		expect(member(await detail(id), 'client_id')).toBe(11);
	});

	it.each([
		['text', `"client_id":"11"`],
		['float', `"client_id":11.0`],
	] as const)('rowIds %p: %s', async (rowIds, written) => {
		await create();
		simulator.switches.rowIds = rowIds;
		const { data } = await api.get<string>('/Tickets', {
			params: { ...PAGED, client_id: 11 },
			transformResponse: (text: string) => text,
		});
		expect(data).toContain(written);
	});

	it.each([
		['bare', '2026-05-04T09:00:00'],
		['zulu', '2026-05-04T09:00:00Z'],
		['local', '2026-05-04T11:00:00'],
	] as const)('dates %p: nine o’clock UTC reads %s', async (dates, written) => {
		simulator.clock.set('2026-05-04T09:00:00Z');
		api = await connect(simulator);
		const id = await create();
		simulator.switches.dates = dates;
		expect((await row(id)).dateoccurred).toBe(written);
		expect(member(await detail(id), 'dateoccurred')).toBe(written);
	});
});

describe('search', () => {
	const SUMMARY = 'Disk is full (scanref kqzvwmtrbhxd)';

	it.each([
		['like', 'wmtr', true],
		['full-text', 'wmtr', false],
		['full-text', 'kqzvwmtrbhxd', true],
		['prefix', 'kqzv', true],
		['prefix', 'wmtr', false],
		['long-words', 'is kqzvwmtrbhxd', true],
		['long-words', 'kqzv', false],
		['equal', 'kqzvwmtrbhxd', false],
		['equal', SUMMARY, true],
		['ignored', 'something else', true],
	] as const)('textSearch %p: %p finds the ticket: %p', async (textSearch, term, found) => {
		const id = await create({ summary: SUMMARY });
		simulator.switches.textSearch = textSearch;
		const ids = idsOf(await list({ search_summary: term }), 'tickets');
		expect(ids.includes(id)).toBe(found);
	});

	it('searchLagMs: a new ticket is on lists at once and found by a search later', async () => {
		simulator.clock.set('2026-05-04T09:00:00Z');
		api = await connect(simulator);
		simulator.switches.searchLagMs = 5_000;
		const id = await create({ summary: SUMMARY });
		expect(idsOf(await list(), 'tickets')).toContain(id);
		expect(idsOf(await list({ search_summary: 'scanref' }), 'tickets')).not.toContain(id);
		simulator.clock.advance(5_000);
		expect(idsOf(await list({ search_summary: 'scanref' }), 'tickets')).toContain(id);
	});
});

describe('rights and rules', () => {
	it('refusedOutcomes: a note by that action is refused, by another not', async () => {
		simulator.switches.refusedOutcomes = '7';
		const id = await create();
		const refused = await act(id, { note: 'x' });
		expect([refused.status, refused.data]).toEqual([400, 'You do not have access to this Action']);
		expect((await act(id, { note: 'x', outcome_id: 8 })).status).toBe(201);
	});

	it('unauthorisedTickets: 401 for that ticket, with a token that is good for others', async () => {
		const [id, other] = [await create(), await create()];
		simulator.switches.unauthorisedTickets = String(id);
		const statuses = [
			(await api.get(`/Tickets/${id}`)).status,
			(await update(id, { summary: 'y' })).status,
			(await act(id, { note: 'x' })).status,
			(await api.get('/Actions', { params: { ticket_id: id } })).status,
			(await api.get(`/Tickets/${other}`)).status,
		];
		expect(statuses).toEqual([401, 401, 401, 401, 200]);
	});

	it('busyAgents: assigned only with _forcereassign', async () => {
		simulator.switches.busyAgents = '3';
		const id = await create();
		expect((await update(id, { agent_id: 3 })).status).toBe(400);
		expect((await update(id, { agent_id: 3, _forcereassign: true })).status).toBe(200);
		expect(member(await detail(id), 'agent_id')).toBe(3);
	});

	it('ruleActsOnCreate: a note under an agent’s name, by no application', async () => {
		simulator.switches.ruleActsOnCreate = true;
		const id = await create();
		const { data } = await api.get<unknown>('/Actions', { params: { ticket_id: id } });
		expect(rowsOf(data, 'actions')[0]).toMatchObject({
			who: 'Sam Okafor',
			actionby_application_id: '',
		});
	});

	it('createdOnClient: the ticket lands on another client than the one sent', async () => {
		simulator.switches.createdOnClient = 13;
		expect(member(await detail(await create()), 'client_id')).toBe(13);
	});

	it('needsUserAndSite: refused without both', async () => {
		simulator.switches.needsUserAndSite = true;
		const record = { summary: 'x', client_id: 11, tickettype_id: 1, ...QUIET };
		expect((await api.post('/Tickets', [record])).status).toBe(400);
		const whole = { ...record, site_id: 1011, user_id: 2011 };
		expect((await api.post('/Tickets', [whole])).status).toBe(201);
	});

	it('priorityFromImpact: the priority that was sent is overruled', async () => {
		simulator.switches.priorityFromImpact = true;
		const id = await create({ sla_id: 1, priority_id: 1, impact: 3, urgency: 3 });
		expect(member(await detail(id), 'priority_id')).toBe(3);
	});

	it.each([404, 500] as const)('wrongTenantStatus %i', async (wrongTenantStatus) => {
		simulator.switches.wrongTenantStatus = wrongTenantStatus;
		const url = simulator.authServer.replace(/\/$/, '');
		const { status } = await api.post(
			`${url}/token?tenant=nobody`,
			'grant_type=client_credentials',
		);
		expect(status).toBe(wrongTenantStatus);
	});
});

describe('answers to an update', () => {
	it('ignoredMembers: they keep their value, the others change', async () => {
		const id = await create({ team: 'Security' });
		simulator.switches.ignoredMembers = 'team,summary';
		await update(id, { team: 'Network', summary: 'y', impact: 2 });
		const ticket = await detail(id);
		expect([member(ticket, 'team'), member(ticket, 'summary'), member(ticket, 'impact')]).toEqual([
			'Security',
			'Port 3389 open',
			2,
		]);
	});

	it('createAnswer envelope: a new ticket comes as a list of one', async () => {
		simulator.switches.createAnswer = 'envelope';
		const record = { summary: 'Port 3389 open', client_id: 11, tickettype_id: 1, ...QUIET };
		const { data } = await api.post<unknown>('/Tickets', [record]);
		const [id] = idsOf(data, 'tickets');
		expect(member(await detail(Number(id)), 'id')).toBe(id);
		expect(idsOf((await act(Number(id), { note: 'x' })).data, 'actions')).toHaveLength(1);
	});

	it.each([
		['object', (data: unknown) => member(data, 'id')],
		['array', (data: unknown) => (Array.isArray(data) ? member(data[0], 'id') : null)],
		['envelope', (data: unknown) => idsOf(data, 'tickets')[0]],
		['before', (data: unknown) => (member(data, 'summary') === 'y' ? null : member(data, 'id'))],
	] as const)('updateAnswer %p holds the ticket', async (updateAnswer, idIn) => {
		const id = await create();
		simulator.switches.updateAnswer = updateAnswer;
		expect(idIn((await update(id, { summary: 'y' })).data)).toBe(id);
	});

	it('updateAnswer empty: 201 without a body, and stored', async () => {
		const id = await create();
		simulator.switches.updateAnswer = 'empty';
		const answer = await update(id, { summary: 'y' });
		expect([answer.status, answer.data]).toEqual([201, '']);
		expect(member(await detail(id), 'summary')).toBe('y');
	});
});
