import { RequestBudget } from '../../../nodes/shared/halo/http/budget';
import { LIMIT_WINDOW_MS } from '../../../nodes/shared/halo/http/retry';
import { createRandom } from '../../support/random';

/** The rule in its plainest form: what Halo counts at that moment. */
function counted(sent: readonly number[], now: number): number[] {
	return sent.filter((at) => at > now - LIMIT_WINDOW_MS && at <= now);
}

test('the wait is that of the plainest count, also after clocks that were set back', () => {
	const random = createRandom(7);
	for (let history = 0; history < 500; history++) {
		const budget = new RequestBudget();
		const limit = 1 + Math.floor(random() * 6);
		let sent: number[] = [];
		let now = 1_000_000;
		for (let step = 0; step < 40; step++) {
			// One step in ten sets the clock back.
			now += (random() < 0.1 ? -1 : 1) * Math.floor(random() * LIMIT_WINDOW_MS * 0.4);
			sent = counted(sent, now);
			const freed = sent[sent.length - limit];
			expect(budget.waitFor(now, limit)).toBe(
				freed === undefined ? 0 : freed + LIMIT_WINDOW_MS - now,
			);
			expect(budget.used(now)).toBe(sent.length);
			budget.take(now);
			sent.push(now);
		}
	}
});
