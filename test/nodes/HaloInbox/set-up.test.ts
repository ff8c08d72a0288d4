import { HaloInbox } from '../../../nodes/HaloInbox/HaloInbox.node';
import { OUTPUTS } from '../../../nodes/HaloInbox/description';
import { BRIDGE_TABLES } from '../../../nodes/shared/domain/set-up/tables';
import { runInbox } from './support';

const names = BRIDGE_TABLES.map(({ name }) => name);

const made = BRIDGE_TABLES.map(({ name, columns }, index) => ({
	id: `t${index}`,
	name,
	columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
}));

describe('Set Up Tables', () => {
	it('has an output for each table, under its name, and one for a person', () => {
		const { outputs } = new HaloInbox().description;
		const named = [...String(outputs).matchAll(/'(halo_\w+)'/g)].map(([, name]) => name);
		expect(named).toEqual(names);
		expect(OUTPUTS.setUp.byHand).toBe(names.length);
	});

	it('gives a missing table out on its own output, and nothing else', async () => {
		const { json, error } = await runInbox('setUp', [
			made.filter(({ name }) => name !== 'halo_inbox'),
		]);
		expect(error).toBeNull();
		expect(json).toHaveLength(names.length + 1);
		expect(json.flat()).toEqual([{ table: 'halo_inbox' }]);
		expect(json[names.indexOf('halo_inbox')]).toHaveLength(1);
	});

	it('an n8n without any table brings one empty item, and gets all', async () => {
		const { json } = await runInbox('setUp', [[{}]]);
		expect(json.slice(0, names.length)).toEqual(names.map((table) => [{ table }]));
		expect(json[OUTPUTS.setUp.byHand]).toEqual([]);
	});

	it('says in one item what a person has to add, and makes what is missing beside it', async () => {
		const earlier = made.slice(1).map((table) => ({
			...table,
			columns: table.columns.filter(({ name }) => name !== 'review' && name !== 'fieldsClose'),
		}));
		const { json } = await runInbox('setUp', [earlier]);
		expect(json[0]).toEqual([{ table: names[0] }]);
		expect(json[OUTPUTS.setUp.byHand]).toMatchObject([
			{
				message: expect.stringMatching(/halo_profiles has no column fieldsClose.*column review/),
				faults: [{ column: 'fieldsClose' }, { column: 'review' }],
			},
		]);
	});
});

describe('First Rows', () => {
	it('gives each row the id of its table, in order, and pairs it with the table', async () => {
		const { json, outputs, error } = await runInbox('firstRows', [made]);
		expect(error).toBeNull();
		expect(json[0]?.map(({ id }) => id)).toEqual(['t0', 't1', 't1', 't1', 't2', 't2', 't5', 't5']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toMatchObject(
			[0, 1, 1, 1, 2, 2, 5, 5].map((item) => ({ item })),
		);
		expect(json[0]?.at(-1)).toEqual({
			id: 't5',
			integration: '(run)',
			flow: 'process-inbox',
			enabled: true,
			checkpoint: 'free',
		});
	});

	it('refuses an item that is no table of the bridge', async () => {
		const { error } = await runInbox('firstRows', [[{ id: 'x', name: 'somebody_elses' }]]);
		expect(error?.message).toContain('"somebody_elses"');
	});
});
