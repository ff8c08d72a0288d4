import { contentLookUps, KEYS_PER_LOOK_UP } from '../../../nodes/shared/domain/inbox/look-up';
import { newEvents, storedRow } from '../../../nodes/shared/domain/inbox/store';
import { at } from './rows';

test('an event is stored whole, as new, with the columns that it is found by', () => {
	const event = {
		integration: 'Office',
		source: 'wazuh',
		deliveryId: 'd#1',
		dedupKey: 'wazuh|disk',
		company: { id: '7', name: 'Contoso Ltd', displayName: 'Contoso' },
	};
	expect(storedRow(event, at(0))).toEqual({
		integration: 'office',
		source: 'wazuh',
		company: 'Contoso',
		deliveryId: 'd#1',
		dedupKey: 'wazuh|disk',
		event: JSON.stringify(event),
		state: 'new',
		decision: '',
		reason: '',
		cause: '',
		tries: 0,
		receivedAt: at(0),
	});
});

test('an event that names no integration, delivery or company is of the default one', () => {
	const row = storedRow({ dedupKey: 'x' }, at(0));
	expect(row).toMatchObject({ integration: 'default', company: '', deliveryId: '', source: '' });
});

test('what could not be read is kept for a person', () => {
	const row = storedRow({ decision: 'failed', reason: '2 records', source: 'wazuh' }, at(0));
	expect(row).toMatchObject({
		state: 'dead',
		decision: 'failed',
		reason: '2 records',
		cause: 'damaged',
	});
	expect(storedRow({ decision: 'created', reason: 'x' }, at(0))).toMatchObject({
		state: 'new',
		decision: '',
		reason: '',
	});
});

describe('what a poll reads again', () => {
	const event = (deliveryId: string | null, more = {}) => ({
		json: { dedupKey: 'k', deliveryId, ...more },
	});

	test('is no news when it stands in the table, or before it in the list, unchanged', () => {
		const stored = [{ id: 1, dedupKey: 'k', deliveryId: 'row/1' }];
		const events = [event('row/1'), event('row/2'), event('row/2'), event('row/3')];
		expect(newEvents(events, stored)).toEqual([events[1], events[3]]);
		expect(newEvents(events, [])).toHaveLength(3);
	});

	test('the same content of another problem is another record', () => {
		const other = event('row/1', { dedupKey: 'other' });
		expect(newEvents([other], [{ dedupKey: 'k', deliveryId: 'row/1' }])).toEqual([other]);
	});

	test('an event without a delivery id always stays: it may be the end of its problem', () => {
		const events = [event(null), event(null, { status: 'resolved' })];
		expect(newEvents(events, [{ dedupKey: 'k', deliveryId: '' }])).toEqual(events);
	});

	test('records that cannot be read are kept for a person once, not with every poll', () => {
		const failed = event(null, { decision: 'failed' });
		expect(newEvents([failed, failed], [])).toEqual([failed]);
		expect(newEvents([failed], [{ dedupKey: 'k', deliveryId: '' }])).toEqual([]);
	});

	test('is looked up by many delivery ids at once, and what cannot be read by its key', () => {
		const events = Array.from({ length: 30 }, (_, n) => ({
			dedupKey: `k${n}`,
			deliveryId: `row/${n % 27}`,
		}));
		const failed = { dedupKey: 'unreadable', deliveryId: null, decision: 'failed' };
		const asked = contentLookUps([...events, failed]);
		expect(asked.map(({ column, values }) => [column, new Set(values).size])).toEqual([
			['deliveryId', 25],
			['deliveryId', 2],
			['dedupKey', 1],
		]);
		expect(asked.every(({ values }) => values.length === KEYS_PER_LOOK_UP)).toBe(true);
		expect(contentLookUps([])).toEqual([]);
	});
});
