import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks `probe` every `everyMs` until it gives something else than null or undefined, and resolves to that.
 * Throws after `withinMs`, naming `what` and, when `probe` threw last, its message.
 */
export async function waitFor<T>(
	what: string,
	probe: () => Promise<T | null | undefined> | T | null | undefined,
	{ withinMs, everyMs = 250 }: { withinMs: number; everyMs?: number },
): Promise<T> {
	const deadline = Date.now() + withinMs;
	let problem = '';
	for (;;) {
		try {
			const found = await probe();
			if (found !== null && found !== undefined) return found;
			problem = '';
		} catch (error) {
			problem = `: ${error instanceof Error ? error.message : String(error)}`;
		}
		if (Date.now() >= deadline) {
			throw new Error(`${what} did not happen within ${withinMs / 1000} s${problem}`);
		}
		await delay(everyMs);
	}
}
