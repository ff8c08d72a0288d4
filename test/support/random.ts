/** Numbers from 0 to below 1 that are the same in every run (mulberry32). */
export function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** One entry of a list that is not empty. */
export function pick<Entry>(random: () => number, list: readonly Entry[]): Entry {
	const entry = list[Math.floor(random() * list.length)];
	if (entry === undefined) throw new Error('Nothing to pick from');
	return entry;
}
