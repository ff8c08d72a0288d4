import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { describeMatrix } from '../../support/sources/matrix';
import { contextFor } from './context';

function only(payload: unknown): ScannerEvent {
	const { events, failures } = readPayload('pagerduty', payload, contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

const trigger = {
	routing_key: 'R-tailwind',
	event_action: 'trigger',
	dedup_key: 'Queue/Mail',
	payload: { summary: 'Mail queue is long', source: 'mx1', severity: 'error' },
};

describe('PagerDuty: which problem it is, and is it over', () => {
	test('routing key and dedup_key name it; their case counts, and nothing else does', () => {
		const key = (change: object) => only({ ...trigger, ...change }).dedupKey;
		const resolve = { routing_key: 'R-tailwind', event_action: 'resolve', dedup_key: 'Queue/Mail' };
		expect(only(resolve)).toMatchObject({ status: 'resolved', dedupKey: key({}) });
		expect(
			key({
				payload: { ...trigger.payload, summary: 'Longer', severity: 'critical', source: 'mx2' },
			}),
		).toBe(key({}));
		expect(key({ dedup_key: 'queue/mail' })).not.toBe(key({}));
		expect(key({ routing_key: 'R-fabrikam' })).not.toBe(key({}));
	});

	test.each(['resolved', 'unresolve', 'auto-resolve', 'close', ''])(
		'the action "%s" is none of the three: it is refused by name',
		(event_action) => {
			const { failures } = readPayload('pagerduty', [{ ...trigger, event_action }], contextFor());
			expect(failures.map(({ field }) => field)).toEqual(['event_action']);
		},
	);

	test('an acknowledgement says that somebody looks at it, no more', () => {
		expect(only({ ...trigger, event_action: 'acknowledge' }).status).toBe('info');
	});

	test('an event of the older API v1 is the same problem under its incident_key', () => {
		const old = {
			service_key: 'R-tailwind',
			event_type: 'trigger',
			incident_key: 'Queue/Mail',
			description: 'Mail queue is long',
			details: { length: 900 },
			contexts: [
				{ type: 'link', href: 'https://runbook.example/q', text: 'Runbook' },
				{ type: 'image', src: 'x' },
			],
		};
		const event = only(old);
		expect(event.dedupKey).toBe(only(trigger).dedupKey);
		expect(event.description).toBe('length: 900\nRunbook: https://runbook.example/q');
		expect(only({ ...old, event_type: 'resolve', description: undefined })).toMatchObject({
			status: 'resolved',
			dedupKey: event.dedupKey,
		});
	});

	test('a workflow or an integration that resolves an incident is no person', () => {
		const incident = (type: string) =>
			only({
				event: {
					id: 'e',
					event_type: 'incident.resolved',
					occurred_at: '2026-05-04T09:00:00Z',
					agent: { type, summary: 'Somebody' },
					data: { id: 'Q1', title: 't' },
				},
			}).resolution;
		expect(incident('user_reference')).toMatchObject({ reason: 'manual', byName: 'Somebody' });
		for (const type of [
			'inbound_integration_reference',
			'service_reference',
			'workflow_reference',
		]) {
			expect(incident(type)).toMatchObject({ reason: 'remediated', byName: null });
		}
	});

	test.each([
		['incident.triggered', 'open'],
		['incident.reopened', 'open'],
		['incident.resolved', 'resolved'],
		['incident.acknowledged', 'info'],
		['incident.unacknowledged', 'info'],
		['incident.priority_updated', 'info'],
		['incident.delegated', 'info'],
		['incident.responder.replied', 'info'],
		['incident.status_update_published', 'info'],
		['incident.workflow.completed', 'info'],
	])('%s is %s', (event_type, status) => {
		expect(only({ event: { event_type, data: { id: 'Q1', title: 't' } } }).status).toBe(status);
	});
});

/** An event of the v3 webhook about an incident. */
function incidentEvent(event_type: string, data: object = {}, more: object = {}) {
	return {
		event: {
			id: '01EVT',
			event_type,
			resource_type: 'incident',
			occurred_at: '2026-05-04T08:00:00.412Z',
			agent: { type: 'inbound_integration_reference', summary: 'Prometheus' },
			data: {
				id: 'PGR0VU2',
				type: 'incident',
				number: 2,
				status: 'triggered',
				title: 'Queue is long',
				service: { id: 'PF9KMXH', summary: 'Mail' },
				priority: null,
				urgency: 'high',
				resolve_reason: null,
				...data,
			},
			...more,
		},
	};
}

describe('PagerDuty: webhooks of version 3', () => {
	describeMatrix({
		source: 'pagerduty',
		open: incidentEvent('incident.triggered'),
		repeat: incidentEvent(
			'incident.reopened',
			{ title: 'Longer', urgency: 'low', number: 3, service: { summary: 'Post' } },
			{ id: '02EVT', occurred_at: '2026-05-04T08:30:00Z' },
		),
		end: incidentEvent('incident.resolved', { status: 'resolved' }, { id: '03EVT' }),
		otherProblem: incidentEvent('incident.triggered', { id: 'PGR0VU3' }),
		otherCompany: {
			none: 'PagerDuty developer documentation, Webhooks overview: an incident names a service, no company',
		},
		noCompany: incidentEvent('incident.triggered'),
		damaged: [
			[incidentEvent('incident.resolved', { id: null }), 'event.data.id'],
			[{ event: { data: { id: 'P' } } }, 'event_action'],
		],
	});

	test('a priority that PagerDuty sets up goes before the urgency, one of its own names does not', () => {
		const severity = (summary: string) =>
			only(incidentEvent('incident.triggered', { priority: { summary } })).severity;
		expect(['P1', 'P2', 'p3', 'P4', 'P5', 'Sev 1', 'P10'].map(severity)).toEqual([
			...['critical', 'high', 'medium', 'low', 'informational', 'high', 'high'],
		]);
	});

	test('an incident that was merged into another is closed by hand, and says where it goes on', () => {
		const resolve_reason = {
			type: 'merge_resolve_reason',
			incident: { id: 'P1', summary: '[#7] Mail is down' },
		};
		const { status, resolution } = only(incidentEvent('incident.resolved', { resolve_reason }));
		expect(status).toBe('resolved');
		expect(resolution).toMatchObject({ reason: 'manual', note: 'Merged into [#7] Mail is down' });
	});

	test('the service names the company where the path says so', () => {
		const company = { from: 'payload' as const, path: 'event.data.service.summary' };
		const { events } = readPayload(
			'pagerduty',
			incidentEvent('incident.triggered'),
			contextFor({ company }),
		);
		expect(events[0]?.company.name).toBe('Mail');
	});

	test('the ping of a new webhook starts nothing', () => {
		const ping = { event: { event_type: 'pagey.ping', data: { message: 'Hello from PagerDuty' } } };
		expect(readPayload('pagerduty', ping, contextFor())).toMatchObject({ ping: true, events: [] });
	});
});

describe('PagerDuty: what reaches the ticket', () => {
	test.each([
		['an object', { queue: 'mail', ends: { at: 1 } }, 'queue: mail\nends: {"at":1}'],
		['a list of objects', [{ queue: 'mail' }, { queue: 'web' }], 'queue: mail\nqueue: web'],
		['a list of texts', ['one', 'two'], 'one\ntwo'],
		['a text', 'plain', 'plain'],
		['a number', 7, '7'],
		['nothing', {}, null],
	])('custom_details as %s', (_, custom_details, description) => {
		expect(only({ ...trigger, payload: { ...trigger.payload, custom_details } }).description).toBe(
			description,
		);
	});

	test('links and images, by their text', () => {
		const links = [
			{ href: 'https://runbook.example/q', text: 'Runbook' },
			{ href: 'https://a.example' },
			{ text: 'no address' },
		];
		const images = [{ src: 'https://graph.example/1.png', alt: 'Last hour' }];
		expect(only({ ...trigger, links, images }).description).toBe(
			'Runbook: https://runbook.example/q\nLink: https://a.example\nLast hour: https://graph.example/1.png',
		);
	});
});
