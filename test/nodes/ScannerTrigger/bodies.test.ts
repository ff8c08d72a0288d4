import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import type { WebhookAnswer, WebhookCall } from '../../support/engine';
import { callWebhook } from '../../support/engine';

const SECRET = 'correct horse battery staple';

async function post(
	source: string,
	body: WebhookCall['body'],
	headers: Record<string, string> = {},
): Promise<WebhookAnswer> {
	return await callWebhook({
		node: new ScannerTrigger(),
		credentials: { webhookSecretApi: { user: '', secret: SECRET, previousSecret: '' } },
		headers: { 'X-Webhook-Token': SECRET, ...headers },
		parameters: { source },
		body: body ?? '',
	});
}

const json = (answer: WebhookAnswer) => answer.items.flat().map((item) => item.json);

const RECORD = { id: '7', title: 'Disk full', company: 'Möller & Søn' };
const TEXT = JSON.stringify(RECORD);
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('a body is taken', () => {
	test.each<[string, string | Buffer, Record<string, string>]>([
		['with a byte order mark', `\uFEFF${TEXT}`, {}],
		['in Latin-1', Buffer.from(TEXT, 'latin1'), { 'Content-Type': 'a/b; charset=iso-8859-1' }],
		['in UTF-16', Buffer.from(TEXT, 'utf16le'), { 'Content-Type': 'a/b; charset=utf-16le' }],
		['packed as gzip', gzipSync(TEXT), { 'Content-Encoding': 'gzip' }],
		['packed as GZIP', gzipSync(TEXT), { 'Content-Encoding': 'GZIP' }],
		['packed as x-gzip', gzipSync(TEXT), { 'Content-Encoding': 'x-gzip' }],
		['packed as deflate', deflateSync(TEXT), { 'Content-Encoding': 'deflate' }],
		['packed twice', deflateSync(gzipSync(TEXT)), { 'Content-Encoding': 'gzip, Deflate' }],
		['as it is, and says so', TEXT, { 'Content-Encoding': 'identity' }],
		[
			'packed, in Latin-1',
			gzipSync(Buffer.from(TEXT, 'latin1')),
			{ 'Content-Encoding': 'X-GZIP', 'Content-Type': 'a/b; charset=latin1' },
		],
		['as curl -d sends it', TEXT, FORM],
	])('%s', async (_, body, headers) => {
		const answer = await post('canonical', body, headers);

		expect(json(answer)).toMatchObject([{ title: 'Disk full', company: { name: 'Möller & Søn' } }]);
	});

	test('packed as Brotli where the runtime knows it, and else refused by its name', async () => {
		const answer = await post('canonical', brotliCompressSync(TEXT), { 'Content-Encoding': 'br' });

		const known = Number(process.versions.node.split('.')[0]) >= 24;
		if (known) expect(json(answer)).toHaveLength(1);
		else
			expect([answer.status, JSON.stringify(answer.body)]).toEqual([
				415,
				expect.stringContaining('br'),
			]);
	});

	test('with one record a line, of which one is none', async () => {
		const answer = await post('canonical', `${TEXT}\n{"id":\n{"id":"8","title":"Second"}\n`);

		expect(json(answer).map(({ title, decision }) => [title, decision ?? null])).toEqual([
			['Disk full', null],
			['Second', null],
			['Record 2 could not be read: the record', 'failed'],
		]);
	});

	test.each([
		[
			'its fields',
			'alert_uid=a-1&priority=High&alert_message=Disk+C%3A+is+%22full%22&resolved=false',
		],
		[
			'its JSON in the field payload',
			`payload=${encodeURIComponent(JSON.stringify({ alert_uid: 'a-1', priority: 'High', alert_message: 'Disk C: is "full"', resolved: false }))}`,
		],
	])('as a form of Datto RMM, by %s', async (_, body) =>
		expect(json(await post('datto-rmm', body, FORM))).toMatchObject([
			{ title: 'Disk C: is "full"', status: 'open', severity: 'high' },
		]),
	);

	test.each(['canonical', 'ninjaone'])(
		'with two ids beyond 2^53 of %s that a number would make one',
		async (source) => {
			const body = (id: string) =>
				source === 'canonical'
					? `{"id":${id},"title":"Disk full"}`
					: `{"id":1,"activityType":"CONDITION","statusCode":"TRIGGERED","seriesUid":${id},"message":"Disk full"}`;
			const [one, two] = await Promise.all([
				post(source, body('9007199254740993')),
				post(source, body('9007199254740992')),
			]);

			expect(json(one)[0]?.dedupKey).toContain('9007199254740993');
			expect(json(two)[0]?.dedupKey).toContain('9007199254740992');
		},
	);
});

describe('a body is refused by name, and starts nothing', () => {
	const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '));

	test.each<[string, string | Buffer, Record<string, string>, number, string]>([
		['Latin-1 that says UTF-8', Buffer.from(TEXT, 'latin1'), {}, 400, 'utf-8'],
		['an unknown charset', TEXT, { 'Content-Type': 'a/b; charset=utf-7' }, 415, 'utf-7'],
		['a bomb that n8n unpacks', bomb, { 'Content-Encoding': 'gzip' }, 413, 'too large'],
		['a bomb that n8n leaves', bomb, { 'Content-Encoding': 'X-Gzip' }, 413, '16 MB'],
		['a bomb in a bomb', gzipSync(bomb), { 'Content-Encoding': 'gzip, x-gzip' }, 413, '16 MB'],
		[
			'half a pack',
			gzipSync(TEXT).subarray(0, 30),
			{ 'Content-Encoding': 'x-gzip' },
			400,
			'x-gzip',
		],
		['an unknown coding', TEXT, { 'Content-Encoding': 'zstd' }, 415, 'zstd'],
		['three codings', TEXT, { 'Content-Encoding': 'gzip,gzip,gzip' }, 415, 'twice'],
		['a form', 'id=7&title=Disk+full', FORM, 400, 'application/x-www-form-urlencoded'],
		['a form with JSON in it', `payload=${encodeURIComponent(TEXT)}`, FORM, 400, 'x-www-form'],
		[
			'a form in parts',
			'--x\r\nContent-Disposition: form-data; name="id"\r\n\r\n7\r\n--x--',
			{ 'Content-Type': 'multipart/form-data; boundary=x' },
			400,
			'multipart/form-data',
		],
		['markup', '<event><id>7</id></event>', { 'Content-Type': 'text/xml' }, 400, 'text/xml'],
		[
			'a member with two values',
			'{"id":"7","title":"t","status":"open","status":"resolved"}',
			{},
			400,
			'status: expected one value',
		],
	])('%s', async (_, body, headers, status, words) => {
		const answer = await post('canonical', body, headers);

		expect([answer.status, answer.items]).toEqual([status, []]);
		expect(JSON.stringify(answer.body)).toContain(words);
	});

	test('a form of Datto RMM that tells one field twice', async () => {
		const answer = await post('datto-rmm', 'alert_uid=a-1&resolved=false&resolved=true', FORM);

		expect([answer.status, answer.items]).toEqual([400, []]);
		expect(JSON.stringify(answer.body)).toContain('resolved: expected one value');
	});
});
