import { GAP, lastBlock } from '../../../nodes/shared/domain/ticket/block';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import { noteBlock, readNote } from '../../../nodes/shared/domain/ticket/recognise';
import { UNSIGNED } from '../../support/own-ticket';
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
		const note = nearly('scanlist add', space, 28);
		expect(bestOf(() => readNote(note, UNSIGNED))).toBeLessThan(20);
	});

	test('50,000 of them, and as many words without an end, are read at once', () => {
		expect(bestOf(() => referencesIn(nearly('scanref', space, 50_000)))).toBeLessThan(200);
		expect(bestOf(() => decodeState(nearly('scanstate a', space, 50_000)))).toBeLessThan(200);
		const words = `scanstate${space}scanroster${space}add${space}`.repeat(50_000);
		expect(bestOf(() => decodeState(words))).toBeLessThan(500);
		expect(bestOf(() => readNote(words, UNSIGNED))).toBeLessThan(500);
	});

	test('it parts the words of a reference, of a state and of a list', () => {
		expect(referencesIn(`(scanref${space}${space}kqzvwmtrbhxd)`)).toEqual(['kqzvwmtrbhxd']);
		expect(decodeState(`scanstate${space}severity${space}high${space}endstate`)).toMatchObject({
			severity: 'high',
		});
		const note = noteBlock('kqzvwmtrbhxd', ['add', 'abcdefghijkl:high:'], UNSIGNED);
		expect(readNote(note.split(' ').join(space), UNSIGNED)).toMatchObject({ verb: 'add' });
	});
});

const KIND = { start: 'begin', end: 'stop' };

test('only the last block counts, with its place, its words and its check value', () => {
	const text = 'x begin a b stop, begin c <p> begin\u00a0d&nbsp;e check f stop y';
	const from = text.lastIndexOf('begin');
	const to = text.length - 2;
	expect(lastBlock(text, KIND)).toEqual({ from, to, words: ['d', 'e'], check: 'f' });
	expect(text.split(new RegExp(GAP)).join('|')).toContain('begin|d|e|check');
});

const NONE: Array<[string, string]> = [
	['without an end', 'begin a b'],
	['whose last start has no end', 'begin a stop begin b'],
	['with other text inside', 'begin a <b> stop'],
	['whose words touch its own', 'begina stop'],
	['of one word', 'beginstop'],
	['that is not there', 'stop a begin'],
];

test.each(NONE)('a block %s is none', (_, text) => {
	expect(lastBlock(text, KIND)).toBeNull();
});
