import { sealDetails } from '../../../nodes/shared/domain/ticket/recognise';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import { UNSIGNED } from '../../support/own-ticket';
import type { IDataObject } from 'n8n-workflow';

import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { decodeState } from '../../../nodes/shared/domain/ticket/state';
import { runNode } from '../../support/engine';
import { CONTOSO, evaluated, resolved, startTicketing, type Ticketing } from './support';

const DAY = 86_400_000;
const ASSETS = ['SRV-01', 'SRV-02', 'LAPTOP-117'];
const PRODUCTS = ['OpenSSL', 'Apache', 'curl', 'sudo'];

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

interface Finding {
	asset: string;
	product: string;
}

const FINDINGS: Finding[] = ASSETS.flatMap((asset) =>
	PRODUCTS.map((product) => ({ asset, product })),
);

function finding({ asset, product }: Finding, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	return make({
		dedupKey: `v1|wazuh|contoso|${product.toLowerCase()}|${asset.toLowerCase()}`,
		groupKey: null,
		title: `${product} out of date on ${asset}`,
		asset: { id: asset, name: asset, ip: null, mac: null, serial: null },
		product,
		...change,
	});
}

/** Through Evaluate Event Set on n8n's engine, as a workflow would. */
async function grouped(events: IDataObject[], grouping: string): Promise<IDataObject[]> {
	const { json, error } = await runNode({
		node: new EvaluateEventSet(),
		inputs: [events],
		parameters: { grouping, minSeverity: 'informational' },
	});
	if (error !== null) throw new Error(error.message);
	expect(json[0]).toHaveLength(events.length);
	return json[0] ?? [];
}

async function send(events: IDataObject[], grouping = 'asset', parameters = {}) {
	return await halo.decide(await grouped(events, grouping), parameters);
}

function one(asset = 'SRV-01', product = 'OpenSSL', change: IDataObject = {}): IDataObject {
	return finding({ asset, product }, change);
}

const over = { status: 'resolved' };

function notes(ticket: IDataObject | undefined): string[] {
	return ((ticket?.actions ?? []) as IDataObject[])
		.filter(({ outcome_id }) => outcome_id === 7)
		.map(({ note }) => String(note));
}

function membersIn(ticket: IDataObject | undefined): number {
	return decodeState(String(ticket?.details))?.members?.length ?? -1;
}

const GROUPINGS: Array<[string, number]> = [
	['company', 1],
	['asset', 3],
	['product', 4],
	['problem', 12],
];

test.each(GROUPINGS)(
	'CN-01 12 findings over 3 assets and 4 products, grouped by %s, give %i tickets that list all 12',
	async (grouping, count) => {
		const decisions = await send(
			FINDINGS.map((one) => finding(one)),
			grouping,
		);
		expect(halo.tickets()).toHaveLength(count);
		expect(decisions.filter(({ decision }) => decision === 'created')).toHaveLength(count);
		expect(new Set(decisions.map(({ ticketId }) => ticketId)).size).toBe(count);
		if (grouping !== 'problem') {
			const listed = halo.tickets().map(membersIn);
			expect(listed).toEqual(Array.from({ length: count }, () => 12 / count));
			for (const ticket of halo.tickets()) {
				const rows = String(ticket.details_html).match(/<tr\b/g) ?? [];
				expect(rows).toHaveLength(1 + 12 / count);
			}
		}
		const again = await send(FINDINGS.map((one) => finding(one)).reverse(), grouping);
		expect(new Set(again.map(({ decision }) => decision))).toEqual(new Set(['unchanged']));
		const closed = await send(
			FINDINGS.map((one) => finding(one, over)),
			grouping,
		);
		expect(closed.filter(({ decision }) => decision === 'closed')).toHaveLength(count);
		expect(halo.openTickets()).toEqual([]);
	},
);

test('the title of a grouped ticket names what its members share, none of them', async () => {
	await send([one(), one('SRV-01', 'curl')], 'asset');
	await send([one(), one('SRV-02')], 'product');
	await send([one(), one('SRV-02')], 'company');
	expect(halo.tickets().map(({ summary }) => String(summary).replace(/ \(scanref.*/, ''))).toEqual([
		'Findings on SRV-01',
		'Findings in OpenSSL',
		'Findings at Contoso Ltd',
	]);
});

test('a grouped ticket takes members up, strikes them out, and closes with its last one', async () => {
	const [made] = await send([one()]);
	const [added] = await send([one('SRV-01', 'curl')]);
	expect(added).toMatchObject({ decision: 'updated', ticketId: made?.ticketId });
	expect(added?.reason).toContain('2 open');
	expect(membersIn(halo.tickets()[0])).toBe(2);
	expect(notes(halo.tickets()[0])[0]).toContain(
		'added 1\n- high, SRV-01, curl out of date on SRV-01',
	);

	const [gone] = await send([one('SRV-01', 'OpenSSL', over)]);
	expect(gone).toMatchObject({ decision: 'updated' });
	expect(gone?.reason).toContain('Struck off');
	expect(halo.openTickets()).toHaveLength(1);
	// The second change of the day is not told by a note: its row is struck through until the next one.
	expect(notes(halo.tickets()[0])).toHaveLength(1);
	expect(String(halo.tickets()[0]?.details_html)).toContain('line-through');

	const [last] = await send([one('SRV-01', 'curl', over)]);
	expect(last).toMatchObject({ decision: 'closed', ticketId: made?.ticketId });
	expect(halo.openTickets()).toEqual([]);
	expect(halo.tickets()).toHaveLength(1);
});

test('what came and went since the last note stands in the next one, a day later', async () => {
	const now = Date.now();
	halo.simulator.clock.set(now - 2 * DAY);
	await send([one()]);
	await send([one('SRV-01', 'curl')]);
	await send([one('SRV-01', 'curl', over), one('SRV-01', 'sudo')]);
	expect(notes(halo.tickets()[0])).toHaveLength(1);
	const stored = halo.simulator.state.tickets.find(({ summary }) => summary.includes('scanref'));
	if (stored === undefined) throw new Error('The ticket is gone');
	// The node reads the computer's clock: a day is taken off the recorded time instead of waiting.
	const [reference = ''] = referencesIn(stored.summary);
	const older = (text: string) =>
		sealDetails(
			text.replace(/noted \S+/, `noted ${new Date(now - 2 * DAY).toISOString()}`),
			reference,
			{ clientId: CONTOSO.haloClientId, userId: null },
			UNSIGNED,
		);
	stored.details = older(stored.details);
	stored.details_html = older(stored.details_html);
	await send([one('SRV-01', 'Apache')]);
	const last = notes(halo.tickets()[0]).at(-1) ?? '';
	expect(last).toContain('added 2');
	expect(last).toContain('sudo out of date');
	expect(last).toContain('Apache out of date');
	expect(last).toContain('no longer reported 1\n- high, SRV-01, curl out of date on SRV-01');
	expect(last).toContain('3 open.');
	expect(String(halo.tickets()[0]?.details_html)).not.toContain('line-through');
});

test('a member that is worse than the recorded severity raises the priority and is told at once', async () => {
	const picks = (priority: string) => ({
		moreFields: {
			sla: { __rl: true, mode: 'id', value: '1' },
			priority: { __rl: true, mode: 'id', value: priority },
		},
	});
	await send([one('SRV-01', 'OpenSSL', { severity: 'low' })], 'asset', picks('4'));
	await send([one('SRV-01', 'curl', { severity: 'low' })], 'asset', picks('4'));
	const [worse] = await send(
		[one('SRV-01', 'sudo', { severity: 'critical' })],
		'asset',
		picks('1'),
	);
	expect(worse).toMatchObject({ decision: 'updated' });
	const [ticket] = halo.tickets();
	expect(ticket).toMatchObject({ priority_id: 1 });
	expect(notes(ticket)).toHaveLength(2);
	expect(notes(ticket)[1]).toContain('severity changed from low to critical');
});

test('an accepted risk of one member is noted once, and the ticket still waits for it', async () => {
	await send([one(), one('SRV-01', 'curl')]);
	const accepted = { status: 'suppressed' };
	const [noted] = await send([one('SRV-01', 'curl', accepted)]);
	const [again] = await send([one('SRV-01', 'curl', accepted)]);
	expect([noted?.decision, again?.decision]).toEqual(['noted', 'unchanged']);
	await send([one('SRV-01', 'OpenSSL', over)]);
	expect(halo.openTickets()).toHaveLength(1);
	const [stranger] = await send([one('SRV-01', 'sudo', accepted)]);
	expect(stranger).toMatchObject({ decision: 'skipped_suppressed' });
	await send([one('SRV-01', 'curl', over)]);
	expect(halo.openTickets()).toEqual([]);
});

test('a group that comes back opens its ticket again with the members that are there now', async () => {
	await send([one(), one('SRV-01', 'curl')]);
	await send([one('SRV-01', 'OpenSSL', over), one('SRV-01', 'curl', over)]);
	const decisions = await send([one('SRV-01', 'sudo')]);
	expect(decisions[0]).toMatchObject({ decision: 'reopened' });
	expect(halo.tickets()).toHaveLength(1);
	expect(membersIn(halo.openTickets()[0])).toBe(1);
	await send([one('SRV-01', 'sudo', over)]);
	expect(halo.openTickets()).toEqual([]);
});

test('a grouped ticket that a person worked on is noted once and left open, however often the source says so', async () => {
	const [made] = await send([one()]);
	halo.afterTheRules();
	halo.simulator.technician.note(Number(made?.ticketId), 'Patch window is on Friday');
	const [kept] = await send([one('SRV-01', 'OpenSSL', over)]);
	const [again] = await send([one('SRV-01', 'OpenSSL', over)]);
	expect([kept?.decision, again?.decision]).toEqual(['kept_open', 'kept_open']);
	expect(notes(halo.tickets()[0]).filter((note) => note.includes('resolved'))).toHaveLength(1);
});

test('a ticket of one problem that a person worked on gets one note about its end, not one per scan', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.afterTheRules();
	halo.simulator.technician.note(Number(made?.ticketId), 'Patch window is on Friday');
	for (let scan = 0; scan < 3; scan += 1) {
		const time = new Date(Date.now() + scan * 1000).toISOString();
		const [kept] = await halo.decide([resolved({ time })]);
		expect(kept).toMatchObject({ decision: 'kept_open' });
	}
	expect(notes(halo.tickets()[0]).filter((note) => note.includes('resolved'))).toHaveLength(1);
});

test('where details may not change, a group is recorded in private notes and closes with its last member', async () => {
	const [made] = await send([one()]);
	halo.simulator.switches.detailsMayChange = false;
	const [added] = await send([one('SRV-01', 'curl')]);
	expect(added).toMatchObject({ decision: 'updated' });
	expect(added?.reason).toContain('did not let the details');
	expect(halo.tickets()[0]?.summary).toContain('(scanstate in notes)');
	const before = halo.requests().length;
	await expect(send([one('SRV-01', 'curl')])).resolves.toMatchObject([{ decision: 'unchanged' }]);
	// One request more than elsewhere: the notes.
	expect(halo.requests().slice(before)).toEqual(['GET /Tickets', `GET /Actions`]);
	await send([one('SRV-01', 'OpenSSL', over)]);
	expect(halo.openTickets()).toHaveLength(1);
	// The tenant lets details change again: the notes go on to count.
	halo.simulator.switches.detailsMayChange = true;
	const [closed] = await send([one('SRV-01', 'curl', over)]);
	expect(closed).toMatchObject({ decision: 'closed', ticketId: made?.ticketId });
	expect(halo.openTickets()).toEqual([]);
});

test('a group whose members stand in notes stays open while one is, though the summary no longer says so', async () => {
	const [made] = await send([one()]);
	halo.simulator.switches.detailsMayChange = false;
	await send([one('SRV-01', 'curl')]);
	const summary = String(halo.tickets()[0]?.summary).replace(' (scanstate in notes)', '');
	halo.simulator.technician.edit(Number(made?.ticketId), { summary });
	await send([one('SRV-01', 'OpenSSL', over)]);
	expect(halo.openTickets()).toHaveLength(1);
});

test('words of state that a person copied into a note record nothing', async () => {
	const [made] = await send([one()]);
	halo.simulator.switches.detailsMayChange = false;
	await send([one('SRV-01', 'curl')]);
	const earlier = notes(halo.tickets()[0]).find((note) => note.includes('scanroster state'));
	await send([one('SRV-01', 'sudo')]);
	halo.simulator.technician.note(Number(made?.ticketId), String(earlier));
	await send([one('SRV-01', 'OpenSSL', over), one('SRV-01', 'curl', over)], 'asset', {
		options: { closeTouched: true },
	});
	expect(halo.openTickets()).toHaveLength(1);
});

test('one update whose details Halo dropped does not let a ticket close while a member is open', async () => {
	await send([one()]);
	halo.simulator.faults.add({ name: 'drop-details', method: 'POST', path: '/Tickets$' });
	const [added] = await send([one('SRV-01', 'curl')]);
	expect(added?.reason).toContain('did not let the details');
	await send([one('SRV-01', 'OpenSSL', over)]);
	expect(halo.openTickets()).toHaveLength(1);
	await send([one('SRV-01', 'curl', over)]);
	expect(halo.openTickets()).toEqual([]);
});

test('where neither details nor summary may change, nothing is recorded, nothing closed, and the decision is failed', async () => {
	await send([one()]);
	Object.assign(halo.simulator.switches, { detailsMayChange: false, ignoredMembers: 'summary' });
	for (const event of [one('SRV-01', 'curl'), one('SRV-01', 'OpenSSL', over)]) {
		const [failed] = await send([event]);
		expect(failed).toMatchObject({ decision: 'failed' });
		expect(failed?.reason).toContain('lets neither the details nor the summary of ticket');
	}
	expect(halo.openTickets()).toHaveLength(1);
});

test('a grouped ticket whose list a person deleted is not closed by itself', async () => {
	const [made] = await send([one()]);
	halo.simulator.technician.edit(Number(made?.ticketId), { details: 'I tidied this up' });
	const [kept] = await send([one('SRV-01', 'OpenSSL', over)]);
	expect(kept).toMatchObject({ decision: 'kept_open' });
	expect(kept?.reason).toContain('lost from its details');
	await send([one('SRV-01', 'curl')]);
	const [still] = await send([one('SRV-01', 'curl', over)]);
	expect(still).toMatchObject({ decision: 'kept_open' });
	expect(halo.openTickets()).toHaveLength(1);
});

test('two runs that made a ticket for one group at once end with one that lists the members of both', async () => {
	halo.simulator.faults.add({ name: 'slow', method: 'POST', path: '/Tickets$', ms: 300, times: 2 });
	await Promise.all([send([one(), one('SRV-01', 'curl')]), send([one(), one('SRV-01', 'sudo')])]);
	expect(halo.tickets()).toHaveLength(2);
	await send([one()]);
	expect(halo.openTickets()).toHaveLength(1);
	expect(membersIn(halo.openTickets()[0])).toBe(3);
	for (const product of ['OpenSSL', 'curl', 'sudo']) {
		expect(String(halo.openTickets()[0]?.details)).toContain(`${product} out of date`);
	}
	await send(['OpenSSL', 'curl', 'sudo'].map((product) => one('SRV-01', product, over)));
	expect(halo.openTickets()).toEqual([]);
});

test('resolve and open of one member in one batch, in either order, end as the later time says', async () => {
	const early = new Date(Date.now() - 7_200_000).toISOString();
	const late = new Date(Date.now() - 3_600_000).toISOString();
	let cases = 0;
	for (const openLast of [true, false]) {
		for (const reversed of [true, false]) {
			halo.simulator.reset();
			await send([one('SRV-01', 'curl', { time: early })]);
			const open = one('SRV-01', 'OpenSSL', { time: openLast ? late : early });
			const end = one('SRV-01', 'OpenSSL', { ...over, time: openLast ? early : late });
			await send(reversed ? [end, open] : [open, end]);
			expect(membersIn(halo.openTickets()[0])).toBe(openLast ? 2 : 1);
			cases += 1;
		}
	}
	expect(cases).toBe(4);
});

test('a problem that comes and goes is told of once, and opens its ticket again without further notes', async () => {
	let told = 0;
	for (let round = 0; round < 7; round += 1) {
		const time = new Date(Date.now() + round * 1000).toISOString();
		await halo.decide([evaluated({ time })]);
		const [closed] = await halo.decide([resolved({ time })]);
		expect(closed).toMatchObject({ decision: 'closed' });
		told = notes(halo.tickets()[0]).filter((note) => note.includes('comes and goes')).length;
		expect(told).toBe(round >= 4 ? 1 : 0);
	}
	// Three returns, each with its note; the fourth says that it flaps; two more say nothing.
	expect(notes(halo.tickets()[0]).filter((note) => note.includes('again'))).toHaveLength(4);
	expect(halo.tickets()).toHaveLength(1);
});

test('a dry run of a group decides as the real run does, and writes nothing', async () => {
	await send([one(), one('SRV-02')]);
	const batch = [
		one('SRV-01', 'curl'),
		one('SRV-01', 'OpenSSL', over),
		one('SRV-02', 'OpenSSL', over),
		one('LAPTOP-117'),
		one('LAPTOP-117', 'sudo'),
	];
	halo.simulator.journal.length = 0;
	const dry = await send(batch, 'asset', { options: { dryRun: true } });
	expect(halo.writes()).toEqual([]);
	const real = await send(batch);
	const name: Record<string, string> = {
		created: 'would_create',
		updated: 'would_update',
		closed: 'would_close',
	};
	expect(dry.map(({ decision }) => decision)).toEqual(
		real.map(({ decision }) => name[String(decision)] ?? decision),
	);
	expect(real.map(({ decision }) => decision)).toEqual([
		'updated',
		'updated',
		'closed',
		'created',
		'updated',
	]);
});
