import { errorRows } from '../../../nodes/shared/domain/inbox/error-rows';
import { statusRows } from '../../../nodes/shared/domain/inbox/run-rows';
import { causeOf, settleRows } from '../../../nodes/shared/domain/inbox/settle';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, leaseOf, NOW } from './rows';

function decided(inboxId: number, decision: string, more: JsonRecord = {}): JsonRecord {
	return {
		inboxId,
		decision,
		reason: `Reason ${inboxId}.`,
		tries: 0,
		receivedAt: at(-60),
		inboxSource: 'canonical',
		...more,
	};
}

const down = (inboxId: number, more: JsonRecord = {}) =>
	decided(inboxId, 'failed', { error: { cause: 'halo_down' }, ...more });

function settle(decisions: JsonRecord[], run: JsonRecord = {}) {
	return settleRows(decisions, { lease: leaseOf(run), keepTryingDays: 7, now: NOW });
}

function ends(decisions: JsonRecord[], run: JsonRecord = {}) {
	return settle(decisions, run).rows.map(({ update }) => [update.state, update.notBefore]);
}

describe('why an event failed', () => {
	const failed = (error: JsonRecord) => causeOf({ decision: 'failed', error });

	test.each([
		['Halo did not do it', failed({ cause: 'halo_rights' }), 'halo_rights'],
		['a node failed as a whole', failed({ context: { haloCause: 'halo_down' } }), 'halo_down'],
		['nothing was asked', failed({ cause: null }), 'set_up'],
		['a word that is no cause', failed({ cause: 'constructor' }), 'set_up'],
		['no error at all', causeOf({ decision: 'failed' }), 'set_up'],
		['a damaged row', causeOf({ decision: 'failed', damaged: true }), 'damaged'],
		['nothing failed', causeOf({ decision: 'created' }), ''],
	])('%s', (_, cause, expected) => expect(cause).toBe(expected));

	test('what its reason says does not count: a source could have written it', () => {
		const reason = 'Failed to enable HaloPSA Integration. The mapping of Contoso cannot be used.';
		expect(causeOf({ decision: 'failed', reason, error: {} })).toBe('set_up');
	});
});

describe('what becomes of a row', () => {
	test.each([
		['created', 'done', null],
		['skipped_severity', 'done', null],
		['held_unmapped', 'held', null],
		['held_ambiguous', 'held', null],
	])('%s', (decision, state, notBefore) => {
		expect(ends([decided(1, decision)])).toEqual([[state, notBefore]]);
	});

	test('a maintenance window: waits until its end, or ten minutes when that is not known, or is over', () => {
		expect(
			ends([
				decided(1, 'skipped_maintenance', { notBefore: at(90) }),
				decided(2, 'skipped_maintenance'),
				decided(3, 'skipped_maintenance', { over: true }),
			]),
		).toEqual([
			['waiting', at(90)],
			['waiting', at(600)],
			['done', null],
		]);
	});

	test('a row that waits behind another gets its state and time, and has not been tried', () => {
		const behind = { state: 'failed', notBefore: at(30), cause: 'halo_down' };
		const [row] = settle([decided(2, 'failed', { behind, tries: 4 })]).rows;
		expect(row?.update).toMatchObject({
			state: 'failed',
			notBefore: at(30),
			cause: 'halo_down',
			tries: 4,
		});
	});

	test('what Halo refuses, what is damaged, and what failed for too long waits for a person', () => {
		const refused = { error: { cause: 'halo_refused' } };
		expect(
			ends([
				decided(1, 'failed', refused),
				decided(2, 'failed', { damaged: true }),
				down(3, { receivedAt: at(-8 * 86_400) }),
				down(4, { receivedAt: at(-6 * 86_400) }),
			]),
		).toMatchObject([
			['dead', null],
			['dead', null],
			['dead', null],
			['failed', expect.any(String)],
		]);
	});

	test('the pauses of a row whose run did something grow: 30 s, 1, 2, 4, 8, 10 minutes', () => {
		const worked = decided(9, 'created', { ticketId: 5 });
		const pauses = [0, 1, 2, 3, 4, 5, 20].map(
			(tries) => ends([down(1, { tries }), worked])[0]?.[1],
		);
		expect(pauses).toEqual([30, 60, 120, 240, 480, 600, 600].map(at));
	});

	test('while Halo does nothing at all every row waits for one moment, by the failures in a row', () => {
		const failures = JSON.stringify({ failures: 2 });
		const settled = settle([down(1, { tries: 5 }), down(2)], { counts: failures });
		expect(settled.rows.map(({ update }) => update.notBefore)).toEqual([at(120), at(120)]);
		expect(settled).toMatchObject({ failures: 3, gate: at(120), broke: true, worked: false });
		expect(settle([down(1), decided(2, 'created', { ticketId: 1 })])).toMatchObject({
			failures: 0,
			gate: '',
		});
		// Without a ticket Halo has taken nothing.
		expect(settle([down(1), decided(2, 'unchanged')])).toMatchObject({ failures: 1 });
	});

	test('an item that no node decided is tried again, with what the node said', () => {
		const item = { inboxId: 1, receivedAt: at(-60), error: 'The node broke.' };
		const [row, silent] = settle([item, { inboxId: 2, receivedAt: at(-60) }]).rows;
		expect(row?.update).toMatchObject({
			state: 'failed',
			decision: 'failed',
			cause: 'set_up',
			reason: 'The node broke.',
		});
		expect(silent?.update).toMatchObject({ state: 'failed', reason: expect.stringMatching(/./) });
	});

	test('the time of the row is the beginning of the run; other items are left alone', () => {
		const [row, ...more] = settle([decided(1, 'created', { ticketId: 7 }), { error: 'x' }]).rows;
		expect(more).toEqual([]);
		expect(row?.update).toMatchObject({ id: 1, ticketId: 7, doneAt: at(0), tries: 1 });
	});
});

describe('the rows about the run', () => {
	const SOURCE = {
		integration: 'canonical',
		flow: 'process-inbox',
		lastSync: at(-900),
		lastError: 'An old one.',
		lastErrorAt: at(-900),
		counts: '{"created":4}',
	};
	const status = (decisions: JsonRecord[], run: JsonRecord = {}) => {
		const lease = leaseOf(run, [SOURCE]);
		const settled = settleRows(decisions, { lease, keepTryingDays: 7, now: NOW });
		return statusRows(settled, lease, NOW);
	};

	test('Last Sync, Last Error and the counts of a source since the beginning', () => {
		const [flow, intake] = status([decided(1, 'created', { ticketId: 1 }), down(2)]);
		expect(flow).toMatchObject({
			integration: 'canonical',
			flow: 'process-inbox',
			lastSync: at(0),
			lastError: 'Reason 2.',
			lastErrorAt: at(0),
			counts: JSON.stringify({ created: 5, failed: 1 }),
		});
		expect(intake).toMatchObject({ flow: 'intake', lastSync: at(-60), lastErrorAt: null });
	});

	test('without news the old Last Sync and Last Error stay', () => {
		const [flow] = status([decided(1, 'held_unmapped')]);
		expect(flow).toMatchObject({ lastSync: at(-900), lastError: 'An old one.' });
	});

	test('the row of the run is the last: it frees the lease, or keeps it for the pause', () => {
		const good = status([decided(1, 'closed', { ticketId: 1, requests: 3 })]).at(-1);
		expect(good).toMatchObject({ integration: '(run)', lastSync: at(0), checkpoint: 'free 7-1' });
		expect(JSON.parse(String(good?.counts))).toEqual({
			busy: false,
			failures: 0,
			days: { '2026-05-04': { created: 0, closed: 1 } },
			runs: [{ at: at(0), seconds: 0, rows: 1, requests: 3, closed: 1 }],
			requests: [[at(0), 3]],
		});
		const bad = status([down(1)]).at(-1);
		expect(bad).toMatchObject({
			lastSync: null,
			lastError: 'Reason 1.',
			checkpoint: `${at(30)} 7-1`,
		});
	});

	test('30 days, 50 runs and the requests of five minutes are kept', () => {
		const day = (index: number) => new Date(NOW - index * 86_400_000).toISOString().slice(0, 10);
		const counts = JSON.stringify({
			days: Object.fromEntries(
				Array.from({ length: 40 }, (_, index) => [day(index + 1), { created: index, closed: 0 }]),
			),
			runs: Array.from({ length: 60 }, (_, index) => ({ rows: index })),
			requests: [
				[at(-301), 9],
				[at(-299), 8],
			],
		});
		const kept = JSON.parse(String(status([decided(1, 'created')], { counts }).at(-1)?.counts));
		expect(Object.keys(kept.days)).toHaveLength(30);
		expect(kept.days[day(1)]).toEqual({ created: 0, closed: 0 });
		expect(kept.runs).toHaveLength(50);
		expect(kept.requests).toEqual([
			[at(-299), 8],
			[at(0), 0],
		]);
	});
});

describe('the errors of a run', () => {
	test('one row for each cause, however many events; what waits behind another tells nothing', () => {
		const { rows } = settle([
			down(1),
			down(2),
			decided(3, 'failed', { damaged: true }),
			decided(4, 'failed', { behind: { state: 'failed', cause: 'halo_refused' } }),
			decided(5, 'held_unmapped', { candidates: [] }),
			// No mapping at all, and several to choose from: for the status page, not for a notice.
			decided(6, 'held_unmapped'),
			decided(7, 'held_ambiguous', { candidates: [{}, {}] }),
		]);
		expect(errorRows(rows, at(0))).toEqual([
			{
				workflow: 'process-inbox',
				node: 'Halo Ticket',
				direction: 'outgoing',
				cause: 'halo_down',
				message: '2 events (row 1 of halo_inbox first): Reason 1.',
				at: at(0),
			},
			expect.objectContaining({ node: 'Take', direction: 'incoming', cause: 'damaged' }),
			expect.objectContaining({ node: 'Halo Map Company', cause: 'mapping' }),
		]);
	});
});
