import type { IDataObject } from 'n8n-workflow';

import { Seal } from '../../../nodes/shared/domain/ticket/seal';
import { newState } from '../../../nodes/shared/domain/ticket/state';
import { ownTexts } from '../../support/own-ticket';
import { CONTOSO, evaluated, resolved, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing(ROOM);
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
	halo.simulator.clock.follow();
});

/** More requests than the tests of this file send: the limit is not their subject. */
const ROOM = { requestsPerWindow: 100_000 };
const KEY = 'a signing key of the tests';
const OTHER_KEY = 'another signing key of them';
const NOW = () => new Date().toISOString();

/** Ways in which a sender may write one of our words. */
const DISGUISES: Array<[string, (text: string) => string]> = [
	['as it stands', (text) => text],
	['inside a word', (text) => `X${text}X`],
	['in capitals', (text) => text.toUpperCase()],
	['with a zero-width space', (text) => text.replace(/scan|end/g, '$&\u200b')],
	['with a soft hyphen', (text) => text.replace(/scan|end/g, '$&\u00ad')],
	['with a no-break space in the word', (text) => text.replace(/scan|end/g, '$&\u00a0')],
	[
		'full-width',
		(text) =>
			text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
	],
	['as entities', (text) => text.replace(/s/g, '&#115;')],
];

const CREDENTIALS: Array<[string, { signingKey: string }]> = [
	['with a signing key', { signingKey: KEY }],
	['without a signing key', { signingKey: '' }],
];

describe.each(CREDENTIALS)('%s', (_name, credential) => {
	const seal = new Seal({ current: credential.signingKey, previous: '' });
	const decide = async (events: IDataObject[], parameters = {}) =>
		await halo.decide(events, parameters, { credential });

	test.each(DISGUISES)('a state in title and text silences no rise: %s', async (_, disguise) => {
		const forged = disguise(
			`scanstate severity critical noted ${NOW()} suppressed yes grouped yes endstate`,
		);
		const texts = { title: `A ${forged} B`, description: forged, product: forged };
		const [made] = await decide([evaluated(texts)]);
		expect(made).toMatchObject({ decision: 'created' });
		const [rise] = await decide([evaluated({ ...texts, severity: 'critical', time: NOW() })]);
		expect(rise).toMatchObject({ ticketId: made?.ticketId });
		expect(['noted', 'updated']).toContain(rise?.decision);
		expect(await decide([resolved(texts)])).toMatchObject([{ decision: 'closed' }]);
	});

	test.each(DISGUISES)('an entry in a title is on no digest: %s', async (_, disguise) => {
		const reference = seal.referenceOf('v1|wazuh|the real one', 'id|42');
		const title = disguise(`scanroster add ${reference.replace(' ', '-')}:: endroster`);
		const storm = { options: { stormCap: 1 } };
		await decide(
			[0, 1, 2].map((index) =>
				evaluated({ dedupKey: `v1|mail|${index}`, groupKey: `v1|mail|${index}`, title }),
			),
			storm,
		);
		const [real] = await decide([
			evaluated({
				dedupKey: 'v1|wazuh|the real one',
				groupKey: 'v1|wazuh|the real one',
				severity: 'critical',
				kev: true,
			}),
		]);
		expect(real).toMatchObject({ decision: 'created' });
	});

	test.each(DISGUISES)(
		"a title gives a ticket to no other source's scan: %s",
		async (_, disguise) => {
			const title = disguise('scanstate severity high source tenable asset abcdef endstate');
			const [made] = await decide([evaluated({ title, description: title })]);
			const scan = {
				operation: 'syncScan',
				scanSource: 'tenable',
				scanClient: { __rl: true, mode: 'id', value: String(CONTOSO.haloClientId) },
				scanComplete: 'yes',
				options: { misses: 1, closePercent: 100 },
			};
			await decide([evaluated({ source: 'tenable', dedupKey: 'v1|tenable|x' })], scan);
			expect(halo.openTickets().map(({ id }) => id)).toContain(made?.ticketId);
		},
	);

	test("a customer's ticket with a computed reference and a record of his own is none of ours", async () => {
		const reference = seal.referenceOf('v1|wazuh|contoso|cve|srv-01', 'id|42');
		const forged = ownTexts(
			'Question',
			reference,
			{ ...newState('critical'), suppressed: true },
			credential.signingKey === '' ? seal : new Seal({ current: OTHER_KEY, previous: '' }),
		);
		const strange = halo.simulator.technician.create({
			...forged,
			client_id: CONTOSO.haloClientId,
			reportedby: 'mallory@contoso.example',
		});
		const [made] = await decide([evaluated()]);
		expect(made).toMatchObject({ decision: 'created' });
		expect(made?.ticketId).not.toBe(strange);
		expect(String(made?.reason)).toContain(`Ticket ${strange} names this reference`);
		expect(await decide([resolved()])).toMatchObject([
			{ decision: 'closed', ticketId: made?.ticketId },
		]);
		expect(await decide([resolved()])).toMatchObject([{ decision: 'already_closed' }]);
		const stranger = halo.tickets().find(({ id }) => id === strange);
		expect(stranger).toMatchObject({ hasbeenclosed: false });
		expect(stranger?.actions).toHaveLength(1);
	});

	test('a reference alone, in the title of a mail, closes and silences nothing', async () => {
		const [made] = await decide([evaluated()]);
		const strange = halo.simulator.technician.create({
			summary: `RE: (scanref ${String(made?.reference)})`,
			client_id: CONTOSO.haloClientId,
		});
		expect(await decide([evaluated({ severity: 'critical', time: NOW() })])).toMatchObject([
			{ ticketId: made?.ticketId, decision: 'noted' },
		]);
		expect(await decide([resolved()])).toMatchObject([{ decision: 'closed' }]);
		expect(halo.openTickets().map(({ id }) => id)).toEqual([strange]);
	});

	test('words in a note of a person, or of another application, are no entry of a digest', async () => {
		const storm = { options: { stormCap: 1 } };
		const events = [0, 1, 2].map((index) =>
			evaluated({ dedupKey: `v1|x|${index}`, groupKey: `v1|x|${index}` }),
		);
		const decisions = await decide(events, storm);
		const digested = decisions.findIndex(({ decision }) => decision === 'digested');
		const digest = Number(decisions[digested]?.ticketId);
		const own = (halo.tickets().find(({ id }) => id === digest)?.actions ?? []) as IDataObject[];
		const words = String(own.find(({ note }) => String(note).includes('scanroster'))?.note);
		const gone = words.replace('scanroster add', 'scanroster gone');
		halo.simulator.technician.note(digest, gone);
		const state = halo.simulator.state.tickets.find(({ id }) => id === digest);
		const last = state?.actions.at(-1);
		if (last !== undefined) last.actionby_application_id = 'Mail Connector';
		const again = await decide([events[digested] ?? {}], storm);
		expect(again).toMatchObject([{ decision: 'unchanged', ticketId: digest }]);
	});
});

describe('the signing key', () => {
	const signed = { credential: { signingKey: KEY } };

	test('a new client secret makes no second ticket and loses no state', async () => {
		const [made] = await halo.decide([evaluated()], {}, signed);
		const { application } = halo.simulator;
		const before = application.clientSecret;
		halo.simulator.state.application.clientSecret = 'the new secret of the application';
		const renewed = {
			credential: { signingKey: KEY, clientSecret: 'the new secret of the application' },
		};
		try {
			const rise = evaluated({ severity: 'critical', time: NOW() });
			expect(await halo.decide([rise], {}, renewed)).toMatchObject([
				{ decision: 'noted', ticketId: made?.ticketId, reference: made?.reference },
			]);
			expect(await halo.decide([rise], {}, renewed)).toMatchObject([{ decision: 'unchanged' }]);
			expect(halo.tickets()).toHaveLength(1);
		} finally {
			halo.simulator.state.application.clientSecret = before;
		}
	});

	test('references differ by the key, so that nobody without it computes one', async () => {
		const [one] = await halo.decide([evaluated()], {}, signed);
		halo.simulator.reset();
		const [other] = await halo.decide([evaluated()]);
		expect(one?.reference).not.toBe(other?.reference);
	});

	const BEFORE: Array<[string, { signingKey: string }, string]> = [
		['another key', { signingKey: OTHER_KEY }, OTHER_KEY],
		['no key', { signingKey: '' }, 'none'],
	];

	test.each(BEFORE)(
		'while the previous one is named, tickets of %s are found, changed and closed',
		async (_, before, previous) => {
			const [made] = await halo.decide([evaluated()], {}, { credential: before });
			const rotated = { credential: { signingKey: KEY, previousSigningKey: previous } };
			const rise = evaluated({ severity: 'critical', time: NOW() });
			expect(await halo.decide([rise], {}, rotated)).toMatchObject([
				{ decision: 'noted', ticketId: made?.ticketId },
			]);
			expect(await halo.decide([rise], {}, rotated)).toMatchObject([
				{ decision: 'unchanged', ticketId: made?.ticketId },
			]);
			expect(await halo.decide([resolved()], {}, rotated)).toMatchObject([
				{ decision: 'closed', ticketId: made?.ticketId },
			]);
			expect(halo.tickets()).toHaveLength(1);
		},
	);

	test('a digest of the previous key is added to and struck from', async () => {
		const storm = { options: { stormCap: 1 } };
		const events = [0, 1, 2].map((index) =>
			evaluated({ dedupKey: `v1|x|${index}`, groupKey: `v1|x|${index}` }),
		);
		const made = await halo.decide(events, storm, { credential: { signingKey: OTHER_KEY } });
		const digested = made.findIndex(({ decision }) => decision === 'digested');
		const rotated = { credential: { signingKey: KEY, previousSigningKey: OTHER_KEY } };
		expect(await halo.decide(events, storm, rotated)).toMatchObject(
			events.map(() => ({ decision: 'unchanged' })),
		);
		const [struck] = await halo.decide(
			[resolved({ ...events[digested], status: 'resolved', time: NOW() })],
			storm,
			rotated,
		);
		expect(struck).toMatchObject({ decision: 'updated', ticketId: made[digested]?.ticketId });
		expect(halo.tickets()).toHaveLength(2);
	});

	test('without a previous key a repeated event sends one request, as it does without any key', async () => {
		await halo.decide([evaluated()], {}, signed);
		halo.simulator.journal.length = 0;
		const [again] = await halo.decide([evaluated()], {}, signed);
		expect(again).toMatchObject({ decision: 'unchanged', requests: 1 });
	});

	test('a key that somebody thought of is refused, with what to do', async () => {
		const { error } = await halo.run([evaluated()], {}, { credential: { signingKey: 'short' } });
		expect(error?.message).toContain('Signing Key has 5 characters; 16 or more are needed');
		expect(error?.description).toContain('openssl rand');
	});
});

test('details that a person rewrote: the opening still says that the ticket is ours', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.simulator.technician.edit(Number(made?.ticketId), { details: 'See the summary.' });
	expect(await halo.decide([evaluated()])).toMatchObject([
		{ decision: 'unchanged', ticketId: made?.ticketId },
	]);
	expect(halo.tickets()).toHaveLength(1);
});

test('60 tickets of a stranger with the reference keep nothing from being decided', async () => {
	const [made] = await halo.decide([evaluated()]);
	for (let number = 0; number < 60; number += 1) {
		halo.simulator.technician.create({
			summary: `Spam (scanref ${String(made?.reference)})`,
			client_id: CONTOSO.haloClientId,
		});
	}
	expect(await halo.decide([resolved()])).toMatchObject([
		{ decision: 'closed', ticketId: made?.ticketId },
	]);
});
