import { readStatusInput } from '../../nodes/shared/domain/status-input';
import { mappingCoverage, statusPage } from '../../nodes/shared/domain/status-page';
import { dayPlot } from '../../nodes/shared/domain/status-plot';
import { groupTickets } from '../../nodes/shared/domain/status-tickets';

const NOW = Date.parse('2026-05-04T09:00:00.000Z');
const AT = new Date(NOW).toISOString();

const run = (counts: unknown) => ({
	flow: 'process-inbox',
	integration: '(run)',
	counts: JSON.stringify(counts),
});

const input = (json: Record<string, unknown>) => readStatusInput(json, NOW);
const NO_TICKETS = { kind: 'known', groups: [], total: 0, capped: false } as const;

describe('the status page', () => {
	test('holds no script and no markup out of a table, an error or a ticket', () => {
		const bad = '<script>alert(1)</script><img src=x onerror=alert(1)>';
		const page = statusPage(
			input({
				inbox: [{ state: bad, count: 1, oldest: bad }],
				sync: [{ integration: bad, flow: bad, lastSync: bad, lastError: bad, lastErrorAt: bad }],
				companies: [{ name: bad, id: bad, source: bad }],
				errors: [{ at: bad, direction: bad, workflow: bad, message: bad }],
			}),
			{ kind: 'unknown', reason: bad },
			AT,
		);
		expect(page).not.toMatch(/<script|<img/i);
		expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(8);
		expect(page).not.toMatch(/https?:\/\//);
	});

	test('rows that lack columns or hold something else leave the page readable', () => {
		const page = statusPage(
			input({
				inbox: [null, 5, {}, { state: 'new', count: 'many' }],
				sync: 'nothing',
				companies: [{}],
				mappings: [{ haloClientId: 'x' }],
				errors: undefined,
			}),
			NO_TICKETS,
			AT,
		);
		expect(page).toContain('No flow has run yet');
		expect(page).not.toMatch(/undefined|NaN|null/);
	});

	test('HI-16 Last Sync and Last Error stand per integration and flow; an error newer than the sync is marked', () => {
		const page = statusPage(
			input({
				sync: [
					{
						integration: 'wazuh',
						flow: 'process-inbox',
						lastSync: '2026-05-04T08:00:00.000Z',
						lastError: 'Halo failed (503)',
						lastErrorAt: '2026-05-04T08:30:00.000Z',
					},
					{
						integration: 'tenable',
						flow: 'intake',
						lastSync: '2026-05-04T08:59:00.000Z',
						lastError: 'was wrong',
						lastErrorAt: '2026-05-03T00:00:00.000Z',
					},
				],
			}),
			NO_TICKETS,
			AT,
		);
		expect(page).toContain('<span class="bad">2026-05-04T08:30:00.000Z Halo failed (503)</span>');
		expect(page).toContain('<span class="soft">2026-05-03T00:00:00.000Z was wrong</span>');
	});

	test('coverage counts as Map Company decides: by id, by name without its legal form, ambiguous is not mapped', () => {
		const coverage = mappingCoverage(
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
					{ name: 'Nobody', source: 'b' },
					{ name: 'Nobody', source: 'b' },
				],
			}),
		);
		expect(coverage.total).toBe(4);
		expect(coverage.unmapped.map(({ name }) => name)).toEqual(['Twin', 'Nobody']);
	});

	test('requests of the last five minutes are summed, older ones are not', () => {
		const { requests, days } = input({
			sync: [
				run({
					requests: [
						['2026-05-04T08:54:00.000Z', 100],
						['2026-05-04T08:56:00.000Z', 20],
						['2026-05-04T08:59:59.000Z', 7],
						'odd',
					],
					days: {
						'2026-05-03': { created: 4, closed: 1 },
						'2026-05-02': { created: 2 },
						odd: {},
					},
				}),
			],
		});
		expect(requests).toBe(27);
		expect(days).toEqual([
			{ day: '2026-05-02', created: 2, closed: 0 },
			{ day: '2026-05-03', created: 4, closed: 1 },
		]);
	});

	test('the plot draws a bar per figure, the highest to the top, and says the sums in words', () => {
		const plot = dayPlot([
			{ day: '2026-05-02', created: 2, closed: 0 },
			{ day: '2026-05-03', created: 4, closed: 1 },
		]);
		expect(plot.match(/<rect /g)).toHaveLength(4);
		const heights = [...plot.matchAll(/height="([\d.]+)"/g)].map((match) => Number(match[1]));
		expect(heights).toEqual([58, 0, 116, 29]);
		expect(plot).toContain('2 days: 6 created, 1 closed.');
		expect(dayPlot([])).toContain('No ticket was created');
	});

	test('open tickets are grouped by source, client and severity, whatever Halo does to the table', () => {
		const state = (severity: string) =>
			`scanstate severity ${severity} endstate (scanref abcdefghijkl)`;
		const groups = groupTickets([
			{
				client_id: 11,
				client_name: 'Contoso',
				details: `Severityhigh\nSourcewazuh\n${state('high')}`,
			},
			{ client_id: 11, client_name: 'Contoso', details: `Source: wazuh\n${state('high')}` },
			{ client_id: 12, client_name: null, details: 'rewritten by a person' },
		]);
		expect(groups).toEqual([
			{ source: 'wazuh', client: 'Contoso', severity: 'high', count: 2 },
			{ source: 'unknown', client: 'client 12', severity: 'unknown', count: 1 },
		]);
	});
});
