import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { evaluated, FABRIKAM, mappedTo, resolved, startTicketing, type Ticketing } from './support';

// A scan that reached all of the network: what it does not name there is gone.
const NETWORK = '10.0.0.0/24';
const SYNC: INodeParameters = {
	operation: 'syncScan',
	scanComplete: 'yes',
	scanAssets: NETWORK,
};
const ASSETS = Array.from({ length: 10 }, (_, number) => `SRV-${number + 1}`);
const NINE = ASSETS.slice(0, 9);

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

function on(asset: string, change: IDataObject = {}): IDataObject {
	const source = typeof change.source === 'string' ? change.source : 'tenable';
	const make = change.status === 'resolved' ? resolved : evaluated;
	return make({
		source,
		dedupKey: `v1|${source}|contoso|cve|${asset.toLowerCase()}`,
		title: `OpenSSL out of date on ${asset}`,
		asset: {
			id: null,
			name: asset,
			ip: `10.0.0.${asset.replace(/\D/g, '')}`,
			mac: null,
			serial: null,
		},
		...change,
	});
}

function all(change: IDataObject = {}): IDataObject[] {
	return ASSETS.map((asset) => on(asset, change));
}

/** A scan whose first miss closes already; the count of misses has tests of its own. */
async function sync(events: IDataObject[], { options, ...parameters }: INodeParameters = {}) {
	const counted = { misses: 1, ...(options as IDataObject | undefined) };
	return await halo.decide(events, {
		...SYNC,
		...parameters,
		options: counted,
	});
}

/** As a person leaves the options. */
async function scan(
	events: IDataObject[],
	options: INodeParameters = {},
	parameters: INodeParameters = {},
) {
	return await halo.decide(events, { ...SYNC, ...parameters, options });
}

/** Decisions about tickets that no finding named. */
function absent(decisions: readonly IDataObject[], events: readonly unknown[]): IDataObject[] {
	return decisions.slice(events.length);
}

function openAssets(source = 'OpenSSL'): string[] {
	return halo
		.openTickets()
		.filter(({ summary }) => String(summary).includes(source))
		.map(({ summary }) => /SRV-\d+/.exec(String(summary))?.[0] ?? '')
		.sort();
}

const PICKED = { __rl: true, mode: 'id', value: '11' } as const;

test('a complete scan makes tickets, keeps what it names, and closes what it no longer names', async () => {
	await sync(all());
	expect(halo.openTickets()).toHaveLength(10);
	const seen = ASSETS.slice(0, 7).map((asset) => on(asset));
	const decisions = await sync([...seen, on('SRV-11')]);
	expect(decisions.slice(0, 8).map(({ decision }) => decision)).toEqual([
		...Array.from({ length: 7 }, () => 'unchanged'),
		'created',
	]);
	const gone = absent(decisions, [...seen, 1]);
	expect(gone.map(({ decision }) => decision)).toEqual(['closed', 'closed', 'closed']);
	expect(gone[0]).toMatchObject({
		title: 'OpenSSL out of date on SRV-8',
		source: 'tenable',
		status: 'resolved',
		reason: expect.stringContaining('no longer names this problem'),
		ticketUrl: expect.stringContaining('/ticket?id='),
	});
	expect(openAssets()).toEqual([...ASSETS.slice(0, 7), 'SRV-11'].sort());
	const closed = halo.tickets().find(({ hasbeenclosed }) => hasbeenclosed === true);
	expect(String(closed?.closure_note)).toContain('No longer found by');
	expect(halo.simulator.mails).toEqual([]);
	const again = await sync([...seen, on('SRV-11')]);
	expect(again).toHaveLength(8);
});

test('D4 a scan of 3 of 10 assets closes only what is gone from those 3', async () => {
	await sync(all());
	const two = ['SRV-1', 'SRV-2'].map((asset) => on(asset));
	const decisions = await sync(two, { scanAssets: 'srv-1, SRV-2\nSRV-3' });
	expect(absent(decisions, two).map(({ title }) => title)).toEqual([
		'OpenSSL out of date on SRV-3',
	]);
	expect(openAssets()).toHaveLength(9);
	expect(openAssets()).not.toContain('SRV-3');
});

test('D4 an empty scan closes nothing and says so, once, as a failure', async () => {
	await sync(all());
	const decisions = await sync([{}], {
		scanSource: 'tenable',
		scanClient: PICKED,
	});
	expect(decisions).toHaveLength(1);
	expect(decisions[0]).toMatchObject({ decision: 'failed', source: 'tenable' });
	expect(decisions[0]?.reason).toMatch(/brought no finding, while 10 are open/);
	expect(halo.openTickets()).toHaveLength(10);
	const run = await halo.run(
		[{}],
		{ ...SYNC, scanSource: 'tenable', scanClient: PICKED },
		{ settings: { onError: 'continueErrorOutput' } },
	);
	expect(run.outputs[1]).toHaveLength(1);
});

test('an empty scan without a client says what to fill in', async () => {
	const decisions = await sync([{}], { scanSource: 'tenable' });
	expect(decisions).toMatchObject([
		{ decision: 'failed', reason: expect.stringContaining('Client is empty') },
	]);
});

test('an empty scan where nothing is open has nothing to say', async () => {
	const about = { scanSource: 'tenable', scanClient: PICKED, scanAssets: '' };
	expect(await sync([{}], about)).toEqual([]);
});

test('D4 another source on the same client is never touched, nor is a ticket that does not say its source', async () => {
	await sync(all());
	await halo.decide(
		ASSETS.map((asset) => on(asset, { source: 'wazuh', title: `Old curl on ${asset}` })),
	);
	const [first] = halo.openTickets();
	halo.simulator.technician.edit(Number(first?.id), {
		details: `Mine ${String(first?.summary).replace(/.*\(/, '(')}`,
	});
	const some = ASSETS.slice(5).map((asset) => on(asset));
	await sync(some);
	expect(openAssets('curl')).toHaveLength(10);
	expect(openAssets()).toEqual([...ASSETS.slice(5), 'SRV-1'].sort());
});

test('a client that the scan is not about is never touched', async () => {
	await sync(all());
	await sync(all({ mapping: mappedTo(FABRIKAM) }));
	expect(halo.openTickets()).toHaveLength(20);
	const some = ASSETS.slice(3).map((asset) => on(asset));
	await sync(some);
	const clients = halo.openTickets().map(({ client_id }) => client_id);
	expect(clients.filter((id) => id === 11)).toHaveLength(7);
	expect(clients.filter((id) => id === 12)).toHaveLength(10);
});

const GUARD: Array<[string, number, INodeParameters, number]> = [
	['half of them gone: closed', 5, {}, 5],
	['more than half gone: nothing closed', 4, {}, 10],
	['more than half gone, the limit raised: closed', 4, { options: { closePercent: 100 } }, 4],
	['a fifth allowed, a third gone: nothing closed', 7, { options: { closePercent: 20 } }, 10],
	['not complete: nothing closed', 7, { scanComplete: 'no' }, 10],
];

test.each(GUARD)('guard: %s', async (_, named, parameters, left) => {
	await sync(all());
	const seen = ASSETS.slice(0, named).map((asset) => on(asset));
	const decisions = await sync(seen, parameters);
	expect(halo.openTickets()).toHaveLength(left);
	const extra = absent(decisions, seen);
	if (left < 10) expect(extra).toHaveLength(10 - left);
	else {
		expect(extra).toHaveLength(1);
		expect(extra[0]?.reason).toMatch(/of 10 open problems/);
	}
});

test.each([
	['every finding calls its scan complete', [true, true], 1],
	['one finding does not', [true, false], 2],
])('the findings say whether the scan is complete: %s', async (_, flags, left) => {
	await sync([on('SRV-1'), on('SRV-2'), on('SRV-3'), on('SRV-4')]);
	const scan = (complete: boolean) => ({
		id: 'scan 77',
		scope: 'all',
		complete,
	});
	const seen = flags.map((complete, place) => on(`SRV-${place + 1}`, { scan: scan(complete) }));
	const decisions = await sync(seen, { scanComplete: 'findings' });
	const extra = absent(decisions, seen);
	expect(extra).toHaveLength(left === 1 ? 2 : 1);
	expect(halo.openTickets()).toHaveLength(left === 1 ? 2 : 4);
	if (left === 1) {
		const closed = halo.tickets().find(({ hasbeenclosed }) => hasbeenclosed === true);
		expect(String(closed?.closure_note)).toContain('scan 77');
	}
});

test('a finding that the event set ignored is still there: it keeps its ticket', async () => {
	await sync(all());
	const seen = ASSETS.slice(1).map((asset) => on(asset));
	const ignored = {
		...on('SRV-1'),
		decision: 'skipped_severity',
		reason: 'too low',
	};
	const decisions = await sync([...seen, ignored]);
	expect(absent(decisions, [...seen, ignored])).toEqual([]);
	expect(halo.openTickets()).toHaveLength(10);
});

const SPOKEN_OF_UNREACHED = /assets without any finding: they count as not scanned/;

test('a laptop that was off has no finding: however many complete scans miss it, its tickets stay open', async () => {
	await sync(all());
	const seen = () => NINE.map((asset) => on(asset));
	for (let night = 0; night < 3; night += 1) {
		const extra = absent(await scan(seen(), { misses: 1 }, { scanAssets: '' }), NINE);
		expect(extra).toMatchObject([
			{ decision: 'kept_open', reason: expect.stringMatching(SPOKEN_OF_UNREACHED) },
		]);
		expect(extra[0]?.reason).toContain('1 open problem is');
	}
	expect(halo.openTickets()).toHaveLength(10);
	expect(halo.tickets().filter(({ details }) => String(details).includes('missed '))).toEqual([]);
	// Named, it was looked at.
	const picked = { scanAssets: 'srv-10', options: { closePercent: 100 } };
	const named = absent(await sync(seen(), picked), NINE);
	expect(named).toMatchObject([{ decision: 'closed', title: 'OpenSSL out of date on SRV-10' }]);
});

test('one finding of an asset shows that it was reached: what else was open on it is gone', async () => {
	const second = (asset: string) => on(asset, { dedupKey: `v1|tenable|contoso|cve2|${asset}` });
	await sync([...all(), second('SRV-1'), second('SRV-2')]);
	const seen = [...ASSETS.slice(1).map((asset) => on(asset)), second('SRV-1'), second('SRV-2')];
	const gone = absent(await sync(seen, { scanAssets: '' }), seen);
	expect(gone).toMatchObject([{ decision: 'closed', title: 'OpenSSL out of date on SRV-1' }]);
	// One that the event set ignored shows it as well.
	const ignored = { ...second('SRV-2'), decision: 'skipped_severity', reason: 'too low' };
	const rest = [...seen.slice(1, 9), ignored];
	const third = absent(await sync(rest, { scanAssets: '' }), rest);
	expect(third.map(({ decision, title }) => [decision, title])).toEqual([
		['kept_open', 'Scan of tenable'],
		['closed', 'OpenSSL out of date on SRV-2'],
	]);
});

test('another device with the address of one that was off does not show that it was reached', async () => {
	await sync(all());
	const others = ASSETS.map((_, place) =>
		on(`LT-9${place}`, {
			asset: { id: null, name: `LT-9${place}`, ip: `10.0.0.${place + 1}`, mac: null, serial: null },
		}),
	);
	const extra = absent(await sync(others, { scanAssets: '' }), others);
	expect(extra).toMatchObject([{ decision: 'kept_open', title: 'Scan of tenable' }]);
	expect(openAssets()).toEqual(expect.arrayContaining([...ASSETS]));
});

test('the device of one customer does not show that its namesake at another one was reached', async () => {
	const second = (asset: string, change = {}) =>
		on(asset, {
			dedupKey: `v1|tenable|fabrikam|cve|${asset}`,
			mapping: mappedTo(FABRIKAM),
			...change,
		});
	await sync([...all(), ...ASSETS.slice(0, 2).map((asset) => second(asset))]);
	const seen = [...all(), second('SRV-2')];
	const extra = absent(await sync(seen, { scanAssets: '' }), seen);
	expect(extra).toMatchObject([{ decision: 'kept_open', title: 'Scan of tenable' }]);
	expect(halo.openTickets()).toHaveLength(12);
});

test('what is no asset stops the run by name, and what is named without a match is said', async () => {
	await sync(all());
	const seen = all();
	const run = await halo.run(seen, { ...SYNC, scanAssets: 'SRV-1, 10.0.0.0/33' });
	expect(run.error?.message).toContain('"10.0.0.0/33"');
	expect(run.error?.description).toContain('commas or lines');
	const extra = absent(
		await sync(seen, { scanAssets: 'SRV-1, 10.0.0.2, SVR-3\n10.9.0.0/16, 2001:db8::/32' }),
		seen,
	);
	expect(extra).toMatchObject([{ decision: 'unchanged', title: 'Scan of tenable' }]);
	expect(extra[0]?.reason).toContain('on: SVR-3, 10.9.0.0/16, 2001:db8::/32.');
});

test.each([
	['10.0.0.8/30', ['SRV-8', 'SRV-9', 'SRV-10']],
	['10.0.0.9', ['SRV-9']],
	['::ffff:10.0.0.9, srv-8', ['SRV-8', 'SRV-9']],
])('only what is in %s is compared', async (scanAssets, closed) => {
	await sync(all());
	const seen = ASSETS.slice(0, 1).map((asset) => on(asset));
	await sync(seen, { scanAssets, options: { closePercent: 100 } });
	expect(openAssets()).toEqual(ASSETS.filter((asset) => !closed.includes(asset)).sort());
});

test('a ticket that a person worked on is noted and left open when its problem is gone from the scan', async () => {
	await sync(all());
	const ticket = halo.openTickets().find(({ summary }) => String(summary).includes('SRV-10'));
	halo.afterTheRules();
	halo.simulator.technician.note(Number(ticket?.id), 'Reboot tonight');
	const seen = ASSETS.slice(0, 9).map((asset) => on(asset));
	const decisions = await sync(seen);
	expect(absent(decisions, seen)).toMatchObject([{ decision: 'kept_open', ticketId: ticket?.id }]);
	expect(halo.openTickets()).toHaveLength(10);
	const count = () =>
		halo.simulator.state.tickets.find(({ id }) => id === ticket?.id)?.actions.length ?? 0;
	const notes = count();
	await sync(seen);
	expect(count()).toBe(notes);
});

test('members that a scan no longer names leave their group; the last of them closes it', async () => {
	const grouped = (asset: string) => on(asset, { groupKey: 'v1|tenable|42|by company' });
	await sync(ASSETS.map(grouped));
	expect(halo.openTickets()).toHaveLength(1);
	const some = ASSETS.slice(0, 6).map(grouped);
	const decisions = await sync(some);
	expect(absent(decisions, some)).toMatchObject([
		{
			decision: 'updated',
			reason: expect.stringContaining('4 of its problems'),
		},
	]);
	const table = /scanmembers([\s\S]*)endmembers/.exec(String(halo.openTickets()[0]?.details))?.[1];
	expect(table).not.toContain('SRV-10');
	expect(table).toContain('6 open');
	const rest = [on('SRV-99')];
	const last = await sync(rest, { options: { closePercent: 100 } });
	expect(absent(last, rest).map(({ decision }) => decision)).toEqual(['closed']);
	expect(halo.openTickets()).toHaveLength(1);
});

test('members of a digest that a scan no longer names are struck off; the last of them closes it', async () => {
	const cap = { options: { stormCap: 2, closePercent: 100 } };
	await sync(all(), cap);
	expect(halo.openTickets()).toHaveLength(3);
	const own = halo.openTickets().filter(({ summary }) => !String(summary).includes('scanroster'));
	const kept = own.map(({ summary }) => on(/SRV-\d+/.exec(String(summary))?.[0] ?? ''));
	const decisions = await sync(kept, cap);
	expect(absent(decisions, kept)).toMatchObject([
		{
			decision: 'closed',
			reason: expect.stringContaining('8 of its problems'),
		},
	]);
	expect(halo.openTickets()).toHaveLength(2);
});

test('D4 baseline: the first scan is recorded, only what is new later gets a ticket, what goes is struck off', async () => {
	const options = { options: { baseline: true } };
	const first = await sync(all(), options);
	expect(first.map(({ decision }) => decision)).toEqual(ASSETS.map(() => 'digested'));
	expect(halo.openTickets()).toHaveLength(1);
	expect(String(halo.openTickets()[0]?.summary)).toMatch(/^Baseline of tenable at Contoso Ltd/);

	const second = await sync([...all(), on('SRV-11')], options);
	expect(second.map(({ decision }) => decision)).toEqual([
		...ASSETS.map(() => 'unchanged'),
		'created',
	]);

	const some = [...ASSETS.slice(0, 8), 'SRV-11'].map((asset) => on(asset));
	const third = await sync(some, options);
	expect(absent(third, some)).toMatchObject([{ decision: 'updated' }]);
	// What left the baseline and comes back is new.
	const [back] = await sync([on('SRV-10'), ...some], options);
	expect(back).toMatchObject({ decision: 'created' });

	// A person who closes the baseline wants no tickets for it.
	const baseline = halo.openTickets().find(({ summary }) => String(summary).includes('Baseline'));
	halo.simulator.technician.close(Number(baseline?.id));
	const fourth = await sync([on('SRV-10'), ...some], options);
	expect(new Set(fourth.map(({ decision }) => decision))).toEqual(new Set(['unchanged']));
	expect(halo.openTickets()).toHaveLength(2);
});

test('D4 a problem that one complete scan misses stays open; the second miss in a row closes it', async () => {
	await scan(all());
	const seen = NINE.map((asset) => on(asset));
	const first = absent(await scan(seen), seen);
	expect(first).toMatchObject([
		{
			decision: 'kept_open',
			title: 'OpenSSL out of date on SRV-10',
			reason: expect.stringContaining('missing from 1 of 2 scans'),
		},
	]);
	expect(halo.openTickets()).toHaveLength(10);
	const later = NINE.map((asset) => on(asset));
	expect(absent(await scan(later), later)).toMatchObject([{ decision: 'closed' }]);
	expect(openAssets()).toEqual([...NINE].sort());
	expect(await scan(later)).toHaveLength(NINE.length);
});

test('D4 a problem that a scan names in between starts over, and its ticket carries no count any more', async () => {
	await scan(all());
	const seen = () => NINE.map((asset) => on(asset));
	await scan(seen());
	const ticket = () => halo.tickets().find(({ summary }) => String(summary).includes('SRV-10'));
	expect(String(ticket()?.details)).toMatch(/missed [a-z-]+:1:[a-z]+/);
	const back = all();
	expect(await scan(back)).toHaveLength(back.length);
	expect(String(ticket()?.details)).not.toContain('missed');
	expect(absent(await scan(seen()), seen())).toMatchObject([{ decision: 'kept_open' }]);
	expect(halo.openTickets()).toHaveLength(10);
});

test('D4 a finding that the event set ignored starts the count over too', async () => {
	await scan(all());
	await scan(NINE.map((asset) => on(asset)));
	const ignored = {
		...on('SRV-10'),
		decision: 'skipped_severity',
		reason: 'too low',
	};
	await scan([...NINE.map((asset) => on(asset)), ignored]);
	await scan(NINE.map((asset) => on(asset)));
	expect(halo.openTickets()).toHaveLength(10);
});

test.each([
	['not complete', NINE, { scanComplete: 'no' }],
	['missing more than half', ASSETS.slice(0, 4), {}],
])('D4 a scan that is %s counts no miss', async (_, named, parameters) => {
	await scan(all());
	await halo.decide(
		named.map((asset) => on(asset)),
		{ ...SYNC, ...parameters },
	);
	expect(halo.tickets().filter(({ details }) => String(details).includes('missed '))).toEqual([]);
	const seen = NINE.map((asset) => on(asset));
	expect(absent(await scan(seen), seen)).toMatchObject([{ decision: 'kept_open' }]);
	expect(halo.openTickets()).toHaveLength(10);
});

test('D4 the same scan run twice is one miss, and writes nothing the second time', async () => {
	await scan(all());
	const seen = NINE.map((asset) =>
		on(asset, { scan: { id: 'run 5', scope: null, complete: true } }),
	);
	await scan(seen);
	halo.simulator.journal.length = 0;
	expect(absent(await scan(seen), seen)).toMatchObject([{ decision: 'kept_open' }]);
	expect(halo.writes()).toEqual([]);
	expect(halo.openTickets()).toHaveLength(10);
});

test.each([
	[1, 1],
	[3, 3],
])('D4 told to wait for misses: %i, the ticket closes at number %i', async (misses, scans) => {
	await scan(all());
	const decisions: unknown[] = [];
	for (let count = 0; count < scans; count += 1) {
		const seen = NINE.map((asset) => on(asset));
		decisions.push(absent(await scan(seen, { misses }), seen)[0]?.decision);
	}
	expect(decisions).toEqual([...Array.from({ length: scans - 1 }, () => 'kept_open'), 'closed']);
});

test('D4 misses of grouped problems are counted one by one; the group closes with the last of them', async () => {
	const grouped = (asset: string) => on(asset, { groupKey: 'v1|tenable|42|by company' });
	const some = (from: number) => ['SRV-1', 'SRV-2', 'SRV-3'].slice(from).map(grouped);
	const open = () => /(\d) open/.exec(String(halo.openTickets()[0]?.details))?.[1];
	await scan(some(0));
	expect(absent(await scan(some(1)), some(1))).toMatchObject([
		{
			decision: 'kept_open',
			reason: expect.stringContaining('1 of its problems was missing'),
		},
	]);
	expect(open()).toBe('3');
	// The first goes, the second is missed for the first time.
	const third = absent(await scan(some(2), { closePercent: 100 }), some(2));
	expect(third).toMatchObject([{ decision: 'updated' }]);
	expect(third[0]?.reason).toMatch(
		/no longer names 1 of its problems.*1 of its problems was missing/,
	);
	expect(open()).toBe('2');
	const none = [on('SRV-99')];
	await scan(none, { closePercent: 100 });
	expect(halo.openTickets()).toHaveLength(2);
	const last = [on('SRV-99')];
	expect(absent(await scan(last, { closePercent: 100 }), last)).toMatchObject([
		{ decision: 'closed' },
	]);
	expect(halo.openTickets()).toHaveLength(1);
});

test('D4 misses of a baseline are counted in its notes, and one that is named again starts over', async () => {
	const options = { baseline: true };
	await scan(all(), options);
	const seen = () => NINE.map((asset) => on(asset));
	const [first] = absent(await scan(seen(), options), seen());
	expect(first).toMatchObject({ decision: 'kept_open' });
	await scan(all(), options);
	expect(absent(await scan(seen(), options), seen())).toMatchObject([{ decision: 'kept_open' }]);
	expect(absent(await scan(seen(), options), seen())).toMatchObject([{ decision: 'updated' }]);
	const [back] = await scan([on('SRV-10')], { ...options, closePercent: 0 });
	expect(back).toMatchObject({ decision: 'created' });
});

test.each([
	['of its own ticket', {}, 'reopened', 'closed'],
	['of a group', { groupKey: 'v1|tenable|42|by company' }, 'updated', 'updated'],
])(
	'D4 a problem %s that was closed as missing and reported again is counted from the start',
	async (_, change, again, end) => {
		const one = (asset: string) => on(asset, change);
		const nine = () => NINE.map(one);
		await scan(ASSETS.map(one));
		for (const expected of ['kept_open', end]) {
			expect(absent(await scan(nine()), nine())).toMatchObject([{ decision: expected }]);
		}
		expect(await halo.decide([one('SRV-10')])).toMatchObject([{ decision: again }]);
		expect(absent(await scan(nine()), nine())).toMatchObject([
			{ decision: 'kept_open', reason: expect.stringContaining('missing from 1 of 2') },
		]);
	},
);

test('a dry run of a scan decides as the real run does, and writes nothing', async () => {
	await sync(all());
	const seen = [...ASSETS.slice(0, 8), 'SRV-12'].map((asset) => on(asset));
	halo.simulator.journal.length = 0;
	const dry = await sync(seen, { options: { dryRun: true } });
	expect(halo.writes()).toEqual([]);
	const real = await sync(seen);
	const name: Record<string, string> = {
		created: 'would_create',
		closed: 'would_close',
	};
	expect(dry.map(({ decision }) => decision)).toEqual(
		real.map(({ decision }) => name[String(decision)] ?? decision),
	);
	expect(real.slice(-2).map(({ decision }) => decision)).toEqual(['closed', 'closed']);
});

test('a client can be named, and a name that Halo does not have stops the run in words', async () => {
	await sync(all());
	const named = (value: string) => ({
		scanClient: { __rl: true, mode: 'name', value } as const,
	});
	const seen = ASSETS.slice(0, 9).map((asset) => on(asset));
	const decisions = await sync(seen, named('contoso ltd'));
	expect(absent(decisions, seen)).toHaveLength(1);
	const run = await halo.run(seen, { ...SYNC, ...named('Contosso') });
	expect(run.error?.message).toContain('the whole name of a client');
});
