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
	pinnedN8n,
} from '../support/host';
import { Editor, findChromium } from '../support/host/editor';

/** A walk through several pages, each of which starts a part of the workflow. */
const WALK_LIMIT_MS = 180_000;

/** Dropdowns of the page on which a pair is picked, in their order. */
const FIELDS = ['company', 'client', 'createTicket', 'eventSet', 'profile', 'then'] as const;

const ARTIFACTS = join(__dirname, '..', '.artifacts');

const host = pinnedN8n();
const browser = findChromium();
const both = {
	found:
		host.found === null || browser.found === null
			? null
			: { host: host.found, chromium: browser.found },
	reason: host.found === null ? host.reason : browser.reason,
};

function finding(): JsonRecord {
	return {
		source: 'canonical',
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

describeWith('The mapping form in a real browser', both, ({ host: n8nHost, chromium }) => {
	let stage: Stage;
	let editor: Editor;
	let form: string;
	const templates = readTemplates();
	const setup = templateOf(templates, 'setup');
	const process = templateOf(templates, 'process-inbox');
	const mapForm = templateOf(templates, 'map-companies-form');

	const rows = async (table: string): Promise<JsonRecord[]> => await stage.session.tableRows(table);
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
			credentials: [haloCredential(halo)],
			workflows: [setup, process, mapForm],
		}));
		await stage.session.runWorkflow(setup.id, 'Run once by hand');
		await stage.session.publish(mapForm.id);
		form = `${stage.n8n.url}/form/map-companies`;
		editor = await Editor.open(chromium, stage.n8n.url, stage.n8n.owner);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await editor?.close();
		await stage?.stop();
	}, START_LIMIT_MS);

	it(
		'CN-36 CN-37 CN-39 a held company is mapped on the form, and its finding becomes a ticket',
		async () => {
			await stage.session.insertRows('halo_inbox', [
				{
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
		'CN-38 CS-42 two companies are mapped one after the other, one of them without notification',
		async () => {
			await stage.session.insertRows('halo_companies', [
				{ integration: 'halo', source: 'wazuh', companyId: '7', name: 'North Trade' },
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
			await page.getByText('Record findings without ticket and message').click();
			await page.getByRole('button', { name: 'Add' }).click();
			await page.getByText('Existing Company Name').waitFor();
			const found = (await mappings()).filter(({ source }) => source === 'wazuh');
			expect(found).toMatchObject([
				{ companyId: '7', haloClientId: 13, createTicket: false, noNotification: false },
				{ companyId: '8', haloClientId: 16, createTicket: true, noNotification: true },
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
		'the mapping goes out as CSV and in again; a row whose client Halo does not have is refused by name',
		async () => {
			const { page } = editor;
			const waiting = page.waitForEvent('download');
			await open('Download as CSV');
			const file = join(ARTIFACTS, 'company-mappings.csv');
			await (await waiting).saveAs(file);
			const csv = readFileSync(file, 'utf8');
			expect(csv).toContain('u-1');
			expect(csv.split('\n')[0]).toContain('companyId');

			await open('Upload a CSV file');
			await page.locator('input[type=file]').setInputFiles({
				name: 'in.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(
					'source,companyId,companyName,haloClientId\nwazuh,7,North Trade,13\nwazuh,9,Gone Works,99999\nwazuh,10,Travel,18\n',
				),
			});
			await page.getByRole('button', { name: 'Upload' }).click();
			await page.getByText('Existing Company Name').waitFor();
			const text = await page.locator('body').innerText();
			expect(text).toContain('Gone Works: Halo client 99999 does not exist');
			expect(text).toContain('Tailspin Travel (18) is inactive');
			expect((await mappings()).map(({ companyId }) => companyId)).toEqual(['u-1', '8', '7']);
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
});
