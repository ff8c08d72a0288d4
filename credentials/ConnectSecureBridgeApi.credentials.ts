import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { readPodOrigin, toPodUrl } from '../nodes/shared/domain/sources/connectsecure/address';
import type { PodSignIn } from '../nodes/shared/domain/sources/connectsecure/token';
import {
	PodSignInError,
	readPodToken,
	readSignIn,
	signInFailure,
} from '../nodes/shared/domain/sources/connectsecure/token';
import { packToken, unpackToken } from '../nodes/shared/halo/sign-in/token';
import { noAnswerWords } from '../nodes/shared/halo/sign-in/token-errors';
import { shareToken } from '../nodes/shared/halo/sign-in/token-share';
import { postForToken, requestAddress, signedRequest } from '../nodes/shared/n8n/signed-request';

const REFUSED =
	'ConnectSecure gave a token but does not accept it. Next: check the user behind the API key under Settings > Users in ConnectSecure.';

/**
 * n8n fetches a new token when a request ends with 401, but not for the pages of an HTTP Request node that reads several.
 * What ConnectSecure answers without a token is not published either. So a request without one ends here, as a 401.
 */
class NoTokenError extends Error {
	override name = 'NoTokenError';

	readonly response = { status: 401 };
}

/** Half after half: n8n keeps one value, a request needs two. */
function unpack(packed: string): { userId: string; token: string } {
	const [userId = '', ...token] = packed.split(' ');
	return { userId: decodeURIComponent(userId), token: token.join(' ') };
}

async function signIn(helpers: IHttpRequestHelper['helpers'], request: PodSignIn): Promise<string> {
	const headers = { 'Client-Auth-Token': request.clientAuthToken };
	const answer = await postForToken(helpers, request.url, headers).catch(
		async (error: unknown) =>
			await Promise.reject(
				new PodSignInError(
					`No answer from ${request.url}: ${noAnswerWords(error)}. Next: check Pod, and that the n8n host can reach it (DNS, proxy, firewall).`,
				),
			),
	);
	const now = Date.now();
	const token = answer.status < 300 ? readPodToken(answer.body, now) : null;
	if (token === null) throw new PodSignInError(signInFailure(request, answer.status, answer.body));
	const value = `${encodeURIComponent(token.userId)} ${token.token}`;
	return packToken(request.fingerprint, value, token.lifeSeconds, now);
}

export class ConnectSecureBridgeApi implements ICredentialType {
	// Another pack owns the name `connectSecureApi`; names of credential types are global.
	name = 'connectSecureBridgeApi';

	displayName = 'ConnectSecure Bridge API';

	icon = {
		light: 'file:../nodes/shared/icons/scanner.svg',
		dark: 'file:../nodes/shared/icons/scanner.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-halopsa-bridge/n8n-nodes-halopsa-bridge/blob/main/docs/connectsecure.md';

	httpRequestNode = {
		name: 'ConnectSecure',
		docsUrl:
			'https://github.com/n8n-nodes-halopsa-bridge/n8n-nodes-halopsa-bridge/blob/main/docs/connectsecure.md',
		apiBaseUrl: 'https://connectsecure.invalid/',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Pod',
			name: 'pod',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'pod104.myconnectsecure.com',
			description:
				'Host of the API, from Profile > API Documentation in ConnectSecure. Not the portal, where people log in.',
		},
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'acme',
			description: 'The name that you type when you log in to the portal',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'From Settings > Users > the three dots > API Key in ConnectSecure',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shown beside the client ID. A new one makes the old one void.',
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
	 * Makes the address of a path or of the placeholder host, and adds token and user. A request to any other host is
	 * left as it is and gets neither.
	 * @throws NoTokenError when the stored token is for other field values or has run out; n8n then fetches a new one
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const url = toPodUrl(readPodOrigin(String(credentials.pod ?? '')), requestAddress(options));
		if (url === null) return options;
		const request = readSignIn(credentials);
		const packed = unpackToken(credentials.accessToken, request.fingerprint, Date.now());
		if (packed === null) throw new NoTokenError('There is no token yet, or it has run out.');
		const { userId, token } = unpack(packed);
		return signedRequest(options, url, {
			Authorization: `Bearer ${token}`,
			'X-USER-ID': userId,
		});
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.pod}}',
			url: '/r/company/companies',
			qs: { limit: 1 },
		},
		rules: [
			// ConnectSecure refuses with HTTP 200.
			{
				type: 'responseSuccessBody',
				properties: { key: 'status', value: false, message: REFUSED },
			},
		],
	};

	/**
	 * Signs in. n8n calls it when no token is stored, after a 401, and in every test.
	 * @throws PodSignInError or ConnectSecureFieldError, whose message the test shows as it is
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const request = readSignIn(credentials);
		const refused = typeof credentials.accessToken === 'string' ? credentials.accessToken : '';
		const accessToken = await shareToken(
			request.fingerprint,
			refused,
			async () => await signIn(this.helpers, request),
			Date.now,
		);
		return { accessToken };
	}
}
