interface Entry<Value> {
	freshUntil: number;
	value: Promise<Value>;
}

/** Keeps answers of one type for a while, in this process only. Parallel askers share one load; a failed load is not kept. */
export class LookupCache<Value> {
	private readonly entries = new Map<string, Entry<Value>>();

	/**
	 * @param key names what is loaded
	 * @param keepMs how long an answer is fresh
	 * @param now milliseconds since the epoch
	 */
	async get(key: string, keepMs: number, now: number, load: () => Promise<Value>): Promise<Value> {
		const kept = this.entries.get(key);
		if (kept !== undefined && kept.freshUntil > now) return await kept.value;
		for (const [name, { freshUntil }] of this.entries) {
			if (freshUntil <= now) this.entries.delete(name);
		}
		const entry: Entry<Value> = { freshUntil: now + keepMs, value: load() };
		this.entries.set(key, entry);
		try {
			return await entry.value;
		} finally {
			await this.dropIfFailed(key, entry);
		}
	}

	private async dropIfFailed(key: string, entry: Entry<Value>): Promise<void> {
		const failed = await entry.value.then(
			() => false,
			() => true,
		);
		if (failed && this.entries.get(key) === entry) this.entries.delete(key);
	}
}
