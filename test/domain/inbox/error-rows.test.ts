import { errorRowOf } from '../../../nodes/shared/domain/inbox/error-rows';
import {
	toConnectionError,
	toHaloError,
	toResponseError,
} from '../../../nodes/shared/halo/http/errors';
import {
	toTokenConnectionError,
	toTokenError,
} from '../../../nodes/shared/halo/sign-in/token-errors';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at } from './rows';

const GET = { method: 'GET' as const, path: '/Tickets' };
const answer = (status: number) =>
	toHaloError(GET, { status, headers: {}, body: { error: 'no' } }).message;
const TOKEN = {
	tokenUrl: 'https://halo.example/auth/token',
	clientId: 'id',
	clientSecret: 'secret',
	scope: 'all',
	fingerprint: '',
	resourceServer: 'https://halo.example/api',
};

const rowOf = (failed: JsonRecord, otherwise: 'incoming' | 'outgoing' = 'incoming') =>
	errorRowOf(failed, { workflow: 'Halo Bridge: poll tickets', otherwise, at: at(0) });

/** What a run failed with, in the words of the nodes and of n8n. */
const CASES: Array<[what: string, message: string, cause: string, direction: string]> = [
	['Halo answers 500', answer(500), 'halo_down', 'outgoing'],
	['Halo answers 503', answer(503), 'halo_down', 'outgoing'],
	['the request limit', answer(429), 'halo_down', 'outgoing'],
	['no answer', toConnectionError(GET, 'it took too long').message, 'halo_down', 'outgoing'],
	['a web page', toResponseError(GET, 200, 'JSON', '').message, 'halo_down', 'outgoing'],
	['no sign-in: 503', toTokenError(TOKEN, 503, '').message, 'halo_down', 'outgoing'],
	[
		'no sign-in: no answer',
		toTokenConnectionError(TOKEN, new Error('timeout')).message,
		'halo_down',
		'outgoing',
	],
	['401', answer(401), 'halo_rights', 'outgoing'],
	['403', answer(403), 'halo_rights', 'outgoing'],
	[
		'a wrong secret',
		toTokenError(TOKEN, 401, { error: 'invalid_client' }).message,
		'halo_rights',
		'outgoing',
	],
	['full tables', 'Data table size limit exceeded: 7MB used, limit is 6MB', 'store', 'incoming'],
	['a column that is missing', "unknown column name 'company'", 'workflow', 'incoming'],
	['a token of another tool', 'ConnectSecure refused the token', 'workflow', 'incoming'],
];

test('thirteen failures', () => expect(CASES).toHaveLength(13));

test.each(CASES)('%s', (_, message, cause, direction) => {
	const execution = { error: { message, description: '' }, lastNodeExecuted: 'Read each feed' };
	expect(rowOf({ execution })).toEqual({
		workflow: 'poll tickets',
		node: 'Read each feed',
		cause,
		direction,
		message,
		at: at(0),
	});
});

test('full tables keep findings out, whatever the workflow; a failure of its own has its direction', () => {
	const failed = (message: string) => ({ execution: { error: { message } } });
	expect(rowOf(failed('the size limit'), 'outgoing').direction).toBe('incoming');
	expect(rowOf(failed('It broke'), 'outgoing').direction).toBe('outgoing');
});

test('a trigger that could not be started, and a run that said nothing', () => {
	const trigger = { error: { message: 'Halo denied access (403)' } };
	expect(rowOf({ trigger })).toMatchObject({ cause: 'halo_rights', node: '' });
	expect(rowOf({}).message).toBe('The workflow failed without a message.');
});

test('what an error of a node carries goes before its words; what Halo refused is a failure of the workflow', () => {
	for (const [haloCause, cause] of [
		['halo_down', 'halo_down'],
		['halo_rights', 'halo_rights'],
		['halo_refused', 'workflow'],
		['other', 'halo_rights'],
	] as const) {
		const error = { message: 'Halo denied access (403)', context: { haloCause } };
		expect([haloCause, rowOf({ execution: { error } }).cause]).toEqual([haloCause, cause]);
	}
});
