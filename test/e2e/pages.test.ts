import axios from 'axios';
import type { Browser } from 'playwright-core';

import { type JsonRecord, type WorkflowFile, asRecord } from '../../sandbox/host';
import { templateOf, withParameters } from '../../sandbox/templates';
import { HALO_CREDENTIAL, START_LIMIT_MS, describeWith } from '../support/host';
import { browserAndN8n, launchChromium, screenshotPath } from '../support/host/editor';
import { look, SCREENS, type Seen, visit } from '../support/host/web-page';
import { type Operations, finding, openOperations } from './operations-support';

const PAGES = { id: null, name: 'Halo bridge pages' };

/** The template check-setup with the credentials that a person chooses for its pages. */
function withPageCredentials(pages: WorkflowFile): WorkflowFile {
	const chosen: Record<string, JsonRecord> = {
		'Check page': { httpBasicAuth: PAGES },
		'Halo Check Setup': { haloPsaBridgeApi: HALO_CREDENTIAL },
		'Test page': { httpBasicAuth: PAGES },
		'Try on a test client': { haloPsaBridgeApi: HALO_CREDENTIAL },
	};
	const nodes = pages.nodes.map((entry) => {
		const credentials = chosen[String(entry.name)];
		return credentials === undefined ? entry : { ...entry, credentials };
	});
	return { ...pages, nodes };
}

const TRIGGER_NODE = 'n8n-nodes-halopsa-bridge.scannerTrigger';

/** The canonical trigger, told that its sender speaks for these tools. */
function namingSources(parameters: JsonRecord): JsonRecord {
	if (parameters.source !== 'canonical') return parameters;
	return { ...parameters, additionalFields: { namedSources: 'wazuh, tenable, ninjaone' } };
}

/** Several runs by hand on a busy machine. */
const RUN_LIMIT_MS = 240_000;

const LOGIN = { user: 'night-shift', password: 'long enough for the tests' };
const GENERAL =
	'Failed to enable HaloPSA Integration. Please review your credentials, agent permissions, and application permissions, and then try again.';
const DAY_MS = 86_400_000;

describeWith(
	'The pages in a real n8n and a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let at: Operations;
		let browser: Browser;

		const pageOf = (name: string): string => `${at.n8n.url}/webhook/${name}`;
		const get = async (name: string, auth?: { username: string; password: string }) =>
			await axios.get<unknown>(pageOf(name), {
				validateStatus: () => true,
				proxy: false,
				timeout: 60_000,
				...(auth === undefined ? {} : { auth }),
			});
		const read = async (name: string): Promise<string> => {
			const answer = await get(name, { username: LOGIN.user, password: LOGIN.password });
			expect([answer.status, String(answer.data).slice(0, 200)]).toEqual([
				200,
				expect.stringContaining('<!DOCTYPE html>'),
			]);
			return String(answer.data);
		};
		const see = async (
			name: string,
			screen: 'desktop' | 'phone',
			colorScheme: 'light' | 'dark',
			picture: string,
		): Promise<Seen> => {
			const seen = await visit(
				browser,
				{ url: pageOf(name), ...LOGIN, screen, colorScheme },
				picture,
			);
			expect(seen).toMatchObject({ tooWide: 0, scripts: 0 });
			return seen;
		};
		const tablePath = async (name: string): Promise<string> => {
			const id = (await at.session.dataTables()).get(name);
			if (id === undefined) throw new Error(`no table ${name}`);
			return `/data-tables/${id}`;
		};
		const update = async (table: string, column: string, value: unknown, data: JsonRecord) =>
			await at.session.api('PATCH', `${await tablePath(table)}/rows/update`, {
				filter: { type: 'and', filters: [{ columnName: column, condition: 'eq', value }] },
				data,
			});
		const rename = async (from: string, to: string) =>
			await at.session.api('PATCH', await tablePath(from), { name: to });

		beforeAll(async () => {
			at = await openOperations('pages', n8nHost, {
				editor: true,
				credentials: [{ name: PAGES.name, type: 'httpBasicAuth', data: { ...LOGIN } }],
				prepare: (templates) => {
					templates.set('check-setup', withPageCredentials(templateOf(templates, 'check-setup')));
					const intake = templateOf(templates, 'intake');
					templates.set('intake', withParameters(intake, TRIGGER_NODE, namingSources));
				},
			});
			browser = await launchChromium(chromium);
			await at.session.publish(at.template('status-page').id);
			await at.session.publish(at.template('check-setup').id);
		}, START_LIMIT_MS);
		afterAll(async () => {
			await browser?.close();
			await at?.stop();
		}, START_LIMIT_MS);
		beforeEach(() => at.halo.faults.clear());

		it.each(['halo-status', 'halo-setup', 'halo-try'])(
			'%s: without user and password, or with a wrong one, nothing is shown and Halo is not asked',
			async (name) => {
				const before = at.halo.journal.length;
				const wrong = { username: LOGIN.user, password: 'guessed' };
				for (const answer of [await get(name), await get(name, wrong)]) {
					expect(answer.status).toBe(401);
					expect(answer.headers['www-authenticate']).toMatch(/^Basic/);
					expect(String(answer.data)).not.toContain('Halo');
				}
				expect(at.halo.journal).toHaveLength(before);
			},
			RUN_LIMIT_MS,
		);

		it.each(['halo-status', 'halo-setup', 'halo-try'])(
			'%s: no frame, no script, nothing kept on the way',
			async (name) => {
				const { headers } = await get(name, { username: LOGIN.user, password: LOGIN.password });
				expect(headers).toMatchObject({
					'content-type': 'text/html; charset=utf-8',
					'x-frame-options': 'DENY',
					'cache-control': 'no-store',
					'referrer-policy': 'no-referrer',
					'x-content-type-options': 'nosniff',
				});
				// n8n's own policy: a page without origin, whose policy against everything else stands in it.
				expect(String(headers['content-security-policy'])).toMatch(/^sandbox/);
				expect(String(headers['content-security-policy'])).not.toContain('allow-same-origin');
				expect(await read(name)).toContain("default-src 'none'");
			},
			RUN_LIMIT_MS,
		);

		it(
			'empty tables: the page says so',
			async () => {
				const page = await read('halo-status');
				for (const words of [
					'All is well.',
					'No flow has run yet.',
					'No ticket was created or closed yet.',
					'3 of 3</b> companies have a Halo client',
				]) {
					expect(page).toContain(words);
				}
			},
			RUN_LIMIT_MS,
		);

		it(
			'HI-16 the status page shows what happened: tickets, inbox, mapping, Last Sync and Last Error, request limit',
			async () => {
				await update('halo_event_sets', 'name', 'High and critical', { minSeverity: 'low' });
				const severities = ['critical', 'high', 'high', 'medium', 'low'];
				const companies = ['Contoso', 'Contoso', 'Contoso', 'Fabrikam', 'Fabrikam', 'Northwind'];
				const found = Array.from({ length: 18 }, (_, index) =>
					finding(`page-${index}`, {
						source: ['wazuh', 'tenable', 'ninjaone'][index % 3],
						severity: severities[index % severities.length],
						company: companies[index % companies.length],
					}),
				);
				await at.post([
					...found,
					finding('page-held-1', { source: 'wazuh', company: 'Umbrella Works' }),
					finding('page-held-2', { source: 'wazuh', company: 'Umbrella Works' }),
					finding('page-held-3', { source: 'tenable', company: '<b>Wingtip & Sons</b>' }),
				]);
				await at.process();
				at.halo.faults.add({
					name: 'error-text',
					method: 'POST',
					path: '/Tickets$',
					times: 'always',
					when: ({ body }) => JSON.stringify(body).includes('page-refused'),
					message: 'Please complete the field Asset tag',
				});
				await at.post([
					finding('page-refused', { source: 'tenable' }),
					...found.slice(0, 4).map((event) => ({ ...event, status: 'resolved' })),
				]);
				await at.process();
				// A bridge that is older than this test: what the run counted on the days before.
				const status = await at.session.tableRows('halo_sync_status');
				const run = status.find(({ integration }) => integration === '(run)');
				const counts = asRecord(JSON.parse(String(run?.counts)), 'counts');
				const before = Array.from({ length: 25 }, (_, index) => [
					new Date(Date.now() - (index + 1) * DAY_MS).toISOString().slice(0, 10),
					{ created: (index * 7) % 19, closed: (index * 5) % 13 },
				]);
				const days = { ...Object.fromEntries(before), ...asRecord(counts.days, 'days') };
				await update('halo_sync_status', 'integration', '(run)', {
					counts: JSON.stringify({ ...counts, days }),
				});

				const desktop = await see('halo-status', 'desktop', 'light', 'status-page');
				const phone = await see('halo-status', 'phone', 'dark', 'status-page-phone');
				for (const { text, drawings } of [desktop, phone]) {
					expect(text).toContain('Needs attention');
					expect(text).toContain('1 finding could not become a ticket');
					expect(text).toContain('3 findings of companies without a mapping');
					expect(text).toContain('14 open tickets of the bridge');
					expect(text).toContain('3 of 5 companies have a Halo client (60 %)');
					expect(text).toContain('Northwind Traders');
					expect(text).toContain('<b>Wingtip & Sons</b>');
					expect(text).toContain('Please complete the field Asset tag');
					expect(text).toMatch(/[1-9]\d* of 300 requests in the last 5 minutes/);
					expect(text).toMatch(/Last 26 days: \d+ created|Last 14 days: \d+ created/);
					expect(drawings).toHaveLength(1);
					expect(drawings[0]).toBeGreaterThan(100);
				}
				// Without layers of their own, the rows of a phone name their columns.
				expect(desktop.text).toMatch(/Integration\s+Flow\s+Last Sync\s+Last Error/);
				const writes = at.halo.journal.length;
				await read('halo-status');
				expect(at.halo.journal.slice(writes).map(({ method }) => method)).toEqual(['GET']);
			},
			RUN_LIMIT_MS,
		);

		it(
			'Halo down: the status page comes all the same and says so',
			async () => {
				at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
				const page = await read('halo-status');
				expect(page).toContain('Halo did not tell the open tickets.');
				expect(page).toContain('503');
				expect(page).toContain('of companies without a mapping');
			},
			RUN_LIMIT_MS,
		);

		it(
			'damaged rows and missing tables are named on the status page, and the rest of it is shown',
			async () => {
				await at.session.insertRows('halo_inbox', [
					{ source: 'wazuh', dedupKey: 'odd', event: '{"company": ', state: 'held', tries: 0 },
					{ source: 'wazuh', dedupKey: 'odd', event: '{}', state: 'stranded', tries: 0 },
				]);
				await at.session.insertRows('halo_company_mappings', [
					{ companyName: 'Odd', haloClientId: 1 },
				]);
				await at.session.insertRows('halo_sync_status', [
					{ integration: 'odd', flow: 'process-inbox', counts: 'no JSON' },
				]);
				await rename('halo_companies', 'halo_companies_gone');
				const page = await read('halo-status');
				expect(page).toContain('There is no Data Table called halo_companies.');
				expect(page).toContain('1 is no client');
				expect(page).toContain('4 findings of companies without a mapping');
				expect(page).toContain('Umbrella Works');
				await rename('halo_companies_gone', 'halo_companies');
				expect(await read('halo-status')).not.toContain('There is no Data Table');
			},
			RUN_LIMIT_MS,
		);

		it(
			'PH-17 the set-up page says what is wrong and where to correct it, on a desktop and on a phone; nothing is written',
			async () => {
				const good = await read('halo-setup');
				expect(good).toContain('Nothing failed.');
				expect(good).not.toContain('Failed to enable');

				const before = at.halo.journal.length;
				const { scopes } = at.halo.application;
				at.halo.application.scopes = ['read:tickets', 'edit:tickets', 'read:customers'];
				at.halo.rights.hasDefaultTeam = false;
				const desktop = await see('halo-setup', 'desktop', 'light', 'setup-page');
				const phone = await see('halo-setup', 'phone', 'dark', 'setup-page-phone');
				at.halo.application.scopes = scopes;
				at.halo.rights.hasDefaultTeam = true;
				for (const { text } of [desktop, phone]) {
					expect(text).toContain(GENERAL);
					expect(text).toContain('To correct');
					expect(text).toContain('Scope read:assets');
					expect(text).toContain('Permissions: tick read:assets, save.');
					expect(text).toContain('Default team');
					expect(text).toContain('SLA and priority of profile P1');
				}
				const sent = at.halo.journal.slice(before);
				expect(sent.length).toBeGreaterThan(20);
				expect(
					sent.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token')),
				).toEqual([]);
			},
			RUN_LIMIT_MS,
		);

		it(
			'Halo down, a profile row that is none, no table: the set-up page names each',
			async () => {
				await at.session.insertRows('halo_profiles', [{ name: 'P9', severities: 'terrible' }]);
				const page = await read('halo-setup');
				expect(page).toContain('Row 4 of halo_profiles');
				expect(page).toContain('&quot;terrible&quot; is no severity');
				expect(page).toContain('SLA and priority of profile P1');

				await rename('halo_profiles', 'halo_profiles_gone');
				expect(await read('halo-setup')).toContain('It holds no row, or there is no such table.');
				await rename('halo_profiles_gone', 'halo_profiles');

				at.halo.faults.add({ name: 'status-503', times: 'always' });
				const down = await read('halo-setup');
				expect(down).toContain(GENERAL);
				expect(down).toContain('503');
			},
			RUN_LIMIT_MS,
		);

		/** Fills the form of the test page as a person does, and says what the answer shows. */
		const tryOn = async (
			client: string,
			screen: 'desktop' | 'phone',
			picture: string,
			formPicture: string | null = null,
		): Promise<Seen> => {
			const context = await browser.newContext({
				viewport: SCREENS[screen],
				httpCredentials: { username: LOGIN.user, password: LOGIN.password },
			});
			try {
				const page = await context.newPage();
				await page.goto(pageOf('halo-try'));
				await page.getByLabel('Search clients').fill(client);
				await page.getByRole('button', { name: 'Search' }).click();
				await page.getByRole('radio', { name: client }).check();
				await page.getByLabel('Creates and closes one ticket there').check();
				if (formPicture !== null) {
					await page.screenshot({ path: screenshotPath(formPicture), fullPage: true });
				}
				expect(await look(page)).toMatchObject({ tooWide: 0, scripts: 0 });
				await page.getByRole('button', { name: 'Try' }).click();
				await page.getByRole('heading', { name: 'All facts' }).waitFor();
				await page.screenshot({ path: screenshotPath(picture), fullPage: true });
				return await look(page);
			} finally {
				await context.close();
			}
		};

		it(
			'the test page makes one ticket on the chosen client, closes it and says what to set: a good and a difficult tenant, on a desktop and on a phone',
			async () => {
				const before = new Set(at.halo.tickets().map(({ id }) => id));
				const good = await tryOn('Contoso Ltd', 'desktop', 'test-page-good', 'test-page-form');
				expect(good).toMatchObject({ tooWide: 0, scripts: 0 });
				expect(good.text).toContain('Nothing to set.');
				expect(good.text).toMatch(/Test ticket \d+, closed\./);

				Object.assign(at.halo.switches, {
					refusedOutcomes: '7',
					statusSticks: 'by-action',
					closureTimeUnit: 'minutes',
					textSearch: 'equal',
					ruleActsOnCreate: true,
					keepsHasBeenClosed: true,
				});
				const difficult = await tryOn('Fabrikam Inc', 'desktop', 'test-page');
				const phone = await tryOn(
					'Fabrikam Inc',
					'phone',
					'test-page-phone',
					'test-page-form-phone',
				);
				Object.assign(at.halo.switches, {
					refusedOutcomes: '',
					statusSticks: 'always',
					closureTimeUnit: 'hours',
					textSearch: 'like',
					ruleActsOnCreate: false,
					keepsHasBeenClosed: false,
				});
				for (const seen of [difficult, phone]) {
					expect(seen).toMatchObject({ tooWide: 0, scripts: 0 });
					expect(seen.text).toContain('To set: Halo Ticket > Ignore Actions Of');
					expect(seen.text).toContain('The role may not use Internal Note (7).');
					expect(seen.text).toContain('an action with the new status closes it');
				}
				const made = at.halo.state.tickets.filter(({ id }) => !before.has(id));
				expect(made.map(({ client_id, status_id }) => [client_id, status_id])).toEqual([
					[11, 9],
					[12, 9],
					[12, 9],
				]);
			},
			RUN_LIMIT_MS,
		);

		it(
			'the test page without tick or client, or with a form of somebody else, writes nothing',
			async () => {
				const before = at.halo.journal.length;
				const post = async (body: string): Promise<string> => {
					const answer = await axios.post<unknown>(pageOf('halo-try'), body, {
						proxy: false,
						auth: { username: LOGIN.user, password: LOGIN.password },
						headers: { 'content-type': 'application/x-www-form-urlencoded' },
					});
					return String(answer.data);
				};
				const token = /name="token" value="(\w+)"/.exec(await read('halo-try'))?.[1] ?? '';
				expect(await post('token=forged&client=11&confirm=yes')).toContain('too old');
				expect(await post(`token=${token}&client=11`)).toContain('is not ticked');
				expect(await post(`token=${token}&confirm=yes`)).toContain('No Test Client is picked');
				expect(await post(`token=${token}&client=1&confirm=yes`)).toContain('1 is no client');
				const sent = at.halo.journal.slice(before);
				expect(
					sent.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token')),
				).toEqual([]);
			},
			RUN_LIMIT_MS,
		);

		it('the simulator knew every request, and no end user was mailed', () => {
			expect(at.halo.mails).toEqual([]);
			expect(at.halo.failures).toEqual([]);
			expect(at.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		});
	},
);
