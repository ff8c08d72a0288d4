import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const file = {
	module: 'av',
	product_installed: 'BEST',
	companyId: '59a14b271da197c6108b4567',
	computer_id: '59a1604e60369e06733f8abb',
	computer_name: 'PC-0042',
	computer_fqdn: 'pc-0042.tailwind.example',
	computer_ip: '10.17.46.196',
	malware_type: 'file',
	malware_name: 'EICAR-Test-File (not a virus)',
	file_path: 'C:\\Users\\grace\\eicar.txt',
	hash: '8b3f191819931d1f2cef7289239b5f77c00b079847b9c2636e56854d1e5eff71',
	final_status: 'still present',
	timestamp: '2026-05-04T08:01:36.000Z',
	present: 1,
};
const incident = {
	module: 'new-incident',
	companyId: file.companyId,
	computer_id: file.computer_id,
	computer_name: 'PC-0042',
	computer_ip: '192.168.0.1, 192.168.0.2',
	created: '2026-05-04T08:00:58.876Z',
	incident_id: '6690e2c52ca2436a3af4adbe',
	detection_name: 'ATC.Malicious',
	severity: 'high',
	severity_score: 89,
	main_action: 'no action',
};
const protection = {
	module: 'modules',
	companyId: file.companyId,
	computer_id: file.computer_id,
	computer_name: 'PC-0042',
	malware_status: 0,
	avc_status: 1,
	firewall_status: 0,
};
const push = (...events: object[]) => ({
	jsonrpc: '2.0',
	method: 'addEvents',
	params: { events },
	id: 1_777_881_697_087,
});
const only = (event: object) => onlyEvent('gravityzone', push(event));

describeMatrix({
	source: 'gravityzone',
	open: push(file),
	repeat: push({
		...file,
		final_status: 'quarantined',
		hash: '00',
		computer_name: 'PC-42',
		timestamp: '2026-05-04T08:30:00.000Z',
	}),
	end: push({ ...file, final_status: 'deleted', timestamp: '2026-05-04T09:00:00.000Z' }),
	otherProblem: push({ ...file, file_path: 'C:\\Users\\grace\\other.txt' }),
	otherCompany: push({ ...file, companyId: '661408cc8fc4abf3ab037cbc' }),
	noCompany: push({ ...file, companyId: null }),
	damaged: [
		[push({ ...file, module: null }), 'module'],
		[push({ ...file, final_status: 'undeleted' }), 'final_status'],
		[push({ ...incident, incident_id: '' }), 'incident_id'],
		[push({ ...protection, computer_id: null }), 'computer_id'],
		[{ jsonrpc: '2.0', method: 'addEvents', params: {} }, 'event'],
	],
});

describe('GravityZone', () => {
	test('the form that has one event beside the envelope is read as the list is', () => {
		const { jsonrpc, method, id } = push();
		const single = { jsonrpc: { version: jsonrpc, method }, id, event: file };
		expect(onlyEvent('gravityzone', single).dedupKey).toBe(only(file).dedupKey);
	});

	test('an incident that grows is one problem, takes its own severity, and has no end', () => {
		const grown = only({ ...incident, computer_id: 'd-2', severity: 'low', severity_score: 40 });
		const first = only(incident);
		expect([grown.dedupKey, grown.severity]).toEqual([first.dedupKey, 'low']);
		expect([first.severity, first.asset.ip, traitsOf(first).ends]).toEqual([
			...['high', '192.168.0.1', 'never'],
		]);
		expect(traitsOf(only(file)).ends).toBe('reported');
	});

	test('protection against malware begins with 0 and ends with 1; the firewall alone says nothing', () => {
		const of = (malware_status: unknown) => only({ ...protection, malware_status });
		expect([0, 1, 2, null, 'on'].map((value) => of(value).status)).toEqual([
			...['open', 'resolved', 'info', 'info', 'info'],
		]);
		expect(of(1).dedupKey).toBe(of(0).dedupKey);
		expect(of(0).description).toContain('firewall_status: off');
	});

	test.each([
		['antiexploit', { detection_threatName: 'Exploit.A', detection_path: 'C:\\a.exe' }, 'high'],
		['avc', { exploit_type: 'AVC Blocked Exploit', exploit_path: 'C:\\a.exe' }, 'high'],
		['hd', { attack_type: 'suspicious files', file_path: 'a' }, 'high'],
		['ransomware-mitigation', { attack_type: 'local', attack_source: 'C:\\a.exe' }, 'critical'],
		['network-monitor', { detection_name: 'PasswordStealer', source_ip: '10.1.1.1' }, 'medium'],
		['network-sandboxing', { threatType: 'RANSOMWARE', detectionTime: 1_777_881_697 }, 'high'],
	])('%s is a detection without an end', (module, more, severity) => {
		const event = only({ module, companyId: 'c-1', computer_id: 'd-1', ...more });
		expect([event.status, event.severity, traitsOf(event).ends]).toEqual([
			...['open', severity, 'never'],
		]);
	});

	test.each(['task-status', 'registration', 'uc', 'dp', 'aph', 'fw', 'install', 'constructor'])(
		'%s only informs',
		(module) => {
			expect(only({ module, companyId: 'c-1', computer_id: 'd-1', status: 3 }).status).toBe('info');
		},
	);

	test('a test event starts nothing', () => {
		const test = push({ ...file, _testEvent_: true });
		expect(readPayload('gravityzone', test, contextFor())).toMatchObject({ ping: true });
		expect(readPayload('gravityzone', test, contextFor()).events).toEqual([]);
	});

	test('a detection that names nothing is refused', () => {
		expect(refusedFields('gravityzone', push({ module: 'avc', companyId: 'c-1' }))).toEqual([
			'exploit_type',
		]);
	});
});
