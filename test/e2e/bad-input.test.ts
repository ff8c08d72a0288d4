import { type JsonRecord, asRecord, asRecords, waitFor } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { settings, templateWith } from '../support/host/halo-two-ways';
import { type Mailbox, smtpCredential, startMailbox } from '../support/mailbox';
import { CLIENTS, type Operations, finding, openOperations } from './operations-support';

/** One run by hand on a busy machine. */
const RUN_LIMIT_MS = 120_000;

describeWith('Damaged rows and tables in a real n8n', pinnedN8n(), (host) => {
	let at: Operations;
	let mailbox: Mailbox;

	const states = async (key: string) =>
		(await at.inbox(key)).map(({ state, decision }) => `${String(state)} ${String(decision)}`);
	const errors = async (): Promise<JsonRecord[]> => await at.session.tableRows('halo_errors');
	const tableId = async (name: string) => String((await at.session.dataTables()).get(name));
	const insert = async (rows: JsonRecord[]) =>
		await at.session.insertRows(
			'halo_inbox',
			rows.map((row) => ({
				integration: 'default',
				source: 'canonical',
				deliveryId: '',
				state: 'new',
				tries: 0,
				receivedAt: new Date().toISOString(),
				...row,
			})),
		);
	/** Takes a column away and puts another one of its name in its place, or none. */
	const replaceColumn = async (table: string, name: string, type: string | null) => {
		const path = `/data-tables/${await tableId(table)}/columns`;
		const column = asRecords(await at.session.api('GET', path), path).find(
			(one) => one.name === name,
		);
		if (column !== undefined) await at.session.api('DELETE', `${path}/${String(column.id)}`);
		if (type !== null) await at.session.api('POST', path, { name, type });
	};
	const update = async (table: string, column: string, value: string, data: JsonRecord) =>
		await at.session.api('PATCH', `/data-tables/${await tableId(table)}/rows/update`, {
			filter: { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] },
			data,
		});
	/** The subjects of what notices sends now. */
	const told = async (): Promise<string[]> => {
		mailbox.mails.length = 0;
		for (const trigger of ['Run by hand', 'Run by hand']) {
			const run = await at.session.runWorkflow(at.template('notices').id, trigger);
			expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: null });
		}
		return mailbox.mails.map(({ subject }) => subject);
	};

	beforeAll(async () => {
		mailbox = await startMailbox();
		at = await openOperations('bad-input', host, {
			prepare: (templates) =>
				templates.set('notices', templateWith('notices', { Settings: settings({}) })),
			credentials: [smtpCredential(mailbox)],
		});
	}, START_LIMIT_MS);
	afterAll(async () => {
		await at?.stop();
		await mailbox?.stop();
	}, START_LIMIT_MS);

	it(
		'rows that are no JSON are named, are dead, are told of once, and the rest goes on',
		async () => {
			await insert([
				{ dedupKey: 'damaged-1', event: '{"dedupKey": "damaged-1", ' },
				{ dedupKey: 'damaged-2', event: '"only a text"' },
				{ dedupKey: 'damaged-3', event: '' },
			]);
			await at.post([finding('beside-damaged')]);
			await at.process();
			await at.process();
			const [first] = await at.inbox('damaged-1');
			expect(first).toMatchObject({ state: 'dead', cause: 'damaged', decision: 'failed' });
			expect(String(first?.reason)).toContain(`row ${String(first?.id)} in halo_inbox is not JSON`);
			expect(await states('damaged-2')).toEqual(['dead failed']);
			expect(await states('damaged-3')).toEqual(['dead failed']);
			expect(await states('beside-damaged')).toEqual(['done created']);
			expect(await errors()).toMatchObject([{ cause: 'damaged', direction: 'incoming' }]);
			expect(await told()).toEqual(['Halo bridge, incoming: A row of halo_inbox cannot be read']);
			expect(mailbox.mails[0]?.text).toContain(`row ${String(first?.id)} of halo_inbox`);
		},
		RUN_LIMIT_MS,
	);

	it(
		'halo_inbox without a column: the sender gets 500, the column is named, people are told once; with the column again all goes on',
		async () => {
			const before = (await errors()).length;
			await replaceColumn('halo_inbox', 'company', null);
			for (const key of ['lost-1', 'lost-2', 'lost-3']) {
				expect(await at.post([finding(key)])).toBe(500);
			}
			const stored = await waitFor(
				'Three errors',
				async () => {
					const rows = await errors();
					return rows.length === before + 3 ? rows : null;
				},
				{ withinMs: RUN_LIMIT_MS },
			);
			expect(stored.at(-1)).toMatchObject({
				workflow: 'intake',
				node: 'Store in halo_inbox',
				direction: 'incoming',
				message: expect.stringContaining('company'),
			});
			expect(await told()).toEqual(['Halo bridge, incoming: A workflow failed (workflow intake)']);
			await replaceColumn('halo_inbox', 'company', 'string');
			expect(await at.post([finding('lost-1')])).toBe(200);
			await at.process();
			expect(await states('lost-1')).toEqual(['done created']);
		},
		RUN_LIMIT_MS,
	);

	it(
		'halo_profiles without a column that is required: each event says which, the rows wait, people are told once; filled again they are ticketed',
		async () => {
			const before = (await errors()).length;
			await replaceColumn('halo_profiles', 'statusClose', null);
			await at.post([
				finding('profile-1'),
				finding('profile-2'),
				finding('profile-low', { severity: 'low' }),
			]);
			await at.process();
			const rows = await at.inbox('profile-');
			expect(rows.map(({ state, cause }) => [state, cause])).toEqual([
				['failed', 'set_up'],
				['failed', 'set_up'],
				['done', ''],
			]);
			expect(String(rows[0]?.reason)).toContain('Profile row 2 (P2): Close Status is empty');
			expect((await errors()).slice(before)).toMatchObject([{ cause: 'set_up' }]);
			expect(await told()).toEqual([
				'Halo bridge, outgoing: The tables are not filled in as events need it',
			]);
			await replaceColumn('halo_profiles', 'statusClose', 'string');
			for (const name of ['P1', 'P2', 'P3']) {
				await update('halo_profiles', 'name', name, { statusClose: 'Closed' });
			}
			await at.process();
			expect(await states('profile-1')).toEqual(['done created']);
			expect(await states('profile-2')).toEqual(['done created']);
		},
		RUN_LIMIT_MS,
	);

	it(
		'halo_company_mappings whose client id is text: numbers in it count, the row with a word is named, the other companies go on',
		async () => {
			const before = (await errors()).length;
			await replaceColumn('halo_company_mappings', 'haloClientId', 'string');
			for (const [name, { id }] of Object.entries(CLIENTS)) {
				await update('halo_company_mappings', 'companyName', name, {
					haloClientId: name === 'Fabrikam' ? 'twelve' : String(id),
				});
			}
			await at.post([
				finding('typed-1', { company: 'Contoso' }),
				finding('typed-2', { company: 'Fabrikam' }),
			]);
			await at.process();
			expect(await states('typed-1')).toEqual(['done created']);
			const [wrong] = await at.inbox('typed-2');
			expect(String(wrong?.reason)).toMatch(/twelve/);
			expect(wrong?.state).toBe('held');
			expect((await errors()).slice(before)).toMatchObject([
				{ cause: 'mapping', message: expect.stringContaining('twelve') },
			]);
			expect(await told()).toEqual([
				'Halo bridge, outgoing: A row of halo_company_mappings cannot be used',
			]);
			await update('halo_company_mappings', 'companyName', 'Fabrikam', { haloClientId: '12' });
			await at.process();
			expect(await states('typed-2')).toEqual(['done created']);
			const [ticket] = at.halo
				.tickets()
				.filter(({ summary }) => String(summary).includes('typed-1'));
			expect(asRecord(ticket, 'ticket').client_id).toBe(CLIENTS.Contoso.id);
		},
		RUN_LIMIT_MS,
	);
});
