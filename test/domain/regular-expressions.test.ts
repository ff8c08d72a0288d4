import { attacksOn, regExpOf } from '../support/regular-expressions/attacks';
import { findRegularExpressions } from '../support/regular-expressions/find';
import { growthOf, worstOf } from '../support/regular-expressions/growth';

const { found } = findRegularExpressions();
const patterns = [...new Set(found.map(({ pattern }) => pattern))].sort();

/** Twice the text may take 2.4 times as long: twice the work, and a fifth for caches and noise. */
const MOST_GROWTH = 1.2;

test.each(patterns)('%s takes twice as long for twice the text, not more', (pattern) => {
	const expression = regExpOf(pattern);
	const worst = worstOf(expression, attacksOn(expression));
	if (worst === null) throw new Error(`no text to try ${pattern} on`);
	const growth = growthOf(expression, worst, MOST_GROWTH);
	if (growth > MOST_GROWTH)
		throw new Error(`grows by ${growth.toFixed(2)} on ${JSON.stringify(worst(60))}`);
});

test.each([
	['/=+$/', '='],
	['/<([^<>\\s]+@[^<>\\s]+)>/', '@'],
	['/<td\\b[^>]*>/', '<td'],
])('the measurement itself finds %s', (pattern, sign) => {
	const expression = regExpOf(pattern);
	const worst = worstOf(expression, attacksOn(expression));
	expect(worst?.(100)).toContain(sign);
	expect(worst === null ? 0 : growthOf(expression, worst, MOST_GROWTH)).toBeGreaterThan(1.5);
});
