import { storedRow } from '../../../nodes/shared/domain/inbox/store';
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
