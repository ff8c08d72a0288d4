import { type JsonRecord, asRecord, asRecords } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { settings, templateWith } from '../support/host/halo-two-ways';
import { type Operations, finding, openOperations } from './operations-support';

/** One run by hand on a busy machine, with the client's own tries at a broken Halo. */
const RUN_LIMIT_MS = 200_000;

/** Rows of one run: few, so that a table of more than 1,000 rows is left after it. */
const PER_RUN = 50;

describeWith('The inbox in a real n8n', pinnedN8n(), (host) => {
	let at: Operations;

	const states = async (key: string) =>
		(await at.inbox(key)).map(({ state, decision }) => `${String(state)} ${String(decision)}`);
	const tickets = (text: string) =>
		at.halo.tickets().filter(({ summary }) => String(summary).includes(text));
	const insert = async (rows: JsonRecord[]) =>
		await at.session.insertRows(
			'halo_inbox',
			rows.map((row) => ({
				integration: 'default',
				source: 'canonical',
				deliveryId: '',
				tries: 0,
				receivedAt: new Date().toISOString(),
				...row,
			})),
		);
	const deleteRows = async (columnName: string, condition: string, value: unknown) =>
		await at.session.api(
			'DELETE',
			`/data-tables/${await tableId('halo_inbox')}/rows/delete`,
			undefined,
			{ filter: JSON.stringify({ type: 'and', filters: [{ columnName, condition, value }] }) },
		);
	/** What Scanner Trigger would have stored. */
	const stored = async (key: string): Promise<string> => {
		await at.post([finding(key)]);
		const [row] = await at.inbox(key);
		await deleteRows('id', 'eq', row?.id);
		return String(row?.event);
	};
	const tableId = async (name: string): Promise<string> => {
		const id = (await at.session.dataTables()).get(name);
		if (id === undefined) throw new Error(`no table ${name}`);
		return id;
	};

	beforeAll(async () => {
		at = await openOperations('inbox', host, {
			prepare: (templates) =>
				templates.set(
					'process-inbox',
					templateWith('process-inbox', { Settings: settings({ rowsPerRun: PER_RUN }) }),
				),
		});
	}, START_LIMIT_MS);
	afterAll(async () => await at?.stop(), START_LIMIT_MS);
	beforeEach(() => at.halo.faults.clear());

	it(
		'a Halo that answers 503 leaves the rows failed, due together, with one error for all; then they are ticketed in order',
		async () => {
			at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
			const keys = Array.from({ length: 6 }, (_, index) => `down-${index + 1}`);
			for (const key of keys) expect(await at.post([finding(key)])).toBe(200);
			await at.process();

			const failed = await at.inbox('down-');
			expect(failed.map(({ state }) => state)).toEqual(keys.map(() => 'failed'));
			expect(new Set(failed.map(({ notBefore }) => notBefore)).size).toBe(1);
			expect(failed[0]).toMatchObject({ cause: 'halo_down', tries: 1, decision: 'failed' });
			expect(String(failed[0]?.reason)).toContain('503');
			const errors = (await at.session.tableRows('halo_errors')).filter(
				({ cause }) => cause === 'halo_down',
			);
			expect(errors).toHaveLength(1);
			expect(errors[0]).toMatchObject({ direction: 'outgoing', noticedAt: null });
			expect(String(errors[0]?.message)).toContain('6 events');

			at.halo.faults.clear();
			await at.process();
			expect(await states('down-')).toEqual(keys.map(() => 'done created'));
			expect(
				tickets('Finding down-').map(({ summary }) => /down-\d/.exec(String(summary))?.[0]),
			).toEqual(keys);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-16 Last Sync and Last Error stand per source and flow',
		async () => {
			const rows = await at.session.tableRows('halo_sync_status');
			const row = (integration: string, flow: string) =>
				rows.find((one) => one.integration === integration && one.flow === flow) ?? {};
			expect(row('canonical', 'process-inbox')).toMatchObject({
				lastSync: expect.stringMatching(/Z$/),
				lastError: expect.stringContaining('503'),
			});
			expect(Date.parse(String(row('canonical', 'process-inbox').lastSync))).toBeGreaterThan(
				Date.parse(String(row('canonical', 'process-inbox').lastErrorAt)),
			);
			expect(row('canonical', 'intake')).toMatchObject({ lastSync: expect.any(String) });
			const counts = asRecord(JSON.parse(String(row('(run)', 'process-inbox').counts)), 'counts');
			expect(counts).toMatchObject({ busy: false, failures: 0 });
			expect(Object.values(asRecord(counts.days, 'days'))).toEqual([{ created: 6, closed: 0 }]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-04 the run log: each run with something to do, what became of its rows, how long it took, what it asked of Halo',
		async () => {
			const rows = await at.session.tableRows('halo_sync_status');
			const run = rows.find(({ integration }) => integration === '(run)');
			const { runs } = asRecord(JSON.parse(String(run?.counts)), 'counts');
			expect(runs).toEqual([
				expect.objectContaining({ rows: 6, failed: 6 }),
				expect.objectContaining({ rows: 6, created: 6 }),
			]);
			for (const one of asRecords(runs, 'runs')) {
				expect(Date.parse(String(one.at))).toBeLessThan(Date.now());
				expect(one.seconds).toBeGreaterThanOrEqual(0);
			}
			expect(asRecords(runs, 'runs').at(-1)?.requests).toBeGreaterThan(0);
		},
		RUN_LIMIT_MS,
	);

	it(
		'the pauses grow while Halo is down: 30 s, 1, 2 minutes, for all rows alike; open and resolved of one problem stay in order',
		async () => {
			at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
			await at.post([finding('pause-1'), finding('pause-1', { status: 'resolved' })]);
			await at.post([finding('pause-2')]);
			const pauses: number[] = [];
			for (let run = 1; run <= 3; run += 1) {
				const before = Date.now();
				await at.process();
				const rows = await at.inbox('pause-');
				expect(rows.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
				const [due] = new Set(rows.map(({ notBefore }) => Date.parse(String(notBefore))));
				const lasted = Date.now() - before;
				const seconds = (Number(due) - before) / 1000;
				pauses.push([30, 60, 120].find((p) => seconds >= p && seconds <= p + lasted / 1000) ?? 0);
			}
			expect(pauses).toEqual([30, 60, 120]);
			at.halo.faults.clear();
			await at.process();
			expect(await states('pause-1')).toEqual(['done created', 'done closed']);
			expect(await states('pause-2')).toEqual(['done created']);
		},
		RUN_LIMIT_MS * 2,
	);

	it(
		'what failed for longer than keepTryingDays is dead, and says why',
		async () => {
			const event = await stored('too-old');
			const receivedAt = new Date(Date.now() - 8 * 86_400_000).toISOString();
			await insert([{ state: 'new', dedupKey: keyOf(event), event, receivedAt }]);
			at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
			await at.process();
			const [row] = await at.inbox('too-old');
			expect(row).toMatchObject({ state: 'dead', cause: 'halo_down' });
			expect(String(row?.reason)).toContain('503');
		},
		RUN_LIMIT_MS,
	);

	it(
		'1,100 open rows, more than n8n gives out at once: a run takes as many as rowsPerRun says, the oldest first',
		async () => {
			const event = asRecord(JSON.parse(await stored('many')), 'event');
			const keys = Array.from({ length: 1_100 }, (_, index) => `many-${1000 + index}`);
			for (let at100 = 0; at100 < keys.length; at100 += 100) {
				await insert(
					keys.slice(at100, at100 + 100).map((dedupKey) => ({
						state: 'new',
						dedupKey,
						event: JSON.stringify({ ...event, dedupKey, severity: 'low' }),
					})),
				);
			}
			const left: string[][] = [];
			for (let run = 1; run <= 2; run += 1) {
				await at.process();
				const rows = await at.inbox('many-');
				left.push(
					rows.filter(({ state }) => state === 'new').map(({ dedupKey }) => String(dedupKey)),
				);
			}
			expect(left.map(({ length }) => length)).toEqual([1_100 - PER_RUN, 1_100 - 2 * PER_RUN]);
			expect(left.map(([oldest]) => oldest)).toEqual([keys[PER_RUN], keys[2 * PER_RUN]]);
			expect(tickets('Finding many')).toEqual([]);
			await deleteRows('dedupKey', 'like', '%many-%');
		},
		RUN_LIMIT_MS * 2,
	);

	it(
		'an event that Halo refuses is dead at once, and the others of its run go on',
		async () => {
			at.halo.faults.add({
				name: 'error-text',
				method: 'POST',
				path: '/Tickets$',
				message: 'Please complete the field Asset tag',
			});
			await at.post([finding('refused-1'), finding('refused-2')]);
			await at.process();
			const [first, second] = await at.inbox('refused-');
			expect(first).toMatchObject({ state: 'dead', decision: 'failed', cause: 'halo_refused' });
			expect(String(first?.reason)).toContain('Please complete the field Asset tag');
			expect(second).toMatchObject({ state: 'done', decision: 'created' });
			await at.process();
			expect((await at.inbox('refused-1'))[0]).toMatchObject({ state: 'dead', tries: 1 });
		},
		RUN_LIMIT_MS,
	);

	it(
		'a held row is released when its mapping appears; a resolve that came later waits behind it and closes the ticket',
		async () => {
			await at.post([finding('late-1', { company: 'Wingtip' })]);
			await at.process();
			await at.post([finding('late-1', { company: 'Wingtip', status: 'resolved' })]);
			await at.process();
			const held = await at.inbox('late-1');
			expect(held.map(({ state }) => state)).toEqual(['held', 'held']);
			expect(String(held[1]?.reason)).toContain(`Waits behind row ${String(held[0]?.id)}`);
			expect(tickets('Finding late-1')).toEqual([]);

			await at.session.insertRows('halo_company_mappings', [
				{ companyName: 'Wingtip', haloClientId: 16, createTicket: true, noNotification: false },
			]);
			await at.process();
			expect(await states('late-1')).toEqual(['done created', 'done closed']);
			expect(tickets('Finding late-1')).toMatchObject([{ client_id: 16, status_id: 9 }]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a waiting row is ticketed when its window has ended, unless the problem was resolved inside it',
		async () => {
			const still = await stored('window-still');
			const over = await stored('window-over');
			const past = new Date(Date.now() - 60_000).toISOString();
			const future = new Date(Date.now() + 3_600_000).toISOString();
			const resolved = JSON.stringify({
				...asRecord(JSON.parse(over), 'event'),
				status: 'resolved',
			});
			const waiting = { state: 'waiting', decision: 'skipped_maintenance', reason: 'Maintenance.' };
			await insert([
				{ ...waiting, dedupKey: keyOf(still), event: still, notBefore: past },
				{ ...waiting, dedupKey: keyOf(over), event: over, notBefore: past },
				{ state: 'new', dedupKey: keyOf(over), event: resolved },
				{
					...waiting,
					dedupKey: 'window-later',
					event: still.replaceAll('window-still', 'window-later'),
					notBefore: future,
				},
			]);
			await at.process();
			expect(await states('window-still')).toEqual(['done created']);
			expect(await states('window-over')).toEqual(['done skipped_maintenance', 'done not_found']);
			expect(await states('window-later')).toEqual(['waiting skipped_maintenance']);
			expect(tickets('Finding window-')).toHaveLength(1);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a retry whose problem was handled later in the meantime does not undo it',
		async () => {
			const open = await stored('stale');
			await at.post([finding('stale')]);
			await at.process();
			await at.post([finding('stale', { status: 'resolved' })]);
			await at.process();
			const rows = await at.inbox('stale');
			expect(rows.map(({ decision }) => decision)).toEqual(['created', 'closed']);
			// An older row of the same problem, still failed: its id must be lower, so a done one is set back.
			await at.session.api('PATCH', `/data-tables/${await tableId('halo_inbox')}/rows/update`, {
				filter: {
					type: 'and',
					filters: [{ columnName: 'id', condition: 'eq', value: rows[0]?.id }],
				},
				data: { state: 'failed', event: open, notBefore: new Date(0).toISOString() },
			});
			await at.process();
			expect(await states('stale')).toEqual(['done unchanged', 'done closed']);
			expect(tickets('Finding stale')).toMatchObject([{ status_id: 9 }]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a delivery that was stored twice and then met a broken Halo gets its ticket by the retry',
		async () => {
			at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
			const again = { 'X-Delivery-Id': 'stored-twice-1' };
			await at.post([finding('stored-twice')], again);
			await at.post([finding('stored-twice')], again);
			await at.process();
			expect(await states('stored-twice')).toEqual(['failed failed', 'done skipped_replay']);

			at.halo.faults.clear();
			await at.process();
			expect(await states('stored-twice')).toEqual(['done created', 'done skipped_replay']);
			expect(tickets('Finding stored-twice')).toHaveLength(1);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a run beside another run does nothing, and a lease that nobody holds any more ends by itself',
		async () => {
			const path = `/data-tables/${await tableId('halo_sync_status')}/rows/update`;
			const filter = {
				type: 'and',
				filters: [{ columnName: 'integration', condition: 'eq', value: '(run)' }],
			};
			const lease = async (until: number) =>
				await at.session.api('PATCH', path, {
					filter,
					data: {
						checkpoint: new Date(until).toISOString(),
						counts: JSON.stringify({ busy: true, failures: 0, days: {}, requests: [] }),
					},
				});
			await at.post([finding('leased')]);
			await lease(Date.now() + 600_000);
			await expect(at.process()).rejects.toThrow(/Another run is at work/);
			expect(await states('leased')).toEqual(['new ']);
			await lease(Date.now() - 1000);
			await at.process();
			expect(await states('leased')).toEqual(['done created']);
		},
		RUN_LIMIT_MS,
	);

	it('no end user was mailed, no ticket stands twice, and the simulator knew every request', () => {
		const summaries = tickets('Finding ').map(({ summary }) => summary);
		expect(new Set(summaries).size).toBe(summaries.length);
		expect(summaries.length).toBeGreaterThan(8);
		expect(at.halo.mails).toEqual([]);
		expect(at.halo.failures).toEqual([]);
		expect(at.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
	});
});

function keyOf(event: string): string {
	return String(asRecord(JSON.parse(event), 'event').dedupKey);
}
