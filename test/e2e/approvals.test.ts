import axios from 'axios';
import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	openStage,
	webhookCredential,
} from '../support/host';
import { Approver, type Choice, elevation, questionIn } from '../support/host/approvals';
import { browserAndN8n, screenshotPath } from '../support/host/editor';
import { adminCredential, makeTables, templateWith } from '../support/host/halo-two-ways';
import { type TicketAsSeen, ticketAsSeen } from '../support/host/ticket-as-seen';
import { type Receiver, startReceiver } from '../support/receiver';

const MINUTES = 60_000;
const SECRET = 'what the source sends, for the tests only';
const ELEVATION = 'haloBridgeElevate001';
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
const ALEX = 'alex.rivera@msp.example';
const SAM = 'sam.okafor@msp.example';
const KIM = 'kim.lind@msp.example';
const NOBODY = 'nobody@else.example';

describeWith('Elevation requests, in a real n8n and a real browser', browserAndN8n(), (found) => {
	let stage: Stage;
	let source: Receiver;
	const people = new Map<string, Approver>();

	beforeAll(async () => {
		source = await startReceiver();
		const callbackUrl = `${source.url}/decisions`;
		stage = await openStage('approvals', found.host, (halo) => ({
			editor: true,
			credentials: [
				adminCredential(halo),
				webhookCredential(SECRET),
				{
					name: 'Approval signature',
					type: 'webhookSecretApi',
					data: { secret: 'signs decisions' },
				},
			],
			workflows: [
				templateWith('setup', {}),
				elevation(ELEVATION, 'halo-elevation', { callbackUrl }),
				// 20 seconds: the shortest that a person's test of expiry can wait for.
				elevation('haloBridgeElevate002', 'halo-elevation-short', {
					callbackUrl,
					waitHours: 0.006,
				}),
				elevation('haloBridgeElevate003', 'halo-elevation-portal', {}),
				elevation('haloBridgeElevate004', 'halo-elevation-own', {
					callbackUrl,
					approveOwnRequests: true,
				}),
				elevation(
					'haloBridgeElevate005',
					'halo-elevation-category',
					{ callbackUrl },
					{
						'Halo Ticket': (parameters) => ({
							...parameters,
							moreFields: {
								...Object(parameters.moreFields),
								category: { __rl: true, mode: 'name', value: 'No Such Category' },
							},
						}),
					},
				),
			],
		}));
		const { halo, session, n8n } = stage;
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
		for (const number of [1, 2, 3, 4, 5]) await session.publish(`haloBridgeElevate00${number}`);
		for (const email of [ALEX, SAM, KIM, NOBODY]) {
			people.set(email, await Approver.invite(session, n8n.url, found.chromium, email));
		}
	}, START_LIMIT_MS);

	afterAll(async () => {
		for (const person of people.values()) await person.close();
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
	const linkOf = async (id: number): Promise<string> =>
		(await questionIn(stage.session, stage.n8n.url, () => notes(id).map(({ note }) => note))).link;

	function person(email: string): Approver {
		const one = people.get(email);
		if (one === undefined) throw new Error(`${email} has no account in n8n`);
		return one;
	}

	const decide = async (
		link: string,
		{ email = ALEX, ...choice }: Choice & { email?: string } = {},
	): Promise<string> => await person(email).decide(link, choice);

	const shot = async (name: string, email = ALEX) =>
		await person(email).page.screenshot({ path: screenshotPath(`approval-${name}`) });
	const told = () => source.received.map(({ text }) => JSON.parse(text) as JsonRecord);

	const LINK_NOTE: [string, string, boolean] = [
		'Internal Note',
		'Approve or deny this request: LINK\nThe link asks for a login of this n8n; opening it changes nothing. It works until TIME.',
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
			await person(SAM).open(link);
			await shot('form', SAM);
			for (let opened = 0; opened < 3; opened++) await person(SAM).open(link);
			expect(told()).toEqual([]);
			expect(frozen(id)).toBe(before);
			const words = await decide(link, { email: SAM, scope: 'The whole tenant' });
			await shot('approved', SAM);

			expect(words).toContain('Approved');
			expect(told()).toMatchObject([
				{
					elevationRequestId: `er-${count}`,
					decision: 'approved',
					scope: 'tenant',
					approver: { name: 'Sam Okafor', email: SAM },
					ticketId: id,
				},
			]);
			expect(source.received[0]?.headers['x-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
			proven(
				'approve',
				id,
				closed(
					'Sam Okafor',
					'idemeum: approved, reported TIME.\nBy: Sam Okafor (sam.okafor@msp.example)\nScope: whole tenant\nNote: Decided from this ticket, with a login to n8n.',
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
					`idemeum: denied, reported TIME.\nBy: Alex Rivera (${ALEX})\nScope: this user\nNote: Decided from this ticket, with a login to n8n.`,
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
			await person(ALEX).open(link);
			await person(ALEX).fill({});
			await person(ALEX).page.getByRole('button', { name: 'Decide' }).dblclick();
			await waitFor('The close', () => (ticket(id).status_id === 9 ? true : null), {
				withinMs: MINUTES,
			});
			await person(ALEX)
				.page.getByText(/^(Approved|Already decided)$/)
				.waitFor();
			const before = JSON.stringify(ticket(id));
			const words = await decide(link, { decision: 'Deny' });
			expect(words).toMatch(/^(?!.*(Approved|Denied)).*Already decided .*decided already/);
			await shot('used');
			expect(await person(ALEX).later()).toBe(words);

			expect(told()).toHaveLength(1);
			expect(JSON.stringify(ticket(id))).toBe(before);
			proven(
				'double click',
				id,
				closed(
					'Alex Rivera',
					`idemeum: approved, reported TIME.\nBy: Alex Rivera (${ALEX})\nScope: this user\nNote: Decided from this ticket, with a login to n8n.`,
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

			const words = await decide(link, { email: NOBODY });
			expect(words).toContain('no active agent');
			await shot('unknown-approver', NOBODY);
			expect(await person(NOBODY).later()).toBe(words);
			await linkOf(id);
			expect(await decide(link, { email: KIM })).toContain('no active agent');
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
			await shot('requester', SAM);
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
			expect(await decide(forged)).toContain('changed or cut');
			await shot('forged');
			const broken = link.replace(/signature=\w+/, 'signature=..%2Fx');
			const words = await decide(broken);
			expect(words).toContain('changed or cut');
			expect(await person(ALEX).later()).toBe(words);

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
		'nobody decides in time: the ticket is closed as expired, and the link says so',
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
			const link =
				notes(id)
					.map(({ note }) => /https?:\S+-decide\?\S+/.exec(note)?.[0])
					.find((text) => text !== undefined) ?? '';
			const before = JSON.stringify(ticket(id));
			const words = await decide(link);
			expect(words).toMatch(/Expired .*its time is over/);
			await shot('expired');
			expect(await person(ALEX).later()).toBe(words);
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
			expect(notes(id).some(({ note }) => note.includes('-decide?'))).toBe(false);
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
		'a category that this Halo does not have: the source hears that nothing was made, and why',
		async () => {
			const { halo, session } = stage;
			const made = halo.tickets().length;
			const before = (await session.tableRows('halo_errors')).length;
			const { data, status } = await axios.post(
				`${stage.n8n.url}/webhook/halo-elevation-category`,
				{
					elevationRequestId: 'er-category',
					status: 'requested',
					customerDisplayName: 'Contoso Ltd',
					userName: 'X',
				},
				{ headers: { 'X-Webhook-Token': SECRET }, proxy: false },
			);

			expect([status, data]).toEqual([
				200,
				expect.objectContaining({ received: 1, failed: 1, requests: [expect.anything()] }),
			]);
			expect(JSON.stringify(data)).toContain('No Such Category');
			expect(halo.tickets()).toHaveLength(made);
			const rows = await waitFor(
				'The report',
				async () => {
					const reported = await session.tableRows('halo_errors');
					return reported.length > before ? reported : null;
				},
				{ withinMs: MINUTES },
			);
			expect(rows.at(-1)).toMatchObject({
				cause: 'failed',
				message: expect.stringContaining('No Such Category'),
			});
		},
		3 * MINUTES,
	);

	it(
		'ID-04 with n8n logins: the link asks for one, the login decides, and the form behind it is shut to everybody else',
		async () => {
			const id = await request();
			const link = await linkOf(id);
			const open = { validateStatus: () => true, proxy: false, maxRedirects: 0 } as const;
			expect(String((await axios.get(link, open)).headers.location)).toMatch(/signin|oauth/);
			const form = new FormData();
			for (const [index, text] of [String(id), 'Approve', 'This user'].entries()) {
				form.set(`field-${index}`, text);
			}
			const posted = await axios.post(link, form, open);
			expect([posted.status, String(posted.headers.location ?? '')]).not.toEqual([200, '']);
			expect(told()).toEqual([]);
			expect(ticketAsSeen(stage.halo, id)).toMatchObject({ status: 'New', closureNote: '' });

			expect(await decide(link, { email: SAM })).toContain('Approved');
			await shot('with-login', SAM);
			expect(told()).toMatchObject([
				{ decision: 'approved', approver: { name: 'Sam Okafor', email: SAM } },
			]);
			expect(ticketAsSeen(stage.halo, id)).toMatchObject({ status: 'Closed', agent: 'Sam Okafor' });
		},
		4 * MINUTES,
	);

	it(
		'the own request is decided where the setting allows it',
		async () => {
			const id = await request({ userEmail: SAM }, 'halo-elevation-own');

			expect(await decide(await linkOf(id), { email: SAM })).toContain('Approved');
			expect(told()).toMatchObject([{ decision: 'approved', approver: { email: SAM } }]);
			expect(ticket(id)).toMatchObject({ status_id: 9 });
		},
		2 * MINUTES,
	);

	it(
		'Halo is down for a while: the request becomes a ticket when it is back; down for longer, it is reported',
		async () => {
			const { halo, session } = stage;
			const before = (await session.tableRows('halo_errors')).length;
			halo.faults.add({ name: 'error-text', path: '/Tickets', times: 1, message: 'Down' });
			expect(await linkOf(await request())).toContain('-decide?');
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
