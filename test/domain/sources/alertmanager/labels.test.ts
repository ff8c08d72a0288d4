import type { LabelRule } from '../../../../nodes/shared/domain/sources/common/source';
import {
	assetOf,
	DEFAULT_LABELS,
	namedByLabels,
	parseLabelRule,
} from '../../../../nodes/shared/domain/sources/alertmanager/labels';

const disk = {
	alertname: 'DiskFull',
	instance: 'SRV-07:9100',
	mountpoint: '/var/Lib',
	severity: 'warning',
};

function rule(text: string): LabelRule {
	const parsed = parseLabelRule(text);
	if (parsed === null) throw new Error('Not understood');
	return parsed;
}

describe('which labels name a problem', () => {
	const same: Array<[string, object]> = [
		['another severity', { severity: 'critical' }],
		['a priority beside it', { priority: 'P1' }],
		['the replica that evaluated it', { prometheus_replica: 'prometheus-k8s-1' }],
		["Thanos' replica", { ruler_replica: 'b', replica: '2' }],
		["Grafana's private labels", { __alert_rule_uid__: 'x', __contacts__: 'y' }],
		['the case of the host', { instance: 'srv-07:9100' }],
		['an empty label, which Prometheus takes as none', { team: '' }],
	];
	test.each(same)('%s is the same problem', (_, change) =>
		expect(namedByLabels({ ...disk, ...change }, DEFAULT_LABELS)).toBe(
			namedByLabels(disk, DEFAULT_LABELS),
		),
	);

	const other: Array<[string, object]> = [
		['another alert', { alertname: 'DiskFilling' }],
		['another host', { instance: 'srv-08:9100' }],
		['another port', { instance: 'srv-07:9182' }],
		['another path', { mountpoint: '/var' }],
		['a path in another case', { mountpoint: '/var/lib' }],
		['another cluster', { cluster: 'west' }],
	];
	test.each(other)('%s is another problem', (_, change) =>
		expect(namedByLabels({ ...disk, ...change }, DEFAULT_LABELS)).not.toBe(
			namedByLabels(disk, DEFAULT_LABELS),
		),
	);

	test('the order of the labels does not count', () => {
		const turned = Object.fromEntries(Object.entries(disk).reverse());
		expect(namedByLabels(turned, DEFAULT_LABELS)).toBe(namedByLabels(disk, DEFAULT_LABELS));
	});

	test('labels of which none names a problem give none', () => {
		expect(namedByLabels({ severity: 'page', uid: '1' }, DEFAULT_LABELS)).toBeNull();
		expect(namedByLabels(disk, rule('nowhere'))).toBeNull();
	});

	test('in an address with a path the host folds and the path does not', () => {
		const at = (instance: string) => namedByLabels({ instance }, DEFAULT_LABELS);

		expect(at('HTTPS://WWW.Contoso.example/Login')).toBe(at('https://www.contoso.example/Login'));
		expect(at('https://www.contoso.example/login')).not.toBe(
			at('https://www.contoso.example/Login'),
		);
	});
});

describe('an exporter that reports on an object of Kubernetes', () => {
	const replicas = {
		alertname: 'DeploymentReplicasMismatch',
		namespace: 'shop',
		deployment: 'cart',
		job: 'kube-state-metrics',
		instance: '10.244.1.5:8080',
		pod: 'kube-state-metrics-5f-abc',
		container: 'kube-state-metrics',
	};
	const key = (labels: object) => namedByLabels({ ...labels }, DEFAULT_LABELS);

	test('is no part of the name: its pod may be made anew', () => {
		const restarted = {
			...replicas,
			instance: '10.244.3.9:8080',
			pod: 'kube-state-metrics-77-xyz',
		};
		expect(key(restarted)).toBe(key(replicas));
		expect(key({ ...replicas, deployment: 'checkout' })).not.toBe(key(replicas));
		expect(key({ ...replicas, namespace: 'shop-test' })).not.toBe(key(replicas));
		expect(assetOf(replicas)).toBe('cart');
	});

	test('leaves the pod that it reports on, and drops its own where both stand there', () => {
		const crash = { alertname: 'CrashLoop', namespace: 'shop', pod: 'cart-0', uid: 'u1' };
		const own = { ...crash, job: 'kube-state-metrics', instance: '10.244.1.5:8080' };

		expect(key({ ...own, uid: 'u2', instance: '10.244.9.9:8080' })).toBe(key(own));
		expect(key({ ...own, pod: 'cart-1' })).not.toBe(key(own));
		const exported = { ...crash, pod: 'exporter-1', exported_pod: 'cart-0' };
		expect(key({ ...exported, pod: 'exporter-2' })).toBe(key(exported));
		expect(key({ ...exported, exported_pod: 'cart-1' })).not.toBe(key(exported));
		expect(assetOf(exported)).toBe('cart-0');
	});

	test('is no part of the name where the object lies in another namespace than the exporter', () => {
		const machine = {
			alertname: 'MachineNotYetDeleted',
			exported_namespace: 'machines',
			namespace: 'operators',
			name: 'worker-7',
			instance: '10.128.0.29:8443',
			pod: 'operator-1',
			node: 'master-0',
			container: 'proxy',
			endpoint: 'https',
		};
		const moved = { ...machine, instance: '10.129.0.4:8443', pod: 'operator-2', node: 'master-1' };

		expect(key(moved)).toBe(key(machine));
		expect(key({ ...machine, name: 'worker-8' })).not.toBe(key(machine));
		expect(key({ ...machine, exported_namespace: 'other' })).not.toBe(key(machine));
	});

	test('two addresses that one exporter probes are two problems, although its pod is one', () => {
		const probe = { alertname: 'Down', namespace: 'monitoring', pod: 'blackbox-1', job: 'probe' };
		expect(key({ ...probe, instance: '10.0.0.5:443' })).not.toBe(
			key({ ...probe, instance: '10.0.0.6:443' }),
		);
	});
});

describe('the setting', () => {
	test.each([
		['', DEFAULT_LABELS],
		[' , ', DEFAULT_LABELS],
		['alertname, instance', { kind: 'only', names: ['alertname', 'instance'] }],
		['-pod +severity', { kind: 'default', without: ['pod'], also: ['severity'] }],
	])('"%s" is understood', (text, expected) => expect(parseLabelRule(text)).toEqual(expected));

	test.each(['alertname -pod', '-', '++pod', '1st', 'a=b', 'x'.repeat(300)])(
		'"%s" is not',
		(text) => expect(parseLabelRule(text)).toBeNull(),
	);

	test('takes exactly the labels, leaves one out, or puts one back', () => {
		const severe = { ...disk, severity: 'critical' };
		const elsewhere = { ...disk, mountpoint: '/srv' };

		expect(namedByLabels(elsewhere, rule('alertname instance'))).toBe(
			namedByLabels(disk, rule('instance, alertname')),
		);
		expect(namedByLabels(elsewhere, rule('-mountpoint'))).toBe(
			namedByLabels(disk, rule('-mountpoint')),
		);
		expect(namedByLabels(severe, rule('+severity'))).not.toBe(
			namedByLabels(disk, rule('+severity')),
		);
	});
});

describe('the host of an alert', () => {
	test.each([
		[{ instance: 'srv-07:9100' }, 'srv-07'],
		[{ instance: '10.0.0.5:9100' }, '10.0.0.5'],
		[{ instance: '[2001:db8::7]:9100' }, '2001:db8::7'],
		[{ instance: 'https://www.contoso.example:8443/a?b#c' }, 'www.contoso.example'],
		[{ instance: 'https://user@www.contoso.example' }, 'www.contoso.example'],
		[{ host: 'db-3' }, 'db-3'],
		[{ pod: 'cart-0', namespace: 'shop' }, 'cart-0'],
		[{ alertname: 'Watchdog' }, null],
	])('%j is %s', (labels, expected) => expect(assetOf(labels)).toBe(expected));
});
