/** A digest, or the short id of an image: new with each build, so that it names no artifact. */
const DIGEST = /^(?:sha256:)?[\da-f]{12,64}$/i;
/** Where a scan was started, which every project calls alike. */
const HERE: readonly string[] = ['', '.', './', '..', '../', '/', '-'];

/**
 * An image without its tag and digest, which change with every build: `registry:5000/team/app:1.2@sha256:…` is
 * `registry:5000/team/app`.
 * @returns null where nothing but a digest is left
 */
export function imageRepository(reference: string | null): string | null {
	const text = (reference ?? '').trim();
	if (DIGEST.test(text)) return null;
	const [named = ''] = text.split('@');
	const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
	const repository = colon < 0 ? named : named.slice(0, colon);
	return repository === '' ? null : repository;
}

/** A path or an address that was scanned; null for one that says only "here". */
export function scannedPath(path: string | null): string | null {
	const text = (path ?? '').trim();
	return HERE.includes(text) ? null : text;
}

/** The address of a repository as a name: without credentials, `.git` and a slash at its end. */
export function repositoryName(address: string | null): string | null {
	const text = (address ?? '').trim();
	const scheme = text.indexOf('://');
	const slash = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
	const at = scheme < 0 ? -1 : text.lastIndexOf('@', slash < 0 ? text.length : slash);
	const open = at > scheme ? `${text.slice(0, scheme + 3)}${text.slice(at + 1)}` : text;
	const bare = open.endsWith('/') ? open.slice(0, -1) : open;
	return scannedPath(bare.endsWith('.git') ? bare.slice(0, -4) : bare);
}
