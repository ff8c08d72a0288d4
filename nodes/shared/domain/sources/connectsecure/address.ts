import { withoutInvisible } from '../../values/invisible';
import { leavesUnencrypted } from '../../values/web-address';

/** A field of the ConnectSecure credential cannot be used. The message holds the next step. */
export class ConnectSecureFieldError extends Error {
	constructor(cause: string, nextStep: string) {
		super(`${cause} Next: ${nextStep}`);
		this.name = 'ConnectSecureFieldError';
	}
}

/**
 * Host that stands for "the pod of the credential" in a workflow, so that the pod is typed once. The ending `.invalid`
 * belongs to nobody and never resolves (RFC 2606): a request that does not pass through the credential goes nowhere.
 */
export const POD_PLACEHOLDER = 'connectsecure.invalid';

const WHERE_SHOWN = 'ConnectSecure shows it under Profile > API Documentation.';
const HINT = `type the pod, e.g. pod104.myconnectsecure.com. ${WHERE_SHOWN}`;

/**
 * Origin of the pod from every form in which it is copied: with and without scheme, path or slash at the end.
 * @param typed the credential's field; `http://` is taken for this machine itself only: pods are hosted, with https
 * @returns e.g. `https://pod104.myconnectsecure.com`
 * @throws ConnectSecureFieldError saying what to type
 */
export function readPodOrigin(typed: string): string {
	const text = withoutInvisible(typed).trim();
	if (text === '') throw new ConnectSecureFieldError('Pod is empty.', HINT);
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	if (/\s/.test(text) || !URL.canParse(withScheme)) {
		throw new ConnectSecureFieldError('Pod is no address.', HINT);
	}
	const url = new URL(withScheme);
	if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new ConnectSecureFieldError('Pod is no plain web address.', HINT);
	}
	if (leavesUnencrypted(url)) {
		throw new ConnectSecureFieldError(
			'Pod begins with http://, so the secret would be sent unencrypted.',
			HINT,
		);
	}
	if (url.hostname.startsWith('portal.')) {
		throw new ConnectSecureFieldError(
			`${url.hostname} is the portal, where people log in; its API is at the pod.`,
			HINT,
		);
	}
	return url.origin;
}

/**
 * The whole address of a request; null for one that is not for the pod and must not get its token.
 * @param pathOrUrl a path, an address of the pod, or one with the placeholder as its host
 */
export function toPodUrl(origin: string, pathOrUrl: string): string | null {
	const isPath = pathOrUrl.startsWith('/') && !/^\/[/\\]/.test(pathOrUrl);
	const address = isPath ? `${origin}${pathOrUrl}` : pathOrUrl;
	if (!URL.canParse(address)) return null;
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') return null;
	if (url.protocol === 'https:' && url.host === POD_PLACEHOLDER) {
		return `${origin}${url.pathname}${url.search}`;
	}
	return url.origin === origin ? url.toString() : null;
}
