import {
	arrivalOf,
	buildTabUrl,
	holdsCustomerText,
	TabUrlError,
	type TabQuestion,
} from '../../../nodes/shared/domain/pages/tab-url';

function question(change: Partial<TabQuestion> = {}): TabQuestion {
	return {
		tool: 'idemeumCustomer',
		place: 'contoso',
		parameter: 'customerDisplayName',
		value: '$CLIENT_REFERENCE',
		...change,
	};
}

describe('the address of a custom tab', () => {
	const cases: Array<[string, Partial<TabQuestion>, string]> = [
		[
			'ID-38 ID-39 ID-41 the customer by display name',
			{},
			'https://contoso.idemeum.com?customerDisplayName=$CLIENT_REFERENCE',
		],
		[
			'ID-39 the customer by name',
			{ parameter: 'customerName' },
			'https://contoso.idemeum.com?customerName=$CLIENT_REFERENCE',
		],
		['ID-37 the own tenant', { tool: 'idemeumSearch' }, 'https://contoso.idemeum.com'],
		[
			'a tenant pasted as an address',
			{ place: ' https://Contoso.idemeum.com/portal ' },
			'https://contoso.idemeum.com?customerDisplayName=$CLIENT_REFERENCE',
		],
		[
			'PH-15 the reported mail at Phin',
			{ tool: 'phin', place: 'a1b2-c3' },
			'https://portal.phinsec.io/a1b2-c3/pod/halo/$FAULTID',
		],
		[
			'fixed text is encoded, variables are not',
			{ value: 'Müller & Co/$CLIENT_REFERENCE #1' },
			'https://contoso.idemeum.com?customerDisplayName=M%C3%BCller%20%26%20Co%2F$CLIENT_REFERENCE%20%231',
		],
		[
			'another tool, behind a query and before a fragment',
			{ tool: 'other', place: 'tool.example/p?a=1#top', parameter: 'who is', value: '$AREA' },
			'https://tool.example/p?a=1&who%20is=$AREA#top',
		],
		[
			'another tool without a parameter',
			{ tool: 'other', place: 'https://tool.example/t/$FAULTID', parameter: '', value: '' },
			'https://tool.example/t/$FAULTID',
		],
	];

	test.each(cases)('%s', (_, change, url) => {
		expect(buildTabUrl(question(change)).url).toBe(url);
	});

	test('the cases above are all there', () => expect(cases).toHaveLength(8));

	const refused: Array<[Partial<TabQuestion>, RegExp]> = [
		[{ place: ' ' }, /tenant, the Partner ID or the address/],
		[{ place: 'two words' }, /before \.idemeum\.com/],
		[{ place: 'evil.example/contoso.idemeum.com' }, /before \.idemeum\.com/],
		[{ value: '' }, /\$CLIENT_REFERENCE/],
		[{ parameter: 'customer' }, /customerDisplayName or customerName/],
		[{ tool: 'phin', place: 'a/../b' }, /Phin portal, Settings/],
		[{ tool: 'other', place: 'javascript:alert(1)' }, /https:/],
		[{ tool: 'other', place: 'two words.example' }, /https:/],
	];

	test.each(refused)('%j is refused with the next step', (change, nextStep) => {
		expect(() => buildTabUrl(question(change))).toThrow(
			expect.objectContaining({
				constructor: TabUrlError,
				message: expect.stringMatching(nextStep),
			}),
		);
	});

	const warned: Array<[string, Partial<TabQuestion>, RegExp[]]> = [
		['text of a customer', {}, [/\$CLIENT_REFERENCE in as it is/]],
		['a number only', { tool: 'phin', place: 'p1' }, []],
		['no variable', { tool: 'idemeumSearch' }, []],
		[
			'text that customers write',
			{ tool: 'other', place: 'tool.example', parameter: 'q', value: '$SYMPTOM' },
			[/as it is/, /Leave it out/],
		],
		[
			'http inside https',
			{ tool: 'other', place: 'http://tool.example', parameter: 'id', value: '$FAULTID' },
			[/no http page/],
		],
		[
			"Halo's signature",
			{ tool: 'other', place: 'https://tool.example/?s=$HMAC', parameter: 'id', value: '$FAULTID' },
			[/agent alone/],
		],
	];

	test.each(warned)('ID-39 warns of what Halo does not do: %s', (_, change, expected) => {
		const { warnings } = buildTabUrl(question(change));

		expect(warnings).toHaveLength(expected.length);
		expected.forEach((words, index) => expect(warnings[index]).toMatch(words));
	});
});

describe('what arrives at the other tool', () => {
	const arrivals: Array<[string, string, boolean]> = [
		['Demo PAM tenant', 'Demo PAM tenant', true],
		['Müller GmbH', 'Müller GmbH', true],
		["O'Brien / Söhne; Ltd?", "O'Brien / Söhne; Ltd?", true],
		['Smith & Sons', 'Smith ', false],
		['C# Shop', 'C', false],
		['A+B', 'A B', false],
		['100%25 Ltd', '100% Ltd', false],
		['50% Ltd', '50% Ltd', true],
		['$& Ltd', '$', false],
		['', '', false],
	];

	test.each(arrivals)('ID-40 %s arrives as "%s"', (held, arrives, whole) => {
		const arrival = arrivalOf(buildTabUrl(question()), held);

		expect(arrival.arrives).toBe(arrives);
		expect(arrival.problem === null).toBe(whole);
	});

	test('a customer cannot point the tab at another customer', () => {
		const arrival = arrivalOf(buildTabUrl(question()), 'A&customerDisplayName=B');

		expect(arrival.arrives).toBe('A');
		expect(arrival.problem).toContain('& # + %');
	});

	test('an address with no text of the customer has nothing to check', () => {
		expect(holdsCustomerText(buildTabUrl(question()))).toBe(true);
		expect(holdsCustomerText(buildTabUrl(question({ tool: 'phin', place: 'p' })))).toBe(false);
		expect(holdsCustomerText(buildTabUrl(question({ value: '$FAULTID' })))).toBe(false);
	});
});
