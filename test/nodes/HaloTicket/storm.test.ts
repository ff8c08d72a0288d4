import { readNote } from '../../../nodes/shared/domain/ticket/recognise';
import { seen, UNSIGNED } from '../../support/own-ticket';
import type { IDataObject } from 'n8n-workflow';

import { membersOn } from '../../../nodes/shared/domain/ticket/roster/roster';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	mappedTo,
	resolved,
	startTicketing,
	type Ticketing,
} from './support';

const STORM = 3_000;
const HOUR = 3_600_000;
const SEVERITIES = ['high', 'medium', 'low', 'informational'] as const;

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

/** Finding n; every hundredth is critical when told to. */
function finding(number: number, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	return make({
		dedupKey: `v1|wazuh|contoso|cve ${number}`,
		title: `Finding ${number}`,
		severity: SEVERITIES[number % SEVERITIES.length] ?? 'low',
		asset: { id: `a${number % 40}`, name: `SRV-${number % 40}`, ip: null, mac: null, serial: null },
		...change,
	});
}

function findings(from: number, to: number, change: IDataObject = {}): IDataObject[] {
	return Array.from({ length: to - from }, (_, index) => finding(from + index, change));
}

function isDigest({ summary }: IDataObject): boolean {
	return String(summary).includes('(scanroster)');
}

function digests(): IDataObject[] {
	return halo.openTickets().filter(isDigest);
}

function ordinary(): IDataObject[] {
	return halo.openTickets().filter((ticket) => !isDigest(ticket));
}

function listed(ticket: IDataObject | undefined): Set<string> {
	const actions = ((ticket?.actions ?? []) as IDataObject[]).map(
		({ actionby_application_id, id, note }) => ({
			id: Number(id),
			application: String(actionby_application_id) || null,
			words: readNote(String(note), UNSIGNED),
		}),
	);
	const { reference } = seen({
		summary: String(ticket?.summary),
		details: String(ticket?.details),
	});
	return new Set(membersOn(actions, [String(reference)]).keys());
}

function count(decisions: readonly IDataObject[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { decision } of decisions) {
		counts[String(decision)] = (counts[String(decision)] ?? 0) + 1;
	}
	return counts;
}

test('3,000 findings on one client: 25 tickets and 1 digest; again, and any 10 alone: 0 new; all resolved: all closed', async () => {
	const first = await halo.decide(findings(0, STORM));
	expect(count(first)).toEqual({ created: 25, digested: STORM - 25 });
	expect(ordinary()).toHaveLength(25);
	expect(digests()).toHaveLength(1);
	expect(halo.requests().length).toBeLessThanOrEqual(50);
	// The most severe ones have the tickets.
	const own = first.filter(({ decision }) => decision === 'created');
	expect(new Set(own.map(({ severity }) => severity))).toEqual(new Set(['high']));
	// The digest names every other one, in private notes of at most 500.
	const roster = listed(digests()[0]);
	const inDigest = first.filter(({ decision }) => decision === 'digested');
	expect(
		inDigest.filter(({ reference }) => !roster.has(String(reference).replace(' ', '-'))),
	).toEqual([]);
	expect(roster.size).toBe(STORM - 25);
	const notes = ((digests()[0]?.actions ?? []) as IDataObject[]).filter(
		({ outcome_id }) => outcome_id === 7,
	);
	expect(notes).toHaveLength(Math.ceil((STORM - 25) / 500));
	expect(notes.every(({ hiddenfromuser }) => hiddenfromuser === true)).toBe(true);
	for (const { note } of notes) expect(String(note)).toMatch(/Finding \d+/);

	halo.simulator.journal.length = 0;
	const again = await halo.decide(findings(0, STORM).reverse());
	expect(count(again)).toEqual({ unchanged: STORM });
	expect(halo.writes()).toEqual([]);
	expect(halo.requests().length).toBeLessThanOrEqual(10);

	const members = inDigest.map(({ dedupKey }) => Number(String(dedupKey).replace(/\D+1\D+/, '')));
	for (const start of [0, 1_000, 2_900]) {
		const ten = members.slice(start, start + 10).map((number) => finding(number));
		expect(count(await halo.decide(ten))).toEqual({ unchanged: 10 });
		expect(count(await halo.decide(ten.slice(0, 1)))).toEqual({ unchanged: 1 });
	}
	expect(halo.tickets()).toHaveLength(26);

	const over = await halo.decide(findings(0, STORM, { status: 'resolved' }));
	expect(count(over)).toEqual({ closed: 26, updated: STORM - 26 });
	expect(halo.openTickets()).toEqual([]);
	expect(halo.simulator.mails).toEqual([]);
});

test('critical and exploited problems get tickets beside the cap, 100 of them, then the digest takes them too', async () => {
	const events = [
		...findings(0, 110, { severity: 'critical' }),
		...findings(110, 115, { kev: true }),
		...findings(115, 200, { severity: 'medium' }),
	];
	const decisions = await halo.decide(events);
	const created = decisions.filter(({ decision }) => decision === 'created');
	expect(created.filter(({ severity }) => severity === 'critical')).toHaveLength(110);
	expect(created).toHaveLength(125);
	expect(count(decisions)).toEqual({ created: 125, digested: 75 });
	// The room of the hour is used up: more critical ones go to the digest.
	const more = await halo.decide(findings(200, 210, { severity: 'critical' }));
	expect(count(more)).toEqual({ digested: 10 });
});

test('events that come one by one meet the same cap', async () => {
	const { simulator } = halo;
	for (let number = 0; number < 28; number += 1) {
		await halo.decide([finding(number)], { options: { stormCap: 5 } });
	}
	expect(ordinary()).toHaveLength(5);
	expect(digests()).toHaveLength(1);
	expect(listed(digests()[0]).size).toBe(23);
	expect(simulator.mails).toEqual([]);
});

test('a duplicate that two workers made and closed again takes no room from the cap', async () => {
	await halo.decide(findings(0, 4));
	const { technician } = halo.simulator;
	for (const { client_id, summary } of halo.tickets()) {
		technician.close(technician.create({ summary: String(summary), client_id: Number(client_id) }));
	}
	const [decision] = await halo.decide([finding(4)], { options: { stormCap: 5 } });
	expect(decision).toMatchObject({ decision: 'created' });
	const [over] = await halo.decide([finding(5)], { options: { stormCap: 5 } });
	expect(over).toMatchObject({ decision: 'digested' });
});

test('the cap counts per client', async () => {
	const here = findings(0, 30);
	const there = findings(100, 130).map((event) => ({ ...event, mapping: mappedTo(FABRIKAM) }));
	const decisions = await halo.decide([...here, ...there]);
	expect(count(decisions)).toEqual({ created: 50, digested: 10 });
	expect(digests().map(({ client_id }) => client_id)).toEqual([
		CONTOSO.haloClientId,
		FABRIKAM.haloClientId,
	]);
});

test('an hour later new problems get tickets again, and those of the digest stay in it', async () => {
	await halo.decide(findings(0, 40));
	const hourAgo = halo.simulator.clock.now() - HOUR - 60_000;
	for (const ticket of halo.simulator.state.tickets)
		ticket.dateoccurred = Math.min(ticket.dateoccurred, hourAgo);
	const decisions = await halo.decide(findings(0, 60));
	expect(count(decisions)).toEqual({ unchanged: 40, created: 20 });
	expect(listed(digests()[0]).size).toBe(15);
});

test('a resolve strikes one member out, a resolve without a company too, and an unknown one nothing', async () => {
	const made = await halo.decide(findings(0, 30));
	const inDigest = made.filter(({ decision }) => decision === 'digested');
	const [a, b] = inDigest.map(({ dedupKey }) => ({ dedupKey, status: 'resolved' }));
	const [struck] = await halo.decide([resolved(a)]);
	expect(struck).toMatchObject({ decision: 'updated', ticketId: digests()[0]?.id });
	expect(listed(digests()[0]).size).toBe(4);
	const [nameless] = await halo.decide([resolved({ ...b, mapping: null })]);
	expect(nameless).toMatchObject({ decision: 'updated' });
	expect(listed(digests()[0]).size).toBe(3);
	const [never] = await halo.decide([resolved({ dedupKey: 'v1|wazuh|never' })]);
	expect(never).toMatchObject({ decision: 'not_found', ticketId: null });
	// What was struck out and comes back is new: it is listed again while the hour is full.
	const time = new Date(Date.now()).toISOString();
	const [back] = await halo.decide([evaluated({ dedupKey: a?.dedupKey, time })]);
	expect(back).toMatchObject({ decision: 'digested', ticketId: digests()[0]?.id });
});

test('a resolve without a company that the digests of two clients name is held', async () => {
	const keys = findings(0, 3).map(({ dedupKey }) => dedupKey);
	const options = { options: { stormCap: 1 } };
	await halo.decide(findings(0, 3), options);
	await halo.decide(
		findings(0, 3).map((event) => ({ ...event, mapping: mappedTo(FABRIKAM) })),
		options,
	);
	const twice = keys.filter((_, place) =>
		halo.tickets().every(({ summary }) => !String(summary).includes(`Finding ${place} `)),
	);
	expect(twice.length).toBeGreaterThan(0);
	const [held] = await halo.decide([resolved({ dedupKey: twice[0], mapping: null })]);
	expect(held).toMatchObject({ decision: 'held_ambiguous', ticketId: null });
});

test('a digest that a person closed opens again when its problems are still reported', async () => {
	await halo.decide(findings(0, 30));
	const id = Number(digests()[0]?.id);
	halo.simulator.technician.close(id);
	expect(digests()).toEqual([]);
	const decisions = await halo.decide(findings(0, 30));
	expect(count(decisions)).toEqual({ unchanged: 30 });
	expect(digests().map((ticket) => ticket.id)).toEqual([id]);
	expect(listed(digests()[0]).size).toBe(5);
});

test('a digest that a person closed with problems on it stays closed for others: they get a new one', async () => {
	await halo.decide(findings(0, 30));
	const id = Number(digests()[0]?.id);
	halo.simulator.technician.close(id);
	await halo.decide(findings(30, 32));
	expect(digests()).toHaveLength(1);
	expect(digests()[0]?.id).not.toBe(id);
	expect(listed(digests()[0]).size).toBe(2);
});

test.each([
	['the same problem', () => 2],
	['another problem each time', (turn: number) => 2 + turn],
])('%s that comes and goes above the cap makes one digest, not one each time', async (_, nth) => {
	const parameters = { options: { stormCap: 2 } };
	await halo.decide(findings(0, 2), parameters);
	const start = Date.now();
	const digested = new Set<unknown>();
	for (let turn = 0; turn < 6; turn += 1) {
		const at = (seconds: number) => new Date(start + turn * 60_000 + seconds * 1000).toISOString();
		const came = finding(nth(turn), { time: at(0) });
		const [open] = await halo.decide([came], parameters);
		expect([turn, open?.decision]).toEqual([turn, 'digested']);
		digested.add(open?.ticketId);
		expect(digests()).toHaveLength(1);
		const over = finding(nth(turn), { status: 'resolved', time: at(30) });
		const [end] = await halo.decide([over], parameters);
		expect([turn, end?.decision]).toEqual([turn, 'closed']);
	}
	expect(digested.size).toBe(1);
	expect(halo.tickets()).toHaveLength(3);
	expect(halo.openTickets()).toHaveLength(2);
});

test('a digest that a person worked on is not closed by its last member', async () => {
	await halo.decide(findings(0, 27));
	halo.afterTheRules();
	halo.simulator.technician.note(Number(digests()[0]?.id), 'On it');
	const over = await halo.decide(findings(0, 27, { status: 'resolved' }));
	expect(count(over)).toEqual({ closed: 25, updated: 1, kept_open: 1 });
	expect(digests()).toHaveLength(1);
	expect(listed(digests()[0]).size).toBe(0);
});

test('groups above the cap go to the digest with all their members, and leave it with the last of them', async () => {
	const member = (asset: number, product: string, change: IDataObject = {}): IDataObject => {
		const make = change.status === 'resolved' ? resolved : evaluated;
		return make({
			dedupKey: `v1|wazuh|contoso|${product}|srv-${asset}`,
			groupKey: `v1|wazuh|42|by asset|srv-${asset}`,
			title: `${product} on SRV-${asset}`,
			asset: { id: null, name: `SRV-${asset}`, ip: null, mac: null, serial: null },
			...change,
		});
	};
	const all = (change: IDataObject = {}) =>
		Array.from({ length: 4 }, (_, asset) => [
			member(asset, 'curl', change),
			member(asset, 'sudo', change),
		]).flat();
	const options = { options: { stormCap: 2 } };
	const first = await halo.decide(all(), options);
	expect(count(first)).toEqual({ created: 2, updated: 2, digested: 4 });
	expect(listed(digests()[0]).size).toBe(4);
	expect(count(await halo.decide(all(), options))).toEqual({ unchanged: 8 });
	const asset = Number(
		/srv-(\d)/.exec(String(first.find(({ decision }) => decision === 'digested')?.dedupKey))?.[1],
	);
	// A further member of a group in the digest joins it there.
	const [joined] = await halo.decide([member(asset, 'nginx')], options);
	expect(joined).toMatchObject({ decision: 'digested' });
	const over = await halo.decide([
		...all({ status: 'resolved' }),
		member(asset, 'nginx', { status: 'resolved' }),
	]);
	expect(count(over)).toEqual({ closed: 3, updated: 6 });
	expect(halo.openTickets()).toEqual([]);
});

test('a dry run of a storm decides as the real run does, and writes nothing', async () => {
	const events = findings(0, 60);
	const dry = await halo.decide(events, { options: { dryRun: true } });
	expect(halo.writes()).toEqual([]);
	const real = await halo.decide(events);
	const name: Record<string, string> = { created: 'would_create', digested: 'would_digest' };
	expect(dry.map(({ decision }) => decision)).toEqual(
		real.map(({ decision }) => name[String(decision)]),
	);
	expect(dry.map(({ reference }) => reference)).toEqual(real.map(({ reference }) => reference));
});

test('two runs that meet the same storm at once end with the same 25 tickets and one digest', async () => {
	halo.simulator.faults.add({ name: 'slow', method: 'POST', path: '/Tickets$', ms: 50, times: 60 });
	await Promise.all([halo.decide(findings(0, 60)), halo.decide(findings(0, 60).reverse())]);
	await halo.decide(findings(0, 60));
	expect(ordinary()).toHaveLength(25);
	const references = ordinary().flatMap(({ summary }) => referencesIn(String(summary)));
	expect(new Set(references).size).toBe(25);
	expect(digests()).toHaveLength(1);
	expect(listed(digests()[0]).size).toBe(35);
});

test('no cap makes a ticket for each', async () => {
	const decisions = await halo.decide(findings(0, 40), { options: { stormCap: 0 } });
	expect(count(decisions)).toEqual({ created: 40 });
	expect(digests()).toEqual([]);
});
