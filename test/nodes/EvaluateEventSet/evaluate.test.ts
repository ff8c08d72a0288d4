import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { fieldOfCategory } from '../../../nodes/EvaluateEventSet/category-fields';
import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import type { MappedEvent } from '../../../nodes/shared/domain/event/decision';
import { categoryNamed } from '../../../nodes/shared/domain/event-set/names';
import { companyOf, mappedOf, stampOf } from '../../domain/company/mapping-builders';
import { runNode } from '../../support/engine';
import type { RunNodeOptions } from '../../support/engine';

const TICKET = 0;
const IGNORED = 1;

function item(given: Partial<MappedEvent> = {}, beside: IDataObject = {}): IDataObject {
	const { raw, ...event } = mappedOf(given);
	return { ...event, raw: raw ?? null, ...beside };
}

async function run(
	items: IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<RunNodeOptions> = {},
) {
	return await runNode({ node: new EvaluateEventSet(), inputs: [items], parameters, ...more });
}

describe('Halo Evaluate Event Set, untouched', () => {
	it('CS-16 takes all events, severity high and above, one ticket per problem', async () => {
		const items = [
			item({ severity: 'critical', dedupKey: 'k1' }),
			item({ severity: 'unknown', dedupKey: 'k2' }),
			item({ severity: 'medium', dedupKey: 'k3' }),
		];
		const { json, outputs, error } = await run(items);
		expect(error).toBeNull();
		expect(json[TICKET]).toMatchObject([
			{ groupKey: 'k1', eventSet: 'Default', rule: 'rule 1' },
			{ groupKey: 'k2' },
		]);
		expect(json[IGNORED]).toMatchObject([
			{
				decision: 'skipped_severity',
				reason: 'Event set "Default", rule 1: severity medium is below the minimum high.',
				groupKey: null,
				eventSet: 'Default',
			},
		]);
		expect(outputs[IGNORED]?.[0]?.pairedItem).toEqual({ item: 2 });
	});

	it('passes resolves and suppressions, keeps information and simulations', async () => {
		const items = [
			item({ status: 'resolved', severity: 'low', mapping: null, company: companyOf() }),
			item({ status: 'suppressed', severity: 'low' }),
			item({ status: 'info' }),
			item({ simulation: true }),
		];
		const { json } = await run(items);
		expect(json[TICKET]?.map(({ status, mapping }) => [status, mapping === null])).toEqual([
			['resolved', true],
			['suppressed', false],
		]);
		expect(json[IGNORED]?.map(({ decision }) => decision)).toEqual([
			'skipped_info',
			'skipped_simulation',
		]);
	});

	it('keeps what the workflow added to an item', async () => {
		const { json } = await run([item({}, { inboxId: 9 })]);
		expect(json[TICKET]).toMatchObject([{ inboxId: 9, mapping: { haloClientId: 12 } }]);
	});
});

describe('Halo Evaluate Event Set with the set in the node', () => {
	const categories = (
		chosen: Record<string, string[]>,
		more: INodeParameters = {},
	): INodeParameters => ({
		events: 'categories',
		categories: Object.keys(chosen),
		...Object.fromEntries(
			Object.entries(chosen).map(([name, events]) => {
				const category = categoryNamed(name);
				if (category === null) throw new Error(`No category ${name}`);
				return [fieldOfCategory(category), events];
			}),
		),
		...more,
	});

	it('CS-20 CN-12 CN-13 a category with none ticked is taken whole, with some ticked only these', async () => {
		const items = [
			item({ event: 'ports.closed', category: 'Ports' }),
			item({ event: 'ports.opened.probe', category: 'Ports' }),
			item({ event: 'agent.down', category: 'Agent' }),
			item({ event: 'agent.deleted', category: 'Agent' }),
		];
		const whole = await run(items, categories({ Ports: [] }));
		expect(whole.json[TICKET]?.map(({ event }) => event)).toEqual([
			'ports.closed',
			'ports.opened.probe',
		]);
		const some = await run(items, categories({ Ports: ['ports.closed'], Agent: ['agent.down'] }));
		expect(some.json[TICKET]?.map(({ event }) => event)).toEqual(['ports.closed', 'agent.down']);
		expect(some.json[IGNORED]?.[0]?.reason).toBe(
			'Event set "Default" does not contain event ports.opened.probe (category Ports).',
		);
	});

	it('a set without events is refused', async () => {
		await expect(run([item()], { events: 'categories', categories: [] })).rejects.toThrow(
			'Parameter "Categories" is required',
		);
		const { error } = await run([item()], { events: 'categories', categories: '={{ [] }}' });
		expect(error?.message).toMatch(
			/Event set "Default" \(this node\), rules: the set has no events/,
		);
	});

	it('CN-14 two remediation groupings are refused', async () => {
		const both = ['remediation.by_asset', 'remediation.by_product'];
		const { error } = await run([item()], categories({ Remediation: both }));
		expect(error?.message).toMatch(
			/choose exactly one of Remediation by asset, Remediation by product/,
		);
	});

	it('CS-19 Notify By groups', async () => {
		const { json } = await run([item()], { grouping: 'asset' });
		expect(json[TICKET]).toMatchObject([{ groupKey: 'v1|wazuh|contoso ltd|by asset|007' }]);
	});

	it('filters by KEV, EPSS, companies and asset', async () => {
		const options = {
			kevOnly: true,
			minEpss: 0.5,
			companies: 'Contoso, Fabrikam',
			notCompanies: 'Northwind',
			asset: '^srv',
			name: 'Mine',
		};
		const good = { kev: true, epss: 0.6 };
		const items = [
			item(good),
			item({ ...good, kev: false }),
			item({ ...good, epss: 0.4 }),
			item({ ...good, company: companyOf({ name: 'Northwind' }) }),
			item({ ...good, asset: { id: null, name: 'WS-1', ip: null, mac: null, serial: null } }),
		];
		const { json } = await run(items, { options });
		expect(json[TICKET]).toHaveLength(1);
		expect(
			json[IGNORED]?.map(({ reason }) => String(reason).replace('Event set "Mine", rule 1: ', '')),
		).toEqual([
			'it is for known exploited vulnerabilities only.',
			'it is for an EPSS of 0.5 and above.',
			'it is for other companies.',
			'it is for assets like ^srv.',
		]);
	});

	it('an asset pattern that is no pattern is reported', async () => {
		const { error } = await run([item()], { options: { asset: 'SRV-(' } });
		expect(error?.message).toMatch(/rule 1, asset: "SRV-\(" is no regular expression/);
	});

	it('an open in a maintenance window waits until it ends', async () => {
		const window = {
			name: 'Always',
			days: [],
			from: '00:00',
			to: '00:00',
			timeZone: 'UTC',
			companies: '',
		};
		const { json } = await run([item(), item({ status: 'resolved' })], {
			maintenance: { window: [window] },
		});
		expect(json[IGNORED]).toMatchObject([{ decision: 'skipped_maintenance' }]);
		expect(json[IGNORED]?.[0]?.notBefore).toMatch(/T00:00:00\.000Z$/);
		expect(json[TICKET]).toHaveLength(1);
	});

	it('information that is included goes on as open', async () => {
		const { json } = await run([item({ status: 'info' })], { options: { includeInfo: true } });
		expect(json[TICKET]).toMatchObject([{ status: 'open' }]);
	});
});

describe('Halo Evaluate Event Set with rows', () => {
	const SETS: IDataObject[] = [
		{
			id: 1,
			name: 'High',
			isDefault: true,
			enabled: true,
			grouping: 'problem',
			minSeverity: 'high',
			includeUnknown: true,
			rules: '',
			maintenance: '',
		},
		{
			id: 2,
			name: 'All',
			isDefault: false,
			enabled: true,
			grouping: '',
			minSeverity: 'informational',
			includeUnknown: null,
			rules: '[{"name":"everything","events":["*"]}]',
			maintenance: null,
		},
	];
	const rows = (items: IDataObject[], sets: IDataObject[] = SETS): Partial<RunNodeOptions> => ({
		inputs: [items, sets],
	});

	it('CS-17 CS-18 CS-37 CN-18 the set of the mapping decides, else the default', async () => {
		const items = [
			item({ severity: 'low' }),
			item({ severity: 'low', mapping: stampOf({ eventSet: 'all' }) }),
		];
		const { json } = await run([], { eventSetFrom: 'rows' }, rows(items));
		expect(json[TICKET]).toMatchObject([{ eventSet: 'All', rule: 'rule "everything"' }]);
		expect(json[IGNORED]).toMatchObject([{ decision: 'skipped_severity', eventSet: 'High' }]);
	});

	it('no row is a valid answer: opens are ignored with the reason, resolves go on', async () => {
		const { json, error } = await run(
			[],
			{ eventSetFrom: 'rows' },
			rows([item(), item({ status: 'resolved' })], [{}]),
		);
		expect(error).toBeNull();
		expect(json[IGNORED]).toMatchObject([{ decision: 'skipped_event_set' }]);
		expect(json[TICKET]).toMatchObject([{ status: 'resolved' }]);
	});

	it('gives out nothing for no event at all', async () => {
		const { json, error } = await run([], { eventSetFrom: 'rows' }, rows([]));
		expect(error).toBeNull();
		expect(json.flat()).toEqual([]);
	});

	it('CN-18 of two defaults none is guessed: opens and ends that need one fail, those that name their set go on', async () => {
		const items = [
			item(),
			item({ status: 'resolved' }),
			item({ severity: 'low', mapping: stampOf({ eventSet: 'all' }) }),
		];
		const both = SETS.map((set) => ({ ...set, isDefault: true }));
		const { json, error } = await run([], { eventSetFrom: 'rows' }, rows(items, both));
		expect(error).toBeNull();
		const reason = expect.stringMatching(
			/Event sets "High" \(row 1\) and "All" \(row 2\) are both the default; switch isDefault off/,
		);
		expect(json[IGNORED]).toMatchObject([
			{ decision: 'failed', reason },
			{ decision: 'failed', reason },
		]);
		expect(json[TICKET]).toMatchObject([{ eventSet: 'All' }]);
	});

	it('CN-08 an event meets the sets of its integration, then those of none', async () => {
		const sets = [
			{ ...SETS[0] },
			{ ...SETS[1], name: 'High', integration: 'second', isDefault: true },
		];
		const of = (integration: string) => item({ integration, severity: 'low' });
		const { json } = await run(
			[],
			{ eventSetFrom: 'rows' },
			rows([of('default'), of('Second')], sets),
		);
		expect(json[IGNORED]).toMatchObject([{ integration: 'default', decision: 'skipped_severity' }]);
		expect(json[TICKET]).toMatchObject([{ integration: 'Second', eventSet: 'High' }]);
	});
});

describe('Halo Evaluate Event Set', () => {
	it('an event that carries a decision passes untouched to Ignored', async () => {
		const held = item({}, { decision: 'held_unmapped', reason: 'no mapping' });
		const { json } = await run([held]);
		expect(json[IGNORED]).toEqual([held]);
		expect(json[TICKET]).toEqual([]);
	});

	it('an event that was not mapped says which node is missing', async () => {
		const unmapped = item();
		delete unmapped.mapping;
		const { error } = await run([unmapped]);
		expect(error?.message).toMatch(/mapping: expected what Halo Map Company adds, got nothing/);
		expect(error?.description).toMatch(/Put Halo Map Company before this node/);
	});

	it('a half-good batch: good events go on, the others fail one by one', async () => {
		const { json, error } = await run([
			item(),
			{ title: 'x' },
			item({ mapping: stampOf({ haloClientId: 1 }) }),
		]);
		expect(error).toBeNull();
		expect(json[TICKET]).toHaveLength(1);
		expect(json[IGNORED]?.map(({ decision }) => decision)).toEqual(['failed', 'failed']);
	});

	it('an error of the set becomes one failed item each when the node continues', async () => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const { json, error } = await run([item(), item()], { options: { asset: '(' } }, { settings });
		expect(error).toBeNull();
		expect(json[IGNORED]?.map(({ decision }) => decision)).toEqual(['failed', 'failed']);
	});

	it('evaluates 20,000 events against 50 rules in about twice the time of 10,000', async () => {
		const rules = Array.from({ length: 50 }, (_unused, index) => ({
			events: [`custom.event_${index}`],
			companies: [`Company ${index}`],
		}));
		const set = {
			name: 'A',
			isDefault: true,
			rules: JSON.stringify([...rules, { events: ['*'] }]),
		};
		const time = async (count: number): Promise<number> => {
			const items = Array.from({ length: count }, (_unused, index) =>
				item({ dedupKey: `k${index}` }),
			);
			const started = performance.now();
			const { json } = await run([], { eventSetFrom: 'rows' }, { inputs: [items, [set]] });
			expect(json[TICKET]).toHaveLength(count);
			return performance.now() - started;
		};
		await time(1_000);
		const half = await time(10_000);
		// Proportional would be 2; room for a machine that does other things.
		expect((await time(20_000)) / half).toBeLessThan(6);
	});
});
