import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';
import { type Browser, type Page, chromium } from 'playwright-core';

import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';
import { findChromium } from '../support/host/editor';
import { adminCredential, makeTables, settings, templateWith } from '../support/host/halo-two-ways';
import { type Receiver, startReceiver } from '../support/receiver';

const MINUTES = 60_000;
const SECRET = 'what the source sends, for the tests only';
const ELEVATION = 'haloBridgeElevate001';
const IMAGES = join(__dirname, '..', '..', 'docs', 'images');
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];

const ALEX = 'alex.rivera@msp.example';
const SAM = 'Sam.Okafor@msp.example';

function browserAndN8n() {
	const n8n = pinnedN8n();
	const browser = findChromium();
	return {
		found:
			n8n.found === null || browser.found === null
				? null
				: { host: n8n.found, executablePath: browser.found },
		reason: n8n.found === null ? n8n.reason : browser.reason,
	};
}

/** The template as a user sets it up, with a switch and a time of its own, under an id of its own. */
function elevation(id: string, path: string, values: JsonRecord) {
	const template = templateWith('elevation-approval', {
		Settings: settings(values),
		'Elevation request': (parameters) => ({ ...parameters, path }),
	});
	const nodes = template.nodes.map((entry) =>
		'webhookId' in entry ? { ...entry, webhookId: `${id}-${String(entry.name).length}` } : entry,
	);
	return { ...template, id, name: `${template.name} ${path}`, nodes };
}

describeWith('Elevation requests, in a real n8n and a real browser', browserAndN8n(), (found) => {
	let stage: Stage;
	let source: Receiver;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		mkdirSync(IMAGES, { recursive: true });
		source = await startReceiver();
		browser = await chromium.launch({ executablePath: found.executablePath, args: FLAGS });
		page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
		const callbackUrl = `${source.url}/decisions`;
		stage = await openStage('approvals', found.host, (halo) => ({
			credentials: [
				adminCredential(halo),
				webhookCredential(SECRET),
				{
					id: 'sandboxCrypto001',
					name: 'Callback signature',
					type: 'crypto',
					data: { hmacSecret: 'signs decisions' },
				},
			],
			workflows: [
				templateWith('setup', {}),
				elevation(ELEVATION, 'halo-elevation', { decideInHalo: true, callbackUrl }),
				// 20 seconds: the shortest that a person's test of expiry can wait for.
				elevation('haloBridgeElevate002', 'halo-elevation-short', {
					decideInHalo: true,
					callbackUrl,
					waitHours: 0.006,
				}),
				elevation('haloBridgeElevate003', 'halo-elevation-portal', { callbackUrl }),
			],
		}));
		const { halo, session } = stage;
		halo.state.categories.push({ id: 901, type_id: 1, value: 'Business Applications' });
		await makeTables(session);
		await session.insertRows('halo_company_mappings', [
			{
				companyName: 'Contoso Ltd',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				method: 'by hand',
				createTicket: true,
				noNotification: false,
			},
		]);
		for (const id of [ELEVATION, 'haloBridgeElevate002', 'haloBridgeElevate003']) {
			await session.publish(id);
		}
	}, START_LIMIT_MS);

	afterAll(async () => {
		await browser?.close();
		await stage?.stop();
		await source?.stop();
	}, START_LIMIT_MS);

	beforeEach(() => {
		source.answers(200);
		source.received.length = 0;
	});

	const ticket = (id: number): JsonRecord => {
		const one = stage.halo.tickets().find((row) => row.id === id);
		if (one === undefined) throw new Error(`There is no ticket ${id}`);
		return one;
	};
	const notes = (id: number) =>
		stage.halo.state.tickets.find((row) => row.id === id)?.actions ?? [];

	let count = 0;
	/** Sends a request as the source does; resolves to its ticket. */
	async function request(change: JsonRecord = {}, path = 'halo-elevation'): Promise<number> {
		count += 1;
		const body = {
			elevationRequestId: `er-${count}`,
			status: 'requested',
			requestedAt: new Date().toISOString(),
			customerDisplayName: 'Contoso Ltd',
			userName: 'Grace Hopper',
			userEmail: 'grace@contoso.example',
			application: `C:\\Tools\\setup-${count}.exe`,
			deviceName: 'LAPTOP-117',
			portalUrl: `https://contoso.idemeum.example/requests/er-${count}`,
			...change,
		};
		const before = stage.halo.tickets().length;
		await waitFor(
			'The published webhook',
			async () => {
				const { status } = await axios.post(`${stage.n8n.url}/webhook/${path}`, body, {
					headers: { 'X-Webhook-Token': SECRET },
					validateStatus: () => true,
					proxy: false,
				});
				return status === 200 ? true : null;
			},
			{ withinMs: MINUTES, everyMs: 1000 },
		);
		return await waitFor(
			'The ticket',
			() => {
				const made = stage.halo.tickets().slice(before);
				const id = made[0]?.id;
				return typeof id === 'number' ? id : null;
			},
			{ withinMs: MINUTES },
		);
	}

	/** The link in the private note, when n8n waits behind it. */
	async function linkOf(ticketId: number): Promise<string> {
		return await waitFor(
			'A waiting form',
			async () => {
				const link = notes(ticketId)
					.map(({ note }) => /https?:\S+form-waiting\S+/.exec(note)?.[0])
					.find((text) => text !== undefined);
				if (link === undefined) return null;
				// While the execution is running n8n gives no answer at all.
				const { data } = await axios.get<string>(link, {
					proxy: false,
					timeout: 2_000,
					validateStatus: () => true,
				});
				return /<form/.test(data) ? link : null;
			},
			{ withinMs: MINUTES, everyMs: 500 },
		);
	}

	interface Filled {
		decision?: string;
		scope?: string;
		email?: string;
	}

	async function fill({ decision = 'Approve', email = ALEX, scope = 'This user' }: Filled) {
		const frame = page.frames().find((entry) => entry !== page.mainFrame()) ?? page.mainFrame();
		await frame.locator('select').nth(0).selectOption(decision);
		await frame.locator('select').nth(1).selectOption(scope);
		await frame.locator('input[type=email], input[type=text]').first().fill(email);
		return frame;
	}

	async function decide(link: string, filled: Filled = {}): Promise<string> {
		await page.goto(link);
		await page.locator('select').first().waitFor();
		await fill(filled);
		await page.locator('button[type=submit], #submit-btn').first().click();
		await page
			.locator('h1', { hasText: /Approved|Denied|Nothing|Already|Not carried|Try/ })
			.waitFor();
		return (await page.locator('body').innerText()).replace(/\s+/g, ' ').trim();
	}

	const shot = async (name: string) =>
		await page.screenshot({ path: join(IMAGES, `approval-${name}.png`) });
	const told = () => source.received.map(({ text }) => JSON.parse(text) as JsonRecord);

	/** All of a ticket that a decision must not change. */
	const frozen = (id: number) =>
		JSON.stringify([ticket(id).status_id, ticket(id).closure_note, ticket(id).agent_id]);

	it(
		'ID-02 ID-24 ID-25 ID-26 ID-27 ID-28 ID-29 ID-30 a request is a ticket with all that it needs, its asset linked, and a link in a private note',
		async () => {
			const id = await request();
			await linkOf(id);

			const made = ticket(id);
			expect(made).toMatchObject({
				client_id: 11,
				tickettype_id: 1,
				status_id: 1,
				category_1: 'Business Applications',
				urgency: 2,
				impact: 3,
				assets: [{ inventory_number: 'LAPTOP-117' }],
			});
			for (const words of ['Grace Hopper', 'setup-', 'LAPTOP-117', 'contoso.idemeum.example']) {
				expect(`${String(made.details)} ${String(made.details_html)}`).toContain(words);
			}
			const linked = notes(id).filter(({ note }) => note.includes('form-waiting'));
			expect(linked).toMatchObject([{ hiddenfromuser: true }]);
			expect(stage.halo.mails).toEqual([]);
		},
		2 * MINUTES,
	);

	it(
		'ID-03 ID-04 ID-31 ID-32 ID-33 ID-34 approve: the source is told, then the ticket is closed by the approver, who, what and for whom in the note',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			const before = frozen(id);
			await page.goto(link);
			await page.locator('select').first().waitFor();
			await shot('form');
			for (let visit = 0; visit < 3; visit++) await page.goto(link);
			expect(told()).toEqual([]);
			expect(frozen(id)).toBe(before);
			const words = await decide(link, { email: SAM, scope: 'The whole tenant' });
			await shot('approved');

			expect(words).toContain('Approved');
			expect(told()).toMatchObject([
				{
					elevationRequestId: `er-${count}`,
					decision: 'approved',
					scope: 'tenant',
					approver: { name: 'Sam Okafor', email: SAM.toLowerCase() },
					ticketId: id,
				},
			]);
			expect(source.received[0]?.headers['x-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
			expect(ticket(id)).toMatchObject({ status_id: 9, hasbeenclosed: true, agent_id: 3 });
			expect(ticket(id).closure_note).toMatch(/approved[\s\S]*Sam Okafor[\s\S]*whole tenant/);
			expect(Number(ticket(id).closure_time)).toBeCloseTo(5 / 60, 3);
		},
		2 * MINUTES,
	);

	it(
		'ID-31 deny: told as denied and closed as denied',
		async () => {
			const id = await request();
			const words = await decide(await linkOf(id), { decision: 'Deny' });
			await shot('denied');

			expect(words).toContain('Denied');
			expect(told()).toMatchObject([{ decision: 'denied', scope: 'user' }]);
			expect(ticket(id)).toMatchObject({ status_id: 9, agent_id: 2 });
			expect(ticket(id).closure_note).toMatch(/denied[\s\S]*Alex Rivera[\s\S]*this user/);
		},
		2 * MINUTES,
	);

	it(
		'a double click, and the link once more, decide nothing twice',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			await page.goto(link);
			await page.locator('select').first().waitFor();
			await fill({});
			await page.locator('button[type=submit], #submit-btn').first().dblclick();
			await waitFor('The close', () => (ticket(id).status_id === 9 ? true : null), {
				withinMs: MINUTES,
			});
			const before = JSON.stringify(ticket(id));
			await page.goto(link);
			await page.locator('body').waitFor();
			await shot('used');

			expect(await page.locator('select').count()).toBe(0);
			expect(told()).toHaveLength(1);
			expect(JSON.stringify(ticket(id))).toBe(before);
		},
		2 * MINUTES,
	);

	it(
		'an unknown approver, a disabled one and the requester are refused, and the link still works',
		async () => {
			const id = await request({ userEmail: SAM });
			const link = await linkOf(id);
			const before = frozen(id);

			expect(await decide(link, { email: 'nobody@else.example' })).toContain('no active agent');
			await shot('unknown-approver');
			await linkOf(id);
			expect(await decide(link, { email: 'kim.lind@msp.example' })).toContain('no active agent');
			await linkOf(id);
			expect(await decide(link, { email: SAM })).toContain('cannot decide');
			await shot('requester');
			expect(told()).toEqual([]);
			expect(frozen(id)).toBe(before);
			await linkOf(id);
			expect(await decide(link, { email: ALEX })).toContain('Approved');
			expect(told()).toHaveLength(1);
			expect(ticket(id)).toMatchObject({ status_id: 9, agent_id: 2 });
		},
		3 * MINUTES,
	);

	it(
		'a forged link is a page that says so, and changes nothing',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			const forged = link.replace(/signature=\w{4}/, 'signature=0000');
			expect(forged).not.toBe(link);
			const before = frozen(id);
			const answer = await page.goto(forged);
			await shot('forged');
			const posted = await axios.post(forged, new URLSearchParams({ 'field-0': 'Approve' }), {
				validateStatus: () => true,
				proxy: false,
			});

			expect(answer?.status()).toBe(401);
			expect(posted.status).toBe(401);
			expect(told()).toEqual([]);
			expect(frozen(id)).toBe(before);
		},
		2 * MINUTES,
	);

	it(
		'a ticket closed meanwhile: the page says so, nobody is told',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			stage.halo.technician.close(id);
			const before = JSON.stringify(ticket(id));

			expect(await decide(link)).toContain('Already decided');
			await shot('closed-meanwhile');
			expect(told()).toEqual([]);
			expect(JSON.stringify(ticket(id))).toBe(before);
		},
		2 * MINUTES,
	);

	it(
		'a source that is down: nothing is carried out, the ticket stays, it is reported, and the link works later',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			source.answers(503);
			const before = frozen(id);

			expect(await decide(link)).toContain('Not carried out');
			await shot('source-down');
			expect(told()).toHaveLength(3);
			expect(frozen(id)).toBe(before);
			expect(await stage.session.tableRows('halo_errors')).toMatchObject([
				{ direction: 'outgoing', message: expect.stringContaining(`Ticket ${id}`) },
			]);
			expect(notes(id).at(-1)).toMatchObject({
				hiddenfromuser: true,
				note: expect.stringContaining('Alex Rivera decided'),
			});
			source.answers(200);
			await linkOf(id);
			expect(await decide(link)).toContain('Approved');
			expect(ticket(id)).toMatchObject({ status_id: 9 });
		},
		3 * MINUTES,
	);

	it.each([
		['not found', 'NO-SUCH-DEVICE', 0],
		['two found', 'TWIN-01', 0],
	])(
		'ID-29 the asset %s: the ticket is made all the same, without a guess',
		async (_, deviceName, linked) => {
			const { halo } = stage;
			for (const id of [951, 952]) {
				if (deviceName !== 'TWIN-01') break;
				const [like] = halo.state.assets;
				if (like === undefined) throw new Error('The seed has no asset');
				halo.state.assets.push({ ...like, id, inventory_number: 'TWIN-01', key_field: '' });
			}
			const id = await request({ deviceName });
			await linkOf(id);

			expect(ticket(id)).toMatchObject({ client_id: 11, category_1: 'Business Applications' });
			expect(ticket(id).assets).toHaveLength(linked);
		},
		2 * MINUTES,
	);

	it(
		'nobody decides in time: the ticket is closed as expired, and the form says so',
		async () => {
			const id = await request({}, 'halo-elevation-short');
			await waitFor('The close', () => (ticket(id).status_id === 9 ? true : null), {
				withinMs: 3 * MINUTES,
			});

			expect(ticket(id).closure_note).toMatch(/expired/);
			expect(told()).toEqual([]);
			const link = notes(id)
				.map(({ note }) => /https?:\S+form-waiting\S+/.exec(note)?.[0])
				.find((text) => text !== undefined);
			await page.goto(link ?? '');
			await shot('expired');
			expect(await page.locator('select').count()).toBe(0);
		},
		5 * MINUTES,
	);

	it(
		"ID-30 ID-31 by default it is decided at the source: no link of ours, and the source's decision closes the ticket",
		async () => {
			const id = await request({}, 'halo-elevation-portal');
			expect(`${String(ticket(id).details)}`).toContain('contoso.idemeum.example');
			expect(notes(id).some(({ note }) => note.includes('form-waiting'))).toBe(false);
			const decision = {
				elevationRequestId: `er-${count}`,
				status: 'denied',
				decidedAt: new Date().toISOString(),
				customerDisplayName: 'Contoso Ltd',
				approverName: 'Sam Okafor',
				approverEmail: SAM,
				scope: 'this user',
			};
			await axios.post(`${stage.n8n.url}/webhook/halo-elevation-portal`, decision, {
				headers: { 'X-Webhook-Token': SECRET },
				proxy: false,
			});
			await waitFor('The close', () => (ticket(id).status_id === 9 ? true : null), {
				withinMs: MINUTES,
			});

			expect(ticket(id)).toMatchObject({ agent_id: 3 });
			expect(ticket(id).closure_note).toMatch(/denied[\s\S]*Sam Okafor[\s\S]*this user/);
			expect(told()).toEqual([]);
		},
		2 * MINUTES,
	);

	it(
		'a request of a company without a mapping is reported, not lost',
		async () => {
			const before = (await stage.session.tableRows('halo_errors')).length;
			await axios.post(
				`${stage.n8n.url}/webhook/halo-elevation`,
				{
					elevationRequestId: 'er-unmapped',
					status: 'requested',
					customerDisplayName: 'Nobody Knows Ltd',
					userName: 'X',
				},
				{ headers: { 'X-Webhook-Token': SECRET }, proxy: false },
			);
			const rows = await waitFor(
				'The report',
				async () => {
					const found2 = await stage.session.tableRows('halo_errors');
					return found2.length > before ? found2 : null;
				},
				{ withinMs: MINUTES },
			);

			expect(rows.at(-1)).toMatchObject({ direction: 'incoming', cause: 'held_unmapped' });
		},
		2 * MINUTES,
	);

	it('mailed nobody and asked for nothing that the simulator does not know', () => {
		expect(stage.halo.mails).toEqual([]);
		expect(stage.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(stage.halo.failures).toEqual([]);
	});
});
