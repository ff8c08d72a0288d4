import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

/** 2026-05-04T10:00:00Z is the time of receipt. */
const at = (clock: string) => `2026-05-04T${clock}:00`;

function page(row: object, feed?: string) {
	return { status: true, feed, data: [{ company_id: 6, ...row }] };
}

function only(row: object, feed?: string): ScannerEvent {
	const { events, failures } = readPayload('connectsecure', page(row, feed), contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

function failuresOf(row: object, feed?: string): string[] {
	return readPayload('connectsecure', page(row, feed), contextFor()).failures.map(
		({ field }) => field,
	);
}

describe('ConnectSecure: an agent', () => {
	const probe = { id: 3, agent_type: 'PROBE', host_name: 'probe-3' };
	const server = {
		id: 4,
		agent_type: 'LIGHTWEIGHT',
		host_name: 'dc',
		os_name: 'Windows Server 2022',
	};
	const laptop = { id: 5, agent_type: 'LIGHTWEIGHT', host_name: 'lap', os_name: 'Windows 11 Pro' };

	test.each([
		['Online', 'resolved', 'agent.up'],
		['ACTIVE', 'resolved', 'agent.up'],
		['Inactive', 'open', 'agent.probe_down'],
		['Not Running', 'open', 'agent.probe_down'],
		['offline', 'open', 'agent.probe_down'],
		['Deactivated', 'info', null],
		['Unknown', 'info', null],
		['Active soon', 'info', null],
	])('that is %s is %s', (status, expected, event) => {
		expect(only({ ...probe, status })).toMatchObject({ status: expected, event });
	});

	test.each([
		['pinged just now', probe, at('09:59'), 'resolved'],
		['pinged some hours ago', probe, at('05:00'), 'info'],
		['did not ping since yesterday', probe, '2026-05-03T09:00:00', 'open'],
		['did not ping since yesterday, on a server', server, '2026-05-03T09:00:00', 'open'],
		['did not ping since yesterday, on a laptop', laptop, '2026-05-03T09:00:00', 'info'],
		['pings ahead of the clock', probe, at('12:00'), 'info'],
		['never pinged', probe, null, 'info'],
	])('that %s', (_, row, last_ping_time, status) => {
		expect(only({ ...row, last_ping_time }).status).toBe(status);
	});

	test('whose word and flag disagree is neither, nor is one that was taken out of service', () => {
		expect(only({ ...probe, status: 'Online', is_online: false }).status).toBe('info');
		expect(only({ ...probe, is_online: false }).status).toBe('open');
		expect(only({ ...probe, status: 'Offline', is_deprecated: true }).status).toBe('info');
	});

	test('is one problem under any host name', () => {
		const key = (change: object) => only({ ...probe, ...change }).dedupKey;
		expect(key({ host_name: 'renamed', ip: '10.9.9.9' })).toBe(key({}));
		expect(key({ id: 9 })).not.toBe(key({}));
	});
});

describe('ConnectSecure: a job', () => {
	const run = { job_id: 77, type: 'Full Scan', agent_id: 3 };

	test.each([
		['Success', 'resolved'],
		['Completed successfully', 'resolved'],
		['DONE', 'resolved'],
		['Failed', 'open'],
		['timed_out', 'open'],
		['Unsuccessful', 'open'],
		['Completed with errors', 'open'],
		['Scan failed: host unreachable', 'open'],
		['Incomplete', 'info'],
		['Not completed', 'info'],
		['Success pending', 'info'],
		['No errors yet', 'info'],
		['Running', 'info'],
		['Cancelled', 'info'],
		['', 'info'],
	])('with the status "%s" is %s', (status, expected) => {
		expect(only({ ...run, status }).status).toBe(expected);
	});

	test('says by its own word alone how it ended, whatever the feed is called', () => {
		expect(only({ ...run, status: 'Running' }, 'remediate_records').status).toBe('info');
	});
});

describe('ConnectSecure: a certificate', () => {
	const row = { host_name: 'web', port: 443, subject: 'CN=shop.tailwind.example' };
	const none = { ssl_cert_expired: false, ssl_cert_expiring_in_30_days: false };

	test.each([
		[
			'every flag says no and the date is far',
			{ ...none, not_valid_after: '2027-05-04' },
			'resolved',
			'is good',
		],
		[
			'flags are texts',
			{
				ssl_cert_expired: 'false',
				ssl_cert_expiring_in_30_days: 'False',
				not_valid_after: '2027-05-04',
			},
			'resolved',
			'is good',
		],
		[
			'a flag is missing and the date is far',
			{ ssl_cert_expired: false, not_valid_after: '2027-05-04' },
			'info',
			'was listed',
		],
		['no flag, and the date is over', { not_valid_after: '2026-05-03' }, 'open', 'has expired'],
		[
			'no flag, and the date is near',
			{ not_valid_after: '2026-05-20' },
			'open',
			'expires within 30 days',
		],
		[
			'flags say no, and the date is over',
			{ ...none, not_valid_after: '2026-05-03' },
			'open',
			'has expired',
		],
		[
			'flags are null',
			{ ssl_cert_expired: null, ssl_cert_expiring_in_30_days: null, not_valid_after: '2027-05-04' },
			'info',
			'was listed',
		],
		[
			'it signs itself',
			{ ...none, selfsignedcertificate: true, not_valid_after: '2027-05-04' },
			'open',
			'is self-signed',
		],
	])('%s', (_, change, status, words) => {
		const event = only({ ...row, ...change });
		expect(event.status).toBe(status);
		expect(event.title).toContain(words);
	});
});

describe('ConnectSecure: the state of a row', () => {
	const remediation = { solution_id: 12, product: 'OpenSSL', asset_id: 5 };

	test.each([
		['get_remediation', 'open'],
		['unresolved_remediation', 'open'],
		['/r/report_queries/resolved_remediation', 'resolved'],
		['Remediate_Records_Days?days=30', 'resolved'],
		['suppressed_problems', 'suppressed'],
		['', 'open'],
	])('in the feed %s is %s', (feed, status) => {
		expect(only(remediation, feed).status).toBe(status);
	});

	test.each(['my_resolved_feed', 'remediated', 'closed-problems', 'suppressed'])(
		'in a feed called %s is refused: its name speaks of a state and is none that is known',
		(feed) => expect(failuresOf(remediation, feed)).toEqual(['feed']),
	);

	test.each([
		['Resolved', 'resolved'],
		['Completed', 'resolved'],
		['Unresolved', 'open'],
		['Not fixed', 'open'],
		['Incomplete', 'open'],
	])('with the word %s is %s', (status, expected) => {
		expect(only({ ...remediation, status }, 'get_remediation').status).toBe(expected);
	});

	test('a system event that is completed may only have been sent: it closes nothing', () => {
		const event = { id: 4, event_id: 80, event_name: 'Probe Went Down' };
		expect(only({ ...event, status: 'Completed' }).status).toBe('open');
		expect(only({ ...event, status: 'resolved' }).status).toBe('resolved');
	});
});

describe('ConnectSecure: which problem it is', () => {
	const audit = (event_id: number, change: object = {}) =>
		only({
			id: 1,
			event_id,
			computer_name: 'DC1',
			subject_user_name: 'admin',
			subject_user_sid: 'S-1-5-21-9-500',
			...change,
		}).dedupKey;

	test.each([1102, 4719])('Windows event %d is of its machine', (id) => {
		expect(audit(id, { computer_name: 'DC2' })).not.toBe(audit(id));
		expect(audit(id, { computer_name: 'dc1.', id: 2 })).toBe(audit(id));
		expect(audit(id, { subject_user_sid: 'S-1-5-21-9-501' })).not.toBe(audit(id));
	});

	test('a logon that failed is of the account and the machine, although Windows gives every one the SID of nobody', () => {
		const failed = (change: object) =>
			audit(4625, { target_sid: 'S-1-0-0', target_user_name: 'eve', ...change });
		expect(failed({ target_user_name: 'bob' })).not.toBe(failed({}));
		expect(failed({ computer_name: 'DC2' })).not.toBe(failed({}));
		expect(failed({ target_user_name: 'EVE', id: 2 })).toBe(failed({}));
	});

	test('an account that is locked on one controller and unlocked on another is one problem', () => {
		const account = { target_sid: 'S-1-5-21-9-1104', target_user_name: 'eve' };
		expect(audit(4767, { ...account, computer_name: 'DC2', id: 2 })).toBe(audit(4740, account));
		expect(audit(4740, { ...account, target_sid: 'S-1-5-21-9-1105' })).not.toBe(
			audit(4740, account),
		);
	});

	test('two members added to one group are two problems, the same row read twice is one', () => {
		const group = { target_sid: 'S-1-5-21-9-512', target_user_name: 'Domain Admins' };
		expect(audit(4728, { ...group, id: 2 })).not.toBe(audit(4728, group));
		expect(audit(4728, { ...group, computer_name: 'DC2' })).toBe(audit(4728, group));
	});

	test('two occurrences of one kind of system event are two problems, and one without an id is refused', () => {
		const event = (change: object) => ({ event_id: 80, event_name: 'Probe Went Down', ...change });
		expect(only(event({ id: 1 })).dedupKey).not.toBe(only(event({ id: 2 })).dedupKey);
		expect(failuresOf(event({}))).toEqual(['id']);
	});

	test('a CVE is the same problem in every feed, with the vendor’s number beside it or not', () => {
		const where = { asset_id: 8, port: 443 };
		const key = (change: object) => only({ ...where, ...change }).dedupKey;
		expect(key({ problem_name: 'CVE-2026-4242' })).toBe(
			key({ vul_id: 77, problem_name: 'cve-2026-4242' }),
		);
		expect(key({ vul_id: 'CVE-2026-4242', severity: 'High' })).toBe(
			key({ problem_name: 'CVE-2026-4242' }),
		);
		expect(key({ problem_name: 'CVE-2026-4243' })).not.toBe(key({ problem_name: 'CVE-2026-4242' }));
		expect(key({ problem_name: 'CVE-2026-4242', port: 8443 })).not.toBe(
			key({ problem_name: 'CVE-2026-4242' }),
		);
		expect(key({ problem_name: 'CVE-2026-4242', software_name: ['openssl 3.0.9'] })).toBe(
			key({ problem_name: 'CVE-2026-4242', software_name: ['openssl 3.0.2'] }),
		);
	});

	test('a port seen from outside and the same port seen by a probe are two problems', () => {
		const port = { asset_id: 8, port: 3389, protocol: 'TCP' };
		const outside = only(port, 'external_asset_externalscan');
		expect(outside.event).toBe('ports.opened.external');
		expect(outside.dedupKey).not.toBe(only(port, 'asset_open_ports').dedupKey);
		expect(only({ ...port, scan_type: 'External Scan' }).dedupKey).toBe(outside.dedupKey);
		expect(only({ ...port, scan_type: 'Not external' }).event).toBe('ports.opened.probe');
	});
});
