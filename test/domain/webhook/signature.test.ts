import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
	PAGERDUTY_SCHEME,
	sameText,
	SVIX_TOLERANCE_SECONDS,
	verifyHmac,
	verifySvix,
} from '../../../nodes/shared/domain/webhook/signature';
import { sharedFolder } from '../../support/shared-folder';

const HEX = { encoding: 'hex', prefix: 'sha256=' } as const;
const BASE64 = { encoding: 'base64', prefix: '' } as const;

describe('HMAC over the body', () => {
	// RFC 4231, test case 2: the key "Jefe" over this sentence.
	const body = Buffer.from('what do ya want for nothing?');
	const digest = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';

	test('the vector of RFC 4231 verifies in hex and in base64', () => {
		const base64 = Buffer.from(digest, 'hex').toString('base64');

		expect(verifyHmac(body, `sha256=${digest}`, ['Jefe'], HEX)).toBe(true);
		expect(verifyHmac(body, `sha256=${digest.toUpperCase()}`, ['Jefe'], HEX)).toBe(true);
		expect(verifyHmac(body, base64, ['Jefe'], BASE64)).toBe(true);
	});

	test("GitHub's published vector verifies", () => {
		const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

		expect(
			verifyHmac(Buffer.from('Hello, World!'), signature, ["It's a Secret to Everybody"], HEX),
		).toBe(true);
	});

	test.each<[string, string, string[]]>([
		['a wrong secret', `sha256=${digest}`, ['jefe']],
		['no secret', `sha256=${digest}`, []],
		['a blank secret', `sha256=${digest}`, ['', ' ']],
		['no header', '', ['Jefe']],
		['a header without the prefix', digest, ['Jefe']],
		['the prefix alone', 'sha256=', ['Jefe']],
		['a digest that is cut', `sha256=${digest.slice(0, 40)}`, ['Jefe']],
	])('%s is refused', (_, header, secrets) =>
		expect(verifyHmac(body, header, secrets, HEX)).toBe(false),
	);

	test('a signature of an empty key is refused, although it is right', () => {
		const signed = createHmac('sha256', '').update(body).digest('hex');

		expect(verifyHmac(body, `sha256=${signed}`, [''], HEX)).toBe(false);
	});

	test('a body that was written anew is refused: only its bytes count', () => {
		const sent = '{ "a": 1 }';
		const signed = createHmac('sha256', 's').update(sent).digest('hex');

		expect(verifyHmac(Buffer.from(sent), `sha256=${signed}`, ['s'], HEX)).toBe(true);
		expect(
			verifyHmac(Buffer.from(JSON.stringify(JSON.parse(sent))), `sha256=${signed}`, ['s'], HEX),
		).toBe(false);
	});

	test('the previous secret is accepted while it is being changed', () => {
		expect(verifyHmac(body, `sha256=${digest}`, ['new', 'Jefe'], HEX)).toBe(true);
	});

	test("PagerDuty's list counts when one of its signatures does", () => {
		const other = '0'.repeat(64);

		expect(verifyHmac(body, `v1=${other},v1=${digest}`, ['Jefe'], PAGERDUTY_SCHEME)).toBe(true);
		expect(verifyHmac(body, `v1=${other}, v0=${digest}`, ['Jefe'], PAGERDUTY_SCHEME)).toBe(false);
	});
});

test("PagerDuty's own vector verifies over its raw body, and not over the body written anew", () => {
	const path = sharedFolder(
		'payloads/pagerduty-webhook-v3-signature-vector.json',
		"PagerDuty's signature vector is not checked",
	);
	if (path === null) return;
	const vector = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
	const { raw_body: raw = '', expected_signature: header = '', test_secret: secret = '' } = vector;
	const anew = JSON.stringify(JSON.parse(raw), null, 1);

	expect(raw.length).toBeGreaterThan(100);
	expect(verifyHmac(Buffer.from(raw), header, [secret], PAGERDUTY_SCHEME)).toBe(true);
	expect(verifyHmac(Buffer.from(raw), header, ['another'], PAGERDUTY_SCHEME)).toBe(false);
	expect(verifyHmac(Buffer.from(anew), header, [secret], PAGERDUTY_SCHEME)).toBe(false);
});

describe('Svix', () => {
	// The vector of the Standard Webhooks libraries.
	const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
	const headers = {
		id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		timestamp: '1614265330',
		signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
	};
	const body = Buffer.from('{"test": 2432232314}');
	const sentAt = 1614265330_000;

	test('the published vector verifies', () => {
		expect(verifySvix(body, headers, [secret], sentAt)).toBe(true);
		expect(verifySvix(body, headers, [secret.replace('whsec_', '')], sentAt)).toBe(true);
	});

	test('one good signature of several, and the previous secret, are accepted', () => {
		const several = { ...headers, signature: `v1,AAAA v2,x ${headers.signature}` };

		expect(verifySvix(body, several, ['whsec_bmV3', secret], sentAt)).toBe(true);
	});

	test.each<[string, number, boolean]>([
		['signed 5 minutes ago is taken', SVIX_TOLERANCE_SECONDS, true],
		['signed a second earlier is refused', SVIX_TOLERANCE_SECONDS + 1, false],
		['signed 5 minutes ahead is taken', -SVIX_TOLERANCE_SECONDS, true],
		['signed a second further ahead is refused', -SVIX_TOLERANCE_SECONDS - 1, false],
	])('a delivery %s', (_, seconds, taken) =>
		expect(verifySvix(body, headers, [secret], sentAt + seconds * 1000)).toBe(taken),
	);

	test.each<[string, Partial<typeof headers>, string]>([
		['another id', { id: 'msg_other' }, secret],
		['another time', { timestamp: '1614265331' }, secret],
		['a time that is no number', { timestamp: 'now' }, secret],
		['no id', { id: '' }, secret],
		['no signature', { signature: '' }, secret],
		['another version', { signature: headers.signature.replace('v1', 'v1a') }, secret],
		['another secret', {}, 'whsec_AAAAAAAA'],
		['a secret that is no base64', {}, 'whsec_!!!'],
		['a blank secret', {}, ''],
		['a prefix without a key', {}, 'whsec_'],
	])('%s is refused', (_, change, key) =>
		expect(verifySvix(body, { ...headers, ...change }, [key], sentAt)).toBe(false),
	);
});

test('equal texts are equal, others and prefixes are not', () => {
	expect(sameText('a', 'a')).toBe(true);
	expect(sameText('a', 'ab')).toBe(false);
	expect(sameText('', '')).toBe(true);
});
