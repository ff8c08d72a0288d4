import axios from 'axios';
import { type Browser, type Page, chromium } from 'playwright-core';

import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	openStage,
	webhookCredential,
} from '../support/host';
import { Editor, browserAndN8n, screenshotPath } from '../support/host/editor';
import {
	adminCredential,
	makeTables,
	settings,
	templateWith,
	withCredential,
} from '../support/host/halo-two-ways';
import { type TicketAsSeen, ticketAsSeen } from '../support/host/ticket-as-seen';
import { type Receiver, startReceiver } from '../support/receiver';

const MINUTES = 60_000;
const SECRET = 'what the source sends, for the tests only';
const ELEVATION = 'haloBridgeElevate001';
const WITH_LOGIN = 'haloBridgeElevate004';
const APPROVAL_FORM = {
	id: 'sandboxApproval1',
	name: 'Approval form',
	type: 'httpBasicAuth',
	data: { user: 'approvals', password: 'known to this n8n alone' },
};

/** What must be shown of a decision, each with the whole ticket. */
const CASES = [
	'approve',
	'deny',
	'double click',
	'expired',
	'forged',
	'unknown approver',
	'requester as approver',
	'asset found',
	'asset not found',
	'two assets found',
];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];

const ALEX = 'alex.rivera@msp.example';
const SAM = 'Sam.Okafor@msp.example';

/** The template as a user sets it up, with a switch and a time of its own, under an id of its own. */
function elevation(id: string, path: string, values: JsonRecord, withLogin = false) {
	const template = templateWith('elevation-approval', {
		Settings: settings(values),
		'Elevation request': (parameters) => ({ ...parameters, path }),
		'Log in and decide': (parameters) => ({
			...parameters,
			options: { ...Object(parameters.options), path: `${path}-decide` },
		}),
		'Wait for the decision': (parameters) => ({
			...parameters,
			incomingAuthentication: withLogin ? 'basicAuth' : 'none',
		}),
	});
	const nodes = template.nodes.map((entry) =>
		'webhookId' in entry ? { ...entry, webhookId: `${id}-${String(entry.name).length}` } : entry,
	);
	const workflow = { ...template, id, name: `${template.name} ${path}`, nodes };
	return withLogin
		? ['Wait for the decision', 'Hand over'].reduce(
				(changed, node) => withCredential(changed, node, APPROVAL_FORM),
				workflow,
			)
		: workflow;
}

describeWith('Elevation requests, in a real n8n and a real browser', browserAndN8n(), (found) => {
	let stage: Stage;
	let source: Receiver;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		source = await startReceiver();
		browser = await chromium.launch({ executablePath: found.chromium, args: FLAGS });
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
				APPROVAL_FORM,
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
				elevation(WITH_LOGIN, 'halo-elevation-login', { decideInHalo: true, callbackUrl }, true),
			],
		}));
		const { halo, session } = stage;
		halo.state.categories.push({ id: 901, type_id: 1, value: 'Business Applications' });
		const like = halo.state.agents.find(({ email }) => email === ALEX);
		if (like === undefined) throw new Error('The seed has no Alex');
		// Halo Ticket keeps the list of agents for 15 minutes, so whoever decides is there from the beginning.
		halo.state.agents.push({ ...like, id: 77, name: 'Olga Owner', email: stage.n8n.owner.email });
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
		for (const id of [ELEVATION, 'haloBridgeElevate002', 'haloBridgeElevate003', WITH_LOGIN]) {
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

	/** Opens a link as somebody does who clicks it: in a page of its own, so that no earlier page moves it. */
	async function visit(link: string) {
		const earlier = page;
		page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
		await earlier.close();
		return await page.goto(link);
	}

	async function decide(link: string, filled: Filled = {}): Promise<string> {
		await visit(link);
		await page.locator('select').first().waitFor();
		await fill(filled);
		await page.locator('button[type=submit], #submit-btn').first().click();
		await page
			.locator('h1', { hasText: /Approved|Denied|Nothing|Already|Not carried|Try/ })
			.waitFor();
		return (await page.locator('body').innerText()).replace(/\s+/g, ' ').trim();
	}

	const shot = async (name: string) =>
		await page.screenshot({ path: screenshotPath(`approval-${name}`) });
	const told = () => source.received.map(({ text }) => JSON.parse(text) as JsonRecord);

	const LINK_NOTE: [string, string, boolean] = [
		'Internal Note',
		'Approve or deny this request: LINK\nOpening the link changes nothing. It works until TIME.',
		true,
	];
	const CLOSED: Array<[string, string, boolean]> = [
		['Re-Assign', 'Re-assigned', true],
		['Changed Status', 'New to Closed', true],
	];

	/** The ticket of the last request, open and undecided, but for what is said to differ. */
	const expected = (change: Partial<TicketAsSeen> = {}, device = 'LAPTOP-117'): TicketAsSeen => {
		const application = `C:\\Tools\\setup-${count}.exe`;
		return {
			summary: `Elevation requested: ${application} on ${device}`,
			client: 'Contoso Ltd',
			user: 'General User',
			type: 'Incident',
			status: 'New',
			category: 'Business Applications',
			urgency: 'Medium',
			impact: 'Single User Affected',
			team: 'Service Desk',
			agent: 'Unassigned',
			assets: [device],
			details: [
				`Elevation requested: ${application} on ${device}`,
				'Severitylow',
				'CompanyContoso Ltd',
				`Asset${device}`,
				'UserGrace Hopper, grace@contoso.example',
				`Application${application}`,
				'CategoryElevation, privilege.elevation.requested',
				'ReportedTIME',
				'Sourceidemeum',
				`Grace Hopper asked to run ${application} as administrator on ${device}.`,
				`https://contoso.idemeum.example/requests/er-${count}`,
			],
			closureNote: '',
			closureTime: 0,
			log: [['Ticket Logged', '', false], LINK_NOTE],
			...change,
		};
	};

	/** As `expected`, closed. @param note the closure note */
	const closed = (agent: string, note: string): TicketAsSeen => {
		const open = expected();
		return {
			...open,
			status: 'Closed',
			agent,
			closureNote: note,
			// 5 minutes in hours, to the four digits that the simulated Halo keeps.
			closureTime: 0.0833,
			log: [...open.log, ...CLOSED],
		};
	};

	const shown: string[][] = [];
	/** One of the ten cases: the whole ticket is what it has to be. */
	const proven = (name: string, id: number, wanted: TicketAsSeen) => {
		const seen = ticketAsSeen(stage.halo, id);
		expect(seen).toEqual(wanted);
		shown.push([name, seen.status, seen.agent, seen.assets.join(' ') || 'no asset']);
	};

	/** All of a ticket that a decision must not change. */
	const frozen = (id: number) =>
		JSON.stringify([ticket(id).status_id, ticket(id).closure_note, ticket(id).agent_id]);

	it(
		'ID-02 ID-24 ID-25 ID-26 ID-27 ID-28 ID-29 ID-30 a request is a ticket with all that it needs, its asset linked, and a link in a private note',
		async () => {
			const id = await request();
			await linkOf(id);

			proven('asset found', id, expected());
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
			await visit(link);
			await page.locator('select').first().waitFor();
			await shot('form');
			for (let opened = 0; opened < 3; opened++) await visit(link);
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
			proven(
				'approve',
				id,
				closed(
					'Sam Okafor',
					'idemeum: approved, reported TIME.\nBy: Sam Okafor (sam.okafor@msp.example)\nScope: whole tenant',
				),
			);
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
			proven(
				'deny',
				id,
				closed(
					'Alex Rivera',
					`idemeum: denied, reported TIME.\nBy: Alex Rivera (${ALEX})\nScope: this user`,
				),
			);
		},
		2 * MINUTES,
	);

	it(
		'a double click, and the link once more, decide nothing twice',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			await visit(link);
			await page.locator('select').first().waitFor();
			await fill({});
			await page.locator('button[type=submit], #submit-btn').first().dblclick();
			await waitFor('The close', () => (ticket(id).status_id === 9 ? true : null), {
				withinMs: MINUTES,
			});
			const before = JSON.stringify(ticket(id));
			await visit(link);
			await page.locator('body').waitFor();
			await shot('used');

			expect(await page.locator('select').count()).toBe(0);
			expect(told()).toHaveLength(1);
			expect(JSON.stringify(ticket(id))).toBe(before);
			proven(
				'double click',
				id,
				closed(
					'Alex Rivera',
					`idemeum: approved, reported TIME.\nBy: Alex Rivera (${ALEX})\nScope: this user`,
				),
			);
		},
		2 * MINUTES,
	);

	it(
		'an unknown approver and a disabled one are refused, and the link still works',
		async () => {
			const id = await request();
			const link = await linkOf(id);

			expect(await decide(link, { email: 'nobody@else.example' })).toContain('no active agent');
			await shot('unknown-approver');
			await linkOf(id);
			expect(await decide(link, { email: 'kim.lind@msp.example' })).toContain('no active agent');
			expect(told()).toEqual([]);
			proven('unknown approver', id, expected());
			await linkOf(id);
			expect(await decide(link, { email: ALEX })).toContain('Approved');
			expect(told()).toHaveLength(1);
			expect(ticket(id)).toMatchObject({ status_id: 9, agent_id: 2 });
		},
		3 * MINUTES,
	);

	it(
		'the requester cannot decide, and somebody else still can',
		async () => {
			const id = await request({ userEmail: SAM });
			const link = await linkOf(id);

			expect(await decide(link, { email: SAM })).toContain('cannot decide');
			await shot('requester');
			expect(told()).toEqual([]);
			const { details } = expected();
			const asked = details.map((line) => line.replace('grace@contoso.example', SAM));
			proven('requester as approver', id, expected({ details: asked }));
			await linkOf(id);
			expect(await decide(link, { decision: 'Deny', email: ALEX })).toContain('Denied');
			expect(told()).toMatchObject([{ decision: 'denied' }]);
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
			const answer = await visit(forged);
			await shot('forged');
			const posted = await axios.post(forged, new URLSearchParams({ 'field-0': 'Approve' }), {
				validateStatus: () => true,
				proxy: false,
			});

			expect(answer?.status()).toBe(401);
			expect(posted.status).toBe(401);
			expect(told()).toEqual([]);
			proven('forged', id, expected());
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
		['asset not found', 'NO-SUCH-DEVICE', []],
		[
			'two assets found',
			'TWIN-01',
			[
				'Several assets of this client match TWIN-01; none is linked. Link the right one by hand:\n- TWIN-01 (asset 951)\n- TWIN-01 (asset 952)',
			],
		],
	])(
		'ID-29 %s: the ticket is made all the same, without a guess',
		async (name, deviceName, said) => {
			const { halo } = stage;
			for (const id of [951, 952]) {
				if (deviceName !== 'TWIN-01') break;
				const [like] = halo.state.assets;
				if (like === undefined) throw new Error('The seed has no asset');
				halo.state.assets.push({ ...like, id, inventory_number: 'TWIN-01', key_field: '' });
			}
			const id = await request({ deviceName });
			await linkOf(id);
			const log: TicketAsSeen['log'] = [
				['Ticket Logged', '', false],
				...said.map((words): [string, string, boolean] => ['Internal Note', words, true]),
				LINK_NOTE,
			];

			proven(name, id, expected({ assets: [], log }, deviceName));
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

			proven(
				'expired',
				id,
				closed('Scanner Bridge', 'idemeum: expired, reported TIME.\nNote: Nobody decided in time.'),
			);
			expect(told()).toEqual([]);
			const link = notes(id)
				.map(({ note }) => /https?:\S+form-waiting\S+/.exec(note)?.[0])
				.find((text) => text !== undefined);
			const words = await waitFor(
				'The page of an expired link',
				async () => {
					// While the execution is running n8n gives no answer at all.
					const { data } = await axios.get<string>(link ?? '', {
						proxy: false,
						timeout: 2_000,
						validateStatus: () => true,
					});
					return data.includes('has expired') ? data : null;
				},
				{ withinMs: MINUTES, everyMs: 500 },
			);
			expect(words).toContain('closed as expired');
			await visit(link ?? '');
			await shot('expired');
			const before = JSON.stringify(ticket(id));
			await page.locator('button[type=submit], #submit-btn').first().click();
			await page.getByText('Nothing was changed').waitFor();
			expect(await page.locator('select').count()).toBe(0);
			expect(told()).toEqual([]);
			expect(JSON.stringify(ticket(id))).toBe(before);
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

	it(
		'with n8n logins: the link asks for one, the login decides, and the form behind it is shut to everybody else',
		async () => {
			const { halo, n8n } = stage;
			const owner = halo.state.agents.find(({ name }) => name === 'Olga Owner');
			if (owner === undefined) throw new Error('There is no agent for the owner of n8n');
			owner.isdisabled = true;
			const id = await request({}, 'halo-elevation-login');
			const link = await waitFor(
				'The link',
				() => notes(id).map(({ note }) => /https?:\S+-decide\?\S+/.exec(note)?.[0])[1] ?? null,
				{ withinMs: MINUTES },
			);
			const query = new URL(link).searchParams;
			const behind = `${n8n.url}/form-waiting/${query.get('execution')}?signature=${query.get('signature')}`;
			const form = new FormData();
			for (const [index, text] of ['Approve', 'This user', ALEX].entries()) {
				form.set(`field-${index}`, text);
			}
			const open = { validateStatus: () => true, proxy: false, maxRedirects: 0 } as const;
			await waitFor(
				'The form that waits',
				async () => ((await axios.get(behind, open)).status === 401 ? true : null),
				{ withinMs: MINUTES },
			);
			expect((await axios.post(behind, form, open)).status).toBe(401);
			expect(String((await axios.get(link, open)).headers.location)).toMatch(/signin|oauth/);

			const editor = await Editor.open(found.chromium, n8n.url, n8n.owner);
			const answer = async (): Promise<string> => {
				const decideButton = editor.page.getByRole('button', { name: 'Decide' });
				const allow = editor.page.getByRole('button', { name: 'Allow access' });
				await editor.page.goto(link);
				await decideButton.or(allow).waitFor();
				if (await allow.isVisible()) await allow.click();
				await decideButton.waitFor();
				await editor.page.locator('select').nth(0).selectOption('Approve');
				await editor.page.locator('select').nth(1).selectOption('This user');
				await editor.screenshot('approval-with-login');
				await decideButton.click();
				await editor.page.getByText(/^(Approved|Nothing was changed)$/).waitFor();
				return (await editor.page.locator('body').innerText()).replace(/\s+/g, ' ');
			};
			try {
				expect(await answer()).toContain('no active agent');
				expect(told()).toEqual([]);
				expect(ticketAsSeen(halo, id)).toMatchObject({ status: 'New', closureNote: '' });
				owner.isdisabled = false;
				await waitFor(
					'The form that waits again',
					async () => ((await axios.get(behind, open)).status === 401 ? true : null),
					{ withinMs: MINUTES },
				);
				expect(await answer()).toContain('Approved');
				expect(told()).toMatchObject([
					{ decision: 'approved', approver: { name: 'Olga Owner', email: n8n.owner.email } },
				]);
				expect(ticketAsSeen(halo, id)).toMatchObject({ status: 'Closed', agent: 'Olga Owner' });
				expect(await answer()).toContain('Nothing was changed');
				expect(told()).toHaveLength(1);
			} finally {
				await editor.close();
			}
		},
		4 * MINUTES,
	);

	it(
		'Halo is down for a while: the request becomes a ticket when it is back; down for longer, it is reported',
		async () => {
			const { halo, session } = stage;
			const before = (await session.tableRows('halo_errors')).length;
			halo.faults.add({ name: 'error-text', path: '/Tickets', times: 1, message: 'Down' });
			expect(await linkOf(await request())).toContain('form-waiting');
			expect(await session.tableRows('halo_errors')).toHaveLength(before);

			halo.faults.add({ name: 'error-text', path: '/Tickets', times: 'always', message: 'Down' });
			const made = halo.tickets().length;
			await axios.post(
				`${stage.n8n.url}/webhook/halo-elevation`,
				{
					elevationRequestId: 'er-down',
					status: 'requested',
					customerDisplayName: 'Contoso Ltd',
					userName: 'X',
				},
				{ headers: { 'X-Webhook-Token': SECRET }, proxy: false },
			);
			const rows = await waitFor(
				'The report',
				async () => {
					const reported = await session.tableRows('halo_errors');
					return reported.length > before ? reported : null;
				},
				{ withinMs: 2 * MINUTES, everyMs: 1000 },
			);
			halo.faults.clear();

			expect(rows.at(-1)).toMatchObject({
				cause: 'failed',
				message: expect.stringContaining('Down'),
			});
			expect(halo.tickets()).toHaveLength(made);
		},
		4 * MINUTES,
	);

	it('shows ten cases, each with the whole ticket', () => {
		expect(CASES).toHaveLength(10);
		expect(shown.map(([name]) => name).sort()).toEqual([...CASES].sort());
		for (const cells of shown) process.stdout.write(`${cells.join(' | ')}\n`);
	});

	it('mailed nobody and asked for nothing that the simulator does not know', () => {
		expect(stage.halo.mails).toEqual([]);
		expect(stage.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(stage.halo.failures).toEqual([]);
	});
});
