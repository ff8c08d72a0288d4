import { parseLabelRule } from '../../../../nodes/shared/domain/sources/alertmanager/labels';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const labels = {
	alertname: 'Disk full',
	grafana_folder: 'Servers',
	instance: 'srv-07:9100',
	severity: 'warning',
	company: 'Tailwind Toys',
};
const firing = {
	status: 'firing',
	labels,
	annotations: { summary: 'Disk of srv-07' },
	startsAt: '2026-05-04T08:00:00Z',
	endsAt: '0001-01-01T00:00:00Z',
	generatorURL: 'https://g.example/alerting/grafana/r-1/view?orgId=1',
	fingerprint: 'aa',
	values: { A: 97 },
};
const bodyOf = (alert: object, more: object = {}) => ({
	receiver: 'halo',
	status: 'firing',
	orgId: 1,
	alerts: [{ ...firing, ...alert }],
	groupLabels: {},
	commonLabels: {},
	commonAnnotations: {},
	externalURL: 'https://g.example/',
	version: '1',
	truncatedAlerts: 0,
	title: '[FIRING:1]',
	state: 'alerting',
	...more,
});
const labelled = (changes: object) => bodyOf({ labels: { ...labels, ...changes } });

describeMatrix({
	source: 'grafana',
	open: bodyOf({}),
	repeat: bodyOf(
		{
			labels: { ...labels, severity: 'critical' },
			annotations: { summary: 'Worse' },
			fingerprint: 'bb',
			values: { A: 99 },
		},
		{ title: '[FIRING:2]', externalURL: 'https://g-2.example/', groupKey: '{}:{}' },
	),
	end: bodyOf(
		{ status: 'resolved', endsAt: '2026-05-04T09:00:00Z', values: null },
		{ state: 'ok' },
	),
	otherProblem: bodyOf({ generatorURL: 'https://g.example/alerting/grafana/r-2/view?orgId=1' }),
	otherCompany: labelled({ company: 'Fabrikam' }),
	noCompany: labelled({ company: '', customer: 'Contoso Ltd' }),
	damaged: [
		[bodyOf({ status: 'ended' }), 'status'],
		[bodyOf({ labels: 'none' }), 'labels'],
		[{ receiver: 'halo', orgId: 1 }, 'alerts'],
		[{ orgId: 1, ruleId: 4, ruleName: 'Disk', state: 'fixed' }, 'state'],
		[{ orgId: 1, ruleId: '', ruleName: 'Disk', state: 'ok' }, 'alerts'],
	],
});

describe('Grafana as itself', () => {
	test('two organisations hold rules of one name', () => {
		const keys = [1, 2].map((orgId) => onlyEvent('grafana', bodyOf({}, { orgId })).dedupKey);
		expect(new Set(keys).size).toBe(2);
	});

	test('a body of an Alertmanager names no organisation and is none of it', () => {
		const { orgId, ...other } = bodyOf({});
		expect(orgId).toBe(1);
		expect(readPayload('detect', other, contextFor()).source).toBe('alertmanager');
	});

	test('an alert that ended without being looked at only informs', () => {
		const annotations = { grafana_state_reason: 'MissingSeries' };
		const event = onlyEvent('grafana', bodyOf({ status: 'resolved', annotations }));
		expect(event.status).toBe('info');
		expect(event.description).toContain('MissingSeries');
	});

	test('labels that somebody typed name the problem', () => {
		const alertLabels = parseLabelRule('alertname');
		if (alertLabels === null) throw new Error('Not understood');
		const keyOf = (body: unknown) =>
			readPayload('grafana', body, contextFor({ alertLabels })).events[0]?.dedupKey;
		expect(keyOf(labelled({ instance: 'srv-08' }))).toBe(keyOf(bodyOf({})));
	});

	test('the folder names the company where the path says so', () => {
		const company = { from: 'payload' as const, path: 'labels.grafana_folder' };
		const { events } = readPayload('grafana', bodyOf({}), contextFor({ company }));
		expect(events[0]?.company.name).toBe('Servers');
	});

	test('the button Test of a contact point starts nothing', () => {
		const test = bodyOf({ labels: { alertname: 'TestAlert', instance: 'Grafana' } });
		expect(readPayload('detect', test, contextFor())).toMatchObject({ ping: true, events: [] });
	});

	test('what max_alerts left out is told', () => {
		const { events, failures } = readPayload(
			'grafana',
			bodyOf({}, { truncatedAlerts: 3 }),
			contextFor(),
		);
		expect(events).toHaveLength(1);
		expect(failures[0]?.reason).toContain('Grafana left 3 alerts out');
	});
});

describe('the legacy alerting of Grafana', () => {
	const rule = {
		orgId: 1,
		ruleId: 7,
		ruleName: 'Disk',
		state: 'alerting',
		evalMatches: [],
		tags: {},
	};
	const only = (changes: object) => onlyEvent('grafana', { ...rule, ...changes });

	test.each([
		['alerting', 'open'],
		['no_data', 'open'],
		['ok', 'resolved'],
		['paused', 'info'],
		['pending', 'info'],
		['unknown', 'info'],
	])('a rule that is %s is %s, of one key', (state, status) => {
		expect(only({ state })).toMatchObject({ status, dedupKey: 'v1|grafana|1|rule/7|-' });
	});

	test('the rule 0 of the button Send Test starts nothing', () => {
		const test = { ...rule, ruleId: 0, ruleName: 'Test notification' };
		expect(readPayload('detect', test, contextFor())).toMatchObject({ ping: true, events: [] });
	});

	test('without a state it is refused by name', () => {
		expect(refusedFields('grafana', { ...rule, state: null })).toEqual(['state']);
	});
});
