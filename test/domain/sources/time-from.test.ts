import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

const RECEIVED = '2026-05-04T10:00:00.000Z';

function told(time: unknown, zone = 'utc') {
	const payload = { dedupKey: 'srv-01/disk-c', title: 'Disk full', time };
	const [event] = readPayload(
		'canonical',
		payload,
		contextFor({ zone, receivedAt: RECEIVED }),
	).events;
	return [event?.time, event?.timeFrom];
}

test.each([
	['with a zone', '2026-05-04T09:00:00Z', 'utc', '2026-05-04T09:00:00.000Z', 'source'],
	['as an epoch', 1_777_885_200, 'Europe/Berlin', '2026-05-04T09:00:00.000Z', 'source'],
	['as an epoch in a text', '1777885200', 'Europe/Berlin', '2026-05-04T09:00:00.000Z', 'source'],
	['without a zone', '2026-05-04 11:00:00', 'Europe/Berlin', '2026-05-04T09:00:00.000Z', 'zone'],
	['as a date', '20260504', 'utc', '2026-05-04T00:00:00.000Z', 'zone'],
	['ahead of the receipt', '2026-05-04T12:00:00Z', 'utc', RECEIVED, 'ahead'],
	['not at all', null, 'utc', RECEIVED, 'receipt'],
])('an event says what its time goes by: written %s', (_, time, zone, at, from) => {
	expect(told(time, zone)).toEqual([at, from]);
});

test('Alertmanager says when a problem began, and when it ended', () => {
	const alert = { labels: { alertname: 'DiskFull' }, startsAt: '2026-05-04T08:00:00Z' };
	const alerts = [
		{ ...alert, status: 'firing' },
		{
			...alert,
			labels: { alertname: 'Other' },
			status: 'resolved',
			endsAt: '2026-05-04T09:00:00Z',
		},
	];
	const payload = { version: '4', status: 'firing', receiver: 'n8n', groupKey: '{}', alerts };
	const { events } = readPayload('alertmanager', payload, contextFor({ receivedAt: RECEIVED }));
	expect(events.map(({ timeFrom }) => timeFrom)).toEqual(['start', 'source']);
});
