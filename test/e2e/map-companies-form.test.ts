import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JsonRecord } from '../../sandbox/host';
import { readTemplates, templateOf } from '../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
} from '../support/host';
import { Editor, browserAndN8n } from '../support/host/editor';
import { templateWith } from '../support/host/halo-two-ways';

/** A walk through several pages, each of which starts a part of the workflow. */
const WALK_LIMIT_MS = 180_000;

/** Dropdowns of the page on which a pair is picked, in their order. */
const FIELDS = [
	'company',
	'client',
	'createTicket',
	'noNotification',
	'eventSet',
	'profile',
	'then',
] as const;

const ARTIFACTS = join(__dirname, '..', '.artifacts');

function finding(): JsonRecord {
	return {
		source: 'canonical',
		integration: 'default',
		deliveryId: null,
		dedupKey: 'v1|canonical|umbrella|srv-9|cve',
		groupKey: null,
		status: 'open',
		category: 'Vulnerabilities',
		event: 'vulnerability.found',
		title: 'Old OpenSSL on srv-9',
		description: 'Reported for a company without a mapping',
		url: null,
		severity: 'critical',
		rawSeverity: 'critical',
		cvss: null,
		epss: null,
		kev: false,
		cves: [],
		company: {
			id: 'u-1',
			name: 'Umbrella Works',
			displayName: null,
			reference: null,
			domain: null,
		},
		asset: { id: null, name: 'srv-9', ip: null, mac: null, serial: null },
		user: { name: null, email: null },
		application: null,
		product: 'OpenSSL',
		remediation: null,
		time: '2026-05-04T09:12:33.000Z',
		firstSeen: null,
		lastSeen: null,
		resolution: null,
		scan: null,
		simulation: false,
		raw: null,
	};
}

describeWith(
	'The mapping form in a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let stage: Stage;
		let editor: Editor;
		let form: string;
		const templates = readTemplates();
		const setup = templateOf(templates, 'setup');
		const process = templateOf(templates, 'process-inbox');
		const mapForm = templateOf(templates, 'map-companies-form');
		/** The form as it is when the table of mappings takes no new rows. */
		const fullTable = {
			...templateWith('map-companies-form', {
				'Open the form': (parameters) => ({
					...parameters,
					options: { ...Object(parameters.options), path: 'map-companies-full' },
				}),
				'Insert mapping': (parameters) => ({
					...parameters,
					dataTableId: { __rl: true, mode: 'id', value: 'takesNoMoreRows' },
				}),
			}),
			id: 'mapFormFullTable1',
			name: 'Map companies, table full',
		};

		const rows = async (table: string): Promise<JsonRecord[]> =>
			await stage.session.tableRows(table);
		const mappings = async (): Promise<JsonRecord[]> =>
			(await rows('halo_company_mappings')).filter(({ method }) => method !== 'example');
		const processInbox = async (): Promise<void> => {
			const execution = await stage.session.runWorkflow(process.id, 'Run by hand', WALK_LIMIT_MS);
			expect(execution.error).toBeNull();
		};
		/** Opens the form as a person who is logged in, and answers n8n's question whether it may run. */
		const open = async (action: string, search: { company?: string; client?: string } = {}) => {
			const { page } = editor;
			await page.goto(form);
			const next = page.getByRole('button', { name: 'Next' });
			const allow = page.getByRole('button', { name: 'Allow access' });
			await next.or(allow).waitFor();
			if (await allow.isVisible()) await allow.click();
			await next.waitFor();
			await page.locator('select').first().selectOption(action);
			const inputs = page.locator('input[type=text]');
			if (search.company !== undefined) await inputs.nth(0).fill(search.company);
			if (search.client !== undefined) await inputs.nth(1).fill(search.client);
			if (action === 'Map a company') await editor.screenshot('map-companies-open');
			await next.click();
		};
		/** Picks in a dropdown of the page. */
		const choose = async (field: (typeof FIELDS)[number], option: string): Promise<void> => {
			await editor.page.locator('select').nth(FIELDS.indexOf(field)).selectOption(option);
		};

		beforeAll(async () => {
			mkdirSync(ARTIFACTS, { recursive: true });
			stage = await openStage('map-companies-form', n8nHost, (halo) => ({
				editor: true,
				credentials: [haloCredential(halo)],
				workflows: [setup, process, mapForm, fullTable],
			}));
			await stage.session.runWorkflow(setup.id, 'Run once by hand');
			await stage.session.publish(mapForm.id);
			await stage.session.publish(fullTable.id);
			form = `${stage.n8n.url}/form/map-companies`;
			editor = await Editor.open(chromium, stage.n8n.url, stage.n8n.owner);
		}, START_LIMIT_MS);

		afterAll(async () => {
			await editor?.close();
			await stage?.stop();
		}, START_LIMIT_MS);

		it(
			'CN-27 CN-36 CN-37 CN-39 CS-40 a held company is mapped on the form, and its finding becomes a ticket',
			async () => {
				await stage.session.insertRows('halo_inbox', [
					{
						integration: 'default',
						source: 'canonical',
						dedupKey: 'umbrella',
						event: JSON.stringify(finding()),
						state: 'new',
						tries: 0,
					},
				]);
				await processInbox();
				expect((await rows('halo_inbox'))[0]).toMatchObject({
					state: 'held',
					decision: 'held_unmapped',
				});

				const { page } = editor;
				await open('Map a company', { client: 'Fabrikam' });
				await page.getByText('Companies without a mapping').waitFor();
				await choose('company', 'Umbrella Works [u-1], canonical');
				await choose('client', 'Fabrikam Inc [#12]');
				await editor.screenshot('map-companies-pick');
				await page.getByRole('button', { name: 'Add' }).click();
				await page.getByText('Existing Company Name').waitFor();
				await editor.screenshot('map-companies-list');
				const text = await page.locator('body').innerText();
				expect(text).toContain('Umbrella Works');
				expect(text).toContain('Fabrikam Inc (12)');
				expect(text).toContain('Mapped Date');

				expect(await mappings()).toMatchObject([
					{
						source: 'canonical',
						companyId: 'u-1',
						companyName: 'Umbrella Works',
						haloClientId: 12,
						haloClientName: 'Fabrikam Inc',
						createTicket: true,
						noNotification: false,
						method: 'linked',
					},
				]);
				expect((await rows('halo_inbox'))[0]).toMatchObject({ state: 'new' });
				await processInbox();
				const [done] = await rows('halo_inbox');
				expect(done).toMatchObject({ state: 'done', decision: 'created' });
				const ticket = stage.halo.tickets().find(({ id }) => id === done?.ticketId);
				expect(ticket).toMatchObject({ client_id: 12 });
			},
			WALK_LIMIT_MS,
		);

		it(
			'CN-38 CS-42 ID-20 ID-23 two companies are mapped one after the other, one of them without notification, and each shows its client at once',
			async () => {
				await stage.session.insertRows('halo_companies', [
					{
						...{ integration: 'halo', source: 'wazuh', companyId: '7', name: 'North Trade' },
						review: 'No client is called North Trade.',
					},
					{ integration: 'halo', source: 'wazuh', companyId: '8', name: 'Games & Toys <b>' },
				]);
				const { page } = editor;
				await open('Map a company');
				await choose('company', 'North Trade [7], wazuh');
				await choose('client', 'Northwind Traders [#13]');
				await choose('createTicket', 'No, mapping only');
				await choose('then', 'Map another company');
				await page.getByRole('button', { name: 'Add' }).click();
				await page.getByText('Companies without a mapping: 1.').waitFor();
				await choose('company', 'Games & Toys <b> [8], wazuh');
				await choose('client', 'Wingtip Toys & Games [#16]');
				await choose('noNotification', 'Yes, record findings without ticket and message');
				await page.getByRole('button', { name: 'Add' }).click();
				await page.getByText('Existing Company Name').waitFor();
				const found = (await mappings()).filter(({ source }) => source === 'wazuh');
				expect(found).toMatchObject([
					{ companyId: '7', haloClientId: 13, createTicket: false, noNotification: false },
					{ companyId: '8', haloClientId: 16, createTicket: true, noNotification: true },
				]);
				const companies = (await rows('halo_companies')).filter(({ source }) => source === 'wazuh');
				expect(companies).toMatchObject([
					{ companyId: '7', psaName: 'Northwind Traders', review: '' },
					{ companyId: '8', psaName: 'Wingtip Toys & Games', review: '' },
				]);
			},
			WALK_LIMIT_MS,
		);

		it(
			'CN-40 CS-41 a mapping is deleted on the form',
			async () => {
				const { page } = editor;
				await open('Delete mappings', { company: 'North Trade' });
				await page.getByRole('button', { name: 'Delete' }).waitFor();
				await page.getByText('North Trade → Northwind Traders').click();
				await page.getByRole('button', { name: 'Delete' }).click();
				await page.getByText('Existing Company Name').waitFor();
				expect((await mappings()).map(({ companyId }) => companyId)).toEqual(['u-1', '8']);
			},
			WALK_LIMIT_MS,
		);

		it(
			'CN-25 CN-26 CN-28 CN-29 CN-32 CN-35 CN-41 clients of Halo are searched, several selected and imported as companies with their mapping',
			async () => {
				const { page } = editor;
				await open('Import companies from Halo', { client: 'Adatum' });
				await page.getByText('Halo clients found: 2. Not imported yet: 2.').waitFor();
				await page.getByText('Adatum Corporation [#14]').click();
				await page.getByText('Adatum Corporation Europe [#15]').click();
				await editor.screenshot('map-companies-import');
				await page.getByRole('button', { name: 'Finish' }).click();
				await page.getByText('Existing Company Name').waitFor();
				const imported = (await rows('halo_companies')).filter(({ source }) => !source);
				expect(imported.map(({ companyId, name, psaName }) => [companyId, name, psaName])).toEqual([
					['halo:14', 'Adatum Corporation', 'Adatum Corporation'],
					['halo:15', 'Adatum Corporation Europe', 'Adatum Corporation Europe'],
				]);
				expect((await mappings()).slice(-2)).toMatchObject([
					{ companyId: 'halo:14', companyName: 'Adatum Corporation', haloClientId: 14 },
					{ companyId: 'halo:15', companyName: 'Adatum Corporation Europe', haloClientId: 15 },
				]);

				await open('Import companies from Halo', { client: 'Adatum' });
				await page.getByText('Every client that was found is imported.').waitFor();
			},
			WALK_LIMIT_MS,
		);

		/** Uploads a file on the form; resolves to what the page at the end lists, a text per row of the file. */
		const upload = async (csv: string): Promise<string[]> => {
			const { page } = editor;
			await open('Upload a CSV file');
			const buffer = Buffer.from(csv);
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'in.csv', mimeType: 'text/csv', buffer });
			await page.getByRole('button', { name: 'Upload' }).click();
			await page
				.locator('h1')
				.getByText(/mapp|used|stored/i)
				.waitFor();
			return await page.locator('li').allInnerTexts();
		};

		/** What a row of a file says, and what becomes of it. */
		const long = `${'Very long company name '.repeat(13)}x`.slice(0, 300);
		const files: Array<[row: string, outcome: RegExp]> = [
			['wazuh,7,North Trade,13,,', /North Trade → Northwind Traders \(13\), new/],
			['wazuh,9,Gone Works,99999,,', /Gone Works: Halo client 99999 does not exist/],
			['wazuh,10,Travel,18,,', /Travel: Halo client Tailspin Travel \(18\) is inactive/],
			['wazuh,11,Zero,0,,', /Zero: Halo client 0: 0 is no client/],
			['wazuh,12,One,1,,', /One: Halo client 1: 1 is no client/],
			['wazuh,13,Minus,-1,,', /Minus: Halo client -1: -1 is no client/],
			['wazuh,14,Text,Contoso,,', /Text: Halo client Contoso: expected the number/],
			['wazuh,,,13,,', /no company: companyId and companyName are empty/],
			['wazuh,16,No Client,,,', /No Client: no Halo client: haloClientId is empty/],
			['wazuh,7,North Trade,14,,', /North Trade: .*linked twice; the first link counts/],
			['wazuh,18,Slip,13,Fabrikam Inc,', /Slip: Halo client 13 is called Northwind Traders/],
			['wazuh,19,Maybe,13,,maybe', /Maybe: createTicket: expected true or false, got "maybe"/],
			[`wazuh,20,${long},14,,`, /x → Adatum Corporation \(14\), new/],
			['wazuh,21,🚀 Rocket,15,,', /🚀 Rocket → Adatum Corporation Europe \(15\), new/],
			['wazuh,22,شركة النور,17,,no', /شركة النور → Müller Präzision GmbH \(17\), new/],
			["wazuh,23,'=2+3 Works,11,contoso LTD,", /=2\+3 Works → Contoso Ltd \(11\), new/],
			[
				'canonical,u-1,Umbrella Works,12,Old name,',
				/Umbrella Works → Fabrikam Inc \(12\), as before/,
			],
		];

		it(
			'CS-38 CN-37 a CSV file is uploaded: every row has its outcome, and what is refused is not stored',
			async () => {
				expect(files).toHaveLength(17);
				const head = 'source,companyId,companyName,haloClientId,haloClientName,createTicket';
				const before = await mappings();
				const said = await upload([head, ...files.map(([row]) => row)].join('\r\n'));
				await editor.screenshot('map-companies-csv');
				expect(said).toHaveLength(files.length);
				for (const [index, [, outcome]] of files.entries()) {
					const own = said.filter((text) => text.startsWith(`Row ${index + 2}: `));
					expect(own).toEqual([expect.stringMatching(outcome)]);
				}
				const news = files.filter(([, outcome]) => outcome.source.endsWith('new'));
				const after = await mappings();
				expect(after).toHaveLength(before.length + news.length);
				expect(after.find(({ companyId }) => companyId === '22')).toMatchObject({
					createTicket: false,
				});
				expect(after.find(({ companyId }) => companyId === '23')?.companyName).toBe('=2+3 Works');
			},
			WALK_LIMIT_MS,
		);

		it(
			'CN-39 the mapping is downloaded with all columns; the same file in again changes nothing',
			async () => {
				const waiting = editor.page.waitForEvent('download');
				await open('Download as CSV');
				const file = join(ARTIFACTS, 'company-mappings.csv');
				await (await waiting).saveAs(file);
				const csv = readFileSync(file, 'utf8');
				const columns = Object.keys((await mappings())[0] ?? {});
				const own = columns.filter((column) => !['id', 'createdAt', 'updatedAt'].includes(column));
				expect(
					csv
						.replace(/^\uFEFF/, '')
						.split(/\r?\n/)[0]
						?.split(',')
						.toSorted(),
				).toEqual(own.toSorted());
				expect(csv).toContain("'=2+3 Works");
				const before = await mappings();
				const said = await upload(csv);
				expect(said.filter((text) => text.endsWith('as before'))).toHaveLength(before.length);
				expect(await mappings()).toEqual(before);
			},
			2 * WALK_LIMIT_MS,
		);

		it(
			'a file that cannot be used, and clients that the agent may not see, are refused and store nothing',
			async () => {
				const before = await mappings();
				await upload('name,client\nContoso,11\n');
				expect(await editor.page.locator('body').innerText()).toContain(
					'The file needs the columns haloClientId and companyName or companyId; it has: name, client',
				);
				// A token carries the rights of the moment it was issued: each change needs a new one.
				const seeOnly = (clients: number[] | null) => {
					stage.halo.rights.onlyClients = clients;
					stage.halo.faults.add({ name: 'unauthorized-401', path: '/Client' });
				};
				seeOnly([12]);
				const said = await upload('companyName,haloClientId\nHidden Works,11\n');
				seeOnly(null);
				expect(said).toEqual([
					expect.stringContaining(
						'Row 2: Hidden Works: Halo client 11 does not exist, or the agent may not see it',
					),
				]);
				expect(await mappings()).toEqual(before);
			},
			2 * WALK_LIMIT_MS,
		);

		it(
			'when the table takes no new rows the page says that not everything was stored, and what was',
			async () => {
				const before = await mappings();
				const usual = form;
				form = form.replace('map-companies', 'map-companies-full');
				const said = await upload(
					'source,companyId,companyName,haloClientId,eventSet\nwazuh,90,Too Late,11,\nwazuh,7,North Trade,13,Nights\n',
				);
				form = usual;
				const text = await editor.page.locator('body').innerText();
				expect(text).toContain('Not everything was stored. Do it once more');
				expect(said.filter((line) => line.startsWith('Row '))).toHaveLength(2);
				const after = await mappings();
				expect(after).toHaveLength(before.length);
				expect(after.find(({ companyId }) => companyId === '7')).toMatchObject({
					eventSet: 'Nights',
				});
			},
			WALK_LIMIT_MS,
		);

		it(
			'Halo is down: the form says so, and the mapping stays as it is',
			async () => {
				const before = await mappings();
				const { page } = editor;
				const down = stage.halo.faults.add({
					name: 'status-503',
					path: '/Client',
					times: 'always',
				});
				await open('Import companies from Halo');
				await page.getByText('Nothing to import').waitFor({ timeout: WALK_LIMIT_MS });
				expect(await page.locator('body').innerText()).toMatch(/503/);
				down.remove();
				expect(await mappings()).toEqual(before);
			},
			2 * WALK_LIMIT_MS,
		);

		it(
			'CS-41 a pair is changed on the form: its row and its settings are the same, its client another',
			async () => {
				const before = await mappings();
				const { page } = editor;
				await open('Map a company', { company: 'Rocket' });
				await choose('company', '🚀 Rocket, wazuh → Adatum Corporation Europe (tickets)');
				await choose('client', 'Contoso Ltd [#11]');
				await page.getByRole('button', { name: 'Add' }).click();
				await page.getByText('Existing Company Name').waitFor();
				const after = await mappings();
				expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
				const was = before.find(({ companyId }) => companyId === '21') ?? {};
				const { createTicket, noNotification, eventSet, profile } = was;
				expect(after.find(({ companyId }) => companyId === '21')).toMatchObject({
					createTicket,
					noNotification,
					eventSet,
					profile,
					companyName: '🚀 Rocket',
					haloClientId: 11,
					source: 'wazuh',
				});
			},
			WALK_LIMIT_MS,
		);

		it(
			'who is not logged in is sent to log in and does not see the form',
			async () => {
				const answer = await fetch(form, { redirect: 'manual' });
				expect(answer.status).toBe(302);
				expect(answer.headers.get('location')).toContain('/oauth/authorize');
				expect(await answer.text()).not.toContain('Search companies');
			},
			WALK_LIMIT_MS,
		);
	},
);
