/** Addresses of the machine itself: all of 127/8 and `::1` (RFC 1122, RFC 4291), and the name that stands for them. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True when a request to this address crosses a network as it is, with its secret and its answer readable on the way. */
export function leavesUnencrypted(url: URL): boolean {
	return url.protocol === 'http:' && !LOOPBACK.test(url.hostname);
}
