import type { DeliveryFilter } from '../../../nodes/shared/domain/webhook/delivery';
import { refusedByEvent, refusedByTicket } from '../../../nodes/shared/domain/webhook/delivery';
import {
	deliveryEventOf,
	parseDeliveries,
} from '../../../nodes/shared/domain/webhook/delivery-parse';
import { readDeliveryTicket } from '../../../nodes/shared/domain/webhook/delivery-ticket';

const ANY: DeliveryFilter = {
	events: [],
	ticketTypes: [],
	clients: [],
	statuses: [],
	onlyReferenced: false,
	includeOwnWrites: false,
	ownAgentId: 9,
	ownApplication: null,
};

const RECORD = {
	id: 'd-1',
	webhook_id: 'w-1',
	notification_id: '118',
	event: 'ticket closed',
	object_id: 2041.0,
	agent_id: 3,
	timestamp: '2026-09-25T06:41:08.7895915Z',
};

function parsed(body: unknown) {
	const [delivery] = parseDeliveries(body).deliveries;
	if (delivery === undefined) throw new Error('Nothing was read');
	return delivery;
}

describe("Halo's names of events", () => {
	test.each([
		['new ticket logged', 'created'],
		['New Ticket Logged', 'created'],
		['ticket created', 'created'],
		['ticket updated', 'updated'],
		['ticket updated by user', 'updated'],
		['ticket status changed', 'statusChanged'],
		['ticket closed', 'closed'],
		['ticket deleted', 'deleted'],
		['1st sla warning', 'other'],
		['', 'other'],
	])('%p is %s', (name, event) => {
		expect(deliveryEventOf(name)).toBe(event);
	});
});

describe('a body', () => {
	test.each<[string, unknown, number, number, number[]]>([
		['one event', RECORD, 1, 0, []],
		['an array', [RECORD, { ...RECORD, id: 'd-2' }], 2, 0, []],
		['the same delivery twice in it', [RECORD, RECORD], 1, 0, []],
		[
			'events without an id are all kept',
			[
				{ ...RECORD, id: null },
				{ ...RECORD, id: null },
			],
			2,
			0,
			[],
		],
		['a test of the webhook', { ...RECORD, event: 'test', object_id: 0 }, 0, 1, []],
		['an event of a client', { ...RECORD, event: 'new client' }, 0, 1, []],
		['a ticket event in other words', { ...RECORD, event: 'Vorgang neu' }, 1, 0, []],
		['only a ticket', { ticket: { id: 5 } }, 1, 0, []],
		['something else among them', [RECORD, 'x', {}, null], 1, 0, [2, 3, 4]],
		['an empty list', [], 0, 0, []],
		['a number', 5, 0, 0, [1]],
	])('%s', (_, body, deliveries, ignored, unreadable) => {
		const result = parseDeliveries(body);

		expect([result.deliveries.length, result.ignored, result.unreadable]).toEqual([
			deliveries,
			ignored,
			unreadable,
		]);
	});

	test('numbers, texts and times are read in every spelling', () => {
		expect(parsed(RECORD)).toEqual({
			deliveryId: 'd-1',
			event: 'closed',
			eventName: 'ticket closed',
			ticketId: 2041,
			agentId: 3,
			message: null,
			time: '2026-09-25T06:41:08.789Z',
			webhookId: 'w-1',
			notificationId: 118,
			ticket: null,
			action: null,
		});
	});

	test('a batch without end is cut, and says so', () => {
		const many = Array.from({ length: 1_200 }, (_, index) => ({ ...RECORD, id: `d-${index}` }));

		expect(parseDeliveries(many).deliveries).toHaveLength(1_000);
		expect(parseDeliveries(many).unreadable).toEqual([1_001]);
	});

	test('unsafe keys and endless nesting do no harm', () => {
		const body = JSON.parse(
			'{"__proto__":{"x":1},"event":"ticket closed","object_id":7}',
		) as unknown;
		expect(parsed(body).ticketId).toBe(7);
		const deep: unknown = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`);
		expect(() => parseDeliveries(deep)).toThrow(/64 levels/);
	});
});

describe('a ticket in a delivery', () => {
	test.each<[string, object, object]>([
		['its id missing', { summary: 'x' }, {}],
		[
			'1900 is no date',
			{ id: 1, dateclosed: '1900-01-01T00:00:00' },
			{ dateclosed: null, hasbeenclosed: null },
		],
		['a date of closing', { id: 1, dateclosed: '2026-01-01T00:00:00' }, { hasbeenclosed: true }],
		['agent 1 is nobody', { id: 1, agent_id: 1 }, { agent_id: null }],
		[
			'id 0 is none',
			{ id: 1, site_id: 0, merged_into_id: 0 },
			{ site_id: null, merged_into_id: null },
		],
		['client 0 is told as it is', { id: 1, client_id: 0 }, { client_id: 0 }],
		[
			'ids as text or float',
			{ id: '7', status_id: '9', sla_id: 2.0 },
			{ id: 7, status_id: 9, sla_id: 2 },
		],
		[
			'lastupdate',
			{ id: 1, lastupdate: '2026-01-01T00:00:00' },
			{ last_update: '2026-01-01T00:00:00.000Z' },
		],
		['requesttype_id', { id: 1, requesttype_id: 4 }, { tickettype_id: 4 }],
		['symptom', { id: 1, symptom: 'Disk full' }, { summary: 'Disk full' }],
	])('%s', (_, row, expected) => {
		const ticket = readDeliveryTicket({ ...row });

		if (Object.keys(expected).length === 0) expect(ticket).toBeNull();
		else expect(ticket).toMatchObject(expected);
	});
});

describe('filters', () => {
	test.each<[string, object, Partial<DeliveryFilter>, string | null]>([
		['by a person', {}, {}, null],
		['by our agent', { agent_id: 9 }, {}, 'own write'],
		['by our agent, when own writes are wanted', { agent_id: 9 }, { includeOwnWrites: true }, null],
		['an action of our agent', { action: { actionby_agent_id: 9 } }, {}, 'own write'],
		[
			'an action of our application',
			{ action: { actionby_application_id: 'N8N' } },
			{ ownApplication: 'n8n' },
			'own write',
		],
		['an event that is chosen', {}, { events: ['closed'] }, null],
		['an event that is not', {}, { events: ['created'] }, 'event not chosen'],
		['an event without a word here', { event: 'warning' }, { events: ['created'] }, null],
	])('%s', (_, change, filter, expected) => {
		expect(refusedByEvent(parsed({ ...RECORD, ...change }), { ...ANY, ...filter })).toBe(expected);
	});

	test.each<[string, string[] | null, Partial<DeliveryFilter>, string | null]>([
		['no filter', null, {}, null],
		['the client', null, { clients: [12, 11] }, null],
		['another client', null, { clients: [12] }, 'client not chosen'],
		['another type', null, { ticketTypes: [3] }, 'ticket type not chosen'],
		['another status', null, { statuses: [1] }, 'status not chosen'],
		['what is not told passes', null, { statuses: [9], onlyReferenced: true }, null],
		['a reference', ['abc'], { onlyReferenced: true }, null],
		['no reference', [], { onlyReferenced: true }, 'no reference of ours'],
	])('%s', (_, references, filter, expected) => {
		const ticket = readDeliveryTicket({ id: 1, client_id: 11, tickettype_id: 2, status_id: 9 });
		if (ticket === null) throw new Error('Nothing was read');

		expect(refusedByTicket(ticket, references, { ...ANY, ...filter })).toBe(expected);
	});
});
