import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
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
