import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parsePayload } from '../../../../nodes/shared/domain/sources/parse-payload';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';

const problem = {
	monitoring: 'nagios',
	server: 'mon-1',
	type: 'PROBLEM',
	host: 'FS-02',
	address: '10.7.0.4',
	service: 'Disk D:',
	state: 'CRITICAL',
	output: 'DISK CRITICAL - free space: 3 %',
	long_output: '',
	comment: '',
	time: '1777881600',
	company: 'Tailwind Toys',
};
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const only = (changes: object) => onlyEvent('nagios', { ...problem, ...changes });

describeMatrix({
	source: 'nagios',
	open: form(problem),
	repeat: {
		...problem,
		state: 'WARNING',
		output: 'free space: 9 %',
		time: '1777883400',
		host: 'fs-02.',
	},
	end: form({ ...problem, type: 'RECOVERY', state: 'OK', time: '1777885200' }),
	otherProblem: { ...problem, service: 'Disk E:' },
	otherCompany: { ...problem, company: 'Fabrikam' },
	noCompany: { ...problem, company: '$_HOSTCOMPANY$' },
	damaged: [
		[{ ...problem, state: 'FINE' }, 'state'],
		[{ ...problem, state: '' }, 'state'],
		[{ ...problem, type: '' }, 'type'],
		[{ ...problem, host: '' }, 'host'],
		[{ ...problem, monitoring: 'zabbix' }, 'monitoring'],
	],
});

describe('Nagios, Icinga, Checkmk', () => {
	test.each([
		['PROBLEM', 'CRITICAL', 'open'],
		['PROBLEM', 'WARNING', 'open'],
		['PROBLEM', 'UNKNOWN', 'open'],
		['Problem', 'Down', 'open'],
		['PROBLEM', 'UNREACHABLE', 'open'],
		['RECOVERY', 'OK', 'resolved'],
		['Recovery', 'Up', 'resolved'],
		['PROBLEM', 'UP', 'resolved'],
		['RECOVERY', 'CRITICAL', 'info'],
		['PROBLEM', 'PENDING', 'info'],
		['ACKNOWLEDGEMENT', 'CRITICAL', 'info'],
		['ACKNOWLEDGEMENT', 'OK', 'info'],
		['FLAPPINGSTOP', 'OK', 'info'],
		['DOWNTIMEEND', 'UP', 'info'],
		['CUSTOM', 'OK', 'info'],
		['RECOVERYISH', 'OK', 'info'],
	])('%s of %s is %s', (type, state, status) => {
		expect(only({ type, state }).status).toBe(status);
	});

	test('a host and its services are each a problem, on each server', () => {
		const keys = [{}, { service: '' }, { service: 'host' }, { server: 'mon-2' }].map(
			(changes) => only(changes).dedupKey,
		);
		expect(new Set(keys).size).toBe(4);
	});

	test('a service that is called alike in other letters is another one', () => {
		expect(only({ service: 'disk d:' }).dedupKey).not.toBe(only({}).dedupKey);
	});
});

describe('the notification script', () => {
	const script = join(__dirname, '../../../../docs/sources/nagios-notify.sh');
	let folder = '';

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'nagios-notify-'));
		// Stands for curl: writes down what it was given, a line for each argument.
		writeFileSync(join(folder, 'curl'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/sent\n`);
		chmodSync(join(folder, 'curl'), 0o755);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** What the script posts: its fields as a form, and everything else that it gave to curl. */
	function sent(env: Record<string, string>) {
		const run = spawnSync('sh', [script], {
			encoding: 'utf8',
			env: { PATH: `${folder}:${process.env.PATH ?? ''}`, ...env },
		});
		expect(run.stderr).toBe('');
		const lines = readFileSync(join(folder, 'sent'), 'utf8').split('\n');
		const fields = lines.filter((_, at) => lines[at - 1] === '--data-urlencode');
		const pairs = fields.map((line): [string, string] => {
			const at = line.indexOf('=');
			return [line.slice(0, at), line.slice(at + 1)];
		});
		return { body: new URLSearchParams(pairs).toString(), lines };
	}

	test('under Checkmk: a service, with the company of a label', () => {
		const { body, lines } = sent({
			NOTIFY_PARAMETER_1: 'https://n8n.msp.example/webhook/checkmk',
			NOTIFY_PARAMETER_2: 's3cret',
			NOTIFY_HOSTLABEL_company: 'Tailwind Toys',
			NOTIFY_OMD_SITE: 'prod',
			NOTIFY_WHAT: 'SERVICE',
			NOTIFY_NOTIFICATIONTYPE: 'PROBLEM',
			NOTIFY_HOSTNAME: 'FS-02',
			NOTIFY_HOSTADDRESS: '10.7.0.4',
			NOTIFY_SERVICEDESC: 'Filesystem D: & more',
			NOTIFY_SERVICESTATE: 'CRITICAL',
			NOTIFY_SERVICEOUTPUT: 'Used: 97 %',
		});
		expect(lines).toContain('X-Webhook-Token: s3cret');
		expect(body).not.toContain('s3cret');
		expect(onlyEvent('nagios', parsePayload(body, 'nagios'))).toMatchObject({
			status: 'open',
			title: 'Filesystem D: & more on FS-02 is CRITICAL',
			company: { name: 'Tailwind Toys' },
			application: 'Checkmk',
		});
	});

	test('under Nagios and Icinga: a host that is up again', () => {
		const { body } = sent({
			MONITORING: 'icinga',
			SERVER: 'mon-1',
			HALO_URL: 'https://n8n.msp.example/webhook/icinga',
			HALO_TOKEN: 's3cret',
			HALO_COMPANY: 'Fabrikam',
			NOTIFICATIONTYPE: 'RECOVERY',
			HOSTNAME_: 'fw-1',
			HOSTSTATE: 'UP',
			HOSTOUTPUT: 'PING OK',
			TIMET: '1777885200',
		});
		expect(onlyEvent('nagios', parsePayload(body, 'nagios'))).toMatchObject({
			status: 'resolved',
			dedupKey: 'v1|nagios|mon-1|host|fw-1',
			company: { name: 'Fabrikam' },
			time: '2026-05-04T09:00:00.000Z',
		});
	});
});
