import { isNoted, notedSummary } from '../../../nodes/shared/domain/ticket/noted-state';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import { plainTitle } from '../../../nodes/shared/domain/ticket/scan/compare';

const REFERENCE = 'kqzvwmtrbhxd abcdefghijkl';
const MARKER = `(scanref ${REFERENCE})`;

test.each([
	['an ordinary one', `Disk full ${MARKER}`, 'Disk full'],
	['with words of a person before it', `VIP! Disk full ${MARKER}`, 'VIP! Disk full'],
	['without its reference', 'Disk full', 'Disk full'],
	['of full length', `${'x'.repeat(216)} ${MARKER}`, `${'x'.repeat(197)}…`],
])('a summary that sends readers to the notes: %s', (_what, before, title) => {
	const summary = notedSummary(before, REFERENCE);
	expect(isNoted({ summary })).toBe(true);
	expect(isNoted({ summary: before })).toBe(false);
	expect(summary.length).toBeLessThanOrEqual(255);
	expect(referencesIn(summary)).toEqual(referencesIn(before));
	expect(plainTitle(summary)).toBe(title);
});
