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
	['eventlog_ctx', { source: 'disk', eventId: 7 }, { source: 'disk', eventId: 51 }],
	['disk_health_ctx', { diskName: 'naa.1' }, { diskName: 'naa.2' }],
	['fan_ctx', { fanName: 'Fan 1' }, { fanName: 'Fan 2' }],
	['psu_ctx', { psuName: 'PSU 1' }, { psuName: 'PSU 2' }],
	['temperature_ctx', { sensorName: 'CPU 1' }, { sensorName: 'Inlet' }],
	['seccenter_ctx', { productName: 'A', alertType: 'OFF' }, { productName: 'A', alertType: 'OLD' }],
	['status_ctx', { processName: 'a.exe' }, { processName: 'b.exe' }],
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
		'security_management_ctx',
		'windows_performance_ctx',
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

describe('Datto RMM: bodies of webhooks as people write them', () => {
	/** A body with every variable that Datto fills, under the names that templates give them. */
	const body = (change: object = {}) => ({
		alertUid: '7d0e',
		alertPriority: 'Critical',
		alertMessage: 'Backup is 3 days old',
		deviceUid: 'dev-9',
		deviceId: '5501',
		hostname: 'FILE-02',
		externalIp: '192.0.2.7',
		siteUid: 'site-3',
		siteId: '88',
		siteName: 'Tailwind Ltd',
		...change,
	});

	test.each([
		[{ eventType: 'alert.resolved' }, 'resolved'],
		[{ eventType: 'Alert Resolved' }, 'resolved'],
		[{ event_type: 'resolved' }, 'resolved'],
		[{ alertStatus: 'RESOLVED' }, 'resolved'],
		[{ status: 'Resolved' }, 'resolved'],
		[{ eventType: 'alert.raised' }, 'open'],
		[{ eventType: 'alert.unresolved' }, 'open'],
		[{ status: 'not resolved' }, 'open'],
		[{ status: '[alert_status]' }, 'open'],
		[{ eventType: 'alert.raised', resolved: 'true' }, 'resolved'],
	])('%j is %s', (change, status) => {
		expect(only(body(change)).status).toBe(status);
	});

	test('a body that says resolved and not resolved is refused by name', () => {
		const change = { eventType: 'alert.resolved', resolvedAlert: 'false' };
		expect(failuresOf([body(change)])).toEqual(['eventType']);
		expect(only(body({ ...change, resolvedAlert: null })).status).toBe('resolved');
	});

	test('site and device have the ids that the API gives them', () => {
		const api = only(alert('ping_ctx', { instanceName: 'gw' }));
		const posted = only(body());
		expect([posted.company.id, posted.asset?.id]).toEqual([api.company.id, api.asset?.id]);
		expect(posted.asset).toMatchObject({ name: 'FILE-02', ip: '192.0.2.7' });
		expect(only(body({ siteUid: '[site_uid]', deviceUid: null })).company.id).toBe('88');
	});

	test('the site is found under the name that the template of the Halo bots has', () => {
		const posted = { alertUID: '7d0e', alertMessage: 'm', dattoSiteDetails: 'Tailwind Ltd' };
		expect(only(posted).company.name).toBe('Tailwind Ltd');
	});

	test.each(['troubleshootingNote', 'alertTroubleshooting'])('a note in %s is told', (member) => {
		expect(only(body({ [member]: 'Run the disk check' })).description).toContain('disk check');
	});

	test.each(['alert_message', 'alert_message_en'])('the message is found in %s', (member) => {
		expect(only({ alert_uid: '7d0e', [member]: 'Backup is old' }).title).toBe('Backup is old');
	});

	test('a body with the ids of Datto is told to be of Datto', () => {
		expect(readPayload('detect', body(), contextFor()).source).toBe('datto-rmm');
		expect(() => readPayload('detect', { alertUid: 'x', title: 'y' }, contextFor())).toThrow();
	});

	test('a resolved alert says when it ended', () => {
		const ended = { resolved: true, resolvedAt: 1_777_887_153_000 };
		expect(only(alert('ping_ctx', {}, ended)).time).toBe('2026-05-04T09:32:33.000Z');
	});
});

describe('Datto RMM: what a kind of alert is about', () => {
	test.each([
		['seccenter_ctx', { productName: 'A', alertType: 'OFF' }, 'protection.off'],
		['security_management_ctx', { productName: 'A', virusName: 'Eicar' }, 'av.threat'],
		['status_ctx', { processName: 'a.exe', status: 'STOPPED' }, 'service.stopped'],
		['windows_performance_ctx', { value: 4 }, 'perf.threshold'],
		['antivirus_ctx', { productName: 'A', status: 'NOT_RUNNING' }, 'protection.off'],
		['antivirus_ctx', { productName: 'A', status: 'RunningAndNotUpToDate' }, 'protection.off'],
		['antivirus_ctx', { avProduct: 'A', avStatus: 'Out of Date' }, 'protection.off'],
		['antivirus_ctx', { productName: 'A', status: 'NOT_RUNNING', threatName: 'X' }, 'av.threat'],
		['antivirus_ctx', { productName: 'A', status: 'a word of tomorrow' }, 'av.threat'],
	])('%s with %j is %s', (kind, context, event) => {
		expect(only(alert(kind, context)).event).toBe(event);
	});

	test('the marks of writing direction that Datto puts into texts are not written out', () => {
		const site = { siteName: 'Tailwind&lrm; Ltd', siteUid: 'site-3' };
		const event = only({ alertUID: 'u', alertMessage: 'Disk &rlm;C:&lrm; is full', ...site });
		expect([event.title, event.company.name].join()).not.toContain('lm;');
	});

	test('lists and groups of values in a context are told', () => {
		const script = only(alert('comp_script_ctx', { samples: { Status: 'Unhealthy', Code: 3 } }));
		const ping = only(alert('ping_ctx', { instanceName: 'gw', reasons: ['TIMEOUT', 'LOSS'] }));
		expect(script.description).toBe('samples Status: Unhealthy\nsamples Code: 3');
		expect(ping.description).toContain('reasons: TIMEOUT, LOSS');
	});
});
