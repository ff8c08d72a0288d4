import { parseMappingRow } from '../../../../nodes/shared/domain/company/mapping';
import { companyNameKeys } from '../../../../nodes/shared/domain/company/name';
import type { AutoMapOptions } from '../../../../nodes/shared/domain/company/match/auto-map';
import { matchCompanies } from '../../../../nodes/shared/domain/company/match/auto-map';
import { rowChangeOf } from '../../../../nodes/shared/domain/company/match/mapping-row';
import type { HaloClient, LocalCompany } from '../../../../nodes/shared/domain/company/types';
import { createCompanyResolver } from '../../../../nodes/shared/domain/company/resolve';
import { createRandom } from '../../../support/random';

const options: AutoMapOptions = { referenceFirst: false, integration: null, manyToOne: false };

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

function companies(...list: Array<Partial<LocalCompany>>): LocalCompany[] {
	const empty = { id: null, name: null, displayName: null, reference: null, domain: null };
	return list.map((one, at) => ({
		origin: `company ${at + 1}`,
		integration: null,
		source: 'demo',
		...empty,
		...one,
	}));
}

describe('ID-05 PH-11 auto-mapping a whole list', () => {
	test('every company in gives exactly one outcome out, in order', () => {
		const list = companies(
			{ id: '1', name: 'Contoso' },
			{ id: '2', name: 'Fabrikan' },
			{ id: '3', name: 'Acme' },
			{ id: '4', name: 'Quarry Zzyzx' },
			{ id: '1', name: 'Contoso again' },
			{ id: '6', name: '' },
			{ id: '7', name: 'Old Mill' },
		);
		const clients = [
			client(11, 'Contoso Ltd'),
			client(12, 'Fabrikam'),
			client(13, 'Acme'),
			client(14, 'ACME Inc'),
			client(15, 'Old Mill', { inactive: true }),
		];
		const results = matchCompanies(list, clients, [], options);
		expect(results.map(({ company }) => company.origin)).toEqual(list.map(({ origin }) => origin));
		expect(results.map(({ outcome }) => outcome)).toEqual([
			'mapped',
			'suggested',
			'mapped',
			'unmatched',
			'duplicate',
			'unmatched',
			'refused',
		]);
	});

	test('two companies of one source on one client are both left to a person', () => {
		const list = companies({ id: '1', name: 'Contoso' }, { id: '2', name: 'CONTOSO Ltd' });
		const results = matchCompanies(list, [client(11, 'Contoso Ltd')], [], options);
		expect(results.map(({ outcome, client: to }) => [outcome, to])).toEqual([
			['shared_client', null],
			['shared_client', null],
		]);
		expect(results[0]?.candidates).toMatchObject([{ haloClientId: 11 }]);
		const allowed = matchCompanies(list, [client(11, 'Contoso Ltd')], [], {
			...options,
			manyToOne: true,
		});
		expect(allowed.map(({ client: to }) => to?.id)).toEqual([11, 11]);
	});

	test('one company in two sources on one client is no conflict', () => {
		const list = companies(
			{ id: '1', name: 'Contoso', source: 'one' },
			{ id: '1', name: 'Contoso', source: 'two' },
		);
		const results = matchCompanies(list, [client(11, 'Contoso')], [], options);
		expect(results.map(({ outcome }) => outcome)).toEqual(['mapped', 'mapped']);
	});

	test('a new company on a client that a row has given away already is left to a person', () => {
		const rows = [
			parseMappingRow(
				{ source: 'demo', companyId: '1', companyName: 'Contoso', haloClientId: 11 },
				1,
			),
		];
		const list = companies({ id: '1', name: 'Contoso' }, { id: '2', name: 'Contoso' });
		const results = matchCompanies(
			list,
			[client(11, 'Contoso')],
			rows.flatMap((row) => row ?? []),
			options,
		);
		expect(results.map(({ outcome }) => outcome)).toEqual(['already_mapped', 'ambiguous']);
		expect(results[1]?.reason).toContain(
			'has the name of a mapping whose companyId is another: 11 by row 1',
		);
	});

	test('a row that names the company and no client yet is filled, not added again', () => {
		const rows = [
			parseMappingRow({ source: 'demo', companyId: '1', companyName: 'Contoso' }, 7),
		].flatMap((row) => row ?? []);
		const [result] = matchCompanies(
			companies({ id: '1', name: 'Contoso' }),
			[client(11, 'Contoso')],
			rows,
			options,
		);
		expect(result).toMatchObject({
			outcome: 'mapped',
			client: { id: 11 },
			existing: { origin: 'row 7' },
		});
		expect(result === undefined ? null : rowChangeOf(result)).toBe('update');
	});

	test('a client that a row gives to a company which is not in the list is left to a person', () => {
		const rows = [
			parseMappingRow(
				{ source: 'demo', companyId: '9', companyName: 'Umbrella', haloClientId: 11 },
				1,
			),
		].flatMap((row) => row ?? []);
		const list = companies({ id: '1', name: 'Contoso' });
		const [result] = matchCompanies(list, [client(11, 'Contoso')], rows, options);
		expect(result?.outcome).toBe('shared_client');
		expect(result?.reason).toContain('as has company "Umbrella" by row 1');
	});

	test('the second run finds every mapping of the first and maps nothing', () => {
		const list = companies({ id: '1', name: 'Contoso' }, { id: '2', name: 'Fabrikam' });
		const clients = [client(11, 'Contoso'), client(12, 'Fabrikam')];
		const first = matchCompanies(list, clients, [], options);
		const rows = first.flatMap(
			({ company, client: to }, at) =>
				parseMappingRow(
					{
						source: company.source,
						companyId: company.id,
						companyName: company.name,
						haloClientId: to?.id,
					},
					at + 1,
				) ?? [],
		);
		const second = matchCompanies(list, clients, rows, options);
		expect(first.map(({ outcome }) => outcome)).toEqual(['mapped', 'mapped']);
		expect(second.map(({ outcome }) => outcome)).toEqual(['already_mapped', 'already_mapped']);
	});
});

const WORDS = [
	'Acme',
	'Müller',
	'Mueller',
	'North',
	'Northern',
	'Blue',
	'Óptima',
	'Optima',
	'ООО',
	'サンプル',
	'of',
	'&',
	'1',
	'2',
	'🚀',
	'',
];
const FORMS = ['', '', ' Ltd', ' GmbH', ' Inc.', ' S.A.', ' Group', ', Limited'];

function atLeast(least: number): unknown {
	return { asymmetricMatch: (got: unknown) => typeof got === 'number' && got >= least };
}

describe('CS-04 never the wrong client, over 1,000 random sets of names', () => {
	test('only a client that a row or an exact name names is ever given; twins are always ambiguous', () => {
		let mapped = 0;
		let ambiguous = 0;
		let resolved = 0;
		for (let seed = 1; seed <= 1_000; seed += 1) {
			const next = createRandom(seed);
			const pick = (list: readonly string[]): string =>
				list[Math.floor(next() * list.length)] ?? '';
			const second = next() < 0.5;
			const name = (): string => `${pick(WORDS)} ${second ? pick(WORDS) : ''}${pick(FORMS)}`.trim();
			const clients = Array.from({ length: 2 + Math.floor(next() * 10) }, (_, at) =>
				client(Math.floor(next() * 5) === 0 ? at - 1 : at + 20, name(), {
					inactive: next() < 0.15,
				}),
			).filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at);
			const list = companies(
				...Array.from({ length: 6 }, (_, at) => ({
					id: String(at),
					name: name(),
					displayName: next() < 0.5 ? name() : null,
				})),
			);
			const rows = list
				.filter(() => next() < 0.3)
				.flatMap(
					(company, at) =>
						parseMappingRow(
							{
								companyId: company.id,
								companyName: company.name,
								haloClientId: Math.floor(next() * 24) - 1,
							},
							at + 1,
						) ?? [],
				);
			for (const result of matchCompanies(list, clients, rows, {
				...options,
				manyToOne: next() < 0.5,
			})) {
				const { company, client: to } = result;
				const own = [company.displayName, company.name].flatMap((one) =>
					one === null || one === '' ? [] : companyNameKeys(one).bare,
				);
				if (result.outcome === 'ambiguous') {
					ambiguous += 1;
					expect(
						new Set(result.candidates.map(({ haloClientId }) => haloClientId)).size,
					).toBeGreaterThan(1);
				}
				if (to === null) continue;
				mapped += 1;
				const byRow = rows.some(
					({ haloClientId, refusal }) => refusal === null && haloClientId === to.id,
				);
				expect(byRow || own.includes(companyNameKeys(to.name).bare)).toBe(true);
				expect(to.id).toBeGreaterThan(1);
				expect(to.inactive).toBe(false);
				const twins = clients.filter(
					(one) =>
						!one.inactive &&
						one.id > 1 &&
						companyNameKeys(one.name).full === companyNameKeys(to.name).full,
				);
				expect(result.existing !== null || twins.length === 1).toBe(true);
			}
			const resolve = createCompanyResolver(rows, options);
			for (const { id, name: word, displayName, reference, domain } of list) {
				const match = resolve(
					{ integration: null, source: 'demo' },
					{ id, name: word, displayName, reference, domain },
				);
				if (match.kind !== 'mapped') continue;
				resolved += 1;
				expect(
					rows.some((row) => row.haloClientId === match.haloClientId && row.refusal === null),
				).toBe(true);
				expect(match.haloClientId).toBeGreaterThan(1);
			}
		}
		// The sets are only a proof when each outcome really came up.
		expect({ mapped, ambiguous, resolved }).toEqual({
			mapped: atLeast(500),
			ambiguous: atLeast(50),
			resolved: atLeast(500),
		});
	});
});

test('time grows with the number of companies, not with its square', () => {
	const names = (count: number, seed: number): string[] => {
		const next = createRandom(seed);
		const syllables = 'ba ko ri men tas lor vin dex pol ger mit sa nu fle xo tra'.split(' ');
		const word = (): string =>
			Array.from({ length: 3 }, () => syllables[Math.floor(next() * 16)]).join('');
		return Array.from({ length: count }, () => `${word()} ${word()} Services`);
	};
	const run = (count: number): number => {
		const clients = names(count, 1).map((name, at) => client(at + 10, name));
		const list = companies(...names(count, 2).map((name, at) => ({ id: String(at), name })));
		// Time of this process alone: other work on the machine does not count.
		const start = process.cpuUsage().user;
		matchCompanies(list, clients, [], options);
		return process.cpuUsage().user - start;
	};
	run(500);
	const [small, large] = [run(2_000), run(8_000)];
	// Four times the companies; a comparison of all pairs would take 16 times as long.
	expect(large / small).toBeLessThan(10);
});
