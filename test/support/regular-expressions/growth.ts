import type { Attack } from './attacks';

/** A text as long as a long field: quadratic work on it is some 16 million steps, linear work some thousands. */
const SCREEN = 4_096;
/** Shorter times say more about the clock than about the work. */
const LEAST_MS = 1;
/** 4 million characters: what reads them in less is linear. */
const LARGEST = 4_194_304;
/** A hundred times what linear work on the text takes. */
const CLEARLY_TOO_MUCH_MS = 15;
/**
 * A text this long leaves the processor's caches, so that linear work grows by half again for each character. What takes
 * less than the nanoseconds below for each of so many characters is linear all the same: already work that grows with
 * the power 1.5 would take 512 of them, quadratic work 130,000.
 */
const LONG = 262_144;
const LINEAR_NS = 50;
const RUNS = 5;
const TRIES = 6;
/** One lucky measure of the shorter text fails a whole round of a linear pattern; quadratic work fails each round. */
const ROUNDS = 4;

/** Processor time of this process in milliseconds: what other work on the machine takes is not in it. */
function clock(): number {
	const { system, user } = process.cpuUsage();
	return (system + user) / 1_000;
}

/** What one read of a text costs in milliseconds: to the first match, and with the flag `g` to the last one. */
function timeOf(expression: RegExp, text: string): number {
	expression.lastIndex = 0;
	const start = clock();
	while (expression.test(text) && expression.global) {
		if (expression.lastIndex === 0) expression.lastIndex += 1;
	}
	return clock() - start;
}

/** Shared caches and clean-up only ever add to a time, so the least of several is the nearest to the truth. */
function bestOf(expression: RegExp, text: string, runs: number): number {
	let best = Number.POSITIVE_INFINITY;
	for (let run = 0; run < runs; run += 1) best = Math.min(best, timeOf(expression, text));
	return best;
}

/** The attack that costs most at the size of a long field. */
export function worstOf(expression: RegExp, attacks: readonly Attack[]): Attack | null {
	let worst: Attack | null = null;
	for (const size of [SCREEN / 16, SCREEN]) {
		// Below nothing, so that a pattern too quick for the clock has a worst text as well.
		let most = -1;
		for (const attack of attacks) {
			const text = attack(size);
			let time = timeOf(expression, text);
			// Once more before it counts as the worst: the first time may hold a pause of the machine.
			if (time > most) time = Math.min(time, bestOf(expression, text, 2));
			if (time <= most) continue;
			most = time;
			worst = attack;
			if (time > CLEARLY_TOO_MUCH_MS) return worst;
		}
	}
	return worst;
}

/**
 * How the time for each character grows when the text becomes twice as long: 1 when the work is linear, 2 when it is
 * quadratic. Measured at a size that takes long enough to be measured, over two doublings, because the matcher's own
 * memory grows in steps; the least times of several tries are
 * compared, and the least growth of several rounds counts.
 * @param enough the first growth as small as this ends the tries
 */
export function growthOf(expression: RegExp, attack: Attack, enough: number): number {
	let size = SCREEN / 16;
	while (size < LARGEST && bestOf(expression, attack(size), RUNS) < LEAST_MS) size *= 2;
	if (size >= LARGEST) return 1;
	const [small, large] = [attack(size), attack(size * 4)];
	const each = (bestOf(expression, large, RUNS) / large.length) * 1e6;
	if (large.length >= LONG && each < LINEAR_NS) return 1;
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < ROUNDS && least > enough; round += 1) {
		let [once, fourfold] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
		let growth = least;
		for (let attempt = 0; attempt < TRIES; attempt += 1) {
			once = Math.min(once, bestOf(expression, small, RUNS));
			fourfold = Math.min(fourfold, bestOf(expression, large, RUNS));
			growth = Math.sqrt(fourfold / once / 4);
			if (growth <= enough) break;
		}
		least = Math.min(least, growth);
	}
	return least;
}
