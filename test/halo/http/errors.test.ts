import { readErrorWords } from '../../../nodes/shared/halo/http/error-body';
import {
	HaloAuthenticationError,
	HaloError,
	HaloNotFoundError,
	HaloPermissionError,
	HaloRateLimitError,
	HaloResponseError,
	HaloServerError,
	HaloValidationError,
	toConnectionError,
	toHaloError,
	toResponseError,
	haloCauseOf,
} from '../../../nodes/shared/halo/http/errors';
import { redact } from '../../../nodes/shared/halo/http/redact';
import { readTokenRequest } from '../../../nodes/shared/halo/sign-in/token';
import {
	toTokenConnectionError,
	toTokenError,
} from '../../../nodes/shared/halo/sign-in/token-errors';
import type { HaloRequest } from '../../../nodes/shared/halo/http/transport';

const CREATE: HaloRequest = { method: 'POST', path: '/Tickets' };
const LIST: HaloRequest = { method: 'GET', path: '/Client' };

function errorFor(request: HaloRequest, status: number, body: unknown): HaloError {
	return toHaloError(request, { status, headers: {}, body });
}

const BODIES: Array<[why: string, body: unknown, words: string]> = [
	[
		'a JSON string',
		'Assign the ticket before it is closed.',
		'Assign the ticket before it is closed.',
	],
	['a JSON string that was left as text', '"An outcome is missing"', 'An outcome is missing'],
	[
		'text with a code in front',
		'CODE:APP03/2 Choose the approvers',
		'CODE:APP03/2 Choose the approvers',
	],
	['error', { error: 'invalid value' }, 'invalid value'],
	[
		'error with a description',
		{ error: 'invalid_request', error_description: 'the field is unknown' },
		'the field is unknown',
	],
	['error nested in error', { error: { error_description: 'nested words' } }, 'nested words'],
	[
		'.NET exception',
		{ ClassName: 'System.Exception', Message: 'it broke', StackTraceString: 'at X' },
		'it broke',
	],
	[
		'resultCode and errorMessage',
		{ resultCode: 5, errorMessage: 'no such thing' },
		'no such thing',
	],
	['Message alone', { Message: 'only this' }, 'only this'],
	['ModelState', { '[0].id': ['The value is not valid.'] }, '[0].id: The value is not valid.'],
	[
		'ModelState below errors',
		{ errors: { '[0].team': ['Too long.', 'Unknown.'] } },
		'[0].team: Too long. Unknown.',
	],
	['JSON that came as text', '{"error":"as text"}', 'as text'],
	['an array of one', [{ message: 'in an array' }], 'in an array'],
	[
		'HTML of a gateway',
		'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>',
		'502 Bad Gateway',
	],
	['HTML without a title', '<html><body>?</body></html>', 'an HTML page without a title'],
	['broken JSON', '{"error":"cut', '{"error":"cut'],
	['nothing', '', ''],
	['null', null, ''],
	['a number', 5, ''],
	['an object without words', { id: 5 }, ''],
];

describe("Halo's own words in a failed answer", () => {
	test('the table has every shape of the field guide', () => {
		expect(BODIES).toHaveLength(20);
	});

	test.each(BODIES)('%s', (_why, body, words) => {
		expect(readErrorWords(body)).toBe(words);
	});

	test('a long body is cut to 500 characters', () => {
		expect(readErrorWords('x'.repeat(5_000))).toHaveLength(500);
	});
});

describe('the error says what the caller must do', () => {
	const FAMILIES = [
		[400, '"no"', HaloValidationError],
		[400, 'Record not found', HaloNotFoundError],
		[401, '', HaloAuthenticationError],
		[403, '', HaloPermissionError],
		[404, '', HaloNotFoundError],
		[409, '', HaloValidationError],
		[429, 'Rate Limit Reached', HaloRateLimitError],
		[302, '', HaloResponseError],
		[500, '', HaloServerError],
		[504, '<html></html>', HaloServerError],
	] as const;

	test.each(FAMILIES)('%i with %j', (status, body, family) => {
		const error = errorFor(CREATE, status, body);
		expect(error.constructor).toBe(family);
		expect(error.status).toBe(status);
		expect(error.nextStep).not.toBe('');
	});

	test.each([
		...[302, 408, 429, 500, 504].map((status) => [status, 'halo_down'] as const),
		...[401, 403].map((status) => [status, 'halo_rights'] as const),
		...[400, 404, 409].map((status) => [status, 'halo_refused'] as const),
	])('%i: the cause that people are told is %s', (status, cause) => {
		expect(haloCauseOf(errorFor(CREATE, status, ''))).toBe(cause);
	});

	test('no answer is a Halo that is down; a token address that refuses with 400 is a matter of rights', () => {
		expect(haloCauseOf(toConnectionError(CREATE, 'it took too long'))).toBe('halo_down');
		const refused = new HaloAuthenticationError('The secret is wrong', {
			status: 400,
			method: 'POST',
			path: '/Tickets',
			haloMessage: null,
			nextStep: '',
		});
		expect(haloCauseOf(refused)).toBe('halo_rights');
	});

	test('the message names what failed, status, method, path and the words of Halo', () => {
		const error = errorFor(CREATE, 400, { Message: 'Team is unknown' });
		expect(error.message).toBe('Halo refused the request (400): POST /Tickets — Team is unknown');
		expect(error.haloMessage).toBe('Team is unknown');
	});

	test('an empty 403 names the scope, the right of the agent and both menus', () => {
		expect(errorFor(CREATE, 403, '').nextStep).toMatch(
			/edit:tickets.*HaloPSA API.*Read and Modify.*Teams & Agents/,
		);
		expect(errorFor(LIST, 403, '').nextStep).toMatch(/read:customers/);
		expect(errorFor({ method: 'GET', path: '/Team' }, 403, '').nextStep).toMatch(
			/role and default team/,
		);
	});
});

describe('no secret stands in any text', () => {
	const SECRET = 'simulated-secret-0f1e2d3c4b5a';
	const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI5In0.c2lnbmF0dXJl';
	const request = readTokenRequest({
		domain: 'acme.halopsa.com',
		authorisationServer: '',
		tenant: 'acme',
		clientId: 'client-1',
		clientSecret: SECRET,
		scopePreset: 'tickets',
		scopes: '',
		allowHttp: false,
	});
	const echoes: unknown[] = [
		`client_secret=${SECRET}&grant_type=client_credentials`,
		{ error: 'invalid_client', error_description: `secret ${SECRET} is wrong` },
		{ Message: `Authorization: Bearer ${TOKEN}` },
		`{"access_token":"${TOKEN}"}`,
		{ message: `token ${TOKEN}` },
	];

	test('whatever Halo echoes, the texts of every error are clean', () => {
		const errors: Error[] = echoes.flatMap((body) => [
			...[400, 401, 403, 404, 429, 500].map((status) => toTokenError(request, status, body)),
			errorFor({ method: 'GET', path: `/Client?access_token=${TOKEN}` }, 400, {
				Message: `Bearer ${TOKEN}`,
			}),
			toResponseError(CREATE, 200, 'a list', `Bearer ${TOKEN}`),
			toTokenConnectionError(request, new Error(`POST failed with ${SECRET}`)),
			toConnectionError(CREATE, `password=${SECRET}`),
		]);
		expect(errors).toHaveLength(50);
		for (const error of errors) {
			const texts = JSON.stringify([error.message, error.stack, { ...error }]);
			expect(texts).not.toContain(SECRET);
			expect(texts).not.toContain(TOKEN);
		}
	});

	test('a known secret is taken out as it is, as a form or address writes it, and as JSON does', () => {
		const secret = 'a+b/c="d';
		const written = [secret, new URLSearchParams({ x: secret }).toString(), JSON.stringify(secret)];
		expect(written.map((text) => redact(`said ${text} twice`, [secret]))).toEqual([
			'said [hidden] twice',
			'said x=[hidden] twice',
			'said "[hidden]" twice',
		]);
	});

	test('redaction leaves other words alone', () => {
		expect(redact('The secretary typed a password policy')).toBe(
			'The secretary typed a password policy',
		);
		expect(redact('Assign these before closing it')).toBe('Assign these before closing it');
	});
});
