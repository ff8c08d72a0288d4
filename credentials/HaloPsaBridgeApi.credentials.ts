import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import {
	DEFAULT_REQUESTS_PER_WINDOW,
	LEAST_REQUESTS_PER_WINDOW,
} from '../nodes/shared/halo/http/budget';
import { SCOPE_PRESETS } from '../nodes/shared/halo/sign-in/scopes';
import type { TokenRequest } from '../nodes/shared/halo/sign-in/token';
import { readFields, readTokenRequest, unpackToken } from '../nodes/shared/halo/sign-in/token';
import { SETUP_FAILED } from '../nodes/shared/halo/sign-in/token-errors';
import { obtainToken } from '../nodes/shared/halo/sign-in/token-source';
import { HaloAddressError, toApiUrl } from '../nodes/shared/halo/sign-in/urls';
import { postForToken, requestAddress, signedRequest } from '../nodes/shared/n8n/signed-request';

const APPLICATION = 'Configuration > Integrations > HaloPSA API > View applications';

const AGAIN =
	'test again in a minute; when it stays, check that Domain is the resource server of the same Halo.';

/** Answers of Halo's that say nothing about the fields, and n8n has only a general word for. */
const UNHELPFUL = [
	{
		value: 400,
		cause: 'Halo gave a token and refused to say whom it belongs to',
		nextStep: `${APPLICATION}: set the login type to Agent and pick the agent to log in as; check that Domain is the resource server of the same Halo.`,
	},
	{
		value: 429,
		cause: "Halo's request limit is reached",
		nextStep: 'wait 5 minutes, then test again.',
	},
	{ value: 500, cause: 'Halo gave a token and failed', nextStep: AGAIN },
	{ value: 502, cause: 'What stands before Halo got no answer from it', nextStep: AGAIN },
	{ value: 503, cause: 'Halo is not available', nextStep: AGAIN },
	{ value: 504, cause: 'What stands before Halo got no answer in time', nextStep: AGAIN },
];

/**
 * The fields as a token request. A field that cannot be an address is told in the words of the set-up guides, too.
 * @throws HaloAddressError naming the field
 */
function requestOf(credentials: ICredentialDataDecryptedObject): TokenRequest {
	try {
		return readTokenRequest(readFields(credentials));
	} catch (error) {
		if (!(error instanceof HaloAddressError)) throw error;
		const cause = error.message.slice(0, -error.nextStep.length).trim();
		throw new HaloAddressError(`${SETUP_FAILED} ${cause} Next:`, error.nextStep);
	}
}

export class HaloPsaBridgeApi implements ICredentialType {
	name = 'haloPsaBridgeApi';

	displayName = 'HaloPSA Bridge API';

	icon = {
		light: 'file:../nodes/shared/icons/halo.svg',
		dark: 'file:../nodes/shared/icons/halo.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-halopsa-bridge/n8n-nodes-halopsa-bridge/blob/main/docs/setup-in-halo.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'acme.halopsa.com',
			description:
				'Host of your Halo. Every form that Halo shows is understood: with or without https, with or without /api.',
		},
		{
			displayName: 'Authorisation Server',
			name: 'authorisationServer',
			type: 'string',
			default: '',
			placeholder: 'acme.halopsa.com/auth',
			description:
				'Where Halo gives tokens. Leave empty when it is the domain with /auth. Shown under Configuration > Integrations > HaloPSA API.',
		},
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			default: '',
			placeholder: 'acme',
			description: 'A single word, without spaces. Leave empty on a server of your own.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: `Of the application in Halo (${APPLICATION}). Copy it after the application was saved: the form makes a new one before.`,
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Halo shows it once. A new one disconnects what still uses the old one.',
		},
		{
			displayName: 'Signing Key',
			name: 'signingKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Marks the tickets that this pack makes, so that no text in a mail, a scan or a ticket can pass for one of its marks. Make one with "openssl rand -base64 32" or a password generator (16 characters or more), keep it, and use the same one in every credential that shares this Halo. It does not depend on the client secret. Empty: marks can be computed by whoever knows what a source reports.',
		},
		{
			displayName: 'Previous Signing Key',
			name: 'previousSigningKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'After a change of the signing key: the one before, so that tickets made with it are still found. Write none when there was no key before. Empty it when no such ticket is open any more.',
		},
		{
			displayName: 'Scope Preset',
			name: 'scopePreset',
			type: 'options',
			default: 'ticketsAndAssets',
			description: 'What the token may do. The application must grant the same scopes.',
			options: [
				{
					name: 'All',
					value: 'all',
					description: `${SCOPE_PRESETS.all}: everything that the agent may do`,
				},
				{
					name: 'Company Sync Only',
					value: 'companySync',
					description: SCOPE_PRESETS.companySync,
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Scopes typed by hand',
				},
				{
					name: 'Tickets',
					value: 'tickets',
					description: SCOPE_PRESETS.tickets,
				},
				{
					name: 'Tickets and Assets',
					value: 'ticketsAndAssets',
					description: SCOPE_PRESETS.ticketsAndAssets,
				},
			],
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'string',
			default: SCOPE_PRESETS.ticketsAndAssets,
			displayOptions: { show: { scopePreset: ['custom'] } },
			description:
				'Parted by spaces. Teams, agents, statuses and ticket types have no scope of their own.',
		},
		{
			displayName: 'Associated Company',
			name: 'associatedCompany',
			type: 'string',
			default: '',
			description:
				'Name of a company as the source writes it. Events of other companies are skipped. Leave empty to use the credential for all companies.',
		},
		{
			displayName: 'Requests per 5 Minutes',
			name: 'requestsPerWindow',
			type: 'number',
			typeOptions: { minValue: LEAST_REQUESTS_PER_WINDOW },
			default: DEFAULT_REQUESTS_PER_WINDOW,
			description:
				'Most that one n8n process sends. Hosted Halo is said to allow 300 for all integrations together: share them out when several use it.',
		},
		{
			displayName: 'Allow HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether an address may begin with http://, so that secret and tickets cross the network unencrypted. Leave it off unless the way to Halo is secured otherwise, e.g. a tunnel. This machine itself (localhost) needs no permission.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Makes the address of a node's path and adds the token, when it belongs to the fields as they are now and has not
	 * run out. Without a token Halo answers 401, and n8n calls `preAuthentication`. An address outside of the resource
	 * server is left as it is and gets no token.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const request = readTokenRequest(readFields(credentials));
		const url = toApiUrl(request.resourceServer, requestAddress(options));
		if (url === null) return options;
		const token = unpackToken(credentials.accessToken, request.fingerprint, Date.now());
		return signedRequest(options, url, token === null ? {} : { Authorization: `Bearer ${token}` });
	};

	test: ICredentialTestRequest = {
		// Halo answers it to every token whose application logs in as an agent, whatever the scopes.
		request: { baseURL: '={{$credentials.domain}}', url: '/Agent/me' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: `${SETUP_FAILED} Halo gave a token but does not accept it. Next: ${APPLICATION}: set the login type to Agent and pick the agent to log in as; check that Domain is the resource server of the same Halo.`,
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: `${SETUP_FAILED} The token has no agent behind it. Next: ${APPLICATION}: set the login type to Agent and pick the agent to log in as; give that agent a role.`,
				},
			},
			...UNHELPFUL.map(({ value, cause, nextStep }) => ({
				type: 'responseCode' as const,
				properties: {
					value,
					message: `${SETUP_FAILED} ${cause} (${value} on /Agent/me). Next: ${nextStep}`,
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: `${SETUP_FAILED} There is no Halo API at this domain, or the login type is not Agent. Next: copy Resource Server from Configuration > Integrations > HaloPSA API into Domain; ${APPLICATION}: set the login type to Agent.`,
				},
			},
		],
	};

	/**
	 * Fetches a token. n8n calls it when none is stored, after a 401, and in every test.
	 * @throws HaloTokenError or HaloAddressError, whose message the test shows as it is
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const request = requestOf(credentials);
		const refused = typeof credentials.accessToken === 'string' ? credentials.accessToken : '';
		const post = async (url: string, body: string) =>
			await postForToken(
				this.helpers,
				url,
				{ 'content-type': 'application/x-www-form-urlencoded' },
				body,
			);
		return { accessToken: await obtainToken(request, refused, post, Date.now) };
	}
}
