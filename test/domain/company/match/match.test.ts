import { parseMappingRow } from '../../../../nodes/shared/domain/company/mapping';
import { createCompanyMatcher } from '../../../../nodes/shared/domain/company/match/match';
import type {
	CompanyVerdict,
	HaloClient,
	LocalCompany,
	MatchOptions,
} from '../../../../nodes/shared/domain/company/types';
import { NAME_PAIRS } from './name-pairs';

const anyOrder: MatchOptions = { referenceFirst: false, integration: null };

function client(id: number, name: string, more: Partial<HaloClient> = {}): HaloClient {
	const empty = {
		reference: null,
		domain: null,
		inactive: false,
		deleted: false,
		mergedInto: null,
	};
	return { id, name, ...empty, ...more };
}

function company(more: Partial<LocalCompany>): LocalCompany {
	const empty = { id: null, name: null, displayName: null, reference: null, domain: null };
	return { origin: 'company 1', integration: null, source: 'demo', ...empty, ...more };
}

function rowsOf(...rows: object[]) {
	return rows.flatMap((row, index) => parseMappingRow(row, index + 1) ?? []);
}

function match(
	one: LocalCompany,
	clients: HaloClient[],
	more: { rows?: object[]; options?: Partial<MatchOptions> } = {},
): CompanyVerdict {
	const options = { ...anyOrder, ...more.options };
	return createCompanyMatcher(clients, rowsOf(...(more.rows ?? [])), options)(one);
}

const classOf = { mapped: 'exact', suggested: 'suggested', unmatched: 'nothing' } as const;

function verdictClass(verdict: CompanyVerdict): string {
	return verdict.kind in classOf ? Reflect.get(classOf, verdict.kind) : verdict.kind;
}

const pairs = Object.entries(NAME_PAIRS).flatMap(([writing, of]) =>
	of.map(([name, clientName, expected]) => ({ writing, name, clientName, expected })),
);

describe('ID-21 how a name stands to one Halo client', () => {
	test('the table holds at least 80 pairs, each class at least 15 times', () => {
		const count = (wanted: string) => pairs.filter(({ expected }) => expected === wanted).length;
		expect(pairs.length).toBeGreaterThanOrEqual(80);
		expect(Math.min(count('exact'), count('suggested'), count('nothing'))).toBeGreaterThanOrEqual(
			15,
		);
	});

	test.each(pairs)(
		'$writing: "$name" beside "$clientName": $expected',
		({ name, clientName, expected }) => {
			const verdict = match(company({ name }), [
				client(40, clientName),
				client(41, 'Zzyzx Quarry'),
			]);
			expect(verdictClass(verdict)).toBe(expected === 'accent' ? 'suggested' : expected);
			if (verdict.kind === 'mapped') expect(verdict.client.id).toBe(40);
			if (verdict.kind === 'suggested') {
				expect(verdict.candidates[0]).toMatchObject({ haloClientId: 40 });
				expect(verdict.candidates[0]?.reasons.length).toBeGreaterThan(0);
				expect(verdict.candidates[0]?.score).toBeLessThan(1);
			}
		},
	);
	test.each(pairs.filter(({ expected }) => expected === 'accent'))(
		'$writing: "$name" is "$clientName" where accents do not count and nobody else has that name',
		({ name, clientName }) => {
			const without = { referenceFirst: false, integration: null, accentsDoNotCount: true };
			const verdictAmong = (clients: HaloClient[]) =>
				createCompanyMatcher(clients, [], without)(company({ name }));
			expect(verdictAmong([client(40, clientName)])).toMatchObject({
				kind: 'mapped',
				client: { id: 40 },
			});
			const two = [client(40, clientName), client(41, clientName)];
			expect(verdictAmong(two)).toMatchObject({ kind: 'ambiguous' });
			const nearer = [client(40, clientName), client(41, name)];
			expect(verdictAmong(nearer)).toMatchObject({ kind: 'mapped', client: { id: 41 } });
		},
	);
});

describe('ID-21 the order of the exact levels', () => {
	const clients = [
		client(11, 'Contoso'),
		client(12, 'Fabrikam'),
		client(13, 'Northwind', { reference: 'NW-7' }),
	];

	test('a mapping row wins over every name', () => {
		const rows = [{ source: 'demo', companyId: '42', companyName: 'X', haloClientId: 13 }];
		const verdict = match(company({ id: '42', displayName: 'Contoso' }), clients, { rows });
		expect(verdict).toMatchObject({ kind: 'mapped', client: { id: 13 }, method: 'explicit' });
	});

	test('the Display Name wins over the Name', () => {
		const verdict = match(company({ name: 'Fabrikam', displayName: 'Contoso' }), clients);
		expect(verdict).toMatchObject({ kind: 'mapped', client: { id: 11 }, method: 'display name' });
	});

	test('the Name is asked when no client has the Display Name', () => {
		const verdict = match(company({ name: 'Fabrikam', displayName: 'Demo tenant' }), clients);
		expect(verdict).toMatchObject({ kind: 'mapped', client: { id: 12 }, method: 'name' });
	});

	test('the reference is asked first only when that is switched on, and is a suggestion otherwise', () => {
		const one = company({ name: 'Contoso', reference: 'nw-7' });
		expect(match(one, clients)).toMatchObject({ client: { id: 11 }, method: 'name' });
		const first = match(one, clients, { options: { referenceFirst: true } });
		expect(first).toMatchObject({ kind: 'mapped', client: { id: 13 }, method: 'reference' });
		const other = match(company({ name: 'Quite else', reference: 'nw-7' }), clients);
		expect(other).toMatchObject({
			kind: 'suggested',
			candidates: [{ haloClientId: 13, score: 0.9 }],
		});
	});

	test('ID-40 a Display Name that stands in the client reference is found by reference', () => {
		const tagged = [...clients, client(14, 'Tenant of Max', { reference: 'Demo PAM tenant' })];
		const verdict = match(company({ displayName: 'Demo PAM tenant' }), tagged, {
			options: { referenceFirst: true },
		});
		expect(verdict).toMatchObject({ kind: 'mapped', client: { id: 14 }, method: 'reference' });
	});

	test('the same domain is a suggestion, since groups of companies share one', () => {
		const verdict = match(
			company({ name: 'Umbrella', domain: 'https://www.fabrikam.example/de' }),
			[client(12, 'Fabrikam', { domain: 'fabrikam.example' })],
		);
		expect(verdict).toMatchObject({
			kind: 'suggested',
			candidates: [{ haloClientId: 12, reasons: ['same domain fabrikam.example'] }],
		});
	});
});

describe('what matching never does by itself', () => {
	test('two clients of one name are ambiguous, with both as candidates', () => {
		const verdict = match(company({ name: 'Acme' }), [
			client(21, 'Acme Ltd'),
			client(22, 'ACME GmbH'),
		]);
		expect(verdict.kind).toBe('ambiguous');
		if (verdict.kind !== 'ambiguous') return;
		expect(verdict.candidates.map(({ haloClientId }) => haloClientId)).toEqual([21, 22]);
		expect(verdict.reason).toContain('Acme Ltd (21), ACME GmbH (22)');
	});

	test('two rows with different clients for one company are ambiguous', () => {
		const rows = [
			{ companyId: '42', companyName: 'Acme', haloClientId: 21 },
			{ companyId: '42', companyName: 'Acme', haloClientId: 22 },
		];
		const clients = [client(21, 'Acme'), client(22, 'Acme Two')];
		expect(match(company({ id: '42', name: 'Acme' }), clients, { rows }).kind).toBe('ambiguous');
	});

	test.each([0, 1, -1])('client %d is refused although its name is the same', (id) => {
		const verdict = match(company({ name: 'Unknown' }), [
			client(id, 'Unknown'),
			client(12, 'Fabrikam'),
		]);
		expect(verdict).toMatchObject({ kind: 'refused' });
		expect('reason' in verdict && verdict.reason).toContain('is no client');
	});

	test.each([
		['inactive', { inactive: true }, 'is inactive in Halo'],
		['deleted', { deleted: true }, 'is deleted in Halo'],
		['merged', { mergedInto: 90 }, 'was merged into client 90'],
	])('a client that is %s is named and refused', (_state, more, words) => {
		const verdict = match(company({ name: 'Acme' }), [client(21, 'Acme', more)]);
		expect(verdict.kind).toBe('refused');
		expect('reason' in verdict && verdict.reason).toContain(words);
	});

	test('an inactive namesake does not stand in the way of the one active client', () => {
		const clients = [client(21, 'Acme', { inactive: true }), client(22, 'Acme')];
		expect(match(company({ name: 'Acme' }), clients)).toMatchObject({ client: { id: 22 } });
	});

	test('a row whose client Halo no longer lists is refused, and its name is not matched anew', () => {
		const rows = [{ companyId: '42', companyName: 'Acme', haloClientId: 21 }];
		const verdict = match(company({ id: '42', name: 'Acme' }), [client(22, 'Acme')], { rows });
		expect(verdict.kind).toBe('refused');
		expect('reason' in verdict && verdict.reason).toContain('client 21 (row 1)');
		expect('candidates' in verdict && verdict.candidates[0]).toMatchObject({ haloClientId: 22 });
	});

	test('a client that was renamed keeps its mapping', () => {
		const rows = [
			{ companyId: '42', companyName: 'Acme', haloClientId: 21, haloClientName: 'Acme' },
		];
		const verdict = match(company({ id: '42', name: 'Acme' }), [client(21, 'Acme Holding')], {
			rows,
		});
		expect(verdict).toMatchObject({ kind: 'mapped', client: { id: 21, name: 'Acme Holding' } });
	});

	test('a company without any name is unmatched and says so', () => {
		const verdict = match(company({ id: '42' }), [client(21, 'Acme')]);
		expect(verdict.kind).toBe('unmatched');
		expect('reason' in verdict && verdict.reason).toContain('has no name');
	});

	test('a name of 300 characters is compared whole', () => {
		const long = `${'Very long name '.repeat(20)}`.trim();
		const clients = [client(21, `${long}!`), client(22, `${long} Two`)];
		expect(match(company({ name: long }), clients)).toMatchObject({
			kind: 'mapped',
			client: { id: 21 },
		});
	});

	test('suggestions are at most five, best first', () => {
		const clients = Array.from({ length: 20 }, (_, at) =>
			client(30 + at, `Acmee${'e'.repeat(at)} Works`),
		);
		const verdict = match(company({ name: 'Acme Works' }), clients);
		expect(verdict.kind).toBe('suggested');
		const scores = 'candidates' in verdict ? verdict.candidates.map(({ score }) => score) : [];
		expect(scores).toHaveLength(5);
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	});
});
