import {
	foldedName,
	hostPart,
	joinedPart,
	normaliseKey,
	problemKey,
	shortHash,
} from '../../../nodes/shared/domain/event/keys';

const parts = { tool: 'wazuh', scope: 'EU ', finding: 'CVE-2026-1', asset: 7 };

describe('keys', () => {
	test('a key is trimmed, with an unknown part as a dash', () => {
		expect(problemKey(parts)).toBe('v1|wazuh|EU|CVE-2026-1|7');
		expect(problemKey({ ...parts, scope: null, asset: ' ', discriminator: 'x' })).toBe(
			'v1|wazuh|-|CVE-2026-1|-|x',
		);
	});

	test.each([
		['a path', '/srv/www/Settings.php', '/srv/www/settings.php'],
		['an id', 'Ab12', 'aB12'],
		['a key of somebody else', 'Disk-C', 'disk-c'],
	])('case counts in %s', (_, one, other) => {
		expect(problemKey({ ...parts, discriminator: one })).not.toBe(
			problemKey({ ...parts, discriminator: other }),
		);
		expect(joinedPart(one)).not.toBe(joinedPart(other));
		expect(normaliseKey(one)).not.toBe(normaliseKey(other));
	});

	test('case does not count in a GUID, nor in a name of a host, company or protocol', () => {
		const guid = '7f68f334-17ba-4ba0-b057-b77ddd783e60';

		expect(problemKey({ ...parts, asset: guid.toUpperCase() })).toBe(
			problemKey({ ...parts, asset: guid }),
		);
		expect(problemKey({ ...parts, asset: `{${guid.toUpperCase()}}` })).toBe(
			problemKey({ ...parts, asset: `{${guid}}` }),
		);
		expect(hostPart(' SRV-01.Contoso.Example. ')).toBe('srv-01.contoso.example');
		expect(foldedName('Contoso Ltd')).toBe('contoso ltd');
		expect([foldedName(' '), hostPart(null), hostPart('.')]).toEqual([null, null, null]);
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
