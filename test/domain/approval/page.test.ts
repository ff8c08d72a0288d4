import { closedPage, endOfForm } from '../../../nodes/shared/domain/approval/page';
import { NOW } from './question';

const SAID = { title: 'Approved', message: 'The source was told. Ticket 7: closed.' };

function ended(status: number | null, body: unknown = {}, until: number | null = NOW + 1) {
	return endOfForm({ status, body }, until, NOW);
}

test('each end of the form has a page of its own', () => {
	const pages = {
		said: ended(200, SAID),
		cut: endOfForm(null, null, NOW),
		used: ended(409),
		expired: ended(404, {}, NOW),
		unreached: ended(null),
		'broke off': ended(500, { message: 'Error in workflow' }),
	};
	expect(pages).toMatchObject({
		said: SAID,
		cut: { title: 'Nothing was changed', message: expect.stringContaining('changed or cut') },
		used: { title: 'Already decided', message: expect.stringContaining('decided already') },
		expired: { title: 'Expired', message: expect.stringContaining('its time is over') },
		unreached: { title: 'Try again' },
		'broke off': { title: 'Not finished', message: expect.stringContaining('halo_errors') },
	});
	expect(new Set(Object.values(pages).map(({ message }) => message)).size).toBe(6);
	expect(ended(401)).toEqual(pages.cut);
});

test('only the run that waited is believed, and never as HTML', () => {
	for (const body of [null, 'Approved', [SAID], { title: 'Approved' }, { message: 'x' }]) {
		expect(ended(200, body).title).toBe('Already decided');
	}
	for (const status of [201, 302, 404]) expect(ended(status, SAID).title).not.toBe('Approved');
	expect(ended(200, { title: '<b>', message: '<img src=x>&' })).toEqual({
		title: '<b>',
		message: '&lt;img src=x&gt;&amp;',
	});
});

test('a link that does not say its end is told as used', () => {
	expect(ended(404, {}, null).title).toBe('Already decided');
});

test('the page about a decision says what became of the ticket', () => {
	const closed = { ticketId: 7, decision: 'closed', reason: 'Closed.' };
	expect(closedPage({ ...closed, resolution: { reason: 'approved' } })).toEqual(SAID);
	const kept = { ...closed, decision: 'kept_open', reason: 'A person works on it.' };
	expect(closedPage({ ...kept, resolution: { reason: 'denied' } })).toEqual({
		title: 'Denied',
		message: 'The source was told. Ticket 7: kept open. A person works on it.',
	});
});

test('nobody waits for a page about a request that expired', () => {
	expect(closedPage({ ticketId: 7, resolution: { reason: 'expired' } })).toBeNull();
	expect(closedPage({ ticketId: 7 })).toBeNull();
});
