import type { AxiosInstance } from 'axios';

import { NAMED_CLIENTS, startHaloSimulator } from '../../sandbox/halo';
import type { HaloSimulator } from '../../sandbox/halo';
import { connect, idsOf, member, rowsOf } from './simulator-client';

let simulator: HaloSimulator;
let api: AxiosInstance;

async function ids(path: string, key: string, params: object = {}): Promise<unknown[]> {
	const paged = { pageinate: true, page_size: 100, ...params };
	return idsOf((await api.get(path, { params: paged })).data, key);
}

/** Logs a ticket as a person does, and gives back its id. */
function log(summary: string, fields: object = {}): number {
	return simulator.technician.create({ summary, client_id: 11, ...fields });
}

beforeAll(async () => {
	simulator = await startHaloSimulator();
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

describe('the seed', () => {
	it('has more than 250 clients and tickets, open and closed, and none of ours', () => {
		const tickets = simulator.tickets();
		expect(simulator.state.clients.length).toBeGreaterThan(250);
		expect(tickets.length).toBeGreaterThan(250);
		const closed = tickets.filter((ticket) => ticket.hasbeenclosed === true);
		expect(closed.length).toBeGreaterThan(50);
		expect(tickets.length - closed.length).toBeGreaterThan(100);
		expect(JSON.stringify(tickets)).not.toContain('scanref');
	});

	it('has the documented clients, each with main site, General User and one contact', async () => {
		const { clients, sites, users } = simulator.state;
		for (const { id, name, contact } of NAMED_CLIENTS) {
			const client = clients.find((row) => row.id === id);
			const site = sites.find((row) => row.id === client?.main_site_id);
			const people = users.filter((user) => user.site_id === site?.id).map((user) => user.name);
			expect([client?.name, site?.client_id, people]).toEqual([
				name,
				id,
				contact === null ? ['General User'] : ['General User', contact],
			]);
		}
	});
});

describe('paging', () => {
	it.each([
		['/Tickets', 'tickets', 280],
		['/Client', 'clients', 268],
		['/Site', 'sites', 269],
		['/Users', 'users', 535],
		['/Asset', 'assets', 12],
	])('%s caps a page at 100 and counts all', async (path, key, total) => {
		const params = { pageinate: true, page_no: 1, page_size: 999 };
		const { data } = await api.get<unknown>(path, { params });
		expect(member(data, 'record_count')).toBe(total);
		expect(rowsOf(data, key)).toHaveLength(Math.min(total, 100));
	});

	it('is off without pageinate: the page is ignored, 50 rows or count', async () => {
		const first = idsOf((await api.get('/Tickets')).data, 'tickets');
		const second = idsOf((await api.get('/Tickets?page_no=2&page_size=20')).data, 'tickets');
		expect(first).toHaveLength(50);
		expect(second).toEqual(first);
		expect(idsOf((await api.get('/Client?count=1')).data, 'clients')).toHaveLength(1);
	});

	it('repeats the last page past the end', async () => {
		const last = await ids('/Tickets', 'tickets', { page_no: 3 });
		expect(last).toHaveLength(80);
		expect(await ids('/Tickets', 'tickets', { page_no: 4 })).toEqual(last);
	});
});

describe('GET /Tickets', () => {
	it('lists rows without what only the detail holds', async () => {
		const { data } = await api.get<unknown>('/Tickets?count=1');
		const row = rowsOf(data, 'tickets')[0] ?? {};
		expect(Object.keys(row)).toEqual(expect.arrayContaining(['id', 'summary', 'details', 'team']));
		for (const name of ['hasbeenclosed', 'assets', 'customfields', 'agent_name', 'status_name']) {
			expect(row).not.toHaveProperty(name);
		}
	});

	it('shows custom fields on rows when asked for by id', async () => {
		const id = log('with a field', { customfields: [{ id: 205, value: 'abc' }] });
		const params = { search_id: id, include_custom_fields: '205' };
		const { data } = await api.get<unknown>('/Tickets', { params });
		expect(rowsOf(data, 'tickets')[0]?.customfields).toMatchObject([
			{ id: 205, name: 'CFscannerReference', value: 'abc' },
		]);
	});

	it('ignores what it does not know, so a misspelt filter gives everything', async () => {
		const { data } = await api.get<unknown>('/Tickets?clientid=11&tickettype_id=2&opne_only=true');
		expect(member(data, 'record_count')).toBe(280);
	});

	it.each([
		['open_only', { open_only: true }, (row: Row) => row.hasbeenclosed === false],
		['closed_only', { closed_only: true }, (row: Row) => row.hasbeenclosed === true],
		['client_id', { client_id: 11 }, (row: Row) => row.client_id === 11],
		[
			'client_ids',
			{ client_ids: '11,12' },
			(row: Row) => row.client_id === 11 || row.client_id === 12,
		],
		['client_ref', { client_ref: 'ACC0012' }, (row: Row) => row.client_id === 12],
		['requesttype_id', { requesttype_id: 2 }, (row: Row) => row.tickettype_id === 2],
		['status', { status: '1,2' }, (row: Row) => row.status_id === 1 || row.status_id === 2],
		['priority', { priority: 4 }, (row: Row) => row.priority_id === 4],
		['agent_id', { agent_id: 1 }, (row: Row) => row.agent_id === 1],
		['ticketids', { ticketids: '1001,1002' }, (row: Row) => row.id === 1001 || row.id === 1002],
		['search_id', { search_id: 1001 }, (row: Row) => row.id === 1001],
	])('filters by %s', async (_name, params, holds) => {
		const expected = simulator.tickets().filter(holds);
		expect(expected.length).toBeGreaterThan(0);
		const { data } = await api.get<unknown>('/Tickets', { params });
		expect(member(data, 'record_count')).toBe(expected.length);
	});

	it('filters a team by id, while tickets hold its name, also a new one', async () => {
		const id = log('for the second team', { team: 'Security' });
		expect(await ids('/Tickets', 'tickets', { team: 2 })).toEqual([id]);
		simulator.technician.renameTeam('Security', 'Security Operations');
		expect(await ids('/Tickets', 'tickets', { team: 2 })).toEqual([id]);
		expect(await ids('/Tickets', 'tickets', { team_name: 'Security' })).toEqual([]);
	});

	it.each([
		['a part of a word, any case', 'SCANREF ABCD', ['(scanref abcdef)']],
		['% as any run', 'disk 90% full', ['disk 90% full', 'disk 90 GB, quite full']],
		['_ as any one character', 'a_b', ['a_b', 'axb']],
		['[ ] as a set', 'srv[12]', ['srv1', 'srv2']],
	])('takes %s in search_summary', async (_title, term, found) => {
		const texts = [
			'(scanref abcdef)',
			'disk 90% full',
			'disk 90 GB, quite full',
			'a_b',
			'axb',
			'srv1',
			'srv2',
			'srv[12]',
		];
		for (const text of texts) log(text);
		const { data } = await api.get<unknown>('/Tickets', { params: { search_summary: term } });
		expect(
			rowsOf(data, 'tickets')
				.map((row) => row.summary)
				.sort(),
		).toEqual([...found].sort());
	});

	it('finds whole words only where the tenant searches by full text', async () => {
		const id = log('Port open (scanref abcdef)');
		simulator.switches.textSearch = 'full-text';
		expect(await ids('/Tickets', 'tickets', { search_summary: 'scanref abcdef' })).toEqual([id]);
		expect(await ids('/Tickets', 'tickets', { search_summary: 'scanref abcd' })).toEqual([]);
	});

	it('misses by the basic search what ends in digits, and finds it by search_summary', async () => {
		const id = log('Disk low on SRV-77');
		expect(await ids('/Tickets', 'tickets', { search: 'SRV-77' })).not.toContain(id);
		expect(await ids('/Tickets', 'tickets', { search_summary: 'SRV-77' })).toEqual([id]);
		expect(await ids('/Tickets', 'tickets', { search: 'Disk low on' })).toEqual([id]);
	});

	it('takes dates of change, without a zone as UTC', async () => {
		simulator.clock.set('2030-01-01T12:00:00Z');
		api = await connect(simulator);
		const id = log('later');
		simulator.clock.advance(60_000);
		const params = { lastupdatefromdate: '2030-01-01T12:00:00' };
		expect(await ids('/Tickets', 'tickets', params)).toEqual([id]);
		expect(await ids('/Tickets', 'tickets', { lastupdatefromdate: '2030-01-01T12:00:01' })).toEqual(
			[],
		);
		simulator.technician.note(id, 'seen');
		expect(await ids('/Tickets', 'tickets', { lastupdatefromdate: '2030-01-01T12:00:01' })).toEqual(
			[id],
		);
	});

	it('writes dates as UTC without a zone, and 1900 for none', async () => {
		simulator.clock.set('2026-05-04T09:12:33.123Z');
		api = await connect(simulator);
		const id = log('dated');
		const { data } = await api.get<unknown>(`/Tickets/${id}`);
		expect(data).toMatchObject({
			dateoccurred: '2026-05-04T09:12:33.123',
			targetdate: '1900-01-01T00:00:00',
		});
	});

	it('searches by a list of conditions, and refuses fields off the list', async () => {
		const search = (name: string) =>
			JSON.stringify([{ filter_name: name, filter_type: 2, filter_value: '1001' }]);
		expect(await ids('/Tickets', 'tickets', { advanced_search: search('id') })).toEqual([1001]);
		const answer = await api.get('/Tickets', { params: { advanced_search: search('azureoid') } });
		expect([answer.status, answer.data]).toEqual([400, 'Invalid advanced search parameter']);
	});
});

describe('clients, sites and users', () => {
	it('hide the inactive unless asked', async () => {
		expect(await ids('/Client', 'clients', { search: 'Tailspin' })).toEqual([]);
		expect(await ids('/Client', 'clients', { search: 'Tailspin', includeinactive: true })).toEqual([
			18,
		]);
	});

	it.each([
		['Adatum Corporation', [14, 15]],
		['Toys & Games', [16]],
		['präzision', [17]],
		['ACC0011', [11]],
	])('are found by %s', async (search, found) => {
		expect(await ids('/Client', 'clients', { search })).toEqual(found);
	});

	it('write some ids as floats', async () => {
		const text = async (path: string) =>
			(await api.get<string>(path, { transformResponse: (raw: string) => raw })).data;
		expect(await text('/Site?client_id=11')).toContain('"client_id":11.0');
		expect(await text('/Users?client_id=11')).toContain('"site_id":1011.0');
		expect(await text('/Users?client_id=11')).toContain('"client_id":11,');
	});

	it('narrow to one client, and leave out General Users when asked', async () => {
		expect(await ids('/Site', 'sites', { client_id: 11 })).toEqual([1011, 3011]);
		expect(await ids('/Users', 'users', { client_id: 12 })).toEqual([2012, 4012]);
		const people = await ids('/Users', 'users', { client_id: 12, exclude_generaluser: true });
		expect(people).toEqual([4012]);
	});

	it('show custom fields of one client only with includedetails, and keep what is written', async () => {
		const customfields = [{ id: 278, value: 'company-42' }];
		await api.post('/Client', [{ id: 11, name: 'Contoso Ltd', customfields }]);
		expect((await api.get('/Client/11')).data).not.toHaveProperty('customfields');
		const { data } = await api.get<unknown>('/Client/11?includedetails=true');
		expect(data).toMatchObject({
			customfields: [{ name: 'CFscannerCompany', value: 'company-42' }],
		});
		const listed = await api.get('/Client?search=Contoso&include_custom_fields=278');
		expect(rowsOf(listed.data, 'clients')[0]).toHaveProperty('customfields');
	});

	it('give a new client a main site and its General User', async () => {
		const { data } = await api.post<unknown>('/Client', [{ name: 'Proseware Ltd' }]);
		const id = Number(member(data, 'id'));
		expect(await ids('/Site', 'sites', { client_id: id })).toEqual([member(data, 'main_site_id')]);
		expect(await ids('/Users', 'users', { client_id: id })).toHaveLength(1);
	});
});

type Row = Record<string, unknown>;

describe('look-ups', () => {
	it.each([
		['/TicketType', ['Incident', 'Service Request', 'Change Request', 'Monitoring Alert']],
		[
			'/TicketType?showall=true',
			[
				'Incident',
				'Service Request',
				'Internal Project Task',
				'Change Request',
				'Monitoring Alert',
				'Retired Request',
			],
		],
		['/SLA', ['Standard SLA', 'Gold SLA']],
		['/Team', ['Service Desk', 'Security', 'Network', 'Sales']],
		['/Team?type=opps', ['Sales']],
		['/Team?includedisabled=true', ['Service Desk', 'Security', 'Network', 'Sales', 'Night Shift']],
		['/Agent', ['Unassigned', 'Alex Rivera', 'Sam Okafor']],
		['/Agent?includeunassigned=false', ['Alex Rivera', 'Sam Okafor']],
		['/Agent?includeapiagents=true&search=bridge', ['Scanner Bridge']],
		['/Agent?includeenabled=false&includedisabled=true', ['Kim Lind']],
		['/Lookup?lookupid=12', ['Company Wide', 'Multiple Users Affected', 'Single User Affected']],
		['/Lookup?lookupid=22', ['E-mail', 'Web', 'Phone', 'Monitoring', 'API']],
		['/Lookup?lookupid=27', ['High', 'Medium', 'Low']],
		['/FieldInfo?typeid=1', ['CFscannerReference', 'CFscannerSeverity']],
	])('%s is a bare array of names', async (path, names) => {
		const { data } = await api.get<unknown>(path);
		expect(rowsOf(data).map((row) => row.name)).toEqual(names);
	});

	it('mix statuses of all kinds, whatever type is asked for', async () => {
		const all = rowsOf((await api.get('/Status')).data);
		const typed = rowsOf((await api.get('/Status?type=0')).data);
		expect(typed).toEqual(all);
		expect(new Set(all.map((row) => row.type))).toEqual(new Set([0, 1, 3]));
		const open = idsOf((await api.get('/Status?excludeclosed=true')).data);
		expect(idsOf(all).filter((id) => !open.includes(id))).toEqual([9, 23]);
	});

	it('hold a priority number once per SLA, under its own name; the id is a GUID', async () => {
		const rows = rowsOf((await api.get('/Priority')).data).filter((row) => row.priorityid === 2);
		expect(rows.map((row) => [row.slaid, row.name])).toEqual([
			[1, 'High'],
			[2, 'P2 Urgent'],
		]);
		expect(rows[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
		const hidden = rowsOf((await api.get('/Priority?slaid=1')).data).filter((row) => row.ishidden);
		expect(hidden).toHaveLength(1);
	});

	it('hold category paths by field, and outcomes without those of Halo itself', async () => {
		const first = rowsOf((await api.get('/Category?type_id=1')).data);
		expect(first.map((row) => row.value)).toContain('Security>Vulnerability');
		expect(first.every((row) => row.type_id === 1)).toBe(true);
		const outcomes = rowsOf((await api.get('/Outcome')).data);
		expect(outcomes.map((row) => row.id)).toEqual([7, 8, 2, 12]);
		expect(outcomes[0]).toMatchObject({ outcome: 'Internal Note', hidefromuser: true });
	});
});

describe('assets and attachments', () => {
	it('find an asset by tag or serial, with fields only in detail', async () => {
		expect(await ids('/Asset', 'assets', { search: 'SN104711' })).toEqual([321]);
		expect(await ids('/Asset', 'assets', { inventory_number: 'srv-01', client_id: 12 })).toEqual([
			321,
		]);
		expect((await api.get('/Asset/317')).data).not.toHaveProperty('fields');
		expect((await api.get('/Asset/317?includedetails=true')).data).toHaveProperty('fields');
	});

	it('echo key_field of a new asset and do not keep it', async () => {
		const record = { site_id: 1011, inventory_number: 'SRV-09', key_field: 'srv-09.corp' };
		const { data } = await api.post<unknown>('/Asset', [record]);
		expect(data).toMatchObject({ key_field: 'srv-09.corp' });
		const kept = await api.get(`/Asset/${String(member(data, 'id'))}`);
		expect(kept.data).toMatchObject({ inventory_number: 'SRV-09', key_field: '' });
	});

	it('keep a file sent as a data URI, and list it without its content', async () => {
		const file = {
			ticket_id: 1001,
			filename: 'list.csv',
			data_base64: 'data:text/csv;base64,YSxi',
		};
		expect((await api.post('/Attachment', [file])).status).toBe(201);
		const { data } = await api.get<unknown>('/Attachment?ticket_id=1001');
		expect(rowsOf(data, 'attachments')).toMatchObject([{ filename: 'list.csv', filesize: 3 }]);
		expect((await api.post('/Attachment', [{ ...file, data_base64: 'YSxi' }])).status).toBe(400);
	});
});
