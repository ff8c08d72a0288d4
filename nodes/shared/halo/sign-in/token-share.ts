interface Known {
	packed: Promise<string>;
	/** When it arrived; Infinity while it is on its way. */
	fetchedAt: number;
}

/**
 * Runs that started together read the stored credential before the first of them has written its new token. A token
 * that is younger than this is given to them too, unless it is the one that was just refused.
 */
const SHARED_FOR_MS = 5_000;

const known = new Map<string, Known>();

/**
 * A new token for a set of field values: one request at a time per process, shared by all who ask meanwhile.
 * @param fingerprint of the field values
 * @param refused the token that n8n holds now; never given back
 * @param fetch asks for a new one
 * @throws what `fetch` throws
 */
export async function shareToken(
	fingerprint: string,
	refused: string,
	fetch: () => Promise<string>,
	now: () => number,
): Promise<string> {
	const last = known.get(fingerprint);
	if (last !== undefined) {
		if (last.fetchedAt === Infinity) return await last.packed;
		const packed = await last.packed;
		if (packed !== refused && now() - last.fetchedAt < SHARED_FOR_MS) return packed;
	}
	const entry: Known = { packed: fetch(), fetchedAt: Infinity };
	known.set(fingerprint, entry);
	try {
		const packed = await entry.packed;
		entry.fetchedAt = now();
		return packed;
	} finally {
		if (entry.fetchedAt === Infinity) known.delete(fingerprint);
	}
}
