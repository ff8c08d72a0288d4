import {
	companyBody,
	createdCompany,
	podCompanies,
	wantedCompany,
} from '../../../../nodes/shared/domain/sources/connectsecure/companies';

const WANTED = { haloClientId: 16, name: 'Adatum', domain: 'adatum.example', reference: 'A16' };
const there = (companyId: string, name: string, haloClientId = 0) => ({
	companyId,
	name,
	domain: '',
	haloClientId,
});

describe('the companies of ConnectSecure', () => {
	test('deleted ones and those without a name are none; the mark tells whose a company is', () => {
		const rows = [
			{ id: 42, name: ' Contoso ', domain: 'contoso.example' },
			{ id: 43, name: 'Gone', is_deleted: true },
			{ id: 44, name: ' ' },
			{ id: 45, name: 'Renamed', description: 'Ours. HaloPSA client 16 (reference A16)' },
			{ id: 46, name: 'Odd', description: 'HaloPSA client of the south' },
			'no row',
		];
		expect(podCompanies({ rows, problem: null })).toEqual([
			{ companyId: '42', name: 'Contoso', domain: 'contoso.example', haloClientId: 0 },
			{ companyId: '45', name: 'Renamed', domain: '', haloClientId: 16 },
			{ companyId: '46', name: 'Odd', domain: '', haloClientId: 0 },
		]);
	});

	test('a list that is not whole is none', () => {
		expect(podCompanies({ rows: [{ id: 1, name: 'A' }], problem: 'HTTP 500' })).toBe('HTTP 500');
		expect(podCompanies({ rows: [{ id: 1, name: 'A', total_count: 9 }], problem: null })).toContain(
			'1 of 9 companies were given',
		);
	});

	test('what is sent is read again as the company of that client', () => {
		const { data } = companyBody(WANTED);
		expect(data).toEqual({
			name: 'Adatum',
			description: 'HaloPSA client 16 (reference A16)',
			domain: 'adatum.example',
		});
		const listed = podCompanies({ rows: [{ ...data, id: 9 }], problem: null });
		expect(listed).toMatchObject([{ companyId: '9', haloClientId: 16 }]);
	});

	test.each([{}, { name: 'A' }, { haloClientId: 3 }, { haloClientId: 0, name: 'A' }])(
		'%j asks for no company',
		(item) => {
			expect(wantedCompany(item)).toBeNull();
		},
	);
});

describe('what became of a company that was asked for', () => {
	test('the list counts, also when the answer was lost', () => {
		expect(createdCompany(WANTED, [], [there('7', 'Adatum', 16)], 'no answer')).toEqual({
			companyId: '7',
			reason: '',
		});
	});

	test('what is not in the list is told with the words of the answer', () => {
		expect(createdCompany(WANTED, [], [], 'it refused: full').reason).toBe('it refused: full');
		expect(createdCompany(WANTED, [], [], null).reason).toBe('it is not in the list afterwards');
		expect(createdCompany(WANTED, [], 'HTTP 500', null).reason).toBe('HTTP 500');
	});

	test('made twice, the older one is used and both are named', () => {
		const after = [there('10', 'Adatum', 16), there('9', 'adatum', 16)];
		expect(createdCompany(WANTED, [], after, null)).toEqual({
			companyId: '9',
			reason: 'was made twice, as 9 and 10: delete the last',
		});
	});

	test('one that was there before is used when it bears the mark, and left to a person when it only has the name', () => {
		const marked = there('5', 'Renamed', 16);
		expect(createdCompany(WANTED, [marked], [marked], null)).toEqual({
			companyId: '5',
			reason: '',
		});
		const named = there('6', 'ADATUM');
		expect(createdCompany(WANTED, [named], [named], null)).toEqual({
			companyId: '',
			reason: 'a company of that name is there already (6)',
		});
	});
});
