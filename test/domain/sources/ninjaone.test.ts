import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { ninjaOne } from '../../../nodes/shared/domain/sources/ninjaone/source';
import { ACTIVITY_CODES } from '../../../nodes/shared/domain/sources/ninjaone/codes';
import { JOB_CODES } from '../../../nodes/shared/domain/sources/ninjaone/job-codes';
import { SECURITY_CODES } from '../../../nodes/shared/domain/sources/ninjaone/security-codes';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

const FAMILIES = [...SECURITY_CODES, ...JOB_CODES];

function only(payload: unknown): ScannerEvent {
	const { events, failures } = readPayload('ninjaone', payload, contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

function failureOf(payload: unknown): string | undefined {
	return readPayload('ninjaone', payload, contextFor()).failures[0]?.field;
}

const condition: Record<string, unknown> = { ...ninjaOne.sample, sourceConfigUid: 'cfg-disk' };

/** An activity of a product, as NinjaOne sends it: no condition, and the object in its data. */
function activity(statusCode: string, change: object = {}) {
	return {
		id: 52_001,
		activityTime: 1_777_885_953,
		deviceId: 7,
		seriesUid: null,
		activityType: 'ANTIVIRUS',
		statusCode,
		status: 'In the language of the user',
		severity: 'NONE',
		priority: 'NONE',
		subject: 'What happened',
		message: 'What happened, in words',
		organizationId: 9,
		device: { id: 7, systemName: 'FILE-02' },
		...change,
	};
}

describe('what an activity of NinjaOne says', () => {
	test.each([
		['TRIGGERED', 'open'],
		['RESET', 'resolved'],
		['RESET_BY_PSA_TICKET_CALLBACK', 'resolved'],
		['ACKNOWLEDGED', 'info'],
		['DISABLED', 'info'],
		['EVALUATION_FAILURE', 'info'],
	])('a condition that is %s is %s', (statusCode, status) => {
		expect(only({ ...condition, statusCode, status: 'Reset' }).status).toBe(status);
	});

	test.each(['CUSTOM_HEALTH_STATUS_RESET', 'CUSTOM_HEALTH_STATUS_CHANGED', 'NOT_RESET', 'UNRESET'])(
		'%s holds a word of the table and is none of it',
		(statusCode) => {
			const given = { ...condition, activityType: 'SYSTEM', statusCode, status: 'Reset' };
			expect(only(given).status).toBe('info');
		},
	);

	test('a description in the language of the user counts only where there is no code', () => {
		const { statusCode, ...without } = condition;
		expect(statusCode).toBe('TRIGGERED');
		expect(only({ ...without, status: 'Reset' }).status).toBe('resolved');
		expect(
			only({ ...without, activityType: 'MONITOR', statusCode: 'PORT_OPENED', status: 'Reset' })
				.status,
		).toBe('info');
	});

	test('every code of the tables stands there once', () => {
		expect(ACTIVITY_CODES.length).toBeGreaterThan(150);
		const written = FAMILIES.flatMap(({ opens, ends, warns }) => [
			...opens,
			...ends,
			...(warns ?? []),
		]);
		expect(new Set(written).size).toBe(written.length);
		expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
	});

	const openers = FAMILIES.flatMap((family) => family.opens.map((code) => ({ code })));
	test.each(openers)('$code is an open problem', ({ code }) => {
		expect(only(activity(code)).status).toBe('open');
	});

	const pairs = FAMILIES.flatMap(({ opens, warns, ends, told }) =>
		[...opens, ...(warns ?? [])].flatMap((open) => ends.map((end) => ({ open, end, told }))),
	);
	test.each(pairs)('$end is the end of $open where they speak of one thing', ({ open, end }) => {
		const same = { data: { message: { params: { file_path: 'C:\\a.exe', plan_name: 'p1' } } } };
		const begun = only(activity(open, { ...same, sourceConfigUid: 'plan-1' }));
		const over = only(activity(end, { ...same, id: 52_002, sourceConfigUid: 'plan-1' }));
		expect([begun.status, over.status]).toEqual(['open', 'resolved']);
		expect(over.dedupKey).toBe(begun.dedupKey);
	});

	test.each(pairs.filter(({ told }) => told !== 'device'))(
		'$end that does not say of what ends no $open',
		({ open, end }) => {
			const begun = only(activity(open));
			const over = only(activity(end, { id: 52_002 }));
			expect(over.status).toBe('info');
			expect(over.dedupKey).not.toBe(begun.dedupKey);
		},
	);

	test('a backup is one job under the older name of NinjaOne Backup and under its own', () => {
		const job = { sourceConfigUid: 'plan-1' };
		const failed = only(activity('LOCKHART_BACKUPJOB_FAILED', job));
		const over = only(activity('LOCKHART_BACKUPJOB_COMPLETED', { ...job, id: 52_002 }));
		const renamed = only(activity('NINJA_BACKUP_BACKUPJOB_FAILED', job));
		expect([failed.status, failed.event, over.status]).toEqual([
			'open',
			'backup.failed',
			'resolved',
		]);
		expect([over.dedupKey, renamed.dedupKey]).toEqual([failed.dedupKey, failed.dedupKey]);
		expect(only(activity('LOCKHART_BACKUPJOB_STARTED', job)).status).toBe('info');
		expect(only(activity('LOCKHARTS_BACKUPJOB_FAILED', job)).status).toBe('info');
	});

	test('a run that fails is open, and the next one that succeeds is its end', () => {
		const run = { activityType: 'SCHEDULED_TASK', sourceConfigUid: 'task-3' };
		const failed = only(activity('COMPLETED', { ...run, activityResult: 'FAILURE' }));
		const fine = only(activity('COMPLETED', { ...run, id: 9, activityResult: 'SUCCESS' }));
		const unsupported = only(activity('COMPLETED', { ...run, activityResult: 'UNSUPPORTED' }));
		expect([failed.status, fine.status, unsupported.status]).toEqual(['open', 'resolved', 'info']);
		expect(fine.dedupKey).toBe(failed.dedupKey);
		expect(failed.event).toBe('script.failed');
	});

	test.each([
		['MAJOR', 'LOW', 'high'],
		['NONE', 'HIGH', 'high'],
		['NONE', 'NONE', 'unknown'],
		[null, 'MEDIUM', 'medium'],
		[undefined, undefined, 'unknown'],
	])('severity %s and priority %s are %s', (severity, priority, expected) => {
		expect(only({ ...condition, severity, priority }).severity).toBe(expected);
	});

	test('a threat without severity is high, one that the product stopped is low', () => {
		expect(only(activity('CROWDSTRIKE_THREAT_DETECTED')).severity).toBe('high');
		expect(only(activity('GRAVITYZONE_THREAT_QUARANTINED')).severity).toBe('low');
	});

	test('who reset it: the condition itself, a technician, the PSA', () => {
		const reason = (change: object) =>
			only({ ...condition, statusCode: 'RESET', ...change }).resolution?.reason;
		expect(reason({ userId: 0 })).toBe('remediated');
		expect(reason({ userId: 3 })).toBe('manual');
		expect(reason({ statusCode: 'RESET_BY_PSA_TICKET_CALLBACK' })).toBe('manual');
	});
});

describe('which problem it is', () => {
	test('a series is one problem; the condition on the device is what comes back', () => {
		const first = only(condition);
		const again = only({ ...condition, id: 2, seriesUid: 'another' });
		expect(again.dedupKey).not.toBe(first.dedupKey);
		expect(again.recurrenceKey).toBe(first.recurrenceKey);
		expect(first.recurrenceKey).not.toBeNull();
		for (const change of [{ deviceId: 101 }, { sourceConfigUid: 'cfg-cpu' }]) {
			expect(only({ ...condition, ...change }).recurrenceKey).not.toBe(first.recurrenceKey);
		}
		expect(only({ ...condition, sourceConfigUid: null }).recurrenceKey).toBeNull();
	});

	test('two threats, patches or plans on one device are two problems', () => {
		const params = (value: object) => ({ data: { message: { params: value } } });
		const key = (code: string, change: object) => only(activity(code, change)).dedupKey;
		const threat = 'SENTINEL_ONE_THREAT_DETECTED';
		expect(key(threat, params({ threatName: 'A' }))).not.toBe(
			key(threat, params({ threatName: 'B' })),
		);
		expect(key(threat, params({ threatName: 'A', detection_time: 1 }))).toBe(
			key(threat, params({ threatName: 'A', detection_time: 2 })),
		);
		expect(key(threat, { id: 1 })).not.toBe(key(threat, { id: 2 }));
		const patch = 'PATCH_MANAGEMENT_INSTALL_FAILED';
		expect(key(patch, { id: 1, message: 'KB5031234 failed' })).toBe(
			key(patch, { id: 2, message: 'Fehler bei kb5031234' }),
		);
		expect(key(patch, { message: 'KB5031234' })).not.toBe(key(patch, { message: 'KB5031235' }));
		const backup = 'NINJA_BACKUP_BACKUPJOB_FAILED';
		expect(key(backup, { sourceConfigUid: 'a' })).not.toBe(key(backup, { sourceConfigUid: 'b' }));
		expect(key(backup, { sourceConfigUid: 'a', id: 1 })).toBe(
			key(backup, { sourceConfigUid: 'a', id: 2, seriesUid: 'job-2' }),
		);
	});

	test('a trigger without series and condition is known by its own id, a reset without them is refused', () => {
		const bare = { ...condition, seriesUid: null, sourceConfigUid: null };
		expect(only(bare).dedupKey).toBe('v1|ninjaone|-|activity/4711|100');
		expect(failureOf({ ...bare, statusCode: 'RESET' })).toBe('seriesUid');
		expect(failureOf({ ...bare, id: null })).toBe('seriesUid');
	});

	test('an alert that the API lists is the trigger of its condition', () => {
		const { seriesUid, deviceId, sourceConfigUid } = condition;
		const alert = {
			uid: seriesUid,
			deviceId,
			message: 'The device is offline',
			createTime: 1_777_885_953.25,
			updateTime: 1_777_885_999,
			sourceType: 'AGENT_OFFLINE',
			sourceConfigUid,
			subject: 'Offline',
			device: { systemName: 'SRV-01', organizationId: 42 },
		};
		const listed = only(alert);
		expect(listed.dedupKey).toBe(only(condition).dedupKey);
		expect(listed.recurrenceKey).toBe(only(condition).recurrenceKey);
		expect(listed).toMatchObject({
			status: 'open',
			event: 'agent.down',
			company: { id: '42' },
			deliveryId: null,
			time: '2026-05-04T09:13:19.000Z',
		});
	});
});

describe('NinjaOne: rows of the list of alerts', () => {
	const row = (change: object) => ({
		uid: 'al-1',
		deviceId: 33,
		message: 'EventId: 41, Source: Kernel-Power',
		sourceType: 'CONDITION_WINDOWS_EVENT_LOG_TRIGGERED',
		sourceConfigUid: 'cfg-log',
		sourceName: '',
		...change,
	});

	test.each([
		['41', 'EventId: 41, Source: Kernel-Power'],
		['', 'EventId: 41, Source: Kernel-Power'],
		['Disk C: is full', 'Disk C: is full'],
	])('its subject %p is told by %p', (subject, title) => {
		expect(only(row({ subject })).title).toBe(title);
		expect(only({ ...condition, subject, message: row({}).message }).title).toBe(title);
	});

	test.each(['ACTIONSET', 'CONDITION'])('a job of type %s is no alert', (jobType) => {
		const job = row({ jobType, jobStatus: 'START_REQUESTED', jobResult: null });
		expect(() => only(job)).toThrow(/activityType/);
		expect(failureOf([job])).toBe('activityType');
		expect(() => readPayload('detect', job, contextFor())).toThrow();
	});

	test.each([
		[undefined, 'open'],
		['TRIGGERED', 'open'],
		['OPEN', 'open'],
		['Reset', 'resolved'],
		['ACKNOWLEDGED', 'info'],
	])('one that says %p of itself is %s', (status, expected) => {
		expect(only(row({ status })).status).toBe(expected);
		expect(only(row({ status })).dedupKey).toBe(only(row({})).dedupKey);
	});

	test('a number is its title where nothing else is said', () => {
		expect(only(row({ subject: '41', message: null })).title).toBe('41');
	});

	test.each([
		['CONDITION_MAC_DAEMON', 'service.stopped'],
		['CONDITION_NMS_CPU', 'perf.threshold'],
		['CONDITION_NMS_MEMORY', 'perf.threshold'],
		['CONDITION_LINUX_PROCESS_RESOURCE_CPU', 'perf.threshold'],
		['CONDITION_WINDOWS_PROCESS_RESOURCE_MEMORY', 'perf.threshold'],
		['CONDITION_MAC_PROCESS_RESOURCE_CPU', 'perf.threshold'],
		['CONDITION_VM_AGGREGATE_CPU_USAGE', 'perf.threshold'],
		['CONDITION_WINDOWS_PROCESS_STATE', 'monitor.triggered'],
	])('%s is %s', (sourceType, event) => {
		expect(only(row({ sourceType })).event).toBe(event);
	});
});
