import type { AxiosInstance } from 'axios';

import { startHaloSimulator } from '../../sandbox/halo';
import type { HaloSimulator } from '../../sandbox/halo';
import { connect, idsOf, member, rowsOf } from './simulator-client';

let simulator: HaloSimulator;
let api: AxiosInstance;

const QUIET = { sendack: false, _prevent_outgoing: true };

async function create(fields: object = {}): Promise<number> {
	const record = {
		summary: 'Port 3389 open',
		client_id: 11,
		tickettype_id: 1,
		...QUIET,
		...fields,
	};
	const { data } = await api.post<unknown>('/Tickets', [record]);
	return Number(member(data, 'id'));
}

async function detail(id: number): Promise<unknown> {
	return (await api.get<unknown>(`/Tickets/${id}`, { params: { includedetails: true } })).data;
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

describe('POST /Tickets', () => {
	it('refuses one bare object', async () => {
		expect((await api.post('/Tickets', { summary: 'x', client_id: 11 })).status).toBe(400);
		expect(simulator.tickets()).toHaveLength(3);
	});

	it('answers one record bare, the last of several, and all with returnall', async () => {
		const records = [
			{ summary: 'one', client_id: 11 },
			{ summary: 'two', client_id: 11 },
		];
		const one = await api.post('/Tickets', [records[0]]);
		const last = await api.post('/Tickets', records);
		const all = await api.post('/Tickets?returnall=true', records);
		expect([one.status, member(one.data, 'summary')]).toEqual([201, 'one']);
		expect(member(last.data, 'summary')).toBe('two');
		expect(rowsOf(all.data).map((row) => row.summary)).toEqual(['one', 'two']);
		simulator.switches.wrapSingle = true;
		expect(rowsOf((await api.post('/Tickets', [records[0]])).data)).toHaveLength(1);
	});

	it('puts a ticket on the main site and its General User when only the client is named', async () => {
		expect(await detail(await create())).toMatchObject({
			client_id: 11,
			client_name: 'Contoso Ltd',
			site_id: 1011,
			user_name: 'General User',
			status_id: 1,
			agent_id: 1,
			team: 'Service Desk',
			priority_id: 3,
		});
	});

	it('puts a ticket that names no client on the Unknown client', async () => {
		expect(await detail(await create({ client_id: undefined }))).toMatchObject({ client_id: 1 });
	});

	it('refuses a user without the site', async () => {
		expect(
			(await api.post('/Tickets', [{ summary: 'x', client_id: 11, user_id: 4011 }])).status,
		).toBe(400);
		const id = await create({ user_id: 4011, site_id: 1011 });
		expect(await detail(id)).toMatchObject({ user_id: 4011, user_name: 'Robin Vale' });
	});

	it.each([
		['team by name', { team: 'Security' }, { team: 'Security' }],
		['an unknown team, without a word', { team: 'Sekurity' }, { team: 'Service Desk' }],
		['no team by id', { team_id: 2 }, { team: 'Service Desk' }],
		[
			'the number of a priority inside its SLA',
			{ priority_id: 1, sla_id: 2 },
			{ priority_id: 1, sla_id: 2 },
		],
		['a priority that the SLA lacks, without a word', { priority_id: 77 }, { priority_id: 3 }],
		['a category path', { category_1: 'Security>Ports' }, { category_1: 'Security>Ports' }],
		['an unknown category, without a word', { category_1: 'Nope' }, { category_1: '' }],
		['impact and urgency', { impact: 2, urgency: 1 }, { impact: 2, urgency: 1 }],
		['ids as text', { agent_id: '3' }, { agent_id: 3, agent_name: 'Sam Okafor' }],
		['fields it does not know, without a word', { files: null, nonsense: 1 }, { client_id: 11 }],
		['assets', { assets: [{ id: 317 }] }, { assets: [{ id: 317, inventory_number: 'SRV-01' }] }],
	])('takes %s', async (_title, fields, expected) => {
		expect(await detail(await create(fields))).toMatchObject(expected);
	});

	it.each([
		['a number that is none', { client_id: '95.0' }, { '[0].client_id': expect.any(Array) }],
		['a type that there is not', { tickettype_id: 99 }, 'Please select a valid Ticket Type.'],
		[
			'a type hidden from the API',
			{ tickettype_id: 3 },
			'You do not have permission to create Tickets of this Ticket Type.',
		],
		[
			'a type that starts an approval',
			{ tickettype_id: 4 },
			'CODE:APP03/2 Please select the CAB members to approve',
		],
		['a disabled agent', { agent_id: 4 }, 'Please select a valid Agent.'],
		['a status of other records', { status_id: 31 }, 'Please select a valid Status.'],
		['no summary', { summary: '' }, 'Please complete the following fields: Summary'],
	])('refuses %s', async (_title, fields, body) => {
		const record = { summary: 'x', client_id: 11, tickettype_id: 1, ...fields };
		const answer = await api.post('/Tickets', [record]);
		expect([answer.status, answer.data]).toEqual([400, body]);
		expect(simulator.tickets()).toHaveLength(3);
	});

	it('answers a summary above 255 characters with a .NET exception', async () => {
		const answer = await api.post('/Tickets', [{ summary: 'x'.repeat(256), client_id: 11 }]);
		expect([answer.status, member(answer.data, 'ClassName')]).toEqual([
			500,
			'System.Data.SqlClient.SqlException',
		]);
		expect(await create({ summary: 'x'.repeat(255) })).toBeGreaterThan(0);
	});

	it("applies the type's template over what was sent, unless told not to", async () => {
		const sent = { tickettype_id: 5, priority_id: 1, team: 'Security' };
		expect(await detail(await create(sent))).toMatchObject({ priority_id: 4, team: 'Network' });
		const kept = await create({ ...sent, donotapplytemplateintheapi: true });
		expect(await detail(kept)).toMatchObject({ priority_id: 1, team: 'Security' });
	});

	it('keeps details as the text of the HTML, which wins, and drops style blocks', async () => {
		const id = await create({
			details: 'plain',
			details_html: '<style>p{color:red}</style><p>5 &lt; 6 &amp; more</p><p>next</p>',
		});
		expect(await detail(id)).toMatchObject({
			details: '5 < 6 & more\nnext',
			details_html: '<p>5 &lt; 6 &amp; more</p><p>next</p>',
		});
	});

	it('changes only what is sent, replaces nested lists, keeps custom fields that are not sent', async () => {
		const id = await create({
			assets: [{ id: 317 }, { id: 318 }],
			customfields: [
				{ id: 205, value: 'abc' },
				{ name: 'CFscannerSeverity', value: 2 },
			],
		});
		await api.post('/Tickets', [
			{ id, assets: [{ id: 319 }], customfields: [{ id: 205, value: 'd' }] },
		]);
		const after = await detail(id);
		expect(after).toMatchObject({ summary: 'Port 3389 open', assets: [{ id: 319 }] });
		expect(rowsOf(after, 'customfields').map(({ id: field, value }) => [field, value])).toEqual([
			[206, 2],
			[205, 'd'],
		]);
	});

	it('says "Record not found" for a ticket that is not there, or deleted', async () => {
		const gone = await create();
		simulator.technician.delete(gone);
		for (const id of [999_999, gone]) {
			const answer = await api.post('/Tickets', [{ id, summary: 'x' }]);
			expect([answer.status, answer.data]).toEqual([400, 'Record not found']);
		}
		await api.post('/Tickets', [{ id: gone, _recover: true, _validate_updates: true }]);
		expect((await api.get(`/Tickets/${gone}`)).status).toBe(200);
	});

	it('makes two tickets of one request sent twice', async () => {
		expect(await create()).not.toBe(await create());
	});

	it('lets two creates at once collide when ids are read before tickets are stored', async () => {
		Object.assign(simulator.switches, { idAllocation: 'max-plus-one' });
		const send = async () => await api.post('/Tickets', [{ summary: 'x', client_id: 11 }]);
		const answers = await Promise.all([send(), send()]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 500]);
		Object.assign(simulator.switches, { idRaceOutcome: 'same-id' });
		const [left, right] = await Promise.all([send(), send()]);
		expect(member(left?.data, 'id')).toBe(member(right?.data, 'id'));
		expect(simulator.tickets()).toHaveLength(5);
	});
});

describe('closing', () => {
	const CLOSE = { status_id: 9, tickettype_id: 1, client_id: 11, agent_id: 9 };

	it.each([
		['without type', { ...CLOSE, tickettype_id: undefined }, 'Record not found'],
		['without client', { ...CLOSE, client_id: undefined }, 'Record not found'],
		[
			'without an agent',
			{ ...CLOSE, agent_id: undefined },
			'Please assign this Ticket these before closing it.',
		],
	])('is refused %s on a strict tenant', async (_title, fields, text) => {
		simulator.switches.strictClose = true;
		const id = await create();
		const answer = await api.post('/Tickets', [{ id, ...fields }]);
		expect([answer.status, answer.data]).toEqual([400, text]);
		expect(await detail(id)).toMatchObject({ status_id: 1, hasbeenclosed: false });
	});

	it('sets closing date and note; another status opens it again', async () => {
		simulator.clock.set('2026-05-04T09:12:33.100Z');
		api = await connect(simulator);
		const id = await create();
		expect(await detail(id)).toMatchObject({ dateclosed: '1900-01-01T00:00:00' });
		await api.post('/Tickets', [{ id, ...CLOSE, closure_note: 'fixed', closure_time: 0.08 }]);
		expect(await detail(id)).toMatchObject({
			hasbeenclosed: true,
			dateclosed: '2026-05-04T09:12:33.1',
			closure_note: 'fixed',
			closure_time: 0.08,
			closure_agent_id: 9,
		});
		await api.post('/Tickets', [{ id, status_id: 2 }]);
		expect(await detail(id)).toMatchObject({
			hasbeenclosed: false,
			dateclosed: '1900-01-01T00:00:00',
		});
	});

	it('takes id and status alone, as live clients send them; without an agent where the tenant lets it', async () => {
		simulator.switches.closeUnassigned = true;
		const id = await create();
		expect((await api.post('/Tickets', [{ id, status_id: 9 }])).status).toBe(200);
	});

	it('by an action needs an agent too, and no client', async () => {
		const id = await create();
		const note = { ticket_id: id, outcome_id: 7, note: 'done', new_status: 9 };
		expect((await api.post('/Actions', [note])).data).toBe(
			'Please assign this Ticket these before closing it.',
		);
		expect((await api.post('/Actions', [{ ...note, new_agent: 3 }])).status).toBe(201);
		expect(await detail(id)).toMatchObject({ hasbeenclosed: true, agent_id: 3 });
	});
});

describe('GET /Tickets/{id}', () => {
	it('shows detail only with includedetails on a strict tenant, and always on others', async () => {
		const id = await create();
		const whole = (await api.get<unknown>(`/Tickets/${id}`)).data;
		expect(whole).toMatchObject({ hasbeenclosed: false, agent_name: 'Unassigned' });
		simulator.switches.strictDetails = true;
		const only = [
			'details_html',
			'agent_name',
			'hasbeenclosed',
			'dateclosed',
			'assets',
			'customfields',
			'priority',
		];
		const row = (await api.get<unknown>(`/Tickets/${id}`)).data;
		const full = await detail(id);
		expect(only.filter((name) => member(row, name) !== undefined)).toEqual([]);
		expect(only.filter((name) => member(full, name) === undefined)).toEqual([]);
	});

	it('is 404 for a missing, hidden or deleted ticket; a merged one points on', async () => {
		const [first, second] = [await create(), await create()];
		simulator.technician.merge(first, second);
		expect(await detail(first)).toMatchObject({ merged_into_id: second, status_id: 9 });
		await api.delete(`/Tickets/${second}`);
		for (const id of [-999_999, second]) {
			const answer = await api.get(`/Tickets/${id}`);
			expect([answer.status, answer.data]).toEqual([404, 'Record not found']);
		}
		const deleted = await api.get('/Tickets?deleted=true');
		expect(idsOf(deleted.data, 'tickets')).toEqual([second]);
	});
});

describe('/Actions', () => {
	it('are numbered per ticket, the first made with it, the newest listed first', async () => {
		const [left, right] = [await create(), await create({ details: 'body' })];
		for (const ticket_id of [left, right]) {
			const answer = await api.post('/Actions', [{ ticket_id, outcome_id: 7, note: 'n' }]);
			expect(member(answer.data, 'id')).toBe(2);
		}
		const { data } = await api.get<unknown>('/Actions', { params: { ticket_id: right } });
		expect(member(data, 'record_count')).toBe(2);
		expect(rowsOf(data, 'actions')).toMatchObject([
			{ id: 2, note: 'n', hiddenfromuser: true, actionby_application_id: 'Scanner Bridge' },
			{ id: 1, note: 'body', outcome: 'Ticket Logged' },
		]);
	});

	it.each([
		['outcome', { ticket_id: 1002, note: 'x' }, 'An Outcome must be entered for this Action'],
		[
			'outcome that exists',
			{ ticket_id: 1002, outcome: 'Nope' },
			'An Outcome must be entered for this Action',
		],
		['ticket', { outcome_id: 7, note: 'x' }, 'A Ticket must be entered for this Action'],
		['ticket that exists', { ticket_id: 7, outcome_id: 7 }, 'Record not found'],
	])('are refused without an %s', async (_title, record, text) => {
		const answer = await api.post('/Actions', [record]);
		expect([answer.status, answer.data]).toEqual([400, text]);
	});

	it('take an outcome by name, and the outcome says who sees the note', async () => {
		const ticket_id = await create();
		const open = await api.post('/Actions', [{ ticket_id, outcome: 'Note', note: 'x' }]);
		const hidden = await api.post('/Actions', [{ ticket_id, outcome: 'Internal Note', note: 'x' }]);
		expect(member(open.data, 'hiddenfromuser')).toBe(false);
		expect(member(hidden.data, 'hiddenfromuser')).toBe(true);
		const seen = await api.get('/Actions', { params: { ticket_id, excludeprivate: true } });
		expect(idsOf(seen.data, 'actions')).toEqual([2, 1]);
	});

	it('tell a person from the application, also where the person only re-assigned', async () => {
		const id = await create();
		await api.post('/Tickets', [{ id, agent_id: 3 }]);
		simulator.technician.edit(id, { agent_id: 2 });
		const { data } = await api.get<unknown>('/Actions', { params: { ticket_id: id } });
		expect(
			rowsOf(data, 'actions').map((row) => [
				row.outcome,
				row.who_agentid,
				row.actionby_application_id,
			]),
		).toEqual([
			['Re-Assign', 2, ''],
			['Re-Assign', 9, 'Scanner Bridge'],
			['Ticket Logged', 9, 'Scanner Bridge'],
		]);
		const people = await api.get('/Actions', { params: { ticket_id: id, excludesys: true } });
		expect(idsOf(people.data, 'actions')).toEqual([1]);
	});

	it('need the ticket to be read or deleted alone', async () => {
		const id = await create();
		expect((await api.get('/Actions/1')).status).toBe(400);
		expect((await api.get(`/Actions/1?ticket_id=${id}`)).status).toBe(200);
		expect((await api.delete(`/Actions/1?ticket_id=${id}`)).status).toBe(200);
		expect((await api.get(`/Actions/1?ticket_id=${id}`)).status).toBe(404);
	});
});

describe('mails to end users', () => {
	const close = { status_id: 9, tickettype_id: 1, client_id: 11, agent_id: 9 };

	it.each([
		['a create that says nothing', {}, 1],
		['a create with sendack:false', { sendack: false }, 0],
		['a create with _prevent_outgoing', { _prevent_outgoing: true }, 0],
		['a create with sendemail', { sendemail: true, sendack: false }, 1],
	])('%s: %#', async (_title, fields, mails) => {
		await api.post('/Tickets', [{ summary: 'x', client_id: 11, ...fields }]);
		expect(simulator.mails).toHaveLength(mails);
	});

	it.each([
		['a close that says nothing', {}, 1],
		['a close with sendack:false alone', { sendack: false }, 1],
		['a close with _prevent_outgoing', { _prevent_outgoing: true }, 0],
	])('%s: %#', async (_title, fields, mails) => {
		const id = await create();
		await api.post('/Tickets', [{ id, ...close, ...fields }]);
		expect(simulator.mails).toHaveLength(mails);
	});

	it.each([
		['an internal note', { outcome_id: 7 }, 0],
		['a note with sendemail', { outcome_id: 8, sendemail: true, hiddenfromuser: false }, 1],
		['a note of an outcome that mails', { outcome_id: 2 }, 1],
		['the same with sendemail:false', { outcome_id: 2, sendemail: false }, 0],
		['the same with _prevent_outgoing', { outcome_id: 2, _prevent_outgoing: true }, 0],
		['a note that closes', { outcome_id: 12, new_agent: 3, sendemail: false }, 1],
	])('%s: %#', async (_title, fields, mails) => {
		const ticket_id = await create();
		await api.post('/Actions', [{ ticket_id, note: 'x', ...fields }]);
		expect(simulator.mails).toHaveLength(mails);
	});
});
