import { type JsonRecord, type WorkflowFile } from '../../sandbox/host';
import {
	CONNECTION,
	type ConnectSecureSimulator,
	startConnectSecureSimulator,
} from '../../sandbox/connectsecure';
import { readTemplates, templateOf } from '../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
} from '../support/host';
import { settings, templateWith } from '../support/host/halo-two-ways';

/** Some runs of a small tenant: seconds on an idle machine. */
const RUN_LIMIT_MS = 180_000;

const LIST = '/r/company/companies';
const CREATE = '/w/company/companies';

/** The template as somebody who has ConnectSecure sets it: its nodes are active, Settings say what it does. */
function sync(id: string, values: JsonRecord): WorkflowFile {
	const template = templateWith('sync-companies', { Settings: settings(values) });
	const nodes = template.nodes.map((entry) => ({ ...entry, disabled: false }));
	return { ...template, id, name: id, nodes, settings: { executionOrder: 'v1' } };
}

describeWith('ConnectSecure in the company sync, in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let pod: ConnectSecureSimulator;
	const setup = templateOf(readTemplates(), 'setup');
	const untouched = templateOf(readTemplates(), 'sync-companies');
	const looks = sync('connectSecureDry1', { connectSecure: 'dry run' });
	const creates = sync('connectSecureMake', { connectSecure: 'create', createAtMost: 3 });

	const run = async (
		{ id }: WorkflowFile,
		ends: 'success' | 'error' = 'success',
	): Promise<JsonRecord> => {
		pod.journal.length = 0;
		const execution = await stage.session.runWorkflow(id, 'Run by hand', RUN_LIMIT_MS);
		const rows = await stage.session.tableRows('halo_sync_status');
		const row = rows.find(({ flow }) => flow === 'companies') ?? {};
		const error = ends === 'success' ? null : String(row.lastError);
		expect(execution).toMatchObject({ status: ends, error });
		return { ...row, ...JSON.parse(String(row.counts)) };
	};
	const rowsOf = async (table: string): Promise<JsonRecord[]> =>
		(await stage.session.tableRows(table)).filter(({ source }) => source === 'connectsecure');
	const pairs = async (): Promise<unknown[][]> =>
		(await rowsOf('halo_company_mappings')).map((row) => [
			row.companyName,
			row.haloClientId,
			row.method,
		]);
	const created = (): string[] =>
		pod.journal
			.filter(({ path }) => path === CREATE)
			.map(({ body }) => String(JSON.parse(body).data.name));
	const names = (): unknown[] => (pod.feeds.get(LIST) ?? []).map(({ name }) => name);
	const empty = async (table: string): Promise<void> => {
		const tables = await stage.session.dataTables();
		await stage.session.api('DELETE', `/data-tables/${tables.get(table)}/rows/delete`, undefined, {
			filter: JSON.stringify({
				type: 'and',
				filters: [{ columnName: 'source', condition: 'eq', value: 'connectsecure' }],
			}),
		});
	};

	beforeAll(async () => {
		pod = await startConnectSecureSimulator();
		pod.feeds.set(LIST, [
			{ id: 42, name: 'CONTOSO limited', is_deleted: false },
			{ id: 43, name: 'Nortwind Traders', is_deleted: false },
			{ id: 44, name: 'Fabrikam Inc', is_deleted: true },
			{ id: 45, name: 'Renamed there', description: 'HaloPSA client 16', is_deleted: false },
		]);
		const { tenant, clientId, clientSecret } = CONNECTION;
		stage = await openStage('companies-connectsecure', host, (halo) => ({
			credentials: [
				haloCredential(halo),
				{
					name: 'ConnectSecure account',
					type: 'connectSecureBridgeApi',
					data: { pod: pod.origin, tenant, clientId, clientSecret },
				},
			],
			workflows: [setup, untouched, looks, creates],
		}));
		// The named clients of the seed, and a second Fabrikam: two of one name.
		const { clients } = stage.halo.state;
		const named = clients.filter(({ id }) => id < 20);
		const model = named.find(({ id }) => id === 12);
		if (model === undefined) throw new Error('The seed holds no client 12');
		const twins = [70, 71].map((id) => ({ ...model, id, name: 'Twin Works', ref: `T${id}` }));
		clients.splice(0, clients.length, ...named, ...twins);
		await stage.session.runWorkflow(setup.id, 'Run once by hand');
		// Companies are kept in step without anything that tickets need.
		const tables = await stage.session.dataTables();
		for (const name of ['halo_event_sets', 'halo_profiles', 'halo_inbox']) {
			await stage.session.api('DELETE', `/data-tables/${tables.get(name)}`);
		}
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		await pod?.stop();
	}, START_LIMIT_MS);

	it(
		'the template as it comes sends ConnectSecure nothing',
		async () => {
			const status = await run(untouched);
			expect(status).not.toHaveProperty('connectSecure');
			expect(pod.journal).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'CS-04 CN-41 HI-18 the first run only says which clients ConnectSecure lacks; what a person has to decide is not among them',
		async () => {
			const status = await run(looks);
			expect(status).toMatchObject({ enabled: false, dryRun: true });
			expect(status.connectSecure).toMatchObject({ companies: 3, waiting: 3 });
			const { names: wanted } = Object(status.connectSecure);
			expect(wanted).toContain('Fabrikam Inc');
			for (const name of [
				'Contoso Ltd',
				'Northwind Traders',
				'Wingtip Toys & Games',
				'Twin Works',
			]) {
				expect(wanted).not.toContain(name);
			}
			expect(wanted).not.toContain('Tailspin Travel');
			expect(created()).toEqual([]);
			expect(await rowsOf('halo_companies')).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'CS-03 CS-04 enabled, without any table of tickets, the companies of ConnectSecure are mapped, and a dry run of creating still creates none',
		async () => {
			const tables = await stage.session.dataTables();
			const path = `/data-tables/${tables.get('halo_sync_status')}/rows/update`;
			await stage.session.api('PATCH', path, {
				filter: {
					type: 'and',
					filters: [{ columnName: 'flow', condition: 'eq', value: 'companies' }],
				},
				data: { enabled: true },
			});
			await run(looks);
			expect(created()).toEqual([]);
			expect(await pairs()).toEqual([['CONTOSO limited', 11, 'name']]);
			const companies = await rowsOf('halo_companies');
			expect(companies.map(({ name, psaName }) => [name, psaName])).toEqual([
				['CONTOSO limited', 'Contoso Ltd'],
				['Nortwind Traders', ''],
				['Renamed there', ''],
			]);
			expect(companies[1]?.review).toContain('Northwind Traders');
		},
		RUN_LIMIT_MS,
	);

	it(
		'CS-04 CN-41 what is missing is created and mapped, a few per run, each once although every answer is lost',
		async () => {
			pod.switches.loseAnswerOfCreate = 504;
			const first = await run(creates);
			pod.switches.loseAnswerOfCreate = null;
			const made = created();
			expect(made).toHaveLength(3);
			expect(first.connectSecure).toMatchObject({ created: 3, refused: 0 });
			expect(first.lastError).toBe('');
			const mapped = await rowsOf('halo_company_mappings');
			expect(mapped.filter(({ method }) => method === 'created')).toHaveLength(3);
			for (const { companyId, companyName } of mapped) {
				const there = pod.feeds.get(LIST)?.find(({ id }) => String(id) === companyId);
				expect(there?.name).toBe(companyName);
			}

			let left = Number(Object(first.connectSecure).left);
			while (left > 0) {
				const next = await run(creates);
				made.push(...created());
				expect(Number(Object(next.connectSecure).left)).toBeLessThan(left);
				left = Number(Object(next.connectSecure).left);
			}
			expect(new Set(made).size).toBe(made.length);
			const active = stage.halo.state.clients.filter(({ id, inactive }) => id > 1 && !inactive);
			const notThere = ['Contoso Ltd', 'Northwind Traders', 'Wingtip Toys & Games', 'Twin Works'];
			expect(made.toSorted()).toEqual(
				active
					.map(({ name }) => name)
					.filter((name) => !notThere.includes(name))
					.toSorted(),
			);
		},
		3 * RUN_LIMIT_MS,
	);

	it(
		'another run creates and changes nothing, and neither does one whose tables were emptied',
		async () => {
			const before = names();
			const mapped = await stage.session.tableRows('halo_company_mappings');
			await run(creates);
			expect(created()).toEqual([]);
			expect(await stage.session.tableRows('halo_company_mappings')).toEqual(mapped);

			await empty('halo_companies');
			await empty('halo_company_mappings');
			await run(creates);
			expect(created()).toEqual([]);
			expect(names()).toEqual(before);
			const again = await pairs();
			expect(again).toHaveLength(mapped.filter(({ source }) => source === 'connectsecure').length);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'a refusal stands in Last Error in the words of ConnectSecure, and the rest of the sync has gone through',
		async () => {
			const { clients } = stage.halo.state;
			const model = clients.find(({ id }) => id === 12);
			if (model === undefined) throw new Error('The seed holds no client 12');
			clients.push({ ...model, id: 80, name: 'Late Comer', ref: 'L80' });
			pod.faults.set(CREATE, { refuse: 'Licence holds no more companies' });
			const refused = await run(creates, 'error');
			expect(refused.lastError).toContain(
				'Late Comer: it refused: Licence holds no more companies',
			);
			expect(refused.connectSecure).toMatchObject({ created: 0, refused: 1 });
			const mapped = await stage.session.tableRows('halo_company_mappings');
			expect(mapped.find(({ haloClientId }) => haloClientId === 80)).toMatchObject({ source: '' });
			pod.faults.clear();

			pod.faults.set(LIST, { status: 500 });
			const blind = await run(creates, 'error');
			expect(blind.lastError).toMatch(/^ConnectSecure: .*500/);
			expect(created()).toEqual([]);
			pod.faults.clear();

			const later = await run(creates);
			expect(created()).toEqual(['Late Comer']);
			expect(later.lastError).toBe(blind.lastError);
			expect(Date.parse(String(later.lastSync))).toBeGreaterThan(
				Date.parse(String(blind.lastErrorAt)),
			);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'a connection that breaks after the company was made leaves one company and one mapping',
		async () => {
			const { clients } = stage.halo.state;
			const model = clients.find(({ id }) => id === 12);
			if (model === undefined) throw new Error('The seed holds no client 12');
			clients.push({ ...model, id: 81, name: 'Broken Line', ref: 'L81' });
			pod.switches.loseAnswerOfCreate = 'reset';
			const status = await run(creates);
			pod.switches.loseAnswerOfCreate = null;
			expect(created()).toEqual(['Broken Line']);
			const there = (pod.feeds.get(LIST) ?? []).filter(({ name }) => name === 'Broken Line');
			expect(there).toHaveLength(1);
			expect(status.connectSecure).toMatchObject({ created: 1, refused: 0 });
			const mapped = (await rowsOf('halo_company_mappings')).filter(
				({ haloClientId }) => haloClientId === 81,
			);
			expect(mapped).toMatchObject([{ companyId: String(there[0]?.id) }]);
			await run(creates);
			expect(created()).toEqual([]);
		},
		2 * RUN_LIMIT_MS,
	);
});
