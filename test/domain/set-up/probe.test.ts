import {
	closingLine,
	closureUnitLine,
	flagLine,
	reopenLine,
} from '../../../nodes/shared/domain/set-up/probe-closing';
import {
	completeProbe,
	differs,
	expected,
	PROBE_FACTS,
	PROBE_SETTINGS,
	probeMessage,
	wrong,
} from '../../../nodes/shared/domain/set-up/probe-line';
import {
	answerLine,
	closedInListsLine,
	filtersLine,
	membersLine,
	readPages,
	rowDetailsLine,
	shapeOf,
} from '../../../nodes/shared/domain/set-up/probe-lists';
import {
	longDetailsLine,
	noteLine,
	recipientsLine,
	rewriteLine,
	timesLine,
} from '../../../nodes/shared/domain/set-up/probe-ticket';
import { webhookLine } from '../../../nodes/shared/domain/set-up/probe-webhook';

const page = (from: number, rows: number, count: number | null) => ({
	ids: Array.from({ length: rows }, (_, at) => from - at),
	count,
});

test.each([
	['a page cut at 50', page(300, 50, 281), page(250, 50, 281), false, 'pages of 50 for 100'],
	['a whole page', page(300, 100, 281), page(200, 100, 281), true, 'pages of 100 for 100'],
	['a short list, its last page again', page(30, 30, 30), page(30, 30, 30), true, 'one page of 30'],
	['a short list, then nothing', page(30, 30, 30), page(0, 0, 30), true, 'one page of 30'],
	['a count of the page', page(300, 100, 100), page(200, 100, 100), false, 'which is not the list'],
	['a count of the page on a short list', page(30, 30, 30), null, true, 'record_count 30'],
	['no count', page(30, 30, null), null, false, 'no record_count'],
])('%s is read as such', (_, first, second, usual, words) => {
	const read = readPages(100, first, second);
	expect(read?.usual).toBe(usual);
	expect(read?.seen).toContain(words);
});

test('an empty list tells nothing about pages', () => {
	expect(readPages(100, page(0, 0, 0), null)).toBeNull();
});

test.each([
	['the record', { id: 5 }],
	['an array', [{ id: 5 }]],
	['an envelope', { record_count: 1, tickets: [{ id: 5 }] }],
	['nothing', ''],
	['something else', '<html>'],
	['something else', {}],
])('an answer is %s', (shape, body) => {
	expect(shapeOf(body)).toBe(shape);
});

test('an answer that is no record of Halo is wrong', () => {
	expect(answerLine('Answer to a create', 200, '<html>').state).toBe('wrong');
});

test.each([
	['hours', 1, [0, 1], 'as expected'],
	['minutes that were rounded', 1, [0.02], 'differs'],
	['minutes', 1, [1 / 60], 'differs'],
	['no time at all', 1, [0], 'not tried'],
])('closure time: %s', (_, sent, hours, state) => {
	const line = closureUnitLine(sent, hours);
	expect(line.state).toBe(state);
	expect(line.setting).toBe(state === 'as expected' ? null : PROBE_SETTINGS.closureUnit);
});

test('a refusal for want of fields names the profile, any other the close status', () => {
	const words = 'Please complete the following fields: Category';
	const asked = closingLine({ kind: 'refused', words }, { kind: 'not tried' }, 'Incident');
	expect(asked).toMatchObject({ state: 'wrong', setting: PROBE_SETTINGS.closingFields });
	const kept = closingLine({ kind: 'kept', status: 'New' }, { kind: 'not tried' }, 'Incident');
	expect(kept).toMatchObject({ state: 'wrong', setting: PROBE_SETTINGS.closeStatus });
});

const NOW = Date.parse('2026-05-04T09:00:00Z');

test.each([
	['UTC', '2026-05-04T09:04:00.000Z', 'as expected', 'UTC'],
	['two hours ahead', '2026-05-04T11:00:00.000Z', 'differs', '2 hours ahead of'],
	['half an hour more', '2026-05-04T14:30:00.000Z', 'differs', '5.5 hours ahead of'],
	['behind', '2026-05-04T01:00:10.000Z', 'differs', '8 hours behind'],
])('times: %s', (_, read, state, words) => {
	const line = timesLine('bare', read, NOW);
	expect(line.state).toBe(state);
	expect(line.seen).toContain(words);
});

test.each([
	['no time', timesLine('', null, NOW)],
	['no row', membersLine(null)],
	[
		'nothing told of filters',
		filtersLine({
			client_id: null,
			status_id: null,
			closed_only: null,
			open_only: null,
			order: null,
		}),
	],
	['never closed', closedInListsLine(null)],
	['no flag', flagLine(undefined)],
	['details not read', rewriteLine('x', null)],
	['details unchanged', longDetailsLine(10, null)],
	['no right to webhooks', webhookLine(null)],
	['no trigger', webhookLine({ registered: 0, deliveries: [], batches: 0, unreadable: 0 })],
])('%s: not tried, and no failure', (_, line) => {
	expect(line.state).toBe('not tried');
});

test('rows that hold another text than the ticket are not taken for whole ones', () => {
	expect(rowDetailsLine('abc', 'abcd').seen).toBe('Rows have the first 3 of 4 characters.');
	expect(rowDetailsLine('xyz', 'abcd').state).toBe('differs');
	expect(rowDetailsLine('a b c d', 'abcd').seen).toContain('white space');
});

test('a note that the end user sees, a recipient, and a reopening that fails are wrong', () => {
	const one = { id: 8, name: 'Note' };
	expect(noteLine({ wanted: one, used: one, isPrivate: false, mails: true })).toMatchObject({
		state: 'wrong',
		seen: 'Note (8) writes a VISIBLE note and mails the end user unless told not to.',
	});
	expect(recipientsLine(['a@b.example', 'a@b.example']).seen).toContain(': a@b.example.');
	expect(reopenLine(null, 'Closed', 'You may not').state).toBe('wrong');
});

test('webhooks: a delivery without its agent asks for the full payload, none for the numbers of events', () => {
	const seen = { registered: 1, batches: 0, unreadable: 0 };
	expect(webhookLine({ ...seen, deliveries: [] }).setting).toBe(PROBE_SETTINGS.moreEvents);
	expect(webhookLine({ ...seen, deliveries: [], unreadable: 2 }).state).toBe('wrong');
	const small = { event: 'created', hasTicket: false, hasAgent: false };
	expect(webhookLine({ ...seen, deliveries: [small] }).setting).toBe(PROBE_SETTINGS.payloadType);
});

test('every fact has one line, in its order, whatever was told', () => {
	const lines = completeProbe([wrong('Filters', 'x', 'y'), expected('Times', 'z')], 'because');
	expect(lines.map(({ fact }) => fact)).toEqual([...PROBE_FACTS]);
	expect(lines.filter(({ seen }) => seen === 'because')).toHaveLength(PROBE_FACTS.length - 2);
});

test('the sentence above names what is wrong first, else the fields to set, else that there is none', () => {
	const set = differs('Search of details', 'x', 'y', PROBE_SETTINGS.secondLookup);
	const copes = differs('Filters', 'x', 'y');
	expect(probeMessage([set, wrong('Times', 'odd.', 'do this')])).toBe('Times: odd. Next: do this');
	expect(probeMessage([set, copes])).toBe(
		'To set: Halo Ticket > Second Look-up by Details. 1 more differ, and need no setting.',
	);
	expect(probeMessage([expected('Times', 'x')])).toBe('Nothing to set.');
});
