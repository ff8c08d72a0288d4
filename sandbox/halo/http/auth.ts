import { createHash } from 'node:crypto';

import type { HaloAnswer } from './answers';
import { HaloRefusal } from './answers';
import type { HaloContext } from './context';
import type { Access } from '../state/rights';

const AREAS = [
	'tickets',
	'calendar',
	'customers',
	'crm',
	'timesheets',
	'contracts',
	'suppliers',
	'items',
	'projects',
	'sales',
	'quotes',
	'sos',
	'pos',
	'invoices',
	'reporting',
	'software',
	'softwarelicensing',
	'kb',
	'assets',
];

/** Every scope that Halo knows. There are none for teams, agents, statuses, priorities, ticket types. */
export const KNOWN_SCOPES: ReadonlySet<string> = new Set([
	'all',
	'all:standard',
	'admin',
	...AREAS.flatMap((area) => [`read:${area}`, `edit:${area}`]),
	'editMine:timesheets',
	'access:chat',
	'access:adpasswordreset',
]);

/** The HTML page that a wrong tenant gets instead of JSON. */
const WRONG_TENANT = '<!DOCTYPE html><html><body><h1>Page not found</h1></body></html>';

/** `POST <auth>/token`: a token that carries the application's scopes and the agent's rights of this moment. */
export function issueToken(
	context: HaloContext,
	query: URLSearchParams,
	form: URLSearchParams,
	tenant: string,
): HaloAnswer {
	const asked = query.get('tenant') ?? form.get('tenant');
	if (asked === null ? context.switches.tenantRequired : asked !== tenant) {
		const status = context.switches.wrongTenantStatus;
		return { status, raw: { contentType: 'text/html; charset=utf-8', text: WRONG_TENANT } };
	}
	const { application, rights } = context.state;
	const grant = form.get('grant_type');
	if (grant !== 'client_credentials') {
		return tokenError(
			400,
			'unsupported_grant_type',
			`The grant type '${grant ?? ''}' is not supported.`,
		);
	}
	if (
		form.get('client_id') !== application.clientId ||
		form.get('client_secret') !== application.clientSecret ||
		application.inactive
	) {
		const status = context.switches.invalidClientStatus;
		return tokenError(status, 'invalid_client', 'The specified client credentials are invalid.');
	}
	const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
	const refused = scopes.find((scope) => !grants(application.scopes, scope));
	if (refused !== undefined) {
		return tokenError(400, 'invalid_scope', 'The specified scope is invalid.');
	}
	return grantToken(context, {
		scopes,
		rights: structuredClone(rights),
		agentId: application.agentId,
		applicationName: application.name,
	});
}

function grants(held: readonly string[], asked: string): boolean {
	if (!KNOWN_SCOPES.has(asked)) return false;
	return held.includes(asked) || held.includes('all');
}

function grantToken(context: HaloContext, access: Access): HaloAnswer {
	const { state, clock, switches } = context;
	state.tokenCount += 1;
	const digest = createHash('sha256')
		.update(`${state.tokenCount}|${clock.now()}|${access.scopes.join(' ')}|${Math.random()}`)
		.digest('base64url');
	const token = `eyJhbGciOiJzaW11bGF0b3IifQ.${digest}`;
	state.tokens.set(token, {
		access,
		expiresAt: clock.now() + switches.tokenLifetimeSeconds * 1000,
	});
	return {
		status: 200,
		body: {
			scope: access.scopes.join(' '),
			token_type: 'Bearer',
			access_token: token,
			expires_in: switches.tokenLifetimeSeconds,
			...(access.scopes.includes('all') ? { refresh_token: digest.slice(0, 20) } : {}),
		},
	};
}

function tokenError(status: number, error: string, description: string): HaloAnswer {
	return { status, body: { error, error_description: description } };
}

/** The 401 of an API call: no body, `WWW-Authenticate: Bearer`. */
export function unauthorised(): HaloRefusal {
	return new HaloRefusal({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
}

/** What the bearer token of a request allows; throws the 401 when it is missing, unknown or expired. */
export function accessOf(context: HaloContext, authorization: string | undefined): Access {
	const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
	const held = token === undefined ? undefined : context.state.tokens.get(token);
	if (held === undefined || held.expiresAt <= context.clock.now()) throw unauthorised();
	return held.access;
}
