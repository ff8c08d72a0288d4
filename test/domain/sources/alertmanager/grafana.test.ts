import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { parseLabelRule } from '../../../../nodes/shared/domain/sources/alertmanager/labels';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from '../context';

interface Alert {
	labels: Record<string, string>;
	[member: string]: unknown;
}

function bodyOf(...alerts: Alert[]) {
	return {
		receiver: 'halo',
		status: 'firing',
		orgId: 1,
		groupLabels: {},
		alerts: alerts.map((alert) => ({
			status: 'firing',
			startsAt: '2026-05-04T09:00:00Z',
			...alert,
		})),
	};
}

function eventsOf(...alerts: Alert[]): ScannerEvent[] {
	const { events, failures } = readPayload('alertmanager', bodyOf(...alerts), contextFor());
	expect(failures).toEqual([]);
	return events;
}

function keysOf(...alerts: Alert[]): number {
	return new Set(eventsOf(...alerts).map((event) => event.dedupKey)).size;
}

const labels = { alertname: 'Disk nearly full', grafana_folder: 'Servers' };
const viewOf = (rule: string) => `https://grafana.example/alerting/grafana/${rule}/view?orgId=1`;

describe('the rule of a Grafana alert', () => {
	test('two rules of one title in one folder are two problems', () => {
		expect(
			keysOf({ labels, generatorURL: viewOf('r-1') }, { labels, generatorURL: viewOf('r-2') }),
		).toBe(2);
		expect(keysOf({ labels, ruleUID: 'r-1' }, { labels, ruleUID: 'r-2' })).toBe(2);
	});

	test.each([
		['its id beside the address', { ruleUID: 'r-1', generatorURL: viewOf('r-1') }],
		['the address of an older version', { generatorURL: 'http://old.example/alerting/r-1/edit' }],
		[
			'an address below a path',
			{ generatorURL: 'https://x.example/grafana/alerting/grafana/r-1/view' },
		],
	])('one rule told by %s is one problem', (_, members) =>
		expect(keysOf({ labels, generatorURL: viewOf('r-1') }, { labels, ...members })).toBe(1),
	);

	test.each([
		['of Prometheus', 'http://prom-0.example/graph?g0.expr=up', 'http://prom-1.example/graph'],
		['of vmalert', 'http://vm-0/vmalert/alert?alert_id=1', 'http://vm-1/vmalert/alert?alert_id=1'],
		['of another page', 'https://x.example/panels/1/view', 'https://x.example/panels/2/view'],
		['that is none', 'not an address', ''],
	])('an address %s names no rule', (_, one, other) =>
		expect(keysOf({ labels, generatorURL: one }, { labels, generatorURL: other })).toBe(1),
	);

	test('the end of one rule ends while another of its title fires', () => {
		const [over] = eventsOf(
			{ labels, status: 'resolved', endsAt: '2026-05-04T09:30:00Z', ruleUID: 'r-1' },
			{ labels: { ...labels, severity: 'critical' }, ruleUID: 'r-2' },
		);

		expect(over?.status).toBe('resolved');
	});

	test('labels that somebody typed are all that counts', () => {
		const alertLabels = parseLabelRule('alertname');
		if (alertLabels === null) throw new Error('Not understood');
		const body = bodyOf({ labels, ruleUID: 'r-1' }, { labels, ruleUID: 'r-2' });
		const { events } = readPayload('alertmanager', body, contextFor({ alertLabels }));

		expect(new Set(events.map((event) => event.dedupKey)).size).toBe(1);
	});
});

test('which queries of a rule find no data does not make another problem, another data source does', () => {
	const noData = { alertname: 'DatasourceNoData', rulename: 'Load', datasource_uid: 'prom' };
	const all = [
		{ labels: { ...noData, ref_id: 'A' } },
		{ labels: { ...noData, ref_id: 'A,B' } },
		{ labels: { ...noData, datasource_uid: 'loki', ref_id: 'A' } },
	];

	expect(keysOf(...all.slice(0, 2))).toBe(1);
	expect(keysOf(...all)).toBe(2);
	expect(
		keysOf({ labels: { ...labels, ref_id: 'A' } }, { labels: { ...labels, ref_id: 'B' } }),
	).toBe(2);
});

describe('the test of a contact point', () => {
	const testLabels = { alertname: 'TestAlert', instance: 'Grafana' };

	test.each([
		['as it is', testLabels],
		['with labels of its own', { ...testLabels, company: 'Contoso Ltd', severity: 'critical' }],
	])('%s is a ping and opens nothing', (_, own) => {
		const result = readPayload('alertmanager', bodyOf({ labels: own }), contextFor());

		expect([result.ping, result.events, result.failures]).toEqual([true, [], []]);
	});

	test.each([
		['an alert of that name on a host', { alertname: 'TestAlert', instance: 'srv-07' }],
		['an alert of another name', { alertname: 'Down', instance: 'Grafana' }],
	])('%s is an alert', (_, own) => expect(eventsOf({ labels: own })[0]?.status).toBe('open'));

	test('a body without alerts is no test', () =>
		expect(readPayload('alertmanager', bodyOf(), contextFor()).ping).toBe(false));

	test('an alert beside it is read', () =>
		expect(eventsOf({ labels: testLabels }, { labels })).toHaveLength(2));
});

describe('an alert of severity none', () => {
	const watchdog = { alertname: 'Watchdog', severity: 'none' };

	test.each(['none', ' None '])('"%s" only informs: it always fires', (severity) =>
		expect(eventsOf({ labels: { ...watchdog, severity } })[0]?.status).toBe('info'),
	);

	test.each(['info', 'nonexistent', 'page'])('"%s" is another word and opens', (severity) =>
		expect(eventsOf({ labels: { ...watchdog, severity } })[0]?.status).toBe('open'),
	);

	test('its end is an end', () => {
		const end = { status: 'resolved', endsAt: '2026-05-04T09:30:00Z' };

		expect(eventsOf({ labels: watchdog, ...end })[0]?.status).toBe('resolved');
	});
});

describe('the pod of an exporter', () => {
	const disk = {
		alertname: 'DiskFilling',
		namespace: 'monitoring',
		job: 'node-exporter',
		container: 'node-exporter',
		instance: '10.0.0.33:9100',
		device: '/dev/sdb1',
		pod: 'stack-node-exporter-w7bb7',
	};

	test.each([
		['a restart', {}, { pod: 'stack-node-exporter-kpfcc' }],
		[
			'a restart behind a proxy',
			{ container: 'rbac-proxy' },
			{ container: 'rbac-proxy', pod: 'node-exporter-2' },
		],
		[
			'a restart under another job',
			{ job: 'nodes' },
			{ job: 'nodes', pod: 'stack-node-exporter-kpfcc' },
		],
	])('%s is the same problem', (_, one, other) =>
		expect(keysOf({ labels: { ...disk, ...one } }, { labels: { ...disk, ...other } })).toBe(1),
	);

	test.each([
		['another host', { instance: '10.0.0.34:9100' }],
		['an object that it reports on', { pod: 'shop-7d9f-abcde' }],
	])('%s is another problem', (_, other) =>
		expect(keysOf({ labels: disk }, { labels: { ...disk, ...other } })).toBe(2),
	);

	test('two pods of it that nothing else tells apart are two', () => {
		const elsewhere = { ...disk, instance: '' };

		expect(
			keysOf({ labels: elsewhere }, { labels: { ...elsewhere, pod: 'node-exporter-2' } }),
		).toBe(2);
	});
});
