import { company, Desk, ticks } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

describe('5,000 companies and 1,200 clients', () => {
	const WORDS = ['Harbour', 'Granite', 'Lumen', 'Orchard', 'Falcon', 'Cobalt', 'Meadow', 'Summit'];
	const nameOf = (at: number): string =>
		`${WORDS[at % 8]} ${WORDS[Math.floor(at / 8) % 8]} ${String(at).padStart(4, '0')}`;

	beforeEach(() => {
		const model = desk.halo.state.clients.find(({ id }) => id === 11);
		if (model === undefined) throw new Error('no client 11');
		desk.halo.state.clients.length = 0;
		for (let at = 0; at < 1_200; at += 1) {
			desk.halo.state.clients.push({ ...model, id: 5_000 + at, name: `${nameOf(at)} Ltd` });
		}
		desk.put('halo_companies', ...Array.from({ length: 5_000 }, (_, at) => company(nameOf(at))));
	});

	test('the table and the preview are pages of less than 400 KB', async () => {
		const list = await desk.get('page=companies&size=300');
		const preview = await desk.get('page=automap&size=300');
		expect(list.body).toContain('5000 rows, page 1 of 17');
		expect(preview.body).toContain('1200 rows, page 1 of 4');
		expect(list.body.length).toBeLessThan(400_000);
		expect(preview.body.length).toBeLessThan(400_000);
	});

	test('300 ticked pairs are stored with one form', async () => {
		const { body } = await desk.get('page=automap&size=300');
		const pair = ticks(body);
		expect(pair).toHaveLength(300);
		const { status, location } = await desk.post('page=automap&size=300', {
			do: 'approve',
			createTicket: 'yes',
			pair,
		});
		expect([status, location]).toEqual([
			303,
			'?page=automap&filter=exact&size=300&done=approved&count=300',
		]);
		expect(desk.rows('halo_company_mappings')).toHaveLength(300);
	});
});
