import { ProfileError } from '../../../nodes/shared/domain/profile/profile';
import { parseProfileRow } from '../../../nodes/shared/domain/profile/parse';

function fieldsOf(fields: unknown) {
	return parseProfileRow({ number: 3, json: { name: 'P1', fields } }).fields;
}

test.each([
	['JSON', '{"CFscannerReference":"{reference}"}', { CFscannerReference: '{reference}' }],
	['an object', { CFscannerSeverity: 'High' }, { CFscannerSeverity: 'High' }],
	['nothing', '', undefined],
	['null', null, undefined],
	['an empty object', '{}', undefined],
])('the column fields may hold %s', (_, given, expected) => {
	expect(fieldsOf(given)).toEqual(expected);
});

test('keys that reach a prototype are left out of the column fields', () => {
	const fields = fieldsOf('{"__proto__":{"polluted":true},"CFa":"x"}');
	expect(Object.keys(fields ?? {})).toEqual(['CFa']);
});

test.each([
	['broken JSON', '{"CFa":'],
	['a list', '["CFa"]'],
	['a number', 7],
])('%s in the column fields is refused, naming row and column', (_, given) => {
	expect(() => fieldsOf(given)).toThrow(ProfileError);
	expect(() => fieldsOf(given)).toThrow('Profile row 3 (P1), column fields: expected JSON like');
});
