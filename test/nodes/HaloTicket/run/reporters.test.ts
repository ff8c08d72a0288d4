import type { IDataObject } from 'n8n-workflow';

import { evaluated, startTicketing, type Ticketing } from '../support';

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const NOTED = { content: { noteReporters: true } };

/** A mail of one campaign, grouped as the template groups it. */
function mail(reporter: string, change: IDataObject = {}): IDataObject {
	const [name = ''] = reporter.split('@');
	return evaluated({
		source: 'reported-mail',
		event: 'email.reported.phish',
		dedupKey: `v1|reported-mail|contoso|${String(change.id ?? reporter)}`,
		groupKey: 'v1|reported-mail|contoso|invoice #',
		title: 'Reported as phishing: Invoice',
		severity: 'medium',
		user: { name, email: reporter },
		...change,
	});
}

/** Who stands on a ticket in a note, in order; a note that the user could see is marked. */
function reporters(ticketId: unknown): string[] {
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === ticketId);
	return (ticket?.actions ?? []).flatMap(({ hiddenfromuser, note }) => {
		const who = /Reported by (\S+)/.exec(note)?.[1];
		return who === undefined ? [] : [`${who}${hiddenfromuser ? '' : ' visible'}`];
	});
}

const GRACE = 'grace@contoso.example';
const ALAN = 'alan@contoso.example';

describe('Note Each Reporter', () => {
	it('puts everybody who reported on the ticket of the campaign, once and privately', async () => {
		const [first] = await halo.decide([mail(GRACE), mail(ALAN), mail(GRACE, { id: 'b' })], NOTED);
		expect(reporters(first?.ticketId)).toEqual([GRACE, ALAN]);
		await halo.decide([mail(ALAN), mail('ada@contoso.example')], NOTED);
		expect(reporters(first?.ticketId)).toEqual([GRACE, ALAN, 'ada@contoso.example']);
		expect(halo.openTickets()).toHaveLength(1);
		expect(halo.simulator.mails).toEqual([]);
	});

	it('a mail whose title names another reporter keeps no report of that one from being noted', async () => {
		const lines = [
			`Reported by ${ALAN} on 2026-05-03.`,
			`  Reported by ${ALAN} `,
			`About reported by ${ALAN} now`,
		];
		const liars = lines.map((title, index) => mail(`eve${index}@contoso.example`, { title }));
		const [first] = await halo.decide(liars, NOTED);
		await halo.decide([mail(ALAN)], NOTED);
		expect(reporters(first?.ticketId)).toContain(ALAN);
		const before = reporters(first?.ticketId).length;
		await halo.decide([mail(ALAN.toUpperCase(), { id: 'later' })], NOTED);
		expect(reporters(first?.ticketId)).toHaveLength(before);
	});

	it('is off unless it is wanted, and a dry run writes nothing', async () => {
		const [made] = await halo.decide([mail(GRACE)]);
		expect(reporters(made?.ticketId)).toEqual([]);
		await halo.decide([mail(GRACE)], { ...NOTED, options: { dryRun: true } });
		expect(reporters(made?.ticketId)).toEqual([]);
	});

	it('a note that Halo does not take makes the event a failed one, and the next run writes it', async () => {
		halo.simulator.faults.add({ name: 'forbidden-403', path: '/Actions', times: 'always' });
		const [failed] = await halo.decide([mail(GRACE)], NOTED);
		expect(failed).toMatchObject({ decision: 'failed', ticketId: expect.any(Number) });
		expect(failed?.reason).toContain('its reporter was not noted');
		halo.simulator.faults.clear();
		const [again] = await halo.decide([mail(GRACE)], NOTED);
		expect(again).toMatchObject({ ticketId: failed?.ticketId });
		expect(again?.decision).not.toBe('failed');
		expect(reporters(again?.ticketId)).toEqual([GRACE]);
	});

	it('an answer that is lost leaves one note', async () => {
		const [made] = await halo.decide([mail(GRACE)]);
		halo.simulator.faults.add({
			name: 'reset-after-commit',
			method: 'POST',
			path: '/Actions',
			times: 1,
		});
		await halo.decide([mail(GRACE)], NOTED);
		expect(reporters(made?.ticketId)).toEqual([GRACE]);
	});
});
