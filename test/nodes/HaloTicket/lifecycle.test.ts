import type { JournalEntry } from '../../../sandbox/halo';
import { undescribedNames } from '../../contract/check-journal';
import type { IDataObject } from 'n8n-workflow';

import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	mappedTo,
	picked,
	resolved,
	startTicketing,
	type Ticketing,
} from './support';

const DAY = 86_400_000;
let halo: Ticketing;
const everything: JournalEntry[] = [];

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	everything.push(...halo.everything);
	await halo.simulator.stop();
});

function actionsOf(ticket: IDataObject | undefined): IDataObject[] {
	return (ticket?.actions ?? []) as IDataObject[];
}

/** Makes a ticket that was closed by hand some days ago. */
async function closedDaysAgo(days: number, status = 9): Promise<number> {
	const now = Date.now();
	halo.simulator.clock.set(now - (days + 1) * DAY);
	const [made] = await halo.decide([evaluated()]);
	halo.simulator.clock.set(now - days * DAY);
	halo.simulator.technician.close(Number(made?.ticketId), status);
	halo.simulator.clock.follow();
	return Number(made?.ticketId);
}

test('the same event twice in one batch makes one ticket, and the second is unchanged', async () => {
	const decisions = await halo.decide([evaluated(), evaluated()]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'unchanged']);
	expect(decisions[1]?.ticketId).toBe(decisions[0]?.ticketId);
	expect(halo.tickets()).toHaveLength(1);
});

test.each([
	['open first', false, 'closed'],
	['resolve first', true, 'open'],
])(
	'a batch with resolve and open of one problem ends in the later state: %s',
	async (_, swapped, end) => {
		const early = new Date(Date.now() - 7_200_000).toISOString();
		const late = new Date(Date.now() - 3_600_000).toISOString();
		for (const reversed of [false, true]) {
			halo.simulator.reset();
			const open = evaluated({ time: swapped ? late : early });
			const over = resolved({ time: swapped ? early : late });
			const events = reversed ? [over, open] : [open, over];
			const decisions = await halo.decide(events);
			expect(decisions).toHaveLength(2);
			expect(halo.openTickets()).toHaveLength(end === 'open' ? 1 : 0);
			expect(halo.tickets()).toHaveLength(1);
		}
	},
);

test('a risen severity raises the priority and tells people at once; a downgrade by a technician stands', async () => {
	const sla = { sla: picked('1') };
	await halo.decide([evaluated({ severity: 'medium' })], {
		moreFields: { ...sla, priority: picked('3') },
	});
	const [rose] = await halo.decide([evaluated({ severity: 'critical' })], {
		moreFields: { ...sla, priority: picked('1') },
	});
	expect(rose).toMatchObject({ decision: 'updated' });
	const [ticket] = halo.tickets();
	expect(ticket).toMatchObject({ priority_id: 1 });
	expect(String(ticket?.details)).toContain('severity critical');
	const notes = actionsOf(ticket).filter(({ outcome_id }) => outcome_id === 7);
	expect(notes).toHaveLength(1);
	expect(notes[0]).toMatchObject({ hiddenfromuser: true });
	expect(notes[0]?.note).toContain('severity changed from medium to critical');

	halo.simulator.technician.edit(Number(ticket?.id), { priority_id: 3 });
	const [again] = await halo.decide([evaluated({ severity: 'critical' })], {
		moreFields: { ...sla, priority: picked('1') },
	});
	expect(again).toMatchObject({ decision: 'unchanged' });
	expect(halo.tickets()[0]).toMatchObject({ priority_id: 3 });
});

test('a fallen severity is told once a day, and the priority stays', async () => {
	const profile = { moreFields: { sla: picked('1'), priority: picked('1') } };
	await halo.decide([evaluated({ severity: 'critical' })], profile);
	const fell = await halo.decide([evaluated({ severity: 'high' })], profile);
	const again = await halo.decide([evaluated({ severity: 'medium' })], profile);
	expect([fell[0]?.decision, again[0]?.decision]).toEqual(['noted', 'unchanged']);
	expect(again[0]?.reason).toContain('24 h');
	expect(halo.tickets()[0]).toMatchObject({ priority_id: 1 });
});

test('the state is rewritten without touching what a technician wrote into the details', async () => {
	const [made] = await halo.decide([evaluated()]);
	const stored = halo.simulator.state.tickets.find(({ id }) => id === made?.ticketId);
	if (stored === undefined) throw new Error('The ticket is gone');
	stored.details_html = `<p>Called the customer.</p>${stored.details_html}`;
	stored.details = `Called the customer.\n${stored.details}`;
	await halo.decide([evaluated({ severity: 'critical' })]);
	const { details_html: html } = halo.tickets()[0] ?? {};
	expect(String(html)).toContain('<p>Called the customer.</p>');
	expect(String(html).match(/scanstate/g)).toHaveLength(1);
});

test('CS-29 ID-31 ID-33 ID-34 a resolved event closes the ticket with note, time and status', async () => {
	await halo.decide([evaluated()]);
	const [closed] = await halo.decide([
		resolved({
			resolution: {
				reason: 'approved',
				byName: 'Sam Okafor',
				byEmail: 'nobody@msp.example',
				scope: 'tenant',
				note: 'Fine for a week',
			},
		}),
	]);
	expect(closed).toMatchObject({ decision: 'closed' });
	const [ticket] = halo.tickets();
	expect(ticket).toMatchObject({ status_id: 9, hasbeenclosed: true, closure_time: 0.0833 });
	const note = String(ticket?.closure_note);
	for (const words of ['approved', 'Sam Okafor', 'Scope: tenant', 'Fine for a week']) {
		expect(note).toContain(words);
	}
	const body = halo.writes().at(-1)?.body;
	expect(body).toMatchObject({ tickettype_id: 1, client_id: 11 });
});

test('ID-34 the closure time is sent in minutes where the tenant counts minutes', async () => {
	await halo.decide([evaluated()]);
	await halo.decide([resolved()], { options: { closureUnit: 'minutes', closureMinutes: 12 } });
	expect(halo.tickets()[0]).toMatchObject({ closure_time: 12 });
});

test.each([
	['the approver, whatever the letter case', 'sam.okafor@MSP.example', undefined, 3],
	["the profile's agent when nobody has the address", 'nobody@msp.example', '2', 2],
	['the API agent when there is nobody else', null, undefined, 9],
	["the profile's agent instead of a disabled approver", 'kim.lind@msp.example', '2', 2],
])('ID-32 the ticket is closed by %s', async (_, byEmail, agent, expected) => {
	await halo.decide([evaluated()]);
	const resolution = { reason: 'denied', byName: null, byEmail, scope: null, note: null };
	const profile = agent === undefined ? {} : { moreFields: { agent: picked(agent) } };
	const [closed] = await halo.decide([resolved({ resolution })], profile);
	expect(closed).toMatchObject({ decision: 'closed' });
	expect(halo.tickets()[0]).toMatchObject({ agent_id: expected });
});

test('a resolve without company closes the ticket, whatever its client', async () => {
	await halo.decide([evaluated()]);
	const [closed] = await halo.decide([resolved({ mapping: null })]);
	expect(closed).toMatchObject({ decision: 'closed' });
	expect(halo.openTickets()).toHaveLength(0);
});

test('a resolve without company that fits several open tickets is held and closes none', async () => {
	await halo.decide([evaluated()]);
	await halo.decide([evaluated({ mapping: mappedTo(FABRIKAM) })]);
	const [held] = await halo.decide([resolved({ mapping: null })]);
	expect(held).toMatchObject({ decision: 'held_ambiguous', ticketId: null });
	expect(held?.reason).toMatch(/Contoso Ltd.*Fabrikam Inc/);
	expect(halo.openTickets()).toHaveLength(2);
});

test('a resolve of what is closed already succeeds, one of what never was finds nothing', async () => {
	await halo.decide([evaluated()]);
	await halo.decide([resolved()]);
	halo.simulator.journal.length = 0;
	const [again] = await halo.decide([resolved()]);
	const [never] = await halo.decide([resolved({ dedupKey: 'v1|wazuh|never' })]);
	expect([again?.decision, never?.decision]).toEqual(['already_closed', 'not_found']);
	expect(halo.writes()).toEqual([]);
});

test('a ticket that a person has worked on is noted and stays open, unless told to close anyway', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.afterTheRules();
	halo.simulator.technician.note(Number(made?.ticketId), 'Waiting for the maintenance window');
	const [kept] = await halo.decide([resolved()]);
	expect(kept).toMatchObject({ decision: 'kept_open' });
	expect(kept?.reason).toContain('Alex Rivera');
	const last = actionsOf(halo.tickets()[0]).at(-1);
	expect(last).toMatchObject({ hiddenfromuser: true });
	expect(last?.note).toContain('resolved');
	const [closed] = await halo.decide([resolved()], { options: { closeTouched: true } });
	expect(closed).toMatchObject({ decision: 'closed' });
});

test('a close follows the merge into the other ticket', async () => {
	const [made] = await halo.decide([evaluated()]);
	const [other] = await halo.decide([evaluated({ dedupKey: 'v1|wazuh|other' })]);
	const plain = halo.simulator.technician.create({ summary: 'Server trouble', client_id: 11 });
	halo.simulator.technician.merge(Number(made?.ticketId), plain);
	const [closed] = await halo.decide([resolved()], { options: { closeTouched: true } });
	expect(closed).toMatchObject({ decision: 'closed', ticketId: plain });
	halo.simulator.technician.reopen(Number(made?.ticketId));
	halo.simulator.technician.merge(Number(made?.ticketId), Number(other?.ticketId));
	const [kept] = await halo.decide([resolved()], { options: { closeTouched: true } });
	expect(kept).toMatchObject({ decision: 'kept_open', ticketId: other?.ticketId });
});

test('a problem that comes back on day 13 opens its ticket again, with a private note', async () => {
	const id = await closedDaysAgo(13);
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'reopened', ticketId: id });
	expect(halo.tickets()).toHaveLength(1);
	expect(halo.tickets()[0]).toMatchObject({ status_id: 1, hasbeenclosed: false });
	expect(actionsOf(halo.tickets()[0]).at(-1)).toMatchObject({
		hiddenfromuser: true,
		outcome_id: 7,
	});
});

test('a problem that comes back on day 15 gets a new ticket that names the old one', async () => {
	const id = await closedDaysAgo(15);
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'created' });
	expect(decision?.ticketId).not.toBe(id);
	const made = halo.openTickets()[0];
	expect(made).toMatchObject({ createdfrom_id: id });
	expect(String(made?.details)).toContain(`Follows ticket ${id}.`);
});

test('a ticket closed with a do-not-reopen status stays closed, and no new one is made', async () => {
	await closedDaysAgo(40, 23);
	const [decision] = await halo.decide([evaluated()], {
		options: { doNotReopen: 'risk accepted' },
	});
	expect(decision).toMatchObject({ decision: 'unchanged' });
	expect(halo.openTickets()).toHaveLength(0);
});

test('a re-mapped company gets new tickets on the new client, and the old one a private note', async () => {
	const [old] = await halo.decide([evaluated()]);
	const [made] = await halo.decide([evaluated({ mapping: mappedTo(FABRIKAM) })]);
	expect(made).toMatchObject({ decision: 'created' });
	expect(made?.reason).toContain(`ticket ${String(old?.ticketId)} on Contoso Ltd`);
	expect(made?.reason).toContain('Fabrikam Inc');
	const tickets = halo.tickets();
	expect(tickets.map(({ client_id }) => client_id)).toEqual([11, 12]);
	expect(actionsOf(tickets[0]).at(-1)).toMatchObject({ hiddenfromuser: true, outcome_id: 7 });
	const [again] = await halo.decide([evaluated({ mapping: mappedTo(FABRIKAM) })]);
	expect(again).toMatchObject({ decision: 'unchanged', ticketId: made?.ticketId });
	const [back] = await halo.decide([evaluated({ mapping: mappedTo(CONTOSO) })]);
	expect(back).toMatchObject({ decision: 'unchanged', ticketId: old?.ticketId });
});

test('an accepted risk is noted once and the ticket stays open', async () => {
	await halo.decide([evaluated()]);
	const accepted = evaluated({ status: 'suppressed' });
	const [noted] = await halo.decide([accepted]);
	const [again] = await halo.decide([accepted]);
	expect([noted?.decision, again?.decision]).toEqual(['noted', 'unchanged']);
	expect(halo.openTickets()).toHaveLength(1);
	const [none] = await halo.decide([{ ...accepted, groupKey: 'v1|wazuh|unheard of' }]);
	expect(none).toMatchObject({ decision: 'skipped_suppressed' });
});

test('a simulation never makes a ticket, and an info event neither', async () => {
	const decisions = await halo.decide([
		evaluated({ simulation: true }),
		evaluated({ status: 'info' }),
	]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['skipped_simulation', 'skipped_info']);
	expect(halo.tickets()).toEqual([]);
});

test('two tickets that two runs made at once end as the older one, the other closed as its duplicate', async () => {
	halo.simulator.faults.add({ name: 'slow', method: 'POST', path: '/Tickets$', ms: 300, times: 2 });
	const runs = await Promise.all([halo.decide([evaluated()]), halo.decide([evaluated()])]);
	expect(halo.tickets()).toHaveLength(2);
	const last = await halo.decide([evaluated()]);
	expect(halo.openTickets()).toHaveLength(1);
	const [open] = halo.openTickets();
	expect(last[0]).toMatchObject({ decision: 'unchanged', ticketId: open?.id });
	expect(runs.map(([first]) => first?.ticketId)).toContain(open?.id);
	for (const ticket of halo.tickets()) {
		if (ticket.id !== open?.id)
			expect(ticket.closure_note).toContain(`Duplicate of ticket ${String(open?.id)}`);
	}
});

test('no user is mailed by create, note, reopen and close', async () => {
	await closedDaysAgo(3);
	await halo.decide([evaluated({ severity: 'critical' })]);
	await halo.decide([resolved()], { options: { closeTouched: true } });
	await halo.decide([evaluated({ dedupKey: 'v1|wazuh|two' })]);
	await halo.decide([evaluated({ dedupKey: 'v1|wazuh|two', status: 'suppressed' })]);
	await halo.decide([resolved({ dedupKey: 'v1|wazuh|two' })]);
	const kinds = new Set(halo.writes().map(({ path }) => path));
	expect(kinds).toEqual(new Set(['/Tickets', '/Actions']));
	expect(halo.simulator.mails).toEqual([]);
});

test("every request of this suite uses paths and names of Halo's description", () => {
	expect(everything.length).toBeGreaterThan(50);
	expect(everything.filter(({ unhandled }) => unhandled)).toEqual([]);
	expect(undescribedNames(everything.filter(({ path }) => !path.endsWith('/token')))).toEqual([]);
});
