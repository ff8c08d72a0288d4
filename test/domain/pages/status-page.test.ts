import type { Severity } from '../../../nodes/shared/domain/event/event';
import { newState } from '../../../nodes/shared/domain/ticket/state';
import { HALO_LIMIT, concernsOf } from '../../../nodes/shared/domain/pages/concerns';
import { readStatusInput } from '../../../nodes/shared/domain/pages/status-input';
import { mappingCoverage } from '../../../nodes/shared/domain/pages/mapping-coverage';
import { statusPage } from '../../../nodes/shared/domain/pages/status-page';
import { dayPlot } from '../../../nodes/shared/domain/pages/plot';
import type { OpenTickets } from '../../../nodes/shared/domain/pages/ticket-counts';
import { countTickets } from '../../../nodes/shared/domain/pages/ticket-counts';
import { ago } from '../../../nodes/shared/domain/pages/ago';

const NOW = Date.parse('2026-05-04T09:00:00.000Z');

const run = (counts: unknown) => ({
	flow: 'process-inbox',
	integration: '(run)',
	counts: JSON.stringify(counts),
});

const input = (json: Record<string, unknown>) => readStatusInput(json, NOW);
const NO_TICKETS: OpenTickets = { kind: 'known', counts: countTickets([]), capped: false };
const page = (json: Record<string, unknown>, tickets: OpenTickets = NO_TICKETS, requests = 0) =>
	statusPage(input(json), tickets, requests, NOW);
const concerns = (
	json: Record<string, unknown>,
	tickets: OpenTickets = NO_TICKETS,
	requests = 0,
) => {
	const read = input(json);
	return concernsOf(read, tickets, mappingCoverage(read), requests, NOW).map(
		({ tone, text }) => `${tone}: ${text}`,
	);
};

describe('the status page', () => {
	test('holds no script and no markup out of a table, an error or a ticket', () => {
		const bad = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'';
		const rendered = page(
			{
				tableFaults: [bad],
				inbox: [
					{ state: bad, count: 1, oldest: bad },
					{ state: 'dead', count: 1, oldest: bad },
				],
				sync: [
					{ integration: bad, flow: bad, lastSync: bad, lastError: bad, lastErrorAt: bad },
					run({ days: { [bad]: { created: bad }, '2026-05-03': { created: bad } } }),
				],
				companies: [{ name: bad, companyId: bad, source: bad }],
				mappings: [{ companyName: bad, haloClientId: bad }],
				errors: [{ at: bad, direction: bad, workflow: bad, message: bad }],
			},
			{ kind: 'unknown', reason: bad },
		);
		expect(rendered).not.toMatch(/<script|<img/i);
		expect(rendered.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(12);
		expect(rendered).not.toMatch(/https?:\/\//);
		expect(rendered).toContain("default-src 'none'");

		const ticketed = page(
			{},
			{
				kind: 'known',
				counts: countTickets([{ client_id: 11, client_name: bad, state: null }]),
				capped: false,
			},
		);
		expect(ticketed).not.toMatch(/<script|<img/i);
		expect(ticketed).toContain('&lt;script&gt;');
	});

	test('empty tables: every part says that there is nothing, and nothing waits for a person', () => {
		const rendered = page({});
		expect(rendered).toContain('All is well.');
		expect(rendered).toContain('No flow has run yet.');
		expect(rendered).toContain('No ticket was created or closed yet.');
		expect(rendered).toContain('No company was seen yet.');
		expect(rendered).toContain('<h2>Open tickets</h2><p class="soft">None.</p>');
		expect(rendered).toContain('<h2>Latest errors</h2><p class="good">None.</p>');
		expect(rendered).toContain(`<b class="">0 of ${HALO_LIMIT}</b>`);
	});

	test('rows that lack columns or hold something else leave the page readable', () => {
		const rendered = page({
			inbox: [null, 5, {}, { state: 'new', count: 'many' }],
			sync: 'nothing',
			companies: [{}, { name: 'Kept' }],
			mappings: [{ haloClientId: 'x' }],
			errors: undefined,
		});
		expect(rendered).toContain('No flow has run yet');
		expect(rendered).toContain('Kept');
		expect(rendered).not.toMatch(/undefined|NaN|null|\[object/);
	});

	test('HI-16 Last Sync and Last Error stand per integration and flow; what fails now stands first', () => {
		const rendered = page({
			sync: [
				{
					integration: 'tenable',
					flow: 'intake',
					lastSync: '2026-05-04T08:59:00.000Z',
					lastError: 'was wrong',
					lastErrorAt: '2026-05-03T00:00:00.000Z',
				},
				{
					integration: 'wazuh',
					flow: 'process-inbox',
					lastSync: '2026-05-04T08:00:00.000Z',
					lastError: 'Halo failed (503)',
					lastErrorAt: '2026-05-04T08:30:00.000Z',
				},
				{ integration: '', flow: 'sync-companies', lastSync: null, lastError: '' },
				{ integration: 'outgoing: halo_down', flow: 'notices', lastError: 'an outage' },
				{ integration: '(notices)', flow: 'notices', lastError: 'no mail server' },
			],
		});
		expect(rendered).toContain('<span class="bad">2026-05-04 08:30 UTC<br>Halo failed (503)');
		expect(rendered).toContain('<span class="soft">2026-05-03 00:00 UTC, over<br>was wrong');
		expect(rendered).toContain('1 min ago<br><span class="soft when">2026-05-04 08:59 UTC');
		expect(rendered).toContain('<span class="soft">never</span>');
		expect(rendered).toContain('no mail server');
		expect(rendered).not.toContain('an outage');
		expect(rendered.indexOf('>wazuh<')).toBeLessThan(rendered.indexOf('>tenable<'));
		expect(rendered).toContain(
			'process-inbox for wazuh failed 30 min ago and has not succeeded since.',
		);
	});

	test('what needs a person is said first, with what to do', () => {
		const inbox = [
			{ state: 'new', count: 3, oldest: '2026-05-04T08:30:00.000Z' },
			{ state: 'failed', count: 500, capped: true },
			{ state: 'held', count: 1 },
			{ state: 'waiting', count: 2 },
			{ state: 'dead', count: 2 },
			{ state: 'done', count: 9 },
		];
		const said = concerns(
			{
				inbox,
				tableFaults: ['There is no Data Table called halo_errors.'],
				mappings: [{ companyName: 'A', haloClientId: 1 }],
			},
			{ kind: 'unknown', reason: 'No answer from Halo.' },
			0.8 * HALO_LIMIT,
		);
		expect(said).toEqual([
			'bad: There is no Data Table called halo_errors.',
			'bad: Halo did not tell the open tickets. No answer from Halo.',
			'bad: 3 findings not taken yet, the oldest came 30 min ago. Is process-inbox published?',
			'bad: 2 findings could not become a ticket: refused by Halo, or unreadable. Read the column reason in halo_inbox, correct the cause, then handle them again: Inbox of the console, or the form of replay-form.',
			expect.stringMatching(
				/^bad: halo_company_mappings, row 1, column haloClientId: 1 is no client/,
			),
			'wait: 500 or more findings failed and will be tried again by process-inbox. Nothing is lost.',
			'wait: 1 finding of companies without a mapping. Map them under Companies of the console, or with map-companies-form; the next run takes them.',
			"wait: 80 % of Halo's request limit is used; further work waits until there is room.",
		]);
		expect(
			concerns({ inbox: [{ state: 'new', count: 9, oldest: '2026-05-04T08:55:00.000Z' }] }),
		).toEqual([]);
	});

	test('coverage counts as Map Company decides: by id, by name without its legal form, ambiguous is not mapped', () => {
		const { total, unmapped } = mappingCoverage(
			input({
				mappings: [
					{ companyName: 'Contoso Ltd', haloClientId: 11 },
					{ companyId: '42', haloClientId: 12 },
					{ companyName: 'Twin', haloClientId: 13 },
					{ companyName: 'Twin', haloClientId: 14 },
				],
				companies: [
					{ name: 'contoso ltd.', source: 'a' },
					{ companyId: '42', name: 'Whatever', source: 'a' },
					{ name: 'Twin', source: 'a' },
					{ name: 'Nobody', source: 'b', held: true },
					{ name: 'nobody', source: 'b', held: true },
				],
			}),
		);
		// Four that were seen, and the two mappings called Twin.
		expect(total).toBe(6);
		expect(unmapped.map(({ name, held }) => [name, held])).toEqual([
			['Nobody', 2],
			['Twin', 0],
		]);
	});

	test('coverage counts companies that stand in the mapping alone; examples of the template are none', () => {
		const { total, unmapped } = mappingCoverage(
			input({
				mappings: [
					{ companyName: 'Contoso', haloClientId: 11 },
					{ companyName: 'Seen', haloClientId: 12 },
					{ companyName: 'Later', source: 'wazuh' },
					{ companyName: 'Example Company One', method: 'example' },
				],
				companies: [
					{ name: 'Seen', source: 'wazuh' },
					{ name: 'later', source: 'wazuh', held: true },
				],
			}),
		);
		expect(total).toBe(3);
		expect(unmapped).toEqual([{ source: 'wazuh', id: null, name: 'later', held: 1 }]);
	});

	test('the request limit: the greater of what this process and process-inbox sent in the last five minutes', () => {
		const sync = [
			run({
				requests: [
					['2026-05-04T08:54:00.000Z', 100],
					['2026-05-04T08:56:00.000Z', 20],
					['2026-05-04T08:59:59.000Z', 7],
					'odd',
				],
			}),
		];
		expect(page({ sync })).toContain('27 of 300</b> requests in the last 5 minutes (9&nbsp;%)');
		expect(page({ sync }, NO_TICKETS, 60)).toContain('60 of 300</b>');
	});

	test('days are shown without gaps to today, two weeks at least and thirty days at most', () => {
		const days = (first: string) =>
			input({ sync: [run({ days: { [first]: { created: 4, closed: 1 }, odd: {} } })] }).days;
		const short = days('2026-05-02');
		expect(short).toHaveLength(14);
		expect(short.at(-1)).toEqual({ day: '2026-05-04', created: 0, closed: 0 });
		expect(short.at(-3)).toEqual({ day: '2026-05-02', created: 4, closed: 1 });
		expect(days('2026-01-01')).toHaveLength(30);
		expect(input({}).days).toEqual([]);
	});

	test('the plot draws a bar per figure, the axis ends on a round number, and the sums stand in words', () => {
		const plot = dayPlot([
			{ day: '2026-05-02', created: 5, closed: 0 },
			{ day: '2026-05-03', created: 6, closed: 3 },
		]);
		// Once for a desktop, once for a phone.
		expect(plot.match(/<svg/g)).toHaveLength(2);
		expect(plot.match(/<rect /g)).toHaveLength(8);
		const heights = [...plot.matchAll(/height="([\d.]+)" rx/g)].map((match) => Number(match[1]));
		expect(heights.slice(0, 4)).toEqual([106.7, 0, 128, 64]);
		expect(plot).toContain('Last 2 days: 11 created, 3 closed.');
		expect(plot).toContain('>6</text>');
		expect(dayPlot([])).toContain('No ticket was created');
	});

	test('open tickets are counted by severity, source and client; what a person rewrote is unknown', () => {
		const state = (severity: Severity, source: string) => ({ ...newState(severity), source });
		const counts = countTickets([
			{ client_id: 11, client_name: 'Contoso', state: state('high', 'wazuh') },
			{ client_id: 11, client_name: 'Contoso', state: state('critical', 'tenable') },
			{ client_id: 12, client_name: null, state: null },
		]);
		expect(counts.total).toBe(3);
		expect(counts.bySeverity.map(({ name, count }) => [name, count])).toEqual([
			['critical', 1],
			['high', 1],
			['unknown', 1],
		]);
		expect(counts.bySource.map(({ name }) => name)).toEqual(['tenable', 'unknown', 'wazuh']);
		expect(counts.byClient).toEqual([
			{
				name: 'Contoso',
				count: 2,
				severities: [
					{ severity: 'critical', count: 1 },
					{ severity: 'high', count: 1 },
				],
			},
			{ name: 'client 12', count: 1, severities: [{ severity: 'unknown', count: 1 }] },
		]);
		const rendered = page({}, { kind: 'known', counts, capped: true });
		expect(rendered).toContain('<b>3+</b> open tickets of the bridge');
		expect(rendered).toContain('1 critical, 1 high');
	});

	test.each([
		[0, 'just now'],
		[59_999, 'just now'],
		[60_000, '1 min ago'],
		[3_600_000, '1 h ago'],
		[47 * 3_600_000, '47 h ago'],
		[48 * 3_600_000, '2 days ago'],
	])('an age of %d ms reads "%s"', (age, words) => {
		expect(ago(age)).toBe(words);
	});
});
