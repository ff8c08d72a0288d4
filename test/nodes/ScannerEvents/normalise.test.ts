import { ScannerEvents } from '../../../nodes/ScannerEvents/ScannerEvents.node';
import { alertmanager } from '../../../nodes/shared/domain/sources/alertmanager/source';
import { wazuh } from '../../../nodes/shared/domain/sources/wazuh/source';
import { runNode } from '../../support/engine';
import type { RunNodeOptions } from '../../support/engine';

async function run(options: Partial<RunNodeOptions>) {
	return await runNode({ node: new ScannerEvents(), ...options });
}

const twoAlerts = {
	...alertmanager.sample,
	alerts: [
		{ status: 'firing', fingerprint: '1', labels: { alertname: 'A' }, annotations: {} },
		{ status: 'resolved', fingerprint: '2', labels: { alertname: 'B' }, annotations: {} },
	],
};

describe('Scanner Events', () => {
	test('untouched it reads the item itself, fans out, and pairs every event with its item', async () => {
		const { outputs, error } = await run({ inputs: [[wazuh.sample as never, twoAlerts as never]] });

		expect(error).toBeNull();
		expect(outputs[0]?.map((item) => [item.json.source, item.pairedItem])).toEqual([
			['wazuh', { item: 0 }],
			['alertmanager', { item: 1 }],
			['alertmanager', { item: 1 }],
		]);
	});

	test('one bad item becomes one failed item, and the rest goes on', async () => {
		const { json, outputs, error } = await run({
			inputs: [[wazuh.sample as never, { hello: 'world' }, twoAlerts as never]],
		});

		expect(error).toBeNull();
		expect(json[0]?.map(({ decision }) => decision ?? null)).toEqual([null, 'failed', null, null]);
		expect(json[0]?.[1]).toMatchObject({
			raw: { hello: 'world' },
			reason: expect.stringContaining('Pick the source'),
		});
		expect(outputs[0]?.[1]?.pairedItem).toEqual({ item: 1 });
	});

	test('JSON text from a file or an agent is read, a text that is none fails by itself', async () => {
		const text = await run({
			parameters: { source: 'wazuh', payload: '={{ $json.text }}' },
			inputs: [[{ text: JSON.stringify([wazuh.sample, wazuh.sample]) }, { text: '{' }]],
		});

		expect(text.json[0]?.map(({ decision }) => decision ?? null)).toEqual([null, null, 'failed']);
		expect(text.json[0]?.[2]?.reason).toContain('JSON');
	});

	test('a text with a byte order mark is read, and an id beyond 2^53 in it keeps its digits', async () => {
		const { json } = await run({
			parameters: { source: 'canonical', payload: '={{ $json.text }}' },
			inputs: [[{ text: '\uFEFF{"id":9007199254740993,"title":"Disk full"}' }]],
		});

		expect(json[0]?.[0]).toMatchObject({
			title: 'Disk full',
			dedupKey: expect.stringContaining('9007199254740993'),
		});
	});

	test.each([
		['an id that was rounded before it came', { id: 2 ** 53 + 2, title: 'Disk full' }, 'id'],
		[
			'a member with two values',
			'{"id":"1","title":"t","status":"open","status":"resolved"}',
			'tatus: expected one value',
		],
		['a form', 'id=1&title=Disk+full', 'application/x-www-form-urlencoded'],
	])('%s fails by its name', async (_, payload, name) => {
		const { json } = await run({
			parameters: { source: 'canonical', payload: '={{ $json.payload }}' },
			inputs: [[{ payload } as never]],
		});

		expect(json[0]).toMatchObject([
			{ decision: 'failed', status: 'info', reason: expect.stringContaining(name) },
		]);
	});

	test('a wrong source is named with the one that it looks like', async () => {
		const { json } = await run({ parameters: { source: 'wazuh' }, inputs: [[twoAlerts as never]] });

		expect(json[0]).toHaveLength(1);
		expect(json[0]?.[0]?.reason).toContain('Set Source to Prometheus Alertmanager');
	});

	test('the fixed company may differ by item', async () => {
		const { json } = await run({
			parameters: {
				companyFrom: 'fixed',
				fixedCompany: '={{ $json.customer }}',
				payload: '={{ $json.alert }}',
			},
			inputs: [
				[
					{ customer: 'Contoso', alert: wazuh.sample as never },
					{ customer: 'Fabrikam', alert: wazuh.sample as never },
				],
			],
		});

		expect(json[0]?.map(({ company }) => company)).toMatchObject([
			{ name: 'Contoso' },
			{ name: 'Fabrikam' },
		]);
		expect(json[0]?.[0]?.dedupKey).not.toBe(json[0]?.[1]?.dedupKey);
	});

	test('a wrong setting stops the run and names the field', async () => {
		const { error } = await run({
			parameters: { companyFrom: 'fixed', fixedCompany: '={{ "" }}' },
			inputs: [[wazuh.sample as never]],
		});

		expect(error?.message).toContain('fixedCompany');
		expect(error?.itemIndex).toBe(0);
	});

	test('a wrong setting of one item is passed by when the node is set to continue', async () => {
		const { json } = await run({
			parameters: {
				companyFrom: 'fixed',
				fixedCompany: '={{ $json.customer }}',
				payload: '={{ $json.alert }}',
			},
			inputs: [
				[
					{ customer: '', alert: wazuh.sample as never },
					{ customer: 'Contoso', alert: wazuh.sample as never },
				],
			],
			settings: { onError: 'continueRegularOutput' },
		});

		expect(json[0]?.map(({ error }) => typeof error)).toEqual(['string', 'undefined']);
	});

	test('the record is kept when asked for, its credentials hidden', async () => {
		const { json } = await run({
			parameters: { source: 'pagerduty', additionalFields: { keepRaw: true } },
			inputs: [[{ routing_key: 'R0UTE', event_action: 'resolve', dedup_key: 'a' }]],
		});

		expect(json[0]?.[0]?.raw).toEqual({
			routing_key: '[hidden]',
			event_action: 'resolve',
			dedup_key: 'a',
		});
	});

	test('a time zone that does not exist is refused', async () => {
		const { error } = await run({
			parameters: { additionalFields: { zone: 'Mars/Base' } },
			inputs: [[wazuh.sample as never]],
		});

		expect(error?.message).toContain('zone');
	});

	test('an AI agent can use it as a tool', () =>
		expect(new ScannerEvents().description.usableAsTool).toBe(true));
});
