import { at, TABLES } from '../../domain/inbox/rows';
import { LISTED, runInbox } from './support';

describe('Find Tables', () => {
	it('gives the id of each table that is named, in one item', async () => {
		const { json, error } = await runInbox('findTables', [LISTED], {
			tableNames: 'halo_inbox, halo_errors,',
		});
		expect(error).toBeNull();
		expect(json).toEqual([[{ halo_inbox: TABLES.halo_inbox, halo_errors: TABLES.halo_errors }]]);
	});

	it('says which table is missing, and what to do', async () => {
		const { error } = await runInbox('findTables', [[{}]], { tableNames: 'halo_inbox' });
		expect(error).toMatchObject({
			message: 'There is no Data Table called halo_inbox',
			description: 'Run the workflow "Halo Bridge: setup" once, then try again.',
		});
	});

	it('needs a name', async () => {
		const { error } = await runInbox('findTables', [LISTED], { tableNames: ' ,' });
		expect(error?.message).toBe('Parameter "tableNames" needs at least one name, got " ,"');
	});
});

describe('Store', () => {
	const events = [{ dedupKey: 'a', company: { name: 'Contoso' } }, { dedupKey: 'b' }];

	it('makes a row of each event, in order, paired with it', async () => {
		const { json, outputs, error } = await runInbox('store', [events, LISTED]);
		expect(error).toBeNull();
		expect(json[0]).toMatchObject([
			{ dedupKey: 'a', company: 'Contoso', state: 'new' },
			{ dedupKey: 'b', state: 'new' },
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const received = new Set(json[0]?.map(({ receivedAt }) => receivedAt));
		expect(received.size).toBe(1);
	});

	it('with Only New leaves out what stands in the table, and keeps the pairing of the rest', async () => {
		const polled = [
			{ dedupKey: 'a', deliveryId: 'row/1' },
			{ dedupKey: 'a', deliveryId: 'row/2' },
		];
		const stored = [{ id: 9, dedupKey: 'a', deliveryId: 'row/1' }];
		const { json, outputs, error } = await runInbox('store', [polled, LISTED, stored], {
			onlyNew: true,
		});
		expect(error).toBeNull();
		expect(json[0]).toMatchObject([{ deliveryId: 'row/2', state: 'new' }]);
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 1 });
		const all = await runInbox('store', [polled, LISTED]);
		expect(all.json[0]).toHaveLength(2);
	});

	it('refuses a table that n8n could take for halo_inbox: rows would go into it', async () => {
		const away = { id: 'x', name: 'old_halo_inbox' };
		const { error } = await runInbox('store', [events, [...LISTED, away]]);
		expect(error?.message).toContain('old_halo_inbox');
		const none = await runInbox('store', [events, [away]]);
		expect(none.error?.message).toBe('There is no Data Table called halo_inbox');
	});
});

describe('Begin', () => {
	it('asks for the run, the newest mapping, and four kinds of open rows of each integration', async () => {
		const { json, error } = await runInbox('begin', [LISTED], {
			integrations: 'Default, office ,default',
			rowsPerRun: 40,
		});
		expect(error).toBeNull();
		expect(json[0]).toHaveLength(2 + 4 * 2);
		expect(json[0]?.[0]).toMatchObject({ table: TABLES.halo_sync_status, tables: TABLES });
		expect(json[0]?.[2]).toMatchObject({
			table: TABLES.halo_inbox,
			limit: 40,
			where: [{ value: 'default' }, { column: 'state', condition: 'eq', value: 'new' }, {}],
		});
	});

	it('a person wants every failed row tried now', async () => {
		const { json } = await runInbox('begin', [LISTED], { integrations: 'default' });
		expect(json[0]?.[3]).toMatchObject({
			where: [{}, { value: 'failed' }, { column: 'notBefore', value: '9999-12-31T00:00:00.000Z' }],
		});
	});

	it('stops at tables that are missing, or that n8n could take for one that a template names', async () => {
		const missing = await runInbox('begin', [LISTED.slice(1)], { integrations: 'default' });
		expect(missing.error?.message).toBe('There is no Data Table called halo_inbox');
		for (const table of ['halo_errors', 'halo_sync_status', 'halo_company_mappings']) {
			const copy = [...LISTED, { id: 'x', name: `${table}_2025` }];
			const other = await runInbox('begin', [copy], { integrations: 'default' });
			expect(other.error?.description).toContain(`Rename ${table}_2025`);
		}
		const none = await runInbox('begin', [LISTED], { integrations: ' , ' });
		expect(none.error?.message).toContain('"integrations" needs at least one name');
	});
});

describe('Error Row', () => {
	const failed = {
		execution: { lastNodeExecuted: 'Store', error: { message: 'It broke.', description: 'Why.' } },
	};

	it('keeps workflow, node, words and direction of a run that failed', async () => {
		const { json } = await runInbox('errorRow', [[failed]], { direction: 'outgoing' });
		expect(json[0]).toMatchObject([
			{ node: 'Store', direction: 'outgoing', cause: 'workflow', message: 'It broke. Why.' },
		]);
		expect(Date.parse(String(json[0]?.[0]?.at))).toBeGreaterThan(Date.parse(at(0)));
	});

	it('is incoming unless the node says otherwise', async () => {
		const { json } = await runInbox('errorRow', [[{}]]);
		expect(json[0]).toMatchObject([
			{ direction: 'incoming', message: 'The workflow failed without a message.' },
		]);
	});
});
