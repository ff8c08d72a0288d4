import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	evaluated,
	FABRIKAM,
	mappedTo,
	picked,
	resolved,
	startTicketing,
	type Ticketing,
} from '../support';

const PROFILE: INodeParameters = { moreFields: { sla: picked('1'), priority: picked('1') } };

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

function notes(): string[] {
	return halo
		.tickets()
		.flatMap(({ actions }) => (actions ?? []) as IDataObject[])
		.filter(({ id, system }) => id !== 1 && system !== true)
		.map(({ note }) => String(note));
}

function member(product: string): IDataObject {
	return evaluated({
		dedupKey: `v1|wazuh|${product}`,
		groupKey: 'v1|wazuh|contoso|by asset|srv-01',
		title: `${product} on SRV-01`,
	});
}

const CASES: ReadonlyArray<
	[string, before: IDataObject[][], IDataObject, decision: string, words: string]
> = [
	[
		'a severity',
		[[evaluated()]],
		evaluated({ severity: 'critical' }),
		'noted',
		'from high to critical',
	],
	[
		'a return',
		[[evaluated()], [resolved()]],
		evaluated({ time: new Date().toISOString() }),
		'noted',
		'Opened again',
	],
	['an accepted risk', [[evaluated()]], evaluated({ status: 'suppressed' }), 'noted', 'stays open'],
	['members of a group', [[member('curl')]], member('sudo'), 'unchanged', 'sudo on SRV-01'],
	[
		'a company mapped anew',
		[[evaluated()]],
		evaluated({ mapping: mappedTo(FABRIKAM) }),
		'noted',
		'now mapped to another client',
	],
];

test.each(CASES)(
	'%s: a note that could not be written is due, told as such, and written once by the next run',
	async (_, before, event, decision, words) => {
		for (const events of before) await halo.decide(events, PROFILE);
		// What a person reads of the earlier steps does not count here.
		const wanted = () => notes().filter((note) => note.includes(words)).length;
		const earlier = wanted();
		halo.simulator.switches.refusedOutcomes = '7,8';
		for (let run = 0; run < 2; run += 1) {
			const [failed] = await halo.decide([event], PROFILE);
			expect(failed).toMatchObject({ decision: 'failed', ticketId: expect.any(Number) });
			expect(failed?.reason).toContain('the next run writes it');
			expect(failed?.reason).toContain('You do not have access to this Action');
		}
		halo.simulator.switches.refusedOutcomes = '';
		await expect(halo.decide([event], PROFILE)).resolves.toMatchObject([{ decision }]);
		expect(wanted() - earlier).toBe(1);
		await expect(halo.decide([event], PROFILE)).resolves.toMatchObject([{ decision: 'unchanged' }]);
		expect(wanted() - earlier).toBe(1);
		expect(new Set(halo.tickets().map(({ client_id: client }) => client)).size).toBe(
			halo.tickets().length,
		);
	},
);

test('a later event of the same batch sees the ticket whose note could not be written', async () => {
	await halo.decide([evaluated()]);
	halo.simulator.switches.refusedOutcomes = '7,8';
	const moved = { mapping: mappedTo(FABRIKAM) };
	await halo.decide([evaluated(moved), evaluated({ ...moved, severity: 'critical' })]);
	expect(halo.tickets()).toHaveLength(2);
});

test('the note action that was picked is used, and no other when it is refused', async () => {
	const options = { options: { noteAction: picked('8') } };
	await halo.decide([evaluated()]);
	await halo.decide([evaluated({ severity: 'critical' })], options);
	const written = halo.writes().filter(({ path }) => path === '/Actions');
	expect(written.map(({ body }) => body.outcome_id)).toEqual([8]);
	halo.simulator.switches.refusedOutcomes = '8';
	const [failed] = await halo.decide([evaluated({ severity: 'low' })], {
		options: { ...options.options, noteIntervalHours: 0 },
	});
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(halo.writes().filter(({ path }) => path === '/Actions')).toHaveLength(2);
});

test('a 403 without Halo’s words is a missing right: no other action is tried', async () => {
	await halo.decide([evaluated()]);
	halo.simulator.faults.add({
		name: 'forbidden-403',
		method: 'POST',
		path: '/Actions',
		times: 'always',
	});
	const [failed] = await halo.decide([evaluated({ severity: 'critical' })]);
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(failed?.reason).toContain('edit:tickets');
	expect(halo.writes().filter(({ path }) => path === '/Actions')).toHaveLength(1);
});
