import type { IDataObject } from 'n8n-workflow';

import { company, Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const mapping = (name: string, id: number | null, client = '', more: IDataObject = {}) => ({
	integration: '',
	source: 'wazuh',
	companyId: `id-${name}`,
	companyName: name,
	haloClientId: id,
	haloClientName: client,
	method: 'name',
	createTicket: true,
	noNotification: false,
	eventSet: '',
	profile: '',
	flags: '',
	mappedAt: '2026-04-02T10:00:00.000Z',
	...more,
});
const held = (name: string): IDataObject => ({
	dedupKey: `finding of ${name}`,
	state: 'held',
	integration: 'default',
	source: 'wazuh',
	event: JSON.stringify({ dedupKey: 'x', source: 'wazuh', company: { id: `id-${name}`, name } }),
});

/** The address of a company's form, as the list links it. */
async function formOf(name: string): Promise<string> {
	const { body } = await desk.get(`page=companies&q=${encodeURIComponent(name)}`);
	const found = /href="\?page=company(?:&amp;[^"]*)?&amp;c=([0-9a-f]+)"/.exec(body)?.[1];
	if (found === undefined) throw new Error(`the list has no link to ${name}`);
	return `page=company&c=${found}`;
}

function hiddenIn(body: string, name: string): string {
	return new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
}

/** Opens the form of a company and sends it with these fields changed. */
async function edit(name: string, change: Record<string, string>, user = 'nora') {
	const address = await formOf(name);
	const { body } = await desk.get(address, user);
	const form = {
		do: 'save',
		was: hiddenIn(body, 'was'),
		reportPhishing: 'yes',
		createTicket: 'yes',
	};
	return await desk.post(address, { ...form, ...change }, user);
}

const tableText = (body: string): string => body.split('</h1>')[1] ?? '';

describe('the table of companies', () => {
	beforeEach(() => {
		desk.put(
			'halo_companies',
			company('Contoso', { psaName: 'Contoso Ltd' }),
			company('Fabrikam'),
			company('Umbrella', { review: 'is called nearly like Umbrella Works' }),
		);
		desk.put(
			'halo_company_mappings',
			mapping('Contoso', 11, 'Contoso Ltd', { noNotification: true, profile: 'P1' }),
			mapping('Only in the mapping', 12, 'Fabrikam Inc'),
		);
		desk.put('halo_inbox', held('Fabrikam'), held('Fabrikam'), held('Seen in a finding'));
	});

	test('CN-39 ID-20 CS-40 every company once, with client, day of the mapping, PSA, settings and what is held', async () => {
		const { status, body } = await desk.get('page=companies');
		expect(status).toBe(200);
		for (const head of ['Existing Company Name', 'Company Name', 'Mapped Date', 'PSA', 'Action']) {
			expect(body).toContain(`<th scope="col">${head}</th>`);
		}
		const names = [...body.matchAll(/<td data-name="Existing Company Name:">([^<]*)/g)];
		expect(names.map(([, name]) => name)).toEqual([
			'Contoso',
			'Fabrikam',
			'Only in the mapping',
			'Seen in a finding',
			'Umbrella',
		]);
		expect(body).toContain('<td data-name="Mapped Date:">2026-04-02</td>');
		expect(body).toContain('<td data-name="PSA:">Contoso Ltd</td>');
		expect(body).toContain('no notification, profile P1');
		expect(body).toContain('<td data-name="Findings held:" class="n">2</td>');
	});

	test('a finding that names its company without an id is counted at the one company of that name', async () => {
		const event = JSON.stringify({ source: 'wazuh', company: { id: null, name: 'Umbrella' } });
		desk.put('halo_inbox', { ...held('Umbrella'), event });
		const { body } = await desk.get('page=companies&q=umbrella');
		expect(body).toContain('1 row, page 1 of 1');
		expect(body).toContain('<td data-name="Findings held:" class="n">1</td>');
	});

	test('ID-22 filters tell how many are mapped, to be reviewed and unmapped; an unmapped one has Link, a mapped one Edit', async () => {
		const counts = async (query: string): Promise<string> =>
			(await desk.get(query)).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
		expect(await counts('page=companies')).toContain(
			'All 5 Mapped 2 Review 1 Unmapped 2 Findings held 2 Drift',
		);
		const unmapped = await desk.get('page=companies&filter=unmapped');
		expect(unmapped.body).toContain('>Link</a>');
		expect(unmapped.body).not.toContain('>Edit</a>');
		const review = await desk.get('page=companies&filter=review');
		expect(review.body).toContain('is called nearly like Umbrella Works');
	});

	test('a search finds companies and clients, keeps its words in the address, and says when nothing matches', async () => {
		const byClient = await desk.get('page=companies&q=fabrikam+inc');
		expect(byClient.body).toContain('Only in the mapping');
		expect(byClient.body).not.toContain('Umbrella');
		expect(byClient.body).toContain('value="fabrikam inc"');
		const none = await desk.get('page=companies&q=%3Cb%3Enobody');
		expect(none.body).toContain('No company has “&lt;b&gt;nobody” in its name.');
	});

	test('drift shows what Halo has changed since, and nothing else asks Halo', async () => {
		desk.put('halo_company_mappings', mapping('Old', 11, 'Contoso before'));
		const before = desk.halo.journal.length;
		await desk.get('page=companies');
		expect(desk.halo.journal).toHaveLength(before);
		const { body } = await desk.get('page=companies&filter=drift');
		expect(body).toContain('is called Contoso Ltd now');
		expect(body).not.toContain('Umbrella');
	});

	test('pages of a long list, the last one for a number behind it', async () => {
		desk.put(
			'halo_companies',
			...Array.from({ length: 60 }, (_, at) => company(`Row ${at + 100}`)),
		);
		const first = await desk.get('page=companies&size=25');
		expect(first.body).toContain('65 rows, page 1 of 3');
		expect(first.body).toContain('href="?page=companies&amp;filter=all&amp;size=25&amp;n=2">Next<');
		const last = await desk.get('page=companies&size=25&n=99');
		expect(last.body).toContain('65 rows, page 3 of 3');
		expect(last.body).not.toContain('>Next<');
	});
});

describe('one company by hand', () => {
	beforeEach(() => {
		desk.put('halo_companies', company('Fabrikam'), company('Contoso', { psaName: 'Contoso Ltd' }));
		desk.put(
			'halo_company_mappings',
			mapping('Contoso', 11, 'Contoso Ltd', { flags: '{"seat":4}' }),
		);
		desk.put('halo_event_sets', { name: 'Strict', minSeverity: 'low' });
		desk.put('halo_profiles', { name: 'P1', ticketType: 'Incident' });
	});

	test.each(['12', 'Fabrikam Inc', 'Fabrikam Inc [#12]', 'fabrikam'])(
		'ID-23 CN-36 the client %s: the row is stored and the company shows it',
		async (client) => {
			const { status, location } = await edit('Fabrikam', { client, eventSet: 'Strict' });
			expect([status, location]).toEqual([
				303,
				'?page=companies&filter=all&q=&done=saved&count=1'.replace('&q=', ''),
			]);
			expect(desk.rows('halo_company_mappings')[1]).toMatchObject({
				source: 'wazuh',
				companyId: 'id-Fabrikam',
				companyName: 'Fabrikam',
				haloClientId: 12,
				haloClientName: 'Fabrikam Inc',
				method: 'linked',
				createTicket: true,
				noNotification: false,
				eventSet: 'Strict',
				flags: '',
			});
			expect(desk.rows('halo_companies')[0]).toMatchObject({ psaName: 'Fabrikam Inc', review: '' });
		},
	);

	test('CS-39 CS-41 CS-42 CN-38 settings of a pair are changed; its day and what other tools keep there stay', async () => {
		const change = { client: '11', createTicket: '', noNotification: 'yes', reportPhishing: '' };
		await edit('Contoso', { ...change, phinboxIq: 'yes', profile: 'P1' });
		expect(desk.rows('halo_company_mappings')).toHaveLength(1);
		const row = desk.rows('halo_company_mappings')[0];
		expect(row).toMatchObject({
			haloClientId: 11,
			createTicket: false,
			noNotification: true,
			profile: 'P1',
			mappedAt: '2026-04-02T10:00:00.000Z',
		});
		expect(JSON.parse(String(row?.flags))).toEqual({
			seat: 4,
			reportPhishingButton: false,
			phinboxIq: true,
		});
	});

	test.each([
		['', 'Pick a client'],
		['1', '1 is no client'],
		['99999', 'Halo client 99999 does not exist'],
		['18', 'Tailspin Travel (18) is inactive'],
		['no such client at all', 'Halo has no client called'],
		['x'.repeat(301), 'Too long: at most 300 characters'],
		['<script>alert(1)</script>', 'Halo has no client called'],
	])('the client %s is refused beside its field, and nothing is stored', async (client, words) => {
		const { status, body } = await edit('Fabrikam', { client, profile: 'P1' });
		expect(status).toBe(422);
		expect(body).toMatch(new RegExp(`id="client-error">[^<]*${words.replace(/[()]/g, '\\$&')}`));
		expect(body).toContain('aria-invalid="true"');
		expect(body).toContain('<option value="P1" selected>');
		expect(body).not.toContain('<script>');
		expect(desk.rows('halo_company_mappings')).toHaveLength(1);
		expect(desk.rows('halo_companies')[0]?.psaName).toBe('');
	});

	test('a part of a name offers the clients that have it; one of them picked is stored', async () => {
		const typed = await edit('Fabrikam', { client: 'toso' });
		expect(typed.status).toBe(422);
		expect(typed.body).toContain('<input type="radio" name="pick" value="11">');
		expect(typed.body).toContain('value="toso"');
		const { status } = await edit('Fabrikam', { client: 'toso', pick: '11' });
		expect(status).toBe(303);
		expect(desk.rows('halo_company_mappings')[1]).toMatchObject({ haloClientId: 11 });
	});

	test('an event set or profile that does not exist is refused beside its field', async () => {
		const change = { client: '12', eventSet: 'Gone', profile: 'P9' };
		const { status, body } = await edit('Fabrikam', change);
		expect(status).toBe(422);
		expect(body).toContain('There is no event set called “Gone”.');
		expect(body).toContain('There is no profile called “P9”.');
		expect(body).toContain('value="12"');
	});

	test('two people on one row: the second is told both values, and may save them knowingly', async () => {
		const address = await formOf('Contoso');
		const { body } = await desk.get(address);
		const mine = { do: 'save', was: hiddenIn(body, 'was'), client: '12', createTicket: 'yes' };
		await edit('Contoso', { client: '11', noNotification: 'yes' }, 'max');

		const told = await desk.post(address, mine);
		expect(told.status).toBe(409);
		expect(told.body).toContain('Somebody changed this mapping');
		expect(told.body).toContain('<b>No Notification</b>: now yes, you have no');
		expect(told.body).toContain('<b>Halo client</b>: now Contoso Ltd [#11], you have 12');
		expect(desk.rows('halo_company_mappings')[0]).toMatchObject({ haloClientId: 11 });

		const meant = await desk.post(address, { ...mine, was: hiddenIn(told.body, 'was') });
		expect(meant.status).toBe(303);
		expect(desk.rows('halo_company_mappings')[0]).toMatchObject({
			haloClientId: 12,
			noNotification: false,
		});
	});

	test('a row that was deleted meanwhile, and a table that is full, are said', async () => {
		desk.broken = 'halo_company_mappings';
		const { status, body } = await edit('Contoso', { client: '12' });
		expect(status).toBe(500);
		expect(body).toContain('Not everything was stored: size limit exceeded.');
	});

	test('Halo down: the form comes without the list, and saving says so and stores nothing', async () => {
		desk.halo.faults.add({ name: 'status-503', times: 'always' });
		const address = await formOf('Fabrikam');
		const { status } = await desk.get(address);
		expect(status).toBe(200);
		const sent = await edit('Fabrikam', { client: '12', profile: 'P1' });
		expect(sent.status).toBe(422);
		expect(sent.body).toMatch(/id="client-error">Halo could not be asked: Halo failed \(503\)/);
		expect(sent.body).toContain('<option value="P1" selected>');
		expect(desk.rows('halo_company_mappings')).toHaveLength(1);
	});

	test('names from outside are never HTML', async () => {
		const name = '"><img src=x onerror=alert(1)>';
		desk.put('halo_companies', company(name));
		desk.put('halo_event_sets', { name: '</select><b>', minSeverity: 'low' });
		const pages = [await desk.get('page=companies'), await desk.get(await formOf('onerror'))];
		for (const { body } of pages) {
			expect(tableText(body)).toContain('&lt;img src=x');
			expect(body).not.toContain('<img');
			expect(body).not.toContain('</select><b>');
		}
	});
});

describe('deleting and releasing', () => {
	beforeEach(() => {
		desk.put('halo_companies', company('Contoso', { psaName: 'Contoso Ltd' }), company('Fabrikam'));
		desk.put(
			'halo_company_mappings',
			mapping('Contoso', 11, 'Contoso Ltd'),
			mapping('Other', 12, 'Fabrikam Inc'),
		);
		desk.put('halo_inbox', held('Fabrikam'), held('Fabrikam'), held('Contoso'));
	});

	const marks = async (filter: string): Promise<string[]> => {
		const { body } = await desk.get(`page=companies&filter=${filter}`);
		return [...body.matchAll(/name="c" value="([0-9a-f]+)"/g)].map(([, mark = '']) => mark);
	};

	test('CN-40 ticked mappings go after Yes, not before; their companies show no client any more', async () => {
		const c = await marks('mapped');
		const asked = await desk.post('page=companies', { do: 'delete', c });
		expect(asked.status).toBe(303);
		expect(desk.rows('halo_company_mappings')).toHaveLength(2);
		const question = await desk.get(asked.location.slice(1));
		expect(question.body).toContain('Delete these 2 mappings?');
		expect(question.body).toContain('>Yes</button>');
		expect(question.body).toContain('>No</a>');
		const { status, location } = await desk.post(asked.location.slice(1), { do: 'delete' });
		expect([status, location]).toEqual([303, '?page=companies&done=deleted&count=2']);
		expect(desk.rows('halo_company_mappings')).toEqual([]);
		expect(desk.rows('halo_companies')[0]?.psaName).toBe('');
		expect((await desk.get(location.slice(1))).body).toContain('2 mappings are deleted.');
	});

	test('mappings that somebody else deleted meanwhile: told, and the others stay', async () => {
		const c = await marks('mapped');
		const { location } = await desk.post('page=companies', { do: 'delete', c });
		desk.rows('halo_company_mappings').shift();
		const { status, body } = await desk.post(location.slice(1), { do: 'delete' });
		expect(status).toBe(409);
		expect(body).toContain('1 of 2 mappings are gone');
		expect(desk.rows('halo_company_mappings')).toHaveLength(1);
	});

	test('findings of the ticked companies become due, those of others stay held', async () => {
		const { body } = await desk.get('page=companies&q=Fabrikam&filter=held');
		const mark = /name="c" value="([0-9a-f]+)"/.exec(body)?.[1] ?? '';
		const { status, location } = await desk.post('page=companies', { do: 'release', c: mark });
		expect([status, location]).toEqual([303, '?page=companies&filter=all&done=released&count=2']);
		expect(desk.rows('halo_inbox').map(({ state }) => state)).toEqual(['failed', 'failed', 'held']);
		expect(desk.rows('halo_inbox')[0]).toMatchObject({ tries: 0 });
	});

	test('nothing ticked is said', async () => {
		const { status, body } = await desk.post('page=companies', { do: 'delete' });
		expect(status).toBe(422);
		expect(body).toContain('Nothing is ticked');
	});

	test('without a token nothing goes', async () => {
		const rows = desk.rows('halo_company_mappings').map(({ id }) => id);
		const { status } = await desk.post(`page=delete&rows=${rows.join('.')}`, { token: '' });
		expect(status).toBe(403);
		expect(desk.rows('halo_company_mappings')).toHaveLength(2);
	});
});
