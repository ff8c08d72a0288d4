import { GCProfiler } from 'node:v8';

/** What one piece of work cost. */
export interface Cost {
	/** Milliseconds of the wall clock. */
	ms: number;
	/** Most bytes of JavaScript heap at once above those before it, not yet collected garbage included. */
	peakBytes: number;
}

/** Shortest time that is believed: a smaller one says more about the clock, and ratios divide by it. */
const SHORTEST_MS = 0.001;

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((left, right) => left - right);
	const middle = Math.floor(sorted.length / 2);
	const high = sorted[middle];
	if (high === undefined) throw new Error('Nothing was measured');
	return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}

/**
 * The power of the size with which a cost grows: 1 is proportional, 2 is quadratic. Slope of the line through the
 * logarithms of all points.
 * @param points size and cost, two at least
 */
export function growthExponent(
	points: ReadonlyArray<readonly [size: number, cost: number]>,
): number {
	const logs = points.map(
		([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 1e-9))] as const,
	);
	const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
	const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
	const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
	const below = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
	return above / below;
}

/** Only there when Node was started with --expose-gc; without it the figures of memory are less steady. */
function collectGarbage(): void {
	globalThis.gc?.();
}

/** Runs the work once. The heap is read before and after every garbage collection, so that no peak is missed. */
export async function measureOnce<Result>(
	work: () => Result | Promise<Result>,
): Promise<Cost & { result: Result }> {
	collectGarbage();
	const profiler = new GCProfiler();
	profiler.start();
	const before = process.memoryUsage().heapUsed;
	const started = performance.now();
	const result = await work();
	const ms = Math.max(performance.now() - started, SHORTEST_MS);
	const after = process.memoryUsage().heapUsed;
	const { statistics } = profiler.stop();
	const seen = statistics.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize);
	const peakBytes = Math.max(after, ...seen) - before;
	return { ms, peakBytes: Math.max(peakBytes, 0), result };
}

/** Medians of several runs, after one that is not counted. */
export async function measure(
	work: () => unknown,
	{ runs, warmUp = true }: { runs: number; warmUp?: boolean },
): Promise<Cost> {
	if (warmUp) await work();
	const costs: Cost[] = [];
	for (let run = 0; run < runs; run += 1) {
		const { ms, peakBytes } = await measureOnce(work);
		costs.push({ ms, peakBytes });
	}
	return {
		ms: median(costs.map(({ ms }) => ms)),
		peakBytes: median(costs.map(({ peakBytes }) => peakBytes)),
	};
}

/** Two pieces of work, each run before, in turn, A B A B, so that a machine that slows down slows both. */
export async function compare(
	ours: () => unknown,
	theirs: () => unknown,
	runs: number,
): Promise<{ ours: Cost; theirs: Cost; timeRatio: number }> {
	const pairs: Array<readonly [Cost, Cost]> = [];
	for (let run = 0; run < runs; run += 1) {
		const mine = await measureOnce(ours);
		const other = await measureOnce(theirs);
		pairs.push([
			{ ms: mine.ms, peakBytes: mine.peakBytes },
			{ ms: other.ms, peakBytes: other.peakBytes },
		]);
	}
	const costOf = (side: 0 | 1): Cost => ({
		ms: median(pairs.map((pair) => pair[side].ms)),
		peakBytes: median(pairs.map((pair) => pair[side].peakBytes)),
	});
	return {
		ours: costOf(0),
		theirs: costOf(1),
		timeRatio: median(pairs.map(([mine, other]) => mine.ms / other.ms)),
	};
}
