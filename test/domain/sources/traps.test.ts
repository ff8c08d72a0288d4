import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { alertmanager } from '../../../nodes/shared/domain/sources/alertmanager/source';
import { pagerDuty } from '../../../nodes/shared/domain/sources/pagerduty';
import {
	readPayload,
	SourceMismatchError,
} from '../../../nodes/shared/domain/sources/read-payload';
import type { SourceContext } from '../../../nodes/shared/domain/sources/common/source';
import { wazuh } from '../../../nodes/shared/domain/sources/wazuh/source';
import { contextFor } from './context';

function read(
	source: string,
	payload: unknown,
	context: SourceContext = contextFor(),
): ScannerEvent[] {
	return readPayload(source, payload, context).events;
}

function only(source: string, payload: unknown, context?: SourceContext): ScannerEvent {
	const [event, ...more] = read(source, payload, context);
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

function mismatchOf(source: string, payload: unknown): SourceMismatchError {
	try {
		read(source, payload);
	} catch (error) {
		if (error instanceof SourceMismatchError) return error;
	}
	throw new Error('It was taken');
}

describe('Alertmanager', () => {
	const firing = {
		status: 'firing',
		fingerprint: 'f1',
		labels: { alertname: 'A', instance: 'srv:9100' },
		annotations: {},
		startsAt: '2026-05-04T09:00:00Z',
		endsAt: '2099-01-01T00:00:00Z',
	};
	const batch = (alerts: unknown[]) => ({
		receiver: 'r',
		status: 'firing',
		externalURL: 'https://am',
		alerts,
	});

	test('firing and resolved are one problem, and a future endsAt resolves nothing', () => {
		const open = only('alertmanager', batch([firing]));
		const over = only(
			'alertmanager',
			batch([{ ...firing, status: 'resolved', endsAt: '2026-05-04T09:30:00Z' }]),
		);

		expect([open.status, over.status]).toEqual(['open', 'resolved']);
		expect(over.dedupKey).toBe(open.dedupKey);
	});

	test('an alert that is resolved in a firing batch is resolved', () => {
		const events = read(
			'alertmanager',
			batch([firing, { ...firing, status: 'resolved', fingerprint: 'f2' }]),
		);

		expect(events.map(({ status }) => status)).toEqual(['open', 'resolved']);
	});

	test('an old body without status and fingerprint inherits the one and hashes its labels for the other', () => {
		const { status, fingerprint, ...old } = firing;

		const event = only('alertmanager', batch([old]));

		expect([status, fingerprint]).toHaveLength(2);
		expect(event.status).toBe('open');
		expect(event.dedupKey).toMatch(/^v1\|alertmanager\|-\|A\|-\|[\da-f]{32}$/);
		expect(event.dedupKey).toBe(only('alertmanager', batch([firing])).dedupKey);
	});

	test('members of a cluster report one problem from any address; webhooks of two companies report two', () => {
		const other = { ...batch([firing]), externalURL: 'https://am2' };
		const keys = [
			only('alertmanager', batch([firing])),
			only('alertmanager', other),
			only(
				'alertmanager',
				batch([firing]),
				contextFor({ company: { from: 'path', company: 'Contoso' } }),
			),
			only(
				'alertmanager',
				batch([firing]),
				contextFor({ company: { from: 'fixed', company: 'Fabrikam' } }),
			),
		].map(({ dedupKey }) => dedupKey);

		expect(keys[0]).toBe(keys[1]);
		expect(new Set(keys).size).toBe(3);
	});

	test('a batch that was cut short says so in one failure', () => {
		const { failures } = readPayload(
			'alertmanager',
			{ ...batch([firing]), truncatedAlerts: 7 },
			contextFor(),
		);

		expect(failures).toHaveLength(1);
		expect(failures[0]?.reason).toContain('7 alerts');
	});
});

describe('PagerDuty', () => {
	const trigger = pagerDuty.sample;
	const resolve = { routing_key: 'any text', event_action: 'resolve', dedup_key: 'srv-01/disk-c' };

	test('a resolve without payload and company has the key of its trigger', () => {
		const over = only('pagerduty', resolve);

		expect(over.dedupKey).toBe(only('pagerduty', trigger).dedupKey);
		expect(over.company.name).toBeNull();
		expect(over.status).toBe('resolved');
	});

	test('trigger, resolve and the same trigger again are open, resolved and open, none taken for a repeat', () => {
		const events = [trigger, resolve, trigger].map((payload) => only('pagerduty', payload));

		expect(events.map(({ status }) => status)).toEqual(['open', 'resolved', 'open']);
		expect(events.map(({ deliveryId }) => deliveryId)).toEqual([null, null, null]);
	});

	test('the routing key, a credential, stands nowhere in the event, the kept record or a failure', () => {
		const secret = 'R0UT1NGKEYSECRET';
		const events = read(
			'pagerduty',
			{ ...trigger, routing_key: secret },
			contextFor({ keepRaw: true }),
		);
		const { failures } = readPayload(
			'pagerduty',
			[{ event_action: 'no', routing_key: secret }],
			contextFor(),
		);

		expect(JSON.stringify(events)).not.toContain(secret);
		expect(JSON.stringify(events).toLowerCase()).not.toContain(secret.toLowerCase());
		expect(failures[0]?.reason).not.toContain(secret);
	});

	test('two triggers without a dedup_key are two problems', () => {
		const bare = { ...trigger, dedup_key: '' };
		const other = { ...bare, payload: { summary: 'Another', severity: 'info' } };

		expect(only('pagerduty', bare).dedupKey).not.toBe(only('pagerduty', other).dedupKey);
		expect(only('pagerduty', bare).dedupKey).toBe(only('pagerduty', bare).dedupKey);
	});

	test("PagerDuty's own test of a webhook is a ping", () => {
		const result = readPayload(
			'pagerduty',
			{ event: { event_type: 'pagey.ping', data: {} } },
			contextFor(),
		);

		expect(result).toMatchObject({ ping: true, events: [], failures: [] });
	});
});

describe('Wazuh', () => {
	const active = wazuh.sample;
	const found = { cve: 'CVE-2026-10001', package: { name: 'openssl', architecture: 'amd64' } };
	const alert = (rule: object, vulnerability?: object) => ({
		...active,
		rule,
		data: vulnerability === undefined ? {} : { vulnerability },
	});

	test('a solved vulnerability of level 3 resolves the critical one that was found', () => {
		const over = only(
			'wazuh',
			alert(
				{ id: '23502', level: 3 },
				{
					...found,
					status: 'Solved',
					severity: 'Medium',
					package: { ...found.package, version: '3.0.9' },
				},
			),
		);

		expect(over.status).toBe('resolved');
		expect(over.dedupKey).toBe(only('wazuh', active).dedupKey);
	});

	test('an upgrade to a version that is still vulnerable keeps the key', () => {
		const upgraded = alert(
			{ id: '23506', level: 13 },
			{ ...found, package: { ...found.package, version: '3.0.8' } },
		);

		expect(only('wazuh', upgraded).dedupKey).toBe(only('wazuh', active).dedupKey);
	});

	test.each([
		['23503', 'low'],
		['23504', 'medium'],
		['23505', 'high'],
		['23506', 'critical'],
		['99999', 'unknown'],
	])('without a word the severity of rule %s is %s', (id, severity) =>
		expect(only('wazuh', alert({ id, level: 7 }, found)).severity).toBe(severity),
	);

	test('an untriaged vulnerability is unknown, whatever its rule', () => {
		expect(
			only('wazuh', alert({ id: '23504', level: 7 }, { ...found, severity: '-' })).severity,
		).toBe('unknown');
	});

	test.each([
		[0, 'informational'],
		[3, 'informational'],
		[4, 'low'],
		[6, 'low'],
		[7, 'medium'],
		[11, 'medium'],
		[12, 'high'],
		[14, 'high'],
		[15, 'critical'],
		[16, 'critical'],
	])('level %d of any other rule is %s', (level, severity) =>
		expect(only('wazuh', alert({ id: '100001', level })).severity).toBe(severity),
	);

	test('a score as text and references as one text are read', () => {
		const event = only(
			'wazuh',
			alert(
				{ id: '23506', level: 13 },
				{
					...found,
					cvss: { cvss3: { base_score: '9.100000' } },
					reference: 'https://a.example, https://b.example',
				},
			),
		);

		expect(event.cvss).toBe(9.1);
		expect(event.url).toBe('https://a.example');
		expect(event.description).toContain('https://b.example');
	});

	test('word and score that disagree are settled by the option', () => {
		const payload = alert(
			{ id: '23504', level: 7 },
			{ ...found, severity: 'Medium', cvss: { cvss3: { base_score: '9.2' } } },
		);
		const severity = (severityPrecedence: SourceContext['severityPrecedence']) =>
			only('wazuh', payload, contextFor({ severityPrecedence })).severity;

		expect([severity('word'), severity('score'), severity('highest')]).toEqual([
			'medium',
			'critical',
			'critical',
		]);
		expect(only('wazuh', payload).rawSeverity).toBe('Medium');
	});
});

describe('a payload of the wrong source', () => {
	test('names the field that is missing and the source that it looks like', () => {
		const error = mismatchOf('wazuh', alertmanager.sample);

		expect(error.field).toBe('rule');
		expect(error.message).toContain('Prometheus Alertmanager');
		expect(error.nextStep).toContain('Prometheus Alertmanager');
	});

	test('says that it looks like none when it does', () => {
		expect(mismatchOf('alertmanager', { hello: 1 }).message).toContain('no source that is known');
	});

	test('is not read by guessing when the source is to be detected', () => {
		expect(mismatchOf('detect', { title: 'Something', severity: 'high' }).nextStep).toContain(
			'Pick the source',
		);
	});

	test.each([
		['null', null],
		['a text', 'x'],
		['a number', 5],
		['true', true],
	])('%s is refused', (_, payload) =>
		expect(mismatchOf('canonical', payload).message).toContain('canonical event'),
	);
});

describe('company', () => {
	const payload = alertmanager.sample;

	test('stands where the source has it, at the typed path, or is the fixed one', () => {
		const named = (company: SourceContext['company']) =>
			only('alertmanager', payload, contextFor({ company })).company;

		expect(named({ from: 'payload', path: null }).name).toBe('Contoso Ltd');
		expect(named({ from: 'payload', path: 'labels.alertname' }).name).toBe('DiskAlmostFull');
		expect(named({ from: 'payload', path: 'receiver' }).name).toBe('halo');
		expect(named({ from: 'fixed', company: 'Fabrikam' }).name).toBe('Fabrikam');
		expect(named({ from: 'path', company: 'Tailwind' }).name).toBe('Tailwind');
	});

	test('is unknown where the path leads to nothing: no other member is taken for it', () => {
		for (const path of [
			'labels.tenant',
			'labels',
			'labels.__proto__.name',
			'constructor.name',
			'',
		]) {
			const rule = { from: 'payload', path: path === '' ? 'nowhere' : path } as const;
			expect(only('alertmanager', payload, contextFor({ company: rule })).company).toEqual({
				id: null,
				name: null,
				displayName: null,
				reference: null,
				domain: null,
			});
		}
		expect(
			only('alertmanager', payload, contextFor({ company: { from: 'path', company: null } }))
				.company.name,
		).toBeNull();
	});

	test('a label with dots in its name is found', () => {
		const dotted = {
			receiver: 'r',
			alerts: [{ status: 'firing', labels: { 'acme.io/tenant': 'Contoso' }, annotations: {} }],
		};
		const rule = { from: 'payload', path: 'labels.acme.io/tenant' } as const;

		expect(only('alertmanager', dotted, contextFor({ company: rule })).company.name).toBe(
			'Contoso',
		);
	});

	test('an object at the path gives its id and name, a number is an id', () => {
		const at = (value: unknown) =>
			only(
				'canonical',
				{ id: '1', title: 't', tenant: value },
				contextFor({ company: { from: 'payload', path: 'tenant' } }),
			).company;

		expect(at({ id: 7, name: 'Contoso', domain: 'contoso.example' })).toMatchObject({
			id: '7',
			name: 'Contoso',
			domain: 'contoso.example',
		});
		expect(at(42)).toMatchObject({ id: '42', name: null });
	});
});

describe('deliveries', () => {
	test('several events of one delivery carry ids that differ and are the same when it comes again', () => {
		const payload = [1, 2].map((id) => ({ id, title: 't' }));
		const ids = () =>
			read('canonical', payload, contextFor({ deliveryId: 'msg_1' })).map(
				({ deliveryId }) => deliveryId,
			);

		expect(ids()).toEqual(['msg_1#0', 'msg_1#1']);
		expect(ids()).toEqual(['msg_1#0', 'msg_1#1']);
		expect(only('canonical', payload[0], contextFor({ deliveryId: 'msg_1' })).deliveryId).toBe(
			'msg_1',
		);
	});
});
