import { createHash } from 'node:crypto';

import {
	carriesReference,
	referenceMarker,
	referencesIn,
} from '../../../nodes/shared/domain/ticket/reference';
import { withoutOwnWords } from '../../../nodes/shared/domain/ticket/own-words';
import { referenceOf } from '../../support/own-ticket';

test('a reference is the first 12 digits of the hash in base 26, written as letters', () => {
	const reference = referenceOf('v1|wazuh|contoso|problem');
	expect(reference).toMatch(/^[a-z]{12}$/);
	const hash = BigInt(`0x${createHash('sha256').update('v1|wazuh|contoso|problem').digest('hex')}`);
	const digits = [...hash.toString(26)].map((digit) =>
		String.fromCharCode(97 + Number.parseInt(digit, 26)),
	);
	expect(reference).toBe(digits.slice(0, 12).join(''));
});

test('10,000 problems have 10,000 references', () => {
	const references = new Set(
		Array.from({ length: 10_000 }, (_, index) => referenceOf(`v1|x|${index}`)),
	);
	expect(references.size).toBe(10_000);
});

const TEXTS: Array<[string, string, boolean]> = [
	['the marker itself', '(scanref kqzvwmtrbhxd)', true],
	['the marker behind a title', 'Title (scanref kqzvwmtrbhxd)', true],
	['a non-breaking space from an editor', '(scanref\u00a0kqzvwmtrbhxd)', true],
	['a non-breaking space as entity', '(scanref&nbsp;kqzvwmtrbhxd)', true],
	['the word without brackets', 'scanref kqzvwmtrbhxd', false],
	['the letters alone', 'kqzvwmtrbhxd', false],
	['another reference', '(scanref aaaaaaaaaaaa)', false],
	['a longer word', '(scanref kqzvwmtrbhxdd)', false],
	['capital letters', '(scanref KQZVWMTRBHXD)', false],
	['an empty text', '', false],
];

test.each(TEXTS)('in %s the reference is found or not: %s', (_, text, found) => {
	expect(carriesReference(text, 'kqzvwmtrbhxd')).toBe(found);
});

test('all references of a text are found, each once', () => {
	const text = [
		referenceMarker('aaaaaaaaaaaa'),
		referenceMarker('bbbbbbbbbbbb'),
		referenceMarker('aaaaaaaaaaaa'),
	];
	expect(referencesIn(text.join(' '))).toEqual(['aaaaaaaaaaaa', 'bbbbbbbbbbbb']);
});

test('a text of a source cannot carry a marker, a state or the mark of a note', () => {
	const text = withoutOwnWords('(scanref kqzvwmtrbhxd) ScanState x endstate scannote');
	expect(referencesIn(text)).toEqual([]);
	expect(text).toBe('(scan-ref kqzvwmtrbhxd) Scan-State x end-state scan-note');
});
