/** How much is measured. */
export interface BenchSizes {
	/** Events of one node run. */
	events: readonly number[];
	rules: number;
	/** Counted runs per size; the larger the size the fewer are needed. */
	runs: (size: number) => number;
	/** Companies, and as many Halo clients. */
	companies: readonly number[];
	/** Companies that the slow ways to match are run on: all pairs, and fuse.js. */
	pairwiseSample: (companies: number) => number;
	fuseSample: (companies: number) => number;
	findings: number;
	clients: number;
	/** Events through n8n's baseline, two of each problem. */
	baselineEvents: number;
	/** Records that each source's fixture is repeated to. */
	recordsPerSource: number;
	/** Events of one payload, e.g. a file, in one run of Scanner Events. */
	payload: readonly number[];
	/** Payloads of one event each, in one run of Scanner Events. */
	payloads: readonly number[];
	/** Events of one delivery to Scanner Trigger; 10,000 are close to n8n's 16 MB. */
	delivery: readonly number[];
	/** Events in a real n8n, our node against n8n's Code node; empty = no real n8n. */
	hostEvents: readonly number[];
	/** Bytes of a body that holds no event, to a real n8n; 0 = no real n8n. */
	junkBytes: number;
}

export const FULL: BenchSizes = {
	events: [10_000, 30_000, 100_000],
	rules: 50,
	runs: (size) => (size > 3_000 ? 3 : 5),
	companies: [1_000, 3_000, 10_000],
	pairwiseSample: (companies) => Math.min(companies, Math.round(500_000 / companies)),
	fuseSample: (companies) => Math.min(companies, Math.round(200_000 / companies)),
	findings: 1_000,
	clients: 50,
	baselineEvents: 100,
	recordsPerSource: 5_000,
	payload: [10_000, 100_000],
	payloads: [1_000, 10_000],
	delivery: [1_000, 10_000],
	hostEvents: [5_000, 20_000],
	// As large as n8n takes it: it refuses more than 16 * 1024 * 1024.
	junkBytes: 16_700_000,
};

/** A few seconds: shows that everything runs, not how fast. */
export const TINY: BenchSizes = {
	events: [40, 80],
	rules: 10,
	runs: () => 1,
	companies: [20, 40],
	pairwiseSample: () => 10,
	fuseSample: () => 10,
	findings: 6,
	clients: 3,
	baselineEvents: 8,
	recordsPerSource: 20,
	payload: [10, 20],
	payloads: [10, 20],
	delivery: [10, 20],
	hostEvents: [],
	junkBytes: 0,
};
