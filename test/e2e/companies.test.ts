import { type Execution, type JsonRecord, waitFor } from '../../sandbox/host';
import { readTemplates, templateOf, withParameters } from '../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
} from '../support/host';
import { settings, templateWith } from '../support/host/halo-two-ways';

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** A run reads 1,203 clients twice and writes a row for each: seconds on an idle machine, minutes on a busy one. */
const RUN_LIMIT_MS = 240_000;

/** Long enough to kill n8n while it waits for that page. */
const HANG_MS = 60_000;

const SCHEDULED = 'scheduledSync00001';

/** The template of a second Halo tenant: a copy with its own integration. */
const SECOND = 'secondSync0000001';

/** The template as it is, and a copy whose schedule does not wait for the night. */
function workflows() {
	const templates = readTemplates();
	const sync = templateOf(templates, 'sync-companies');
	const soon = withParameters(sync, SCHEDULE, () => ({
		rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] },
	}));
	const kept = { ...soon, settings: { executionOrder: 'v1' } };
	const second = templateWith('sync-companies', { Settings: settings({ integration: 'second' }) });
	return [
		templateOf(templates, 'setup'),
		sync,
		{ ...kept, id: SCHEDULED, name: 'Sync companies, every five seconds' },
		{ ...second, id: SECOND, name: 'Sync companies of a second tenant' },
	];
}

/** What is new or different, a few of it. */
function changes(before: string[], after: string[]): string[] {
	const known = new Set(before);
	const gone = before.length - after.length;
	return [
		...after.filter((row) => !known.has(row)).slice(0, 3),
		...(gone > 0 ? [`${gone} rows fewer`] : []),
	];
}

describeWith('The company sync in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let ticketsAtFirst: number;
	const [setup, sync] = workflows();
	if (setup === undefined || sync === undefined) throw new Error('A template is missing');

	const status = async (integration = 'default'): Promise<JsonRecord> => {
		const rows = (await stage.session.tableRows('halo_sync_status')).filter(
			(row) => row.flow === 'companies' && row.integration === integration,
		);
		expect(rows).toHaveLength(1);
		return rows[0] ?? {};
	};
	const counts = async (integration = 'default'): Promise<JsonRecord> =>
		JSON.parse(String((await status(integration)).counts));
	const companiesOf = async (integration: string): Promise<JsonRecord[]> =>
		(await stage.session.tableRows('halo_companies')).filter(
			(row) => row.integration === integration,
		);
	const mappings = async (): Promise<JsonRecord[]> =>
		(await stage.session.tableRows('halo_company_mappings')).filter(
			({ method }) => method !== 'example',
		);
	/** Both tables, a text per row, n8n's time of change included. */
	const everyRow = async (): Promise<string[]> =>
		[...(await mappings()), ...(await stage.session.tableRows('halo_companies'))].map((row) =>
			JSON.stringify(row),
		);
	const runByHand = async (id = sync.id): Promise<Execution> => {
		const execution = await stage.session.runWorkflow(id, 'Run by hand', RUN_LIMIT_MS);
		expect(execution.error).toBeNull();
		expect(execution.status).toBe('success');
		return execution;
	};
	/** A run that could not do all: it says so itself, so that the template's Error Trigger tells people. */
	const failByHand = async (): Promise<void> => {
		const execution = await stage.session.runWorkflow(sync.id, 'Run by hand', RUN_LIMIT_MS);
		expect(execution.status).toBe('error');
		expect(execution.error).toContain(String((await status()).lastError));
	};
	const setStatus = async (change: JsonRecord): Promise<void> => {
		const tables = await stage.session.dataTables();
		await stage.session.api('PATCH', `/data-tables/${tables.get('halo_sync_status')}/rows/update`, {
			filter: {
				type: 'and',
				filters: [{ columnName: 'flow', condition: 'eq', value: 'companies' }],
			},
			data: change,
		});
	};
	const scheduledRunsEnd = async (): Promise<void> => {
		await waitFor(
			'the end of the scheduled runs',
			async () => {
				const runs = await stage.session.executions(SCHEDULED);
				return runs.some(({ status: state }) => state === 'running') ? null : true;
			},
			{ withinMs: RUN_LIMIT_MS },
		);
	};
	/** Makes the tenant hold this many clients beside the named ones of the seed. */
	const fillClients = (count: number): void => {
		const { clients } = stage.halo.state;
		const model = clients.find(({ id }) => id === 11);
		if (model === undefined) throw new Error('The seed holds no client 11');
		const named = clients.filter(({ id }) => id < 100);
		clients.length = 0;
		clients.push(...named);
		for (let at = 1; at <= count; at += 1) {
			const name = `Sample Company ${String(at).padStart(5, '0')}`;
			clients.push({ ...model, id: 1000 + at, name, ref: `R${at}`, domain: '' });
		}
	};

	beforeAll(async () => {
		stage = await openStage('companies', host, (halo) => ({
			credentials: [haloCredential(halo)],
			workflows: workflows(),
		}));
		fillClients(1_196);
		ticketsAtFirst = stage.halo.tickets().length;
		await stage.session.runWorkflow(setup.id, 'Run once by hand');
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	it(
		'HI-13 HI-14 HI-18 the first run by hand is a dry run: it says what it would do and stores nothing but that',
		async () => {
			await runByHand();
			expect(await status()).toMatchObject({
				integration: 'default',
				flow: 'companies',
				enabled: false,
				lastSync: null,
				lastError: '',
				checkpoint: '',
			});
			expect(await counts()).toMatchObject({ dryRun: true, inserted: 1_203 });
			expect(await mappings()).toEqual([]);
			expect(await stage.session.tableRows('halo_companies')).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-01 HI-13 HI-14 HI-18 by schedule nothing runs while enabled is off',
		async () => {
			const before = await status();
			stage.halo.journal.length = 0;
			await stage.session.publish(SCHEDULED);
			const first = await waitFor(
				'a scheduled run',
				async () => {
					const done = (await stage.session.executions(SCHEDULED)).find(
						({ status: state }) => state === 'success',
					);
					return done ?? null;
				},
				{ withinMs: RUN_LIMIT_MS },
			);
			await stage.session.unpublish(SCHEDULED);
			expect(first.error).toBeNull();
			expect(stage.halo.journal).toEqual([]);
			expect(await status()).toEqual(before);
		},
		RUN_LIMIT_MS,
	);

	it(
		'D19 Halo failing at page 7: the rows so far are kept, Last Error says why, and the next run goes on there',
		async () => {
			await setStatus({ enabled: true });
			stage.halo.faults.add({
				name: 'forbidden-403',
				when: ({ path, query }) => path.endsWith('/Client') && query.page_no === '7',
			});
			await failByHand();
			const failed = await status();
			expect(failed.lastError).toContain('403');
			expect(failed.lastErrorAt).not.toBeNull();
			expect(failed.lastSync).toBeNull();
			expect(JSON.parse(String(failed.checkpoint))).toMatchObject({ entity: 'clients', page: 7 });
			expect(await stage.session.tableRows('halo_companies')).toHaveLength(600);

			stage.halo.journal.length = 0;
			await runByHand();
			const [first] = stage.halo.journal.filter(({ path }) => path.endsWith('/Client'));
			expect(first?.query).toMatchObject({ page_no: '7' });
			expect(await stage.session.tableRows('halo_companies')).toHaveLength(1_203);
			const companies = await stage.session.tableRows('halo_companies');
			expect(new Set(companies.map(({ companyId }) => companyId)).size).toBe(1_203);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-16 CS-38 CS-43 the status row shows Last Sync and the error before it; every company has its mapping, and no ticket is made',
		async () => {
			const row = await status();
			expect(Date.parse(String(row.lastSync))).toBeGreaterThan(Date.parse(String(row.lastErrorAt)));
			expect(row).toMatchObject({ enabled: true, checkpoint: '' });
			expect(await counts()).toMatchObject({ dryRun: false, inserted: 1_203, needsReview: 0 });
			const rows = await mappings();
			expect(rows).toHaveLength(1_203);
			expect(rows.find(({ haloClientId }) => haloClientId === 11)).toMatchObject({
				companyName: 'Contoso Ltd',
				haloClientName: 'Contoso Ltd',
				method: 'name',
				createTicket: true,
				noNotification: false,
			});
			// A scanner that numbers its own companies must never meet a Halo client by number.
			expect(rows.every(({ companyId }) => String(companyId).startsWith('halo:'))).toBe(true);
			expect(stage.halo.tickets()).toHaveLength(ticketsAtFirst);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a second run changes nothing, and CN-39 a new company of the scanner is mapped by its name',
		async () => {
			const before = await everyRow();
			await runByHand();
			expect(changes(before, await everyRow())).toEqual([]);
			expect(await counts()).toMatchObject({ inserted: 0, updated: 0, kept: 1_203 });

			await stage.session.insertRows('halo_companies', [
				{ integration: 'default', source: 'wazuh', companyId: '7', name: 'Nortwind Traders' },
			]);
			await runByHand();
			expect(await counts()).toMatchObject({ inserted: 0, kept: 1_203, needsReview: 1 });
			expect(String((await status()).counts)).toContain('Northwind Traders (13)');
			expect(await mappings()).toHaveLength(1_203);
		},
		RUN_LIMIT_MS,
	);

	it(
		'ID-20 ID-22 every company shows its client in Halo, or why it has none, however many wait',
		async () => {
			await stage.session.insertRows(
				'halo_companies',
				Array.from({ length: 60 }, (_unused, at) => ({
					integration: 'default',
					source: 'ninjaone',
					companyId: `n${at}`,
					name: 'Tailspin Travel',
				})),
			);
			await runByHand();
			const { review, needsReview } = await counts();
			expect(needsReview).toBe(61);
			expect(review).toHaveLength(51);
			expect([review].flat().at(-1)).toContain('11 more: see halo_companies, column review');
			const companies = await companiesOf('default');
			const of = (wanted: string): JsonRecord[] =>
				companies.filter(({ source }) => source === wanted);
			expect(of('ninjaone')).toHaveLength(60);
			for (const row of of('ninjaone')) {
				expect(row.psaName ?? '').toBe('');
				expect(row.review).toContain('Tailspin Travel (18), which is inactive in Halo');
			}
			expect(of('wazuh')).toMatchObject([
				{ name: 'Nortwind Traders', review: expect.stringContaining('Northwind Traders (13)') },
			]);
			expect(of('').every(({ name, psaName, review: why }) => name === psaName && !why)).toBe(true);
			const before = await everyRow();
			await runByHand();
			expect(changes(before, await everyRow())).toEqual([]);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'D18 when more than half of the mapped clients are gone nothing is changed, and Last Error says so',
		async () => {
			const before = await everyRow();
			const { clients } = stage.halo.state;
			const all = [...clients];
			clients.splice(0, clients.length, ...all.slice(-400));
			await failByHand();
			clients.splice(0, clients.length, ...all);
			const row = await status();
			expect(row.lastError).toMatch(/\d+ of 1203 mapped Halo clients are missing/);
			expect(changes(before, await everyRow())).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'D19 HI-16 n8n killed at page 7: the stored rows stay, the next run says so and completes, a second run changes nothing',
		async () => {
			await stage.session.insertRows('halo_sync_status', [
				{ integration: 'second', flow: 'companies', enabled: true, counts: '', checkpoint: '' },
			]);
			let isAtPage7 = false;
			const hang = stage.halo.faults.add({
				name: 'slow',
				ms: HANG_MS,
				when: ({ path, query }) => {
					isAtPage7 ||= path.endsWith('/Client') && query.page_no === '7';
					return path.endsWith('/Client') && query.page_no === '7';
				},
			});
			await stage.session.rest('POST', `/workflows/${SECOND}/run`, {
				triggerToStartFrom: { name: 'Run by hand' },
			});
			await waitFor('page 7', async () => await Promise.resolve(isAtPage7 || null), {
				withinMs: RUN_LIMIT_MS,
			});
			await stage.n8n.kill();
			hang.remove();
			await stage.n8n.start();
			stage.session = await stage.n8n.login();

			expect(await companiesOf('second')).toHaveLength(500);
			const cut = await status('second');
			expect(JSON.parse(String(cut.checkpoint))).toMatchObject({ entity: 'clients', page: 6 });
			expect(await counts('second')).toMatchObject({
				running: true,
				batch: 1,
				rows: { clients: 500 },
				requests: 5,
			});
			expect(cut.lastSync).toBeNull();

			stage.halo.journal.length = 0;
			await runByHand(SECOND);
			const [first] = stage.halo.journal.filter(({ path }) => path.endsWith('/Client'));
			expect(first?.query).toMatchObject({ page_no: '6' });
			const companies = await companiesOf('second');
			expect(companies).toHaveLength(1_203);
			expect(new Set(companies.map(({ companyId }) => companyId)).size).toBe(1_203);
			const done = await status('second');
			expect(done.lastError).toMatch(/The run of .* did not end/);
			expect(Date.parse(String(done.lastSync))).toBeGreaterThan(
				Date.parse(String(done.lastErrorAt)),
			);
			expect(await counts('second')).toMatchObject({ dryRun: false, inserted: 1_203 });

			const before = await everyRow();
			await runByHand(SECOND);
			expect(changes(before, await everyRow())).toEqual([]);
			expect(await counts('second')).toMatchObject({ inserted: 0, updated: 0, kept: 1_203 });
		},
		START_LIMIT_MS + 4 * RUN_LIMIT_MS,
	);

	it(
		'HI-01 HI-15 when enabled the schedule runs it',
		async () => {
			const before = await status();
			await stage.session.publish(SCHEDULED);
			const done = await waitFor(
				'a Last Sync by schedule',
				async () => {
					const row = await status();
					const said: JsonRecord = JSON.parse(String(row.counts));
					return row.lastSync === before.lastSync || said.running === true ? null : said;
				},
				{ withinMs: RUN_LIMIT_MS },
			);
			await stage.session.unpublish(SCHEDULED);
			expect(done).toMatchObject({ dryRun: false, inserted: 0 });
			await scheduledRunsEnd();
			expect(await stage.session.tableRows('halo_errors')).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-19 a scheduled run that Halo stops leaves one error for the people who get notices, with its words and its direction',
		async () => {
			const fault = stage.halo.faults.add({
				name: 'forbidden-403',
				when: ({ path }) => path.endsWith('/Client'),
				times: 'always',
			});
			await stage.session.publish(SCHEDULED);
			const [error] = await waitFor(
				'a row in halo_errors',
				async () => {
					const rows = await stage.session.tableRows('halo_errors');
					return rows.length === 0 ? null : rows;
				},
				{ withinMs: RUN_LIMIT_MS },
			);
			await stage.session.unpublish(SCHEDULED);
			fault.remove();
			await scheduledRunsEnd();
			expect(error).toMatchObject({ direction: 'outgoing', cause: 'halo_rights', noticedAt: null });
			expect(error?.message).toContain('Halo denied access (403)');
			expect((await status()).lastError).toContain('Halo denied access (403)');
		},
		RUN_LIMIT_MS,
	);
});
