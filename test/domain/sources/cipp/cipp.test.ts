import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { cipp } from '../../../../nodes/shared/domain/sources/cipp/source';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const TENANT = 'tailwind.onmicrosoft.com';

function body(payload: unknown, more: object = {}) {
	return {
		schemaVersion: '1.0',
		source: 'Alert',
		invoking: null,
		title: 'A title',
		tenant: TENANT,
		generatedAt: '2026-05-04T08:00:00.1234567Z',
		alertCount: 1,
		payload,
		...more,
	};
}

function alert(command: string, results: unknown, more: object = {}) {
	const task = { id: 'r-1', name: 'A rule', command: `Get-CIPPAlert${command}`, state: 'Running' };
	return body([{ tenantId: 't', tenant: TENANT, taskType: 'Alert', task, results, ...more }]);
}

function baseline(Event: string, more: object = {}) {
	const entry = {
		Event,
		Tenant: TENANT,
		Standard: 'Activity based timeout',
		Baseline: 'Gold',
		Stage: 1,
		Differences: [],
		...more,
	};
	return body([entry], { source: 'Baselines' });
}

const only = (payload: unknown) => onlyEvent('cipp', payload);
const all = (payload: unknown): ScannerEvent[] => {
	const { events, failures } = readPayload('cipp', payload, contextFor());
	expect(failures).toEqual([]);
	return events;
};

describeMatrix({
	source: 'cipp',
	open: baseline('Drift'),
	repeat: {
		...baseline('Conflict', {
			Stage: 2,
			ConflictWith: ['Silver'],
			Differences: [{ Property: 'a' }],
		}),
		title: 'Another title',
		generatedAt: '2026-05-04T09:00:00.0000000Z',
	},
	end: baseline('Remediated'),
	otherProblem: baseline('Drift', { Standard: 'DKIM' }),
	otherCompany: baseline('Drift', { Tenant: 'fabrikam.onmicrosoft.com' }),
	noCompany: body([{ Tenant: 'None', API: 'Scheduler', Message: 'Failed', Severity: 'Error' }], {
		tenant: 'AllTenants',
	}),
	damaged: [
		[baseline('Fixed'), 'Event'],
		[body('a text'), 'payload'],
		[body([{ Hello: 'world' }]), 'payload'],
		[{ ...body([]), schemaVersion: undefined }, 'schemaVersion'],
		[alert('MFAAdmins', [null]), 'results'],
		[body([{ Title: 'x', RawData: { Operation: 'New-InboxRule' } }]), 'RawData.Id'],
	],
});

describe('CIPP: one finding is one problem', () => {
	const same: Array<[string, unknown, unknown]> = [
		[
			'a licence whose days run down',
			{
				Message: 'E3 will expire in 12 days.',
				License: 'E3',
				SkuId: 's-1',
				DaysUntilRenew: 12,
				CountUsed: 3,
			},
			{
				Message: 'E3 will expire in 11 days.',
				License: 'E3',
				SkuId: 's-1',
				DaysUntilRenew: 11,
				CountUsed: 4,
			},
		],
		[
			'a user who was renamed for people',
			{ Message: 'Ada has no MFA', UserPrincipalName: 'ada@t.example', DisplayName: 'Ada' },
			{ Message: 'Ada L. has no MFA', UserPrincipalName: 'ADA@t.example', DisplayName: 'Ada L.' },
		],
		[
			'a text with numbers and dates only',
			{
				Message:
					'Entra Connect has not run for over 5 hours. Last sync was at 2026-05-04T01:00:00.0000000Z',
			},
			{
				Message:
					'Entra Connect has not run for over 29 hours. Last sync was at 2026-05-05T01:00:00.0000000Z',
			},
		],
		[
			'a time as Americans write it',
			'Token of Apple expires on 5/4/2026 11:00:00 AM.',
			'Token of Apple expires on 6/4/2026 1:00:00 PM.',
		],
	];
	test.each(same)('%s stays the same', (_, one, other) => {
		expect(only(alert('X', [one])).dedupKey).toBe(only(alert('X', [other])).dedupKey);
	});

	const others: Array<[string, unknown, unknown]> = [
		[
			'two licences of one user',
			{ UserPrincipalName: 'ada@t.example', SkuId: 'a', LicenseName: 'E3', Message: 'Error' },
			{ UserPrincipalName: 'ada@t.example', SkuId: 'b', LicenseName: 'P1', Message: 'Error' },
		],
		[
			'two policies on one device',
			{ DeviceId: 'd', PolicyName: 'BitLocker', IssueStatus: 'conflict' },
			{ DeviceId: 'd', PolicyName: 'Firewall', IssueStatus: 'conflict' },
		],
		[
			'two certificates of one application',
			{ DisplayName: 'App', AppId: 'a', Expires: '2026-06-01T00:00:00Z', Type: 'Cert' },
			{ DisplayName: 'App', AppId: 'a', Expires: '2026-06-09T00:00:00Z', Type: 'Cert' },
		],
		['two texts that name two machines', 'PC-17 is not compliant', 'PC-18 is not compliant'],
		['two texts that name two addresses', 'Sign-in from 192.0.2.1', 'Sign-in from 192.0.2.2'],
	];
	test.each(others)('%s are two', (_, one, other) => {
		const keys = all(alert('X', [one, other])).map(({ dedupKey }) => dedupKey);
		expect(new Set(keys).size).toBe(2);
	});

	test('the same finding of two alerts, and of two tenants, is two problems', () => {
		const item = { UserPrincipalName: 'ada@t.example' };
		expect(only(alert('X', [item])).dedupKey).not.toBe(only(alert('Y', [item])).dedupKey);
		const moved = { ...item, Tenant: 'fabrikam.onmicrosoft.com' };
		expect(only(alert('X', [moved])).dedupKey).not.toBe(only(alert('X', [item])).dedupKey);
	});
});

describe('CIPP: kinds of payloads', () => {
	test('a vulnerability, with what Defender calls it', () => {
		const event = only(
			alert('Vulnerabilities', [{ CVE: 'CVE-2026-1', Severity: 'Critical', SoftwareName: 'curl' }]),
		);
		expect(event).toMatchObject({
			category: 'Vulnerability',
			event: 'vuln.found',
			severity: 'critical',
		});
	});

	test('what a scheduled task that is no alert reports only informs', () => {
		expect(only(alert('X', 'Done', { taskType: 'Scheduled Task' })).status).toBe('info');
	});

	test.each([
		['Info', 'info', 'informational'],
		['Debug', 'info', 'informational'],
		['Warning', 'open', 'medium'],
		['Error', 'open', 'high'],
		['Alert', 'open', 'high'],
		['Critical', 'open', 'critical'],
		['Odd', 'open', 'unknown'],
	])('a line of the logbook of severity %s is %s, %s', (Severity, status, severity) => {
		const line = {
			Tenant: TENANT,
			API: 'Standards',
			Message: 'Could not set DKIM',
			Severity,
			RowKey: 'k',
		};
		expect(only(body([line], { tenant: 'AllTenants' }))).toMatchObject({
			status,
			severity,
			deliveryId: 'k',
			company: { name: TENANT },
		});
	});

	test('lines of several tenants are of several companies', () => {
		const line = (Tenant: string) => ({ Tenant, API: 'A', Message: 'Failed', Severity: 'Error' });
		const events = all(body([line(TENANT), line('Fabrikam.onmicrosoft.com'), line('None')]));
		expect(events.map(({ company }) => company.name)).toEqual([
			TENANT,
			'Fabrikam.onmicrosoft.com',
			TENANT,
		]);
	});

	test('an audit log entry is a problem of its own, with the user and the place', () => {
		const entry = {
			Title: 'New inbox rule',
			ActionUrl: 'https://cipp.example/log',
			RawData: { Id: 'a-1', Operation: 'New-InboxRule', UserId: 'ada@t.example' },
			IP: '192.0.2.9',
			PotentialLocationInfo: { CountryOrRegion: 'NL' },
			ActionsTaken: ['Disabled'],
		};
		const event = only(body([entry], { source: 'Audit Log Alert' }));
		expect(event).toMatchObject({
			title: 'New inbox rule',
			url: 'https://cipp.example/log',
			user: { email: 'ada@t.example' },
			deliveryId: 'a-1',
		});
		expect(event.description).toContain('New-InboxRule');
		expect(traitsOf(event).ends).toBe('never');
	});

	test('each deviation of a drift is a problem, named by its standard', () => {
		const data = (value: string) => [
			{ Standard: 'DKIM', 'Expected Value': 'on', 'Current Value': value, Status: 'New' },
			{ Standard: 'MFA', 'Expected Value': 'on', 'Current Value': value, Status: 'New' },
		];
		const [first, again] = ['off', 'odd'].map((value) =>
			all(body([{ Title: 't', AlertData: data(value), Tenant: TENANT }])).map(
				(event) => event.dedupKey,
			),
		);
		expect(first).toHaveLength(2);
		expect(again).toEqual(first);
	});

	test.each([
		['Failed', 'open'],
		['Investigate', 'open'],
		['Info', 'info'],
		['Passed', 'resolved'],
	])('a custom test that is %s is %s', (Status, status) => {
		const tests = [
			{ TestId: 'CustomScript-g', ScriptGuid: 'g', ScriptName: 'Backups', Status, Risk: 'High' },
		];
		const event = only(body([{ Title: 't', Tenant: TENANT, AlertCount: 1, Tests: tests }]));
		expect(event).toMatchObject({ status, severity: 'high' });
		expect(traitsOf(event).ends).toBe('reported');
	});

	test('a standard names its tenant in its row', () => {
		const row = { tenant: TENANT, standardName: 'AddDKIM', message: 'DKIM is off', RowKey: 'r' };
		expect(only(body([row], { tenant: 'AllTenants' }))).toMatchObject({
			company: { name: TENANT },
			title: 'DKIM is off',
		});
	});

	test('the notification of standards without its rows is refused: it names no tenant', () => {
		const empty = { title: 'Standards', buttonurl: 'https://cipp.example', buttontext: 'Open' };
		expect(refusedFields('cipp', body([empty]))).toEqual(['payload']);
	});

	test('the button that tests a notification starts nothing', () => {
		const test = body([{ Title: 'CIPP Notification Test', Text: 'x' }], {
			invoking: 'Invoke-ExecAddAlert',
		});
		expect(readPayload('detect', test, contextFor())).toMatchObject({ ping: true, events: [] });
	});

	test('a body of the older schema says where the new one is switched on', () => {
		const old = { tenantId: 't', Tenant: TENANT, TaskInfo: { Name: 'A' }, Results: [] };
		expect(cipp.recognises(old)).toBe(false);
		expect(() => readPayload('cipp', old, contextFor())).toThrow('schemaVersion');
	});
});
