import { Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const offered = (body: string): number[] =>
	[...body.matchAll(/name="id" value="(\d+)"/g)].map(([, id]) => Number(id));

describe('importing clients of Halo', () => {
	test('CN-29 CN-30 CN-32 clients are searched and paged; inactive ones and Halo\'s "Unknown" are not offered', async () => {
		const { status, body } = await desk.get('page=import&q=adatum&size=25');
		expect(status).toBe(200);
		expect(offered(body)).toEqual([14, 15]);
		const all = await desk.get('page=import&size=25');
		expect(all.body).toMatch(/rows, page 1 of \d\d/);
		expect(offered(all.body)).toHaveLength(25);
		expect(offered(all.body)).not.toContain(1);
		expect(offered((await desk.get('page=import&q=tailspin')).body)).toEqual([]);
	});

	test('CN-31 CN-34 ticks are gathered over several searches; one can be taken away again', async () => {
		const first = await desk.post('page=import&q=adatum', { do: 'add', id: ['14', '15'] });
		expect(first.location).toBe('?page=import&q=adatum&filter=open&ids=14.15');
		const second = await desk.post(`${first.location.slice(1)}`, { do: 'add', id: '12' });
		const { body } = await desk.get(second.location.slice(1));
		expect(body).toContain('Selected Companies');
		expect(body).toContain('Adatum Corporation Europe');
		const remove = /href="\?([^"]*)" aria-label="Remove Adatum Corporation Europe"/.exec(body)?.[1];
		expect(remove).toContain('ids=14.12');
		const next = /href="\?(page=import&amp;step=review[^"]*)"/.exec(body)?.[1];
		const review = await desk.get(String(next).replaceAll('&amp;', '&'));
		expect(review.body).toContain('>Finish</button>');
		expect(desk.rows('halo_companies')).toEqual([]);
	});

	test('CN-35 CN-41 Finish makes each a company with its mapping; the next list does not offer them', async () => {
		const form = { do: 'finish', createTicket: '', noNotification: 'yes' };
		const { status, location } = await desk.post('page=import&step=review&ids=12.14', form);
		expect([status, location]).toEqual([303, '?page=companies&done=imported&count=2']);
		expect(desk.rows('halo_companies')).toEqual([
			expect.objectContaining({
				companyId: 'halo:12',
				name: 'Fabrikam Inc',
				psaName: 'Fabrikam Inc',
				reference: 'ACC0012',
			}),
			expect.objectContaining({ companyId: 'halo:14' }),
		]);
		expect(desk.rows('halo_company_mappings')[0]).toMatchObject({
			companyId: 'halo:12',
			companyName: 'Fabrikam Inc',
			haloClientId: 12,
			createTicket: false,
			noNotification: true,
			method: 'imported',
		});
		const { body } = await desk.get('page=import&q=adatum');
		expect(offered(body)).toEqual([15]);
		// Whoever presses Finish a second time makes nothing twice.
		await desk.post('page=import&step=review&ids=12.14', form);
		expect(desk.rows('halo_companies')).toHaveLength(2);
		expect(desk.rows('halo_company_mappings')).toHaveLength(2);
	});

	test.each([
		['nothing', '', 'No client is picked'],
		['a client that there is not', '12.99999', 'Halo client 99999 does not exist'],
		['an inactive one', '12.18', 'Tailspin Travel (18) is inactive'],
		['the client "Unknown"', '12.1', '1 is no client'],
	])('%s picked: said, and nothing is imported', async (_, ids, words) => {
		const { status, body } = await desk.post(`page=import&step=review&ids=${ids}`, {
			do: 'finish',
		});
		expect(status).toBe(422);
		expect(body).toContain(words);
		expect(desk.rows('halo_companies')).toEqual([]);
		expect(desk.rows('halo_company_mappings')).toEqual([]);
	});
});
