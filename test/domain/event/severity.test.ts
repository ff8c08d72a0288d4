import type { Severity } from '../../../nodes/shared/domain/event/event';
import { SEVERITIES } from '../../../nodes/shared/domain/event/event';
import {
	decideSeverity,
	isAtLeast,
	severityFromCvss,
	severityFromWord,
	worse,
} from '../../../nodes/shared/domain/event/severity';

describe('severity', () => {
	test.each<[string | null, Severity]>([
		['CRITICAL', 'critical'],
		['page', 'critical'],
		[' High ', 'high'],
		['MAJOR', 'high'],
		['error', 'high'],
		['Moderate', 'medium'],
		['Warning', 'medium'],
		['MINOR', 'low'],
		['Information', 'informational'],
		['NONE', 'informational'],
		['Negligible', 'informational'],
		['-', 'unknown'],
		['Untriaged', 'unknown'],
		['', 'unknown'],
		[null, 'unknown'],
		['a new word', 'unknown'],
	])('the word %p is %s', (word, severity) => expect(severityFromWord(word)).toBe(severity));

	test.each<[number | null, 2 | 3, Severity]>([
		[10, 3, 'critical'],
		[9, 3, 'critical'],
		[8.9, 3, 'high'],
		[7, 3, 'high'],
		[6.9, 3, 'medium'],
		[0.1, 3, 'low'],
		[0, 3, 'informational'],
		[10, 2, 'high'],
		[11, 3, 'unknown'],
		[null, 3, 'unknown'],
	])('a score of %p in CVSS %d is %s', (score, version, severity) =>
		expect(severityFromCvss(score, version)).toBe(severity),
	);

	test('the word counts before the score, the other way round, or the higher of both, as chosen', () => {
		expect(decideSeverity('medium', 'critical', 'word')).toBe('medium');
		expect(decideSeverity('medium', 'critical', 'score')).toBe('critical');
		expect(decideSeverity('medium', 'low', 'highest')).toBe('medium');
		expect(decideSeverity('unknown', 'high', 'word')).toBe('high');
		expect(decideSeverity('low', 'unknown', 'score')).toBe('low');
	});

	test('each severity reaches itself and every lower one, and no higher one', () => {
		const order = SEVERITIES.filter((severity) => severity !== 'unknown');
		for (const [height, severity] of order.entries()) {
			for (const [lower, minimum] of order.entries()) {
				expect(isAtLeast(severity, minimum, true)).toBe(height <= lower);
			}
		}
	});

	test('unknown passes any minimum when it is included, and none when it is not', () => {
		for (const minimum of SEVERITIES) {
			expect(isAtLeast('unknown', minimum, true)).toBe(true);
			expect(isAtLeast('unknown', minimum, false)).toBe(false);
		}
	});

	test('a known severity is worse than an unknown one', () => {
		expect(worse('unknown', 'low')).toBe('low');
		expect(worse('low', 'unknown')).toBe('low');
		expect(worse('low', 'high')).toBe('high');
	});
});
