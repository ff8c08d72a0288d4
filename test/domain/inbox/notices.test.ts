import { type Telling, noticesOf, sentLately } from '../../../nodes/shared/domain/inbox/notices';
import {
	changedOutages,
	FULL_TABLES,
	type Known,
	outagesIn,
	type OutageRow,
} from '../../../nodes/shared/domain/inbox/outages';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW, runJson } from './rows';

const STORE = { integration: FULL_TABLES, flow: 'notices', checkpoint: 'closed' };

function outage(integration: string, checkpoint: string, more: JsonRecord = {}): JsonRecord {
	return {
		integration,
		flow: 'notices',
		checkpoint,
		lastError: 'Halo failed.',
		lastErrorAt: at(-600),
		counts: JSON.stringify({ since: at(-900), errors: 3 }),
		...more,
	};
}

function error(cause: string, more: JsonRecord = {}): JsonRecord {
	return {
		id: 1,
		cause,
		direction: 'outgoing',
		workflow: 'process-inbox',
		message: 'It broke.',
		at: at(-30),
		noticedAt: null,
		...more,
	};
}

function changes(known: Partial<Known>): Array<[string, string]> {
	const { outages } = changedOutages({
		status: [STORE],
		errors: [],
		waiting: [],
		first: false,
		quietMinutes: 15,
		now: NOW,
		...known,
	});
	return outages.map(({ integration, checkpoint }) => [integration, checkpoint]);
}

describe('outages', () => {
	test('errors of one direction and cause are one outage; a workflow that fails is one by its name', () => {
		const errors = [
			error('halo_down'),
			error('halo_down'),
			error('workflow', { direction: 'incoming', workflow: 'intake' }),
		];
		expect(changes({ errors })).toEqual([
			['outgoing: halo_down', 'open'],
			['incoming: workflow intake', 'open'],
		]);
	});

	test('further errors are counted and not told again; behind an end that was not told it goes on', () => {
		for (const [before, after] of [
			['open', 'open'],
			['told', 'told'],
			['over', 'told'],
			['closed', 'open'],
		] as const) {
			const status = [STORE, outage('outgoing: halo_down', before)];
			const known = { status, errors: [error('halo_down')] };
			expect([before, changes(known)]).toEqual([before, [['outgoing: halo_down', after]]]);
		}
		const { outages } = changedOutages({
			status: [STORE, outage('outgoing: halo_down', 'told')],
			errors: [error('halo_down'), error('halo_down')],
			waiting: [],
			first: false,
			quietMinutes: 15,
			now: NOW,
		});
		expect(JSON.parse(outages[0]?.counts ?? '')).toEqual({ since: at(-900), errors: 5 });
	});

	test('it is over when nothing waits and the quiet time passed, or Halo took an event since', () => {
		const told = [STORE, outage('outgoing: halo_down', 'told')];
		expect(changes({ status: told })).toEqual([]);
		expect(changes({ status: told, quietMinutes: 10 })).toEqual([['outgoing: halo_down', 'over']]);
		const worked = [...told, runJson({ lastSync: at(-10) })];
		expect(changes({ status: worked })).toEqual([['outgoing: halo_down', 'over']]);
		expect(changes({ status: worked, waiting: [{ cause: 'halo_down' }] })).toEqual([]);
		expect(changes({ status: [...told, runJson({ lastSync: at(-700) })] })).toEqual([]);
		const other = [STORE, outage('outgoing: set_up', 'told'), runJson({ lastSync: at(-10) })];
		expect(changes({ status: other })).toEqual([]);
	});

	test('what was never told ends in silence, and so does what waits for a person', () => {
		const quiet = { quietMinutes: 0 };
		expect(changes({ ...quiet, status: [STORE, outage('outgoing: halo_down', 'open')] })).toEqual([
			['outgoing: halo_down', 'closed'],
		]);
		for (const cause of ['halo_refused', 'damaged', 'mapping']) {
			const status = [STORE, outage(`outgoing: ${cause}`, 'told')];
			expect(changes({ ...quiet, status })).toEqual([[`outgoing: ${cause}`, 'closed']]);
		}
	});

	test('the row of full tables was away while nothing could be written; not so at the first run', () => {
		expect(changes({ status: [] })).toEqual([[FULL_TABLES, 'over']]);
		expect(changes({ status: [], first: true })).toEqual([[FULL_TABLES, 'closed']]);
	});

	test('a flow that keeps a row of its own gets its Last Error', () => {
		const flow = { integration: '(all)', flow: 'phishing-report' };
		const known = {
			status: [STORE, flow],
			errors: [error('workflow', { workflow: 'Halo Bridge: phishing-report' }), error('x')],
			waiting: [],
			first: false,
			quietMinutes: 15,
			now: NOW,
		};
		expect(changedOutages(known).flows).toEqual([
			{
				integration: '(all)',
				flow: 'phishing-report',
				lastError: 'It broke.',
				lastErrorAt: at(-30),
			},
		]);
	});
});

describe('messages', () => {
	const changed = (rows: JsonRecord[]): OutageRow[] => [...outagesIn(rows).values()];
	const telling = (more: Partial<Telling>): Telling => ({
		status: [],
		changed: [],
		full: false,
		waiting: 4,
		noticesPerHour: 12,
		to: { incoming: 'in@msp.example', outgoing: 'out@msp.example' },
		now: NOW,
		...more,
	});

	test('a beginning says what, why and the next step; an end says how long and how often', () => {
		const rows = [outage('outgoing: halo_down', 'open'), outage('incoming: store', 'over')];
		const [begins, ends] = noticesOf(telling({ changed: changed(rows) }));
		expect(begins).toMatchObject({
			next: 'told',
			to: 'out@msp.example',
			subject: 'Halo bridge, outgoing: Halo does not answer',
			text: `Halo does not answer.\n\nHalo failed.\n\nNext: Nothing is lost: the events wait in halo_inbox and go to Halo in order when it is back.\n\nSince ${at(-900)}. Events that wait for another try: 4.`,
		});
		expect(ends).toMatchObject({
			next: 'closed',
			to: 'in@msp.example',
			subject: 'Halo bridge, incoming: There is room in the Data Tables again',
			text: `There is room in the Data Tables again.\n\nIt began ${at(-900)}. Errors: 3.`,
		});
	});

	test('a cause without words of its own is named', () => {
		const [notice] = noticesOf(
			telling({ changed: changed([outage('incoming: constructor', 'open')]) }),
		);
		expect(notice?.subject).toBe('Halo bridge, incoming: A workflow failed (constructor)');
	});

	test('what an error says is markup nowhere', () => {
		const hostile = '<b>x</b> & <!channel>\n"y"';
		const [notice] = noticesOf(
			telling({ changed: changed([outage('outgoing: set_up', 'open', { lastError: hostile })]) }),
		);
		expect(notice?.html).toContain('&lt;b&gt;x&lt;/b&gt; &amp; &lt;!channel&gt;');
		expect(notice?.teams).not.toContain('<b>');
		expect(notice?.slack).not.toContain('<!channel>');
		expect(notice?.text).toContain(hostile);
	});

	test('never more than the number of an hour, beginnings before ends', () => {
		const sent = JSON.stringify([at(-3_700), at(-100), at(-50)]);
		const own = { integration: '(notices)', flow: 'notices', counts: sent };
		expect(sentLately([own], NOW)).toHaveLength(2);
		const rows = [
			outage('outgoing: halo_down', 'over'),
			outage('outgoing: set_up', 'open'),
			outage('incoming: damaged', 'open'),
			outage('incoming: x', 'told'),
		];
		const told = noticesOf(telling({ status: [own], changed: changed(rows), noticesPerHour: 4 }));
		expect(told.map(({ integration }) => integration)).toEqual([
			'outgoing: set_up',
			'incoming: damaged',
		]);
		expect(sentLately([{ ...own, counts: '{' }], NOW)).toEqual([]);
	});

	test('full tables are told as long as their row is there, and nothing else', () => {
		const full = { full: true, changed: changed([outage('outgoing: set_up', 'open')]) };
		expect(noticesOf(telling(full))).toEqual([]);
		expect(noticesOf(telling({ ...full, status: [STORE] }))).toMatchObject([
			{ integration: FULL_TABLES, next: 'told', full: true },
		]);
	});
});
