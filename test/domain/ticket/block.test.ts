import { blocksIn, GAP } from '../../../nodes/shared/domain/ticket/block';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import { membersOn } from '../../../nodes/shared/domain/ticket/roster/roster';
import { decodeState } from '../../../nodes/shared/domain/ticket/state';

const SPACES: Array<[string, string]> = [
	['no-break space', '\u00a0'],
	['space', ' '],
	['line break', '\n'],
	['named entity', '&nbsp;'],
	['decimal entity', '&#160;'],
	['hexadecimal entity', '&#xA0;'],
];

/** Milliseconds that a read takes at its best: other work on the machine only ever adds. */
function bestOf(read: () => void): number {
	const times = [0, 1, 2].map(() => {
		const start = performance.now();
		read();
		return performance.now() - start;
	});
	return Math.min(...times);
}

/** A text that holds each word of the pack, then many spaces, then what does not fit. */
function nearly(word: string, space: string, count: number): string {
	return `Question about scanref (${word}${space.repeat(count)}letters, and more`;
}

describe.each(SPACES)('many of a %s', (_name, space) => {
	test('28 of them behind a word of the pack are read at once', () => {
		expect(bestOf(() => referencesIn(nearly('scanref', space, 28)))).toBeLessThan(20);
		expect(bestOf(() => decodeState(nearly('scanstate a', space, 28)))).toBeLessThan(20);
		const note = nearly('scanroster add', space, 28);
		expect(bestOf(() => membersOn([{ id: 1, application: 'ours', note }]))).toBeLessThan(20);
	});

	test('50,000 of them, and as many words without an end, are read at once', () => {
		expect(bestOf(() => referencesIn(nearly('scanref', space, 50_000)))).toBeLessThan(200);
		expect(bestOf(() => decodeState(nearly('scanstate a', space, 50_000)))).toBeLessThan(200);
		const words = `scanstate${space}scanroster${space}add${space}`.repeat(50_000);
		expect(bestOf(() => decodeState(words))).toBeLessThan(500);
		expect(bestOf(() => membersOn([{ id: 1, application: 'ours', note: words }]))).toBeLessThan(
			500,
		);
	});

	test('it parts the words of a reference, of a state and of a list', () => {
		expect(referencesIn(`(scanref${space}${space}kqzvwmtrbhxd)`)).toEqual(['kqzvwmtrbhxd']);
		expect(decodeState(`scanstate${space}severity${space}high${space}endstate`)).toMatchObject({
			severity: 'high',
		});
		const note = `scanroster${space}add${space}kqzvwmtrbhxd:high:${space}endroster`;
		expect([...membersOn([{ id: 1, application: 'ours', note }]).keys()]).toHaveLength(1);
	});
});

test('blocks carry their place and their words; a start without an end is none', () => {
	const text = 'x start a b end, start c <p> start\u00a0d&nbsp;end start end';
	expect(blocksIn(text, 'start', 'end')).toEqual([
		{ from: 2, to: 15, words: ['a', 'b'] },
		{ from: 29, to: text.indexOf(' start end'), words: ['d'] },
		{ from: text.length - 9, to: text.length, words: [] },
	]);
	expect(text.split(new RegExp(GAP)).join('|')).toContain('start|d|end');
});
