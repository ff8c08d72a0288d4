import { withoutInvisible } from '../../domain/values/invisible';
import { leavesUnencrypted } from '../../domain/values/web-address';

/** A field of the credential cannot be an address. The message says which and why, `nextStep` what to type. */
export class HaloAddressError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(`${message} ${nextStep}`);
		this.name = 'HaloAddressError';
		this.nextStep = nextStep;
	}
}

/** The fields as they were typed. */
export interface AddressFields {
	domain: string;
	authorisationServer: string;
	tenant: string;
	/** True when the credential says that requests may leave the machine unencrypted. */
	allowHttp: boolean;
}

export interface HaloAddresses {
	/** Ends in exactly one `/api`, e.g. `https://acme.halopsa.com/api`. */
	resourceServer: string;
	/** Where tokens come from, with the tenant where there is one. */
	tokenUrl: string;
}

const WHERE_SHOWN = 'Halo shows it under Configuration > Integrations > HaloPSA API.';

/** What other products stored for "no tenant", and what gets copied along with it. */
const NO_TENANT = new Set(['', 'none', 'null', 'undefined']);

function clean(text: string): string {
	// They come along when text is copied from a web page.
	return withoutInvisible(text)
		.trim()
		.replace(/^["'<]+|(?<!["'>])["'>]+$/g, '')
		.trim();
}

/** @param field the field's name on the screen, for the error text */
function parse(text: string, field: string, allowHttp: boolean): URL {
	const typed = clean(text);
	const hint = `Type the host, e.g. acme.halopsa.com. ${WHERE_SHOWN}`;
	if (typed === '') throw new HaloAddressError(`${field} is empty.`, hint);
	if (/\s/.test(typed)) throw new HaloAddressError(`${field} holds a space.`, hint);
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	if (!URL.canParse(withScheme)) throw new HaloAddressError(`${field} is no address.`, hint);
	const url = new URL(withScheme);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new HaloAddressError(`${field} begins with ${url.protocol}//, Halo speaks https.`, hint);
	}
	if (url.username !== '' || url.password !== '') {
		throw new HaloAddressError(`${field} holds a user name or a password.`, hint);
	}
	if (!allowHttp && leavesUnencrypted(url)) {
		throw new HaloAddressError(
			`${field} begins with http://, so the secret and all tickets would be sent unencrypted.`,
			'Type https://, or turn Allow HTTP of the credential on when the way to Halo is secured otherwise.',
		);
	}
	return url;
}

function segmentsOf(url: URL): string[] {
	return url.pathname.split('/').filter((segment) => segment !== '');
}

function join(origin: string, segments: string[]): string {
	return [origin, ...segments].join('/');
}

/** Path of the application itself: what stands before `/api` or `/auth`; empty on hosted Halo. */
function applicationPath(url: URL): string[] {
	const segments = segmentsOf(url);
	const end = segments.findIndex((segment) => /^(api|auth)$/i.test(segment));
	return end === -1 ? segments : segments.slice(0, end);
}

/**
 * The tenant as Halo's token address wants it; null when there is none.
 * @throws HaloAddressError for more than one word
 */
export function readTenant(text: string): string | null {
	const tenant = clean(text);
	if (NO_TENANT.has(tenant.toLowerCase())) return null;
	if (/\s/.test(tenant)) {
		throw new HaloAddressError(
			`Tenant "${tenant.slice(0, 60)}" holds a space; a tenant is a single word.`,
			`Type the word that ${WHERE_SHOWN.replace('Halo shows it', 'Halo shows as Tenant')}`,
		);
	}
	return tenant;
}

function tokenAddress(fields: AddressFields, resource: URL): URL {
	if (clean(fields.authorisationServer) === '') {
		return new URL(join(resource.origin, [...applicationPath(resource), 'auth', 'token']));
	}
	const url = parse(fields.authorisationServer, 'Authorisation server', fields.allowHttp);
	const segments = segmentsOf(url);
	const last = segments.at(-1) ?? '';
	// The resource server pasted into this field: its neighbour is meant.
	const isBare = segments.length === 0 || /^api$/i.test(last);
	const path = isBare
		? [...segments.slice(0, -1), 'auth', 'token']
		: /^token$/i.test(last)
			? segments
			: [...segments, 'token'];
	const address = new URL(join(url.origin, path));
	const tenant = url.searchParams.get('tenant');
	if (tenant !== null && tenant !== '') address.searchParams.set('tenant', tenant);
	return address;
}

/**
 * Understands every form in which people copy Halo's addresses: with and without scheme, `/api`, `/auth`, `/token`,
 * a slash at the end. A bare authorisation host means `https://host/auth/token`; a path that was typed is taken as
 * typed, since trials use `/token` without `/auth`; a scheme that was typed is kept, `http://` only for this machine
 * itself or where the credential allows it.
 * @throws HaloAddressError naming the field
 */
export function readAddresses(fields: AddressFields): HaloAddresses {
	const resource = parse(fields.domain, 'Domain', fields.allowHttp);
	const token = tokenAddress(fields, resource);
	const tenant = readTenant(fields.tenant);
	if (tenant !== null) token.searchParams.set('tenant', tenant);
	return {
		resourceServer: join(resource.origin, [...applicationPath(resource), 'api']),
		tokenUrl: token.toString().replace(/\+/g, '%20'),
	};
}

/**
 * The address for a path of a node, e.g. `/Tickets`; null for anything that is not below the resource server, an
 * address with a scheme or a host of its own among them: such a request must not get the token.
 */
export function toApiUrl(resourceServer: string, pathOrUrl: string): string | null {
	const isPath = pathOrUrl.startsWith('/') && !/^\/[/\\]/.test(pathOrUrl);
	const address = isPath ? `${resourceServer}${pathOrUrl}` : pathOrUrl;
	if (!URL.canParse(address)) return null;
	const url = new URL(address);
	const server = new URL(resourceServer);
	const isBelow = url.origin === server.origin && url.pathname.startsWith(`${server.pathname}/`);
	return isBelow && url.username === '' ? url.toString() : null;
}
