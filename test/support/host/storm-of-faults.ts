import type { FaultName, HaloSimulator } from '../../../sandbox/halo';

/** How many of so many requests a Halo in trouble fails how; the rest is answered. */
const REQUESTS_PER_DECK = 200;
const FAULTS_PER_DECK: ReadonlyArray<readonly [FaultName, number]> = [
	['status-500', 3],
	['html-502', 3],
	['reset-before', 3],
	['reset-after-commit', 3],
	['status-500-after-commit', 2],
	['rate-limit-429', 3],
];

/** The fate of the next requests. A deck, since with a lot for each request one kind may never be drawn. */
function shuffledDeck(next: () => number): Array<FaultName | null> {
	const faults = FAULTS_PER_DECK.flatMap(([name, count]) => Array<FaultName>(count).fill(name));
	const answered = Array<null>(REQUESTS_PER_DECK - faults.length).fill(null);
	return [...faults, ...answered]
		.map((fate) => ({ fate, rank: next() }))
		.sort((left, right) => left.rank - right.rank)
		.map(({ fate }) => fate);
}

/** A client waits two minutes for these, so they are given out one at a time. */
export type Hang = Extract<FaultName, 'timeout-before' | 'timeout-after-commit'>;

/** A Halo that fails at random. */
export interface FaultyHalo {
	/** Requests of n8n to Halo's API that have arrived so far, answered or not. */
	readonly arrived: () => number;
	/** How often each kind of fault was given. */
	readonly given: () => Map<FaultName, number>;
	/** One create gets no answer, after `skip` others. `arrived` resolves when it is there; `withdraw` takes the fault back. */
	hangCreate(kind: Hang, skip: number): { arrived: Promise<void>; withdraw: () => void };
	/** Answers 503 to everything, until told otherwise. */
	setDown(down: boolean): void;
	/** Resolves when so many more requests, or only creates, have arrived. */
	after(count: number, what: 'requests' | 'creates'): Promise<void>;
}

/** Makes a simulated Halo fail at random, at most one fault a request. Rules that it has already stay. */
export function makeFaulty(halo: HaloSimulator, next: () => number): FaultyHalo {
	const given = new Map<FaultName, number>();
	const waiting = new Set<{ left: number; what: 'requests' | 'creates'; done: () => void }>();
	let arrived = 0;
	let drawn: FaultName | null = null;
	let down = false;
	const count = (name: FaultName) => given.set(name, (given.get(name) ?? 0) + 1);
	let deck: Array<FaultName | null> = [];
	const draw = (): FaultName | null => {
		if (down) return 'status-503';
		if (deck.length === 0) deck = shuffledDeck(next);
		return deck.pop() ?? null;
	};
	// The first rule sees every request and draws for all of them; it never applies itself.
	halo.faults.add({
		name: 'slow',
		path: '^/api',
		times: 'always',
		when: ({ method, path }) => {
			arrived += 1;
			drawn = draw();
			const isCreate = method === 'POST' && /\/Tickets$/i.test(path);
			for (const one of waiting) {
				if (one.what === 'creates' && !isCreate) continue;
				one.left -= 1;
				if (one.left > 0) continue;
				waiting.delete(one);
				one.done();
			}
			return false;
		},
	});
	for (const name of [...FAULTS_PER_DECK.map(([fault]) => fault), 'status-503' as const]) {
		halo.faults.add({
			name,
			path: '^/api',
			times: 'always',
			retryAfter: 'seconds',
			retryAfterSeconds: 1,
			when: () => {
				if (drawn !== name) return false;
				count(name);
				return true;
			},
		});
	}
	return {
		arrived: () => arrived,
		given: () => new Map(given),
		hangCreate: (kind, skip) => {
			let withdraw = (): void => undefined;
			let left = skip;
			const arrival = new Promise<void>((resolve) => {
				const rule = halo.faults.add({
					name: kind,
					method: 'POST',
					path: '/Tickets$',
					when: () => {
						left -= 1;
						// A random fault would answer before the silence begins.
						if (left >= 0 || drawn !== null) return false;
						count(kind);
						resolve();
						return true;
					},
				});
				withdraw = rule.remove;
			});
			return { arrived: arrival, withdraw };
		},
		after: (left, what) =>
			new Promise((done) => {
				waiting.add({ left, what, done });
			}),
		setDown: (on) => {
			down = on;
		},
	};
}
