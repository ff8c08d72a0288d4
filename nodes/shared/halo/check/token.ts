import { MENU } from '../../domain/set-up/menu';
import type { CheckLine } from '../../domain/set-up/line';
import { failedLine, okLine, untestableLine } from '../../domain/set-up/line';
import type { FoundAddress } from './address';
import type { CheckAnswer, CheckSession } from './session';
import { textIn } from './session';
import { isRecord } from '../../domain/values/json';
import { readText } from '../records/decode';
import type { CredentialFields } from '../sign-in/token';

/** Who asks for a token. */
export type ClientKeys = Pick<CredentialFields, 'clientId' | 'clientSecret'>;

/** A token address that speaks Halo's sign-in, and its first answer. */
export interface SignIn {
	tokenUrl: string;
	answer: CheckAnswer;
}

export interface SignInResult {
	lines: CheckLine[];
	/** Null when no token can be had. */
	signIn: SignIn | null;
	/** What the tenant's line must say instead, when Halo knows another tenant. */
	tenantLine: CheckLine | null;
}

function formOf({ clientId, clientSecret }: ClientKeys, scope: string): string {
	return new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: clientId,
		client_secret: clientSecret,
		scope,
	}).toString();
}

/** One token request. */
export async function askToken(
	session: CheckSession,
	keys: ClientKeys,
	tokenUrl: string,
	scope: string,
): Promise<CheckAnswer> {
	return await session.postForm(tokenUrl, formOf(keys, scope));
}

export function tokenIn(answer: CheckAnswer): string | null {
	return textIn(answer, 'access_token');
}

/** The OAuth error code of an answer; null when it is no answer of a sign-in. */
export function oauthErrorIn(answer: CheckAnswer): string | null {
	if (answer.kind === 'none' || answer.status < 400 || !isRecord(answer.body)) return null;
	return readText(answer.body.error);
}

function speaksSignIn(answer: CheckAnswer): boolean {
	return tokenIn(answer) !== null || oauthErrorIn(answer) !== null;
}

function withTenant(tokenUrl: string, tenant: string | null): string {
	const url = new URL(tokenUrl);
	if (tenant === null) url.searchParams.delete('tenant');
	else url.searchParams.set('tenant', tenant);
	return url.toString();
}

/** `/auth/token` instead of `/token` and the other way round. */
function otherForm(tokenUrl: string): string {
	const url = new URL(tokenUrl);
	url.pathname = /\/auth\/token$/i.test(url.pathname)
		? url.pathname.replace(/\/auth\/token$/i, '/token')
		: url.pathname.replace(/\/token$/i, '/auth/token');
	return url.toString();
}

interface Candidate {
	url: string;
	tenant: string | null;
	path: 'typed' | 'other';
}

/** What to try in turn; never another host than the typed ones, since each try carries the secret. */
function candidatesOf(address: FoundAddress): Candidate[] {
	const tenants = new Set([address.tenant, address.named.tenant, null]);
	const paths: Array<[string, Candidate['path']]> = [
		[address.tokenUrl, 'typed'],
		[otherForm(address.tokenUrl), 'other'],
	];
	return paths.flatMap(([url, path]) =>
		[...tenants].map((tenant) => ({ url: withTenant(url, tenant), tenant, path })),
	);
}

function shown(url: string): string {
	const { host, pathname } = new URL(url);
	return `${host}${pathname}`;
}

function signInLines(
	address: FoundAddress,
	found: Candidate,
	first: string,
): Pick<SignInResult, 'lines' | 'tenantLine'> {
	const check = 'Sign-in address';
	const line =
		found.path === 'typed'
			? okLine('Sign-in', check, `${shown(found.url)} gives tokens.`)
			: failedLine(
					'Sign-in',
					check,
					`${shown(address.tokenUrl)} is no sign-in (${first}); ${shown(found.url)} is.`,
					`Type ${shown(found.url)} into Authorisation Server.`,
				);
	const tenantLine =
		found.tenant === address.tenant
			? null
			: failedLine(
					'Address',
					'Tenant',
					address.tenant === null
						? `The field is empty, and this sign-in wants a tenant: ${found.tenant ?? ''}.`
						: `Halo does not know the tenant ${address.tenant}; it answers to ${found.tenant ?? 'no tenant at all'}.`,
					found.tenant === null
						? 'Empty the field Tenant.'
						: `Type ${found.tenant} into Tenant; ${MENU.api} shows it.`,
				);
	return { lines: [line], tenantLine };
}

/** Is there a sign-in at the typed address, or at its other form? At most six token requests, one when all is well. */
export async function checkSignIn(
	session: CheckSession,
	address: FoundAddress,
	keys: ClientKeys,
	scope: string,
): Promise<SignInResult> {
	let first = '';
	for (const candidate of candidatesOf(address)) {
		const answer = await askToken(session, keys, candidate.url, scope);
		if (speaksSignIn(answer)) {
			return {
				...signInLines(address, candidate, first),
				signIn: { tokenUrl: candidate.url, answer },
			};
		}
		if (first === '') first = session.words(answer);
		// Another form of the address would get no answer either.
		if (answer.kind === 'none') break;
	}
	const named = address.named.authServer;
	const fix =
		named === null
			? `Copy Authorisation Server and Tenant from ${MENU.api}.`
			: `Type ${named} into Authorisation Server, as ${MENU.api} shows it.`;
	const isTenant = address.tenant !== null && first.startsWith('5');
	const tenant = isTenant
		? ` Servers answer so to a wrong tenant: is ${address.tenant} Halo's own word for it?`
		: '';
	const seen = `${shown(address.tokenUrl)} is no sign-in of Halo (${first}), nor is its other form.${tenant}`;
	return {
		lines: [failedLine('Sign-in', 'Sign-in address', seen, fix)],
		signIn: null,
		tenantLine: null,
	};
}

/** Does Halo know the client id, its secret, and the way of signing in? Sends nothing. */
export function checkClient(
	session: CheckSession,
	keys: ClientKeys,
	{ answer }: SignIn,
): { lines: CheckLine[]; known: boolean } {
	const names = ['Client ID and secret', 'Authentication method'] as const;
	const code = oauthErrorIn(answer);
	if (code === 'invalid_client') {
		const seen = `Halo refused the client id or the secret (${session.words(answer)}).`;
		const fix = `${MENU.application}: open the application, check that it is active, copy its Client ID as it is after saving, and generate a new secret. A new secret disconnects what still uses the old one.`;
		return {
			known: false,
			lines: [
				failedLine('Sign-in', names[0], seen, fix),
				untestableLine('Sign-in', names[1], 'Halo refused the client id or the secret first.'),
			],
		};
	}
	if (code === 'unauthorized_client' || code === 'unsupported_grant_type') {
		const seen = `The application does not sign in by client id and secret (${session.words(answer)}).`;
		const fix = `${MENU.application}: set the authentication method to Client ID and Secret (Services).`;
		return {
			known: false,
			lines: [
				untestableLine('Sign-in', names[0], 'Halo refused the way of signing in first.'),
				failedLine('Sign-in', names[1], seen, fix),
			],
		};
	}
	const id = `${keys.clientId.slice(0, 8)}…`;
	return {
		known: true,
		lines: [
			okLine('Sign-in', names[0], `Halo knows the client id ${id} and its secret.`),
			okLine('Sign-in', names[1], 'Client ID and Secret (Services).'),
		],
	};
}
