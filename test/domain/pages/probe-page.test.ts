import { formToken, isFormToken } from '../../../nodes/shared/domain/pages/form-token';
import {
	probeFormPage,
	probePage,
	readProbeForm,
} from '../../../nodes/shared/domain/pages/probe-page';
import { completeProbe, wrong } from '../../../nodes/shared/domain/set-up/probe-line';

const NOW = Date.parse('2026-05-04T09:30:00Z');
const HOUR = 3_600_000;

test('a form is good for this hour and the next, with the key it was made with', () => {
	const token = formToken('key', NOW);
	expect(isFormToken('key', token, NOW)).toBe(true);
	expect(isFormToken('key', token, NOW + HOUR)).toBe(true);
	expect(isFormToken('key', token, NOW + 2 * HOUR)).toBe(false);
	expect(isFormToken('key', token, NOW - HOUR)).toBe(false);
	expect(isFormToken('other', token, NOW)).toBe(false);
	for (const forged of ['', 'x', `${token}0`]) expect(isFormToken('key', forged, NOW)).toBe(false);
});

test('what a webhook gives is read: a search by its query, an order by its body', () => {
	expect(readProbeForm({ query: { search: ' Con ' } })).toMatchObject({
		search: 'Con',
		isOrder: false,
		confirmed: false,
	});
	expect(
		readProbeForm({ query: {}, body: { client: '11', confirm: 'yes', token: 'abc' } }),
	).toMatchObject({ client: '11', confirmed: true, isOrder: true });
	expect(readProbeForm({ query: { search: { a: 1 } }, body: ['x'] })).toMatchObject({ search: '' });
});

const ODD = '<img src=x onerror=alert(1)>"\'&';

test('names from Halo and from the search are text on the form', () => {
	const form = readProbeForm({ query: { search: ODD } });
	const row = [{ id: 11, name: ODD }];
	const choices = { clients: row, more: true, ticketTypes: row, closeStatuses: row };
	const page = probeFormPage(choices, form, 'token', ODD);
	expect(page).not.toContain('<img');
	expect(page.split('&lt;img src=x')).toHaveLength(7);
	expect(page).toContain("form-action 'self'");
});

test('what was seen and every request are text on the page, and it sends no form', () => {
	const lines = completeProbe([wrong('Times', ODD, ODD)], ODD);
	const page = probePage(lines, {
		ready: false,
		message: ODD,
		ticketId: 7,
		ticketUrl: `https://halo.example/ticket?id=7&x=${ODD}`,
		closed: false,
		requests: [{ method: 'GET', path: `/Tickets?search=${ODD}`, status: 200, ms: 3 }],
	});
	expect(page).not.toContain('<img');
	expect(page).toContain('still open');
	expect(page).toContain("form-action 'none'");
});
