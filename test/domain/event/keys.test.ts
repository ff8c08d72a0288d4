import { normaliseKey, problemKey, shortHash } from '../../../nodes/shared/domain/event/keys';

const parts = { tool: 'wazuh', scope: 'EU ', finding: 'CVE-2026-1', asset: 7 };

describe('keys', () => {
	test('a key is lower case, trimmed, with an unknown part as a dash', () => {
		expect(problemKey(parts)).toBe('v1|wazuh|eu|cve-2026-1|7');
		expect(problemKey({ ...parts, scope: null, asset: ' ', discriminator: 'x' })).toBe(
			'v1|wazuh|-|cve-2026-1|-|x',
		);
	});

	test('a bar inside a part cannot shift what stands behind it', () => {
		const one = problemKey({ ...parts, scope: 'a|b', finding: 'c' });
		const other = problemKey({ ...parts, scope: 'a', finding: 'b|c' });

		expect(one).toBe('v1|wazuh|a%7cb|c|7');
		expect(one).not.toBe(other);
	});

	test('the same name in composed and decomposed Unicode is one key', () => {
		expect(problemKey({ ...parts, asset: 'é' })).toBe(problemKey({ ...parts, asset: 'e\u0301' }));
	});

	test('a long key is bounded and two long ones stay apart', () => {
		const long = 'x'.repeat(600);
		const one = problemKey({ ...parts, finding: `${long}1` });
		const other = problemKey({ ...parts, finding: `${long}2` });

		expect(one).toHaveLength(400);
		expect(one).not.toBe(other);
		expect(normaliseKey(one)).toBe(one);
	});

	test('a short hash is the first half of a SHA-256', () => {
		expect(shortHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223');
	});
});
