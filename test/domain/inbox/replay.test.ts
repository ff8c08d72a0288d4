import {
	ChoiceError,
	replayPage,
	replayUpdates,
	waitingLookUps,
} from '../../../nodes/shared/domain/inbox/replay';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { inboxRow } from './rows';

const DEAD = 'Dead: they wait for a person';
const ALL = 'All of these';
const dead = (id: number, more: JsonRecord = {}) =>
	inboxRow(id, { state: 'dead', cause: 'halo_refused', reason: `Reason ${id}.`, ...more });

const ROWS = [
	dead(1),
	dead(2, { company: 'Fabrikam' }),
	dead(3, { company: 'Fabrikam', cause: 'damaged' }),
	dead(4, { state: 'failed' }),
	dead(5, { state: 'new' }),
];

test('the first page names one state, or all that wait; 900 rows of each are read', () => {
	expect(waitingLookUps('t', DEAD)).toEqual([{ table: 't', state: 'dead', limit: 900 }]);
	expect(waitingLookUps('t', ALL).map(({ state }) => state)).toEqual(['failed', 'dead', 'held']);
	expect(waitingLookUps('t', 'something')).toEqual([]);
});

test('everything, each cause, each company and each finding can be chosen, the most of a kind first', () => {
	const page = replayPage(ROWS, DEAD);
	expect(page).toMatchObject({ count: 3, states: ['dead'] });
	expect(page.choices.map(({ label }) => label)).toEqual([
		'1. All: 3 findings',
		'2. Cause halo_refused (Halo refused it): 2 findings',
		'3. Cause damaged (row cannot be read): 1 finding',
		'4. Company Fabrikam: 2 findings',
		'5. Company Contoso: 1 finding',
		'6. Row 1, dead, Contoso: Reason 1.',
		'7. Row 2, dead, Fabrikam: Reason 2.',
		'8. Row 3, dead, Fabrikam: Reason 3.',
	]);
	const [list, choice] = JSON.parse(page.fields);
	expect(list.html).toContain('3 findings:');
	expect(choice.fieldOptions.values).toHaveLength(8);
});

test('a row that names nothing is offered, and markup stays text', () => {
	const bare = inboxRow(9, { state: 'dead', company: '', cause: '', reason: '<b>"x"</b>' });
	const page = replayPage([bare], DEAD);
	expect(page.choices.map(({ label }) => label)).toEqual([
		'1. All: 1 finding',
		'2. Row 9, dead: <b>"x"</b>',
	]);
	expect(JSON.parse(page.fields)[0].html).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;');
});

test('of very many 200 are offered and the newest ten listed, and the number says that there may be more', () => {
	const many = Array.from({ length: 900 }, (_, index) => dead(index + 1));
	const page = replayPage(many, DEAD);
	expect(page.choices[0]?.label).toBe('1. All: 900 or more findings');
	expect(page.choices.filter(({ column }) => column === 'id')).toHaveLength(200);
	const { html } = JSON.parse(page.fields)[0];
	expect(html).toContain('The newest 10 of 900 or more findings:');
	expect(html.indexOf('Row 900')).toBeLessThan(html.indexOf('Row 891'));
	expect(html).not.toContain('Row 890');
});

test('what is chosen becomes due, what was failed already first; an answer that is not offered is refused', () => {
	const page = replayPage(ROWS, ALL);
	expect(replayUpdates(page, page.choices[0]?.label ?? '')).toEqual([
		{ state: 'failed', column: 'state', value: 'failed' },
		{ state: 'dead', column: 'state', value: 'dead' },
		{ state: 'held', column: 'state', value: 'held' },
	]);
	const company = page.choices.find(({ label }) => label.includes('Company Fabrikam'))?.label;
	expect(replayUpdates({ ...page, states: ['dead'] }, company ?? '')).toEqual([
		{ state: 'dead', column: 'company', value: 'Fabrikam' },
	]);
	for (const answer of ['', 'x', '0. All', '99. Row 1']) {
		expect(() => replayUpdates(page, answer)).toThrow(ChoiceError);
	}
});
