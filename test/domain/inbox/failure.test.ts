import { failureOf } from '../../../nodes/shared/domain/inbox/failure';

test('a failure is read as the nodes of n8n tell it, and as those of the pack', () => {
	expect(failureOf({ error: { message: 'The service is down', name: 'NodeApiError' } })).toBe(
		'The service is down',
	);
	expect(failureOf({ error: { description: 'Only this' } })).toBe('Only this');
	expect(failureOf({ error: {} })).toBe('No message.');
	expect(failureOf({ error: 'refused', details: 'next' })).toBe('refused');
	for (const fine of [{}, { error: '' }, { error: null }, { statusCode: 200 }]) {
		expect(failureOf(fine)).toBe('');
	}
});
