import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { HaloSwitches } from '../../../../sandbox/halo';
import { evaluated, resolved, startTicketing, type Ticketing } from '../support';

/** Files, merged tickets and follow-ups on tenants that answer otherwise: each cell ends as on one that is well. */

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	expect(halo.simulator.failures).toEqual([]);
	expect(halo.simulator.mails).toEqual([]);
	await halo.simulator.stop();
});

const CVES = Array.from({ length: 50 }, (_, index) => `CVE-2026-${20_000 + index}`);
const LATER = new Date(Date.now() + 60_000).toISOString();
const FOLLOW_UP: INodeParameters = { options: { reopenWindowDays: 0 } };

type Tenant = () => void;
const switched =
	(switches: Partial<HaloSwitches>): Tenant =>
	() => {
		Object.assign(halo.simulator.switches, switches);
	};

const TENANTS: ReadonlyArray<[name: string, tenant: Tenant]> = [
	['as usual', switched({})],
	['closed hidden', switched({ listsOpenOnly: true })],
	['ids as text', switched({ rowIds: 'text' })],
	['ids as floats', switched({ rowIds: 'float' })],
	['rows without details', switched({ rowDetails: 'missing' })],
	['rows without client', switched({ rowWithout: 'client_id' })],
	['pages of 2, no count', switched({ pageCap: 2, recordCount: 'missing' })],
	['updates without body', switched({ updateAnswer: 'empty' })],
	['arrays of one', switched({ wrapSingle: true })],
	[
		'an upload whose answer cannot be read',
		() => halo.simulator.faults.add({ name: 'bad-json', method: 'POST', path: '/Attachment$' }),
	],
	[
		'an upload whose answer is lost',
		() =>
			halo.simulator.faults.add({
				name: 'html-504-after-commit',
				method: 'POST',
				path: '/Attachment$',
			}),
	],
];

const files = (ticketId: unknown) =>
	halo.simulator.state.attachments.filter(({ ticket_id }) => ticket_id === ticketId);
const stored = (ticketId: unknown) => {
	const found = halo.simulator.state.tickets.find(({ id }) => id === ticketId);
	if (found === undefined) throw new Error(`There is no ticket ${String(ticketId)}`);
	return found;
};
const said = (decisions: readonly IDataObject[]) => decisions.map(({ decision }) => decision);

/** A ticket of ours, merged by a person into one of his own. */
async function mergedAway(): Promise<{ ours: number; theirs: number }> {
	const [made] = await halo.decide([evaluated()]);
	const ours = Number(made?.ticketId);
	halo.afterTheRules();
	const theirs = halo.simulator.technician.create({ summary: 'Server updates', client_id: 11 });
	halo.simulator.technician.merge(ours, theirs);
	return { ours, theirs };
}

test.each(TENANTS)('%s: what a ticket shows in part is attached whole, once', async (_, tenant) => {
	tenant();
	const [made] = await halo.decide([evaluated({ cves: CVES })]);
	expect(made).toMatchObject({ decision: 'created' });
	expect(made?.reason).toContain('The full list is attached as');
	expect(files(made?.ticketId)).toHaveLength(1);
	await expect(halo.decide([evaluated({ cves: CVES })])).resolves.toMatchObject([
		{ decision: 'unchanged' },
	]);
	expect(halo.tickets()).toHaveLength(1);
	expect(files(made?.ticketId)).toHaveLength(1);
});

test.each(TENANTS)(
	'%s: a ticket merged into a person’s own is followed there, and stays open',
	async (_, tenant) => {
		tenant();
		const { ours, theirs } = await mergedAway();
		const [ended] = await halo.decide([resolved({ time: LATER })]);
		expect(ended).toMatchObject({ decision: 'kept_open', ticketId: theirs });
		expect(stored(theirs).status_id).toBe(1);
		const notes = stored(theirs).actions.filter(({ note }) => note.includes('as resolved'));
		expect(notes).toHaveLength(1);
		expect(notes[0]?.hiddenfromuser).toBe(true);
		expect(stored(ours).merged_into_id).toBe(theirs);
		// No second ticket of the problem is made beside the one that it was merged into.
		expect(said(await halo.decide([evaluated({ time: LATER })]))).not.toContain('created');
		expect(halo.tickets()).toHaveLength(1);
	},
);

test.each(TENANTS)(
	'%s: a problem that comes back late gets a ticket that follows the closed one',
	async (_, tenant) => {
		tenant();
		const [first] = await halo.decide([evaluated()]);
		await halo.decide([resolved()]);
		const [again] = await halo.decide([evaluated({ time: LATER })], FOLLOW_UP);
		expect(again).toMatchObject({ decision: 'created' });
		expect(stored(again?.ticketId).createdfrom_id).toBe(first?.ticketId);
		expect(stored(first?.ticketId).status_id).toBe(9);
		expect(said(await halo.decide([evaluated({ time: LATER })], FOLLOW_UP))).toEqual(['unchanged']);
		expect(halo.openTickets()).toHaveLength(1);
	},
);

test('401 for the ticket that a person merged ours into: that event fails, the other goes on, nothing is doubled', async () => {
	const { theirs } = await mergedAway();
	halo.simulator.switches.unauthorisedTickets = String(theirs);
	const other = { dedupKey: 'v1|wazuh|other', title: 'Other' };
	const decisions = await halo.decide([resolved({ time: LATER }), evaluated(other)]);
	expect(said(decisions)).toEqual(['failed', 'created']);
	expect(decisions[0]?.reason).toContain('with a token that is good for others');
	expect(stored(theirs).actions.filter(({ note }) => note.includes('resolved'))).toEqual([]);
});

test('401 for the upload alone: the ticket stands, and the decision says what is missing', async () => {
	halo.simulator.faults.add({
		name: 'unauthorized-401',
		method: 'POST',
		path: '/Attachment$',
		times: 'always',
	});
	const [made] = await halo.decide([evaluated({ cves: CVES })]);
	expect(made).toMatchObject({ decision: 'created' });
	expect(made?.reason).toContain('The full list was not attached');
	expect(halo.openTickets()).toHaveLength(1);
});
