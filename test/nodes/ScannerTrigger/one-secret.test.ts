import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { statusRows } from '../../../nodes/shared/domain/inbox/run-rows';
import { settleRows } from '../../../nodes/shared/domain/inbox/settle';
import { leaseOf, NOW } from '../../domain/inbox/rows';
import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import { startHaloSimulator, type HaloSimulator } from '../../../sandbox/halo';
import { callWebhook, runNode, type WebhookAnswer } from '../../support/engine';
import { wazuh } from '../../../nodes/shared/domain/sources/wazuh/source';
import { CONTOSO, FABRIKAM, LEAST } from '../HaloTicket/support';

const SECRET = 'of one trigger only';

/** Mapping rows: Contoso and Fabrikam; Tailspin has none. */
const ROWS: IDataObject[] = [
	{ companyName: 'Contoso Ltd', ...CONTOSO },
	{ companyName: 'Fabrikam Inc', ...FABRIKAM },
];

/** What a trigger is set to. */
interface Trigger {
	parameters: INodeParameters;
	/** The last part of its address. */
	company?: string;
}

const CANONICAL: Trigger = { parameters: { source: 'canonical' } };
const DETECTING: Trigger = { parameters: { source: 'detect' } };
const FIXED_MAPPED: Trigger = {
	parameters: { source: 'canonical', companyFrom: 'fixed', fixedCompany: 'Contoso Ltd' },
};
const FIXED_UNMAPPED: Trigger = {
	parameters: { source: 'canonical', companyFrom: 'fixed', fixedCompany: 'Tailspin' },
};
const BY_PATH: Trigger = {
	parameters: { source: 'canonical', companyFrom: 'path' },
	company: 'Tailspin',
};
const FABRIKAMS_WAZUH: Trigger = {
	parameters: { source: 'wazuh', companyFrom: 'fixed', fixedCompany: 'Fabrikam Inc' },
};
const ELSEWHERE: Trigger = {
	parameters: { source: 'wazuh', integration: 'second', companyFrom: 'payload' },
};

let halo: HaloSimulator;
beforeAll(async () => void (halo = await startHaloSimulator()));
afterAll(async () => await halo.stop());
beforeEach(() => halo.reset());

async function post({ parameters, company }: Trigger, body: object): Promise<WebhookAnswer> {
	return await callWebhook({
		node: new ScannerTrigger(),
		parameters,
		credentials: { webhookSecretApi: { user: '', secret: SECRET, previousSecret: '' } },
		headers: { 'X-Webhook-Token': SECRET, 'X-Request-Id': 'delivery-1' },
		params: company === undefined ? {} : { company },
		body,
	});
}

function itemsOf(answer: WebhookAnswer): IDataObject[] {
	return (answer.items[0] ?? []).map(({ json }) => json);
}

/** Every decision that the straight line makes about items. */
async function decide(items: IDataObject[], map: INodeParameters = {}): Promise<IDataObject[]> {
	if (items.length === 0) return [];
	const mapped = await runNode({
		node: new MapCompany(),
		parameters: { mappingFrom: 'rows', ...map },
		inputs: [items, ROWS],
	});
	const evaluated = await runNode({
		node: new EvaluateEventSet(),
		parameters: { minSeverity: 'informational' },
		inputs: [mapped.json[0] ?? []],
	});
	const ticketed = await runNode({
		node: new HaloTicket(),
		parameters: LEAST,
		inputs: [evaluated.json[0] ?? []],
		simulator: halo,
	});
	return [mapped.json[1], mapped.json[2], evaluated.json[1], ticketed.json[0]].flatMap(
		(some) => some ?? [],
	);
}

const words = (decisions: IDataObject[]) => decisions.map(({ decision }) => decision);

/** Everything that can be seen of the tickets: a note or a status changes it. */
function picture(): string {
	return JSON.stringify(halo.tickets());
}

/** Fabrikam's ticket of Wazuh, and the event that made it. */
async function fabrikamsTicket(): Promise<IDataObject> {
	const [event] = itemsOf(await post(FABRIKAMS_WAZUH, wazuh.sample));
	expect(words(await decide([event ?? {}]))).toEqual(['created']);
	return event ?? {};
}

describe.each<[string, Trigger]>([
	['canonical JSON, company from the payload', CANONICAL],
	['any source', DETECTING],
	['a fixed, mapped company', FIXED_MAPPED],
	['a fixed, unmapped company', FIXED_UNMAPPED],
	['an unmapped company in the path', BY_PATH],
])('with the secret of a trigger for %s', (_name, trigger) => {
	test.each(['resolved', 'suppressed', 'open', 'info'])(
		'an event that names source and key of another ticket, status %s, reaches nothing',
		async (status) => {
			const { dedupKey } = await fabrikamsTicket();
			const before = picture();
			const forged = { title: 'Forged', severity: 'critical', company: 'Fabrikam Inc', status };
			for (const body of [
				{ ...forged, source: 'wazuh', dedupKey },
				{ ...forged, dedupKey },
				{ events: [{ ...forged, source: 'wazuh', id: dedupKey }] },
				[{ ...forged, source: 'wazuh', dedupKey }],
			]) {
				const items = itemsOf(await post(trigger, body));
				const decisions = await decide(items);
				expect(words(decisions)).not.toContain('closed');
				// What it opens is a ticket of its own; Fabrikam's stays as it was.
				const [first] = halo.tickets();
				expect(JSON.stringify(first)).toBe(JSON.stringify(JSON.parse(before)[0]));
			}
			if (status !== 'open') expect(picture()).toBe(before);
		},
	);

	test('a body cannot pretend to be the pack itself', async () => {
		const answer = await post(trigger, {
			source: 'halo-callback',
			dedupKey: 'closed|7',
			title: 'Forged',
			status: 'open',
		});

		expect(itemsOf(answer).filter(({ source }) => source === 'halo-callback')).toEqual([]);
		expect(answer.status === 400 || itemsOf(answer)[0]?.decision === 'failed').toBe(true);
		expect(JSON.stringify([answer.body ?? null, ...itemsOf(answer)])).toMatch(/source/);
	});

	test('no key and delivery id of another trigger can be made up', async () => {
		const honest = await fabrikamsTicket();
		const made = itemsOf(
			await post(trigger, {
				source: 'wazuh',
				dedupKey: honest.dedupKey,
				deliveryId: honest.deliveryId,
				title: 'Made up',
			}),
		);

		for (const { dedupKey } of made) expect(dedupKey).not.toBe(honest.dedupKey);
	});
});

describe('halo_sync_status', () => {
	const TRIGGERS: Array<[string, Trigger]> = [
		['canonical', CANONICAL],
		['detect', DETECTING],
		['company in the path', BY_PATH],
	];

	test.each(TRIGGERS)('does not grow with made-up sources: %s', async (_, trigger) => {
		const events = Array.from({ length: 100 }, (_unused, index) => ({
			source: index % 2 === 0 ? `made-up-${index}` : `(run)${index}`,
			integration: `made-up-${index}`,
			dedupKey: `finding ${index}`,
			title: 'T',
		}));
		const whole = itemsOf(await post(trigger, { events }));
		const single = [];
		for (const event of events) single.push(...itemsOf(await post(trigger, event)));
		const decisions = [...whole, ...single].map(({ decision, source }, index) => ({
			inboxId: index + 1,
			decision: decision ?? 'created',
			reason: '',
			tries: 0,
			receivedAt: null,
			inboxSource: source ?? '',
		}));
		const lease = leaseOf();
		const settled = settleRows(decisions, { lease, keepTryingDays: 7, now: NOW });
		expect(settled.rows.length).toBeGreaterThanOrEqual(100);
		const rows = statusRows(settled, lease, NOW);
		// Two for the one source, one for the run.
		expect(rows.length).toBeLessThanOrEqual(3);
	});
});

describe('a trigger of another integration', () => {
	test('reaches no ticket of this one with the very same payload', async () => {
		const open: Trigger = { parameters: { source: 'wazuh', companyFrom: 'payload' } };
		const [first] = itemsOf(await post(open, wazuh.sample));
		const [second] = itemsOf(await post(ELSEWHERE, wazuh.sample));

		expect(second?.integration).toBe('second');
		expect(first?.integration).toBe('default');
		expect(second?.dedupKey).not.toBe(first?.dedupKey);
	});
});

describe('a company that the trigger sets', () => {
	test.each([
		['fixed', FIXED_UNMAPPED],
		['in the path', BY_PATH],
	])(
		'%s and not mapped: its resolve is held, not carried out by its key alone',
		async (_name, trigger) => {
			const body = { dedupKey: 'disk-c', title: 'Disk full', severity: 'high', status: 'resolved' };

			const decisions = await decide(itemsOf(await post(trigger, body)));

			expect(words(decisions)).toEqual(['held_unmapped']);
		},
	);

	test('mapped: open and resolve work as before', async () => {
		const body = { dedupKey: 'disk-c', title: 'Disk full', severity: 'high' };

		const opened = await decide(itemsOf(await post(FIXED_MAPPED, body)));
		const closed = await decide(itemsOf(await post(FIXED_MAPPED, { ...body, status: 'resolved' })));

		expect([...words(opened), ...words(closed)]).toEqual(['created', 'closed']);
	});

	test('no name of a company reaches the keys of another, whatever signs it holds', async () => {
		const keyOf = async (fixedCompany: string, dedupKey: string): Promise<unknown> =>
			itemsOf(
				await post(
					{ parameters: { source: 'canonical', companyFrom: 'fixed', fixedCompany } },
					{ dedupKey, title: 'T' },
				),
			)[0]?.dedupKey;
		const names = ['a', 'a/b', 'a|b', 'a%7cb', 'a%2fb', 'a/-', 'b'];
		const ids = ['c', 'b|c', '-|c', 'v1|canonical|a/-|c|-', 'v1|canonical|b/-|c|-'];
		const keys = new Set<unknown>();
		for (const name of names) for (const id of ids) keys.add(await keyOf(name, id));

		expect(keys.size).toBe(names.length * ids.length);
	});
});

describe('what a canonical body may name', () => {
	const opened: Trigger = {
		parameters: {
			source: 'canonical',
			additionalFields: { namedSources: 'nightly-scan, wazuh' },
		},
	};

	test('another source only where the trigger lists it', async () => {
		const body = { source: 'Nightly-Scan', dedupKey: 'x', title: 'T' };

		const refused = await post(CANONICAL, body);
		const [taken] = itemsOf(await post(opened, body));

		expect([refused.status, refused.items]).toEqual([null, expect.anything()]);
		expect(itemsOf(refused)[0]).toMatchObject({ decision: 'failed', source: 'canonical' });
		expect(itemsOf(refused)[0]?.reason).toMatch(/Other Sources/);
		expect(taken).toMatchObject({ source: 'nightly-scan' });
		expect(String(taken?.dedupKey)).toMatch(/^v1\|nightly-scan\|/);
	});

	test('a whole key of a listed source, and of no other', async () => {
		const key = (dedupKey: string) => ({ source: 'wazuh', dedupKey, title: 'T' });

		const [own] = itemsOf(await post(opened, key('v1|wazuh|m1|cve-1|007')));
		const [other] = itemsOf(await post(opened, key('v1|tenable|m1|cve-1|007')));

		expect(own?.dedupKey).toBe('v1|wazuh|m1|cve-1|007');
		expect(other?.dedupKey).toBe('v1|wazuh|-|v1%7ctenable%7cm1%7ccve-1%7c007|-');
	});

	test('the names of the pack itself cannot be opened', async () => {
		const answer = await post(
			{ parameters: { source: 'canonical', additionalFields: { namedSources: 'halo-callback' } } },
			{ dedupKey: 'x', title: 'T' },
		).catch((error: Error) => error.message);

		expect(answer).toMatch(/halo-callback/);
	});
});
