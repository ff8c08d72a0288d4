import {
	decodeState,
	encodeState,
	newState,
	replaceState,
	type TicketState,
} from '../../../nodes/shared/domain/ticket/state';

const NOTED = '2026-05-04T09:12:33.000Z';
const STATES: Array<[string, TicketState]> = [
	['of a new ticket', newState('high')],
	['with a note', { ...newState('critical'), notedAt: NOTED }],
	['of an accepted risk', { ...newState('low'), suppressed: true }],
	['with words of a later version', { ...newState('unknown'), other: [['members', 'abc.def']] }],
	['of a monitor that fired twice', { ...newState('low'), firing: ['abc-def', 'ghi-def'] }],
	['with nothing known', { ...newState('low'), severity: null }],
	[
		'of an exploited problem with source and asset',
		{
			...newState('high'),
			kev: true,
			source: 'tenable-sc',
			assets: ['abcdef', 'ghijkl'],
		},
	],
	[
		'of a group',
		{
			...newState('high'),
			source: 'wazuh',
			members: [
				{ key: 'kqzvwmtrbhxd', assets: ['abcdef'], source: 'wazuh' },
				{ key: 'abcdefghijkl', assets: [], source: 'wazuh' },
			],
			came: ['abcdefghijkl'],
			went: ['lkjihgfedcba'],
			ended: [{ key: 'lkjihgfedcba', at: NOTED }],
			accepted: ['kqzvwmtrbhxd'],
		},
	],
	[
		'of a problem that scans missed',
		{ ...newState('low'), missed: [{ key: 'kqzvwmtrbhxd', count: 1, scan: 'abcdefghijkl' }] },
	],
	['of a group without members', { ...newState('high'), members: [] }],
	['of a group whose list was lost', { ...newState('high'), members: [], partial: true }],
	[
		'of a problem that comes and goes',
		{ ...newState('low'), reopened: [NOTED], flappingAt: NOTED },
	],
];

test.each(STATES)('a state %s reads back as it was written, plain and as HTML', (_, state) => {
	const block = encodeState(state);
	expect(block).toMatch(/^scanstate( [A-Za-z0-9.:-]+)* endstate$/);
	expect(decodeState(`Body\n${block} (scanref kqzvwmtrbhxd)`)).toEqual(state);
	expect(decodeState(`<p>Body</p><p>${block.replace(/ /g, '&nbsp;')} (scanref x)</p>`)).toEqual(
		state,
	);
});

test.each([
	['no block', 'Somebody rewrote this'],
	['half a block', 'scanstate severity high'],
	['a block with signs in it', 'scanstate severity <b>high</b> endstate'],
])('details with %s have no state', (_, details) => {
	expect(decodeState(details)).toBeNull();
});

test('a word that is no severity is kept as a word of a later version', () => {
	expect(decodeState('scanstate severity urgent endstate')).toEqual({
		...newState('low'),
		severity: null,
		other: [['severity', 'urgent']],
	});
});

test.each(['constructor', 'toString'])(
	'a word that every object has (%s) is a word like another',
	(word) => {
		const state = decodeState(`scanstate severity low ${word} abc endstate`);
		expect(state).toEqual({
			...newState('low'),
			other: [[word, 'abc']],
		});
	},
);

test('a new state replaces the old one in place and leaves the rest alone', () => {
	const html = `<p>Mine</p><p>${encodeState(newState('low'))} (scanref a)</p><p>Below</p>`;
	expect(replaceState(html, newState('high'), '<p>footer</p>')).toBe(
		'<p>Mine</p><p>scanstate severity high endstate (scanref a)</p><p>Below</p>',
	);
});

test('where the block is gone the footer is put at the end', () => {
	expect(replaceState('<p>Mine</p>', newState('high'), '<p>footer</p>')).toBe(
		'<p>Mine</p><p>footer</p>',
	);
});
