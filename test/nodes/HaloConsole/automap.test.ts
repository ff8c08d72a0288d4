import { company, Desk, ticks } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

describe('Auto-Map', () => {
	beforeEach(() => {
		desk.put(
			'halo_companies',
			company('Contoso Limited', { displayName: 'Contoso Ltd' }),
			company('Fabrikam'),
			company('Muller Prazision GmbH'),
			company('Nobody knows it'),
		);
	});

	test('ID-21 the preview shows what would be mapped and why, and what a person decides; nothing is written', async () => {
		const { status, body } = await desk.get('page=automap');
		expect(status).toBe(200);
		expect(body).toContain('same display name');
		expect(body).toContain('same name');
		expect(body).toMatch(/Contoso Ltd <span class="soft">\(11\)/);
		expect(body).not.toContain('Nobody knows it');
		expect(ticks(body)).toHaveLength(2);
		expect(body.match(/ checked aria-label/g)).toHaveLength(2);

		const likely = await desk.get('page=automap&filter=likely');
		expect(likely.body).toMatch(/Müller Präzision GmbH <span class="soft">\(17\)/);
		expect(likely.body).not.toMatch(/ checked aria-label/);
		const left = await desk.get('page=automap&filter=left');
		expect(left.body).toContain('Nobody knows it');
		expect(left.body).toContain('Create the client in Halo');
		expect(left.body).not.toContain('Approve');
		expect(desk.rows('halo_company_mappings')).toEqual([]);
	});

	test('what is ticked is stored, with the chosen settings; their companies show the client, and the rest is left', async () => {
		const { body } = await desk.get('page=automap');
		const form = { do: 'approve', pair: ticks(body), createTicket: '', noNotification: 'yes' };
		const { status, location } = await desk.post('page=automap&filter=exact', form);
		expect([status, location]).toEqual([303, '?page=automap&filter=exact&done=approved&count=2']);
		expect(desk.rows('halo_company_mappings')).toEqual([
			expect.objectContaining({
				companyId: 'id-Contoso Limited',
				companyName: 'Contoso Ltd',
				haloClientId: 11,
				method: 'approved',
				createTicket: false,
				noNotification: true,
			}),
			expect.objectContaining({ companyId: 'id-Fabrikam', haloClientId: 12 }),
		]);
		expect(desk.rows('halo_companies').map(({ psaName }) => psaName)).toEqual([
			'Contoso Ltd',
			'Fabrikam Inc',
			'',
			'',
		]);
		const after = await desk.get(location.slice(1));
		expect(after.body).toContain('2 companies are mapped.');
		expect(ticks(after.body)).toEqual([]);
	});

	test('one pair that cannot be done: nothing of the form is, and it says which', async () => {
		const { body } = await desk.get('page=automap');
		const [first = '', second = ''] = ticks(body);
		const bent = `${second.split('.')[0]}.18`;
		const form = { do: 'approve', createTicket: 'yes', pair: [first, bent] };
		const { status, body: said } = await desk.post('page=automap', form);
		expect(status).toBe(422);
		expect(said).toContain(
			'Nothing was changed. Fabrikam: Halo client Tailspin Travel (18) is inactive',
		);
		expect(desk.rows('halo_company_mappings')).toEqual([]);
		expect(said).toContain(`value="${first}" checked`);
	});

	test('a company that somebody else mapped meanwhile: told, with both clients, and nothing is changed', async () => {
		const { body } = await desk.get('page=automap');
		desk.put('halo_company_mappings', {
			source: 'wazuh',
			companyId: 'id-Fabrikam',
			companyName: 'Fabrikam',
			haloClientId: 13,
			haloClientName: 'Northwind Traders',
		});
		const { status, body: said } = await desk.post('page=automap', {
			do: 'approve',
			pair: ticks(body),
		});
		expect(status).toBe(422);
		expect(said).toContain(
			'Fabrikam: somebody mapped it to Northwind Traders (13) meanwhile, you have client 12',
		);
		expect(desk.rows('halo_company_mappings')).toHaveLength(1);
	});

	test.each([
		['nothing', []],
		['what names no client', ['abc.0']],
		['what names no company', ['.11']],
		['a company twice', ['abc.11', 'abc.12']],
		['a company that there is not', ['abc.11']],
	])('%s ticked is refused and changes nothing', async (_, pair) => {
		const { status } = await desk.post('page=automap', { do: 'approve', pair });
		expect(status).toBe(422);
		expect(desk.rows('halo_company_mappings')).toEqual([]);
	});

	test('a Halo that shows hardly any of the mapped clients gets no proposal', async () => {
		for (const id of [901, 902, 903]) {
			desk.put('halo_company_mappings', { companyName: `Gone ${id}`, haloClientId: id });
		}
		const { body } = await desk.get('page=automap');
		expect(body).toContain('3 of 3 mapped Halo clients are missing');
		expect(ticks(body)).toEqual([]);
	});

	test('Halo down: the page says so, and an approval writes nothing', async () => {
		const { body } = await desk.get('page=automap');
		desk.halo.faults.add({ name: 'status-503', times: 'always' });
		const { status, body: said } = await desk.post('page=automap', {
			do: 'approve',
			pair: ticks(body),
		});
		expect(status).toBe(422);
		expect(said).toContain('Halo could not be asked: Halo failed (503)');
		expect(desk.rows('halo_company_mappings')).toEqual([]);
	});
});
