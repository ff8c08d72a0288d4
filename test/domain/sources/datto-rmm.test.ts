import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

function only(payload: unknown): ScannerEvent {
	const { events, failures } = readPayload('datto-rmm', payload, contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

function failuresOf(payload: unknown): string[] {
	return readPayload('datto-rmm', payload, contextFor()).failures.map(({ field }) => field);
}

function alert(kind: string, context: object = {}, change: object = {}) {
	return {
		alertUid: '0b1c',
		priority: 'High',
		resolved: false,
		muted: false,
		timestamp: 1_777_885_953_000,
		alertContext: { '@class': kind, ...context },
		alertSourceInfo: {
			deviceUid: 'dev-9',
			deviceName: 'FILE-02',
			siteUid: 'site-3',
			siteName: 'Tailwind Ltd',
		},
		...change,
	};
}

/** For each kind of alert: a context, and one that another monitor on the same device has. */
const MONITORS: ReadonlyArray<[kind: string, context: object, other: object]> = [
	['perf_disk_usage_ctx', { diskName: 'C:' }, { diskName: 'D:' }],
	['disk_usage_ctx', { diskName: '/srv/Data' }, { diskName: '/srv/data' }],
	['perf_resource_usage_ctx', { type: 'CPU' }, { type: 'MEMORY' }],
	[
		'process_resource_usage_ctx',
		{ processName: 'a', type: 'CPU' },
		{ processName: 'b', type: 'CPU' },
	],
	[
		'srvc_resource_usage_ctx',
		{ serviceName: 'a', type: 'CPU' },
		{ serviceName: 'a', type: 'MEMORY' },
	],
	['srvc_status_ctx', { serviceName: 'Spooler' }, { serviceName: 'W32Time' }],
	['process_status_ctx', { processName: 'a.exe' }, { processName: 'b.exe' }],
	['eventlog_ctx', { logName: 'System', code: '7' }, { logName: 'System', code: '51' }],
	['antivirus_ctx', { productName: 'A' }, { productName: 'B' }],
	[
		'action_ctx',
		{ packageName: 'x', actionType: 'INSTALLED' },
		{ packageName: 'x', actionType: 'UNINSTALLED' },
	],
	['custom_snmp_ctx', { displayName: 'toner' }, { displayName: 'paper' }],
	['snmp_probe_ctx', { ruleName: 'r', OID: '1.3.6' }, { ruleName: 'r', OID: '1.3.7' }],
	['ping_ctx', { instanceName: '10.0.0.1' }, { instanceName: '10.0.0.2' }],
	['printer_ctx', { markerSupplyIndex: 1 }, { markerSupplyIndex: 2 }],
	['fs_object_ctx', { path: '/a/B', condition: 'REMOVED' }, { path: '/a/b', condition: 'REMOVED' }],
	['patch_ctx', { policyUid: 'p1' }, { policyUid: 'p2' }],
];

describe('Datto RMM: which problem it is', () => {
	test('an alert and its end are one problem, in the API and in a webhook', () => {
		const open = only(alert('perf_disk_usage_ctx', { diskName: 'C:' }));
		const over = only(alert('perf_disk_usage_ctx', { diskName: 'C:' }, { resolved: true }));
		const posted = only({ alertUID: '0b1c', alertMessage: 'm', resolvedAlert: 'true' });
		expect([over.dedupKey, posted.dedupKey]).toEqual([open.dedupKey, open.dedupKey]);
		expect(only({ alertUID: '0B1C', alertMessage: 'm' }).dedupKey).not.toBe(open.dedupKey);
	});

	test.each(MONITORS)(
		'%s: each firing is a problem of its own that its monitor is recognised by',
		(kind, context, other) => {
			const first = only(alert(kind, { ...context, freeSpace: 4, status: 'a', sample: 1 }));
			const again = only(
				alert(kind, { ...context, freeSpace: 1, status: 'b', sample: 2 }, { alertUid: 'next' }),
			);
			const elsewhere = only(alert(kind, other));
			const worse = only(alert(kind, context, { priority: 'Critical' }));
			expect(again.dedupKey).not.toBe(first.dedupKey);
			expect(first.recurrenceKey).not.toBeNull();
			expect(again.recurrenceKey).toBe(first.recurrenceKey);
			expect(elsewhere.recurrenceKey).not.toBe(first.recurrenceKey);
			expect(worse.recurrenceKey).not.toBe(first.recurrenceKey);
		},
	);

	test('a renamed device or site is the same; another device is not', () => {
		const info = {
			deviceUid: 'dev-9',
			deviceName: 'NEW-NAME',
			siteUid: 'site-3',
			siteName: 'Tailwind',
		};
		const key = (change: object) =>
			only(alert('ping_ctx', { instanceName: 'gw' }, { alertSourceInfo: { ...info, ...change } }))
				.recurrenceKey;
		expect(key({})).toBe(only(alert('ping_ctx', { instanceName: 'gw' })).recurrenceKey);
		expect(key({ deviceUid: 'dev-10' })).not.toBe(key({}));
	});

	test.each([
		'endpoint_security_threat_ctx',
		'endpoint_security_windows_defender_ctx',
		'ransomware_ctx',
		'wmi_ctx',
		'network_monitor_ctx',
		'a_new_ctx',
	])('%s may be two findings: nothing says that it is the same again', (kind) => {
		expect(only(alert(kind, { description: 'Detected threat' })).recurrenceKey).toBeNull();
	});

	test('a kind whose context lacks what tells its monitors apart is not recognised again', () => {
		expect(only(alert('perf_disk_usage_ctx')).recurrenceKey).toBeNull();
		expect(only(alert('comp_script_ctx', { samples: {} })).recurrenceKey).toBeNull();
		const script = alert(
			'comp_script_ctx',
			{ samples: {} },
			{ diagnostics: '[Check RAID] - failed' },
		);
		expect(only(script).recurrenceKey).toContain('Check RAID');
	});
});

describe('Datto RMM: is it over', () => {
	test.each([
		[true, 'resolved'],
		['true', 'resolved'],
		['Yes', 'resolved'],
		[1, 'resolved'],
		[false, 'open'],
		['FALSE', 'open'],
		['no', 'open'],
		['', 'open'],
		[null, 'open'],
	])('a flag %p is %s', (flag, status) => {
		expect(only({ alertUID: 'u', alertMessage: 'm', resolvedAlert: flag }).status).toBe(status);
	});

	test.each(['unresolved', 'not resolved', 'resolved?', '[alert_resolved]', 'truee'])(
		'a flag %p is refused by name: nothing closes by a guess',
		(flag) => {
			expect(failuresOf([{ alertUID: 'u', alertMessage: 'm', resolvedAlert: flag }])).toEqual([
				'resolvedAlert',
			]);
		},
	);

	test.each(['system', 'Auto', 'auto-resolved', 'Datto RMM'])('%s is no person', (resolvedBy) => {
		const { resolution } = only(alert('ping_ctx', {}, { resolved: true, resolvedBy }));
		expect(resolution).toMatchObject({ reason: 'remediated', byName: null });
	});

	test('a technician who resolves it is named', () => {
		const { resolution } = only(
			alert('ping_ctx', {}, { resolved: true, resolvedBy: 'Auto Maier' }),
		);
		expect(resolution).toMatchObject({ reason: 'manual', byName: 'Auto Maier' });
	});

	test('a monitor for a device that comes online says that it is online', () => {
		const event = (status: string, resolved = false) =>
			only(alert('online_offline_status_ctx', { status }, { resolved })).event;
		expect([event('OFFLINE'), event('ONLINE'), event('ONLINE', true)]).toEqual([
			'agent.down',
			'monitor.triggered',
			'agent.up',
		]);
	});
});
