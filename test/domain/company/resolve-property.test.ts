import { createMapDecider } from '../../../nodes/shared/domain/company/decide';
import { companyNameKeys } from '../../../nodes/shared/domain/company/name';
import { createCompanyResolver } from '../../../nodes/shared/domain/company/resolve';
import { createRandom } from '../../support/random';
import { companyOf, eventOf, mappingOf } from './mapping-builders';

const WORDS = [
	'Contoso',
	'contoso',
	'Müller',
	'Muller',
	'Fabrikam',
	'North',
	'トヨタ',
	'Ромашка',
	'!!!',
	'😀',
	'A+',
	'A',
];
const FORMS = ['', ' Ltd', ' GmbH', ', Inc.', ' S.A.', ' UK', ' & Co', '\u200b', '  '];
const CLIENTS = [2, 3, 12, 40, null];
const SETS = 1_000;
const EVENTS_PER_SET = 8;

describe('1,000 random sets of names', () => {
	it('no event leaves on Mapped with a client that no mapping of its very name or id names', () => {
		const random = createRandom(20_260_504);
		const pick = <Value>(values: readonly Value[]): Value =>
			values[Math.floor(random() * values.length)] as Value;
		const name = () => `${pick(WORDS)}${pick(FORMS)}`;
		let mapped = 0;
		let held = 0;
		for (let set = 0; set < SETS; set += 1) {
			const rows = Array.from({ length: 1 + Math.floor(random() * 6) }, (_unused, index) =>
				mappingOf({
					origin: `row ${index + 1}`,
					companyId: random() < 0.3 ? String(Math.floor(random() * 5)) : null,
					companyName: random() < 0.9 ? name() : null,
					source: pick([null, 'wazuh', 'ninjaone']),
					haloClientId: pick(CLIENTS),
				}),
			);
			const accentsDoNotCount = set % 2 === 1;
			const level = accentsDoNotCount ? 'plainBare' : 'bare';
			const resolve = createCompanyResolver(rows, { referenceFirst: false, accentsDoNotCount });
			const decide = createMapDecider({
				resolve,
				associatedCompany: null,
				unmapped: { policy: 'hold' },
			});
			for (let event = 0; event < EVENTS_PER_SET; event += 1) {
				const company = companyOf({
					id: random() < 0.4 ? String(Math.floor(random() * 5)) : null,
					name: random() < 0.8 ? name() : null,
					displayName: random() < 0.4 ? name() : null,
				});
				const outcome = decide(eventOf({ company }));
				if (outcome.output !== 'mapped') {
					held += 1;
					continue;
				}
				mapped += 1;
				const naming = rows.filter(
					(row) =>
						row.haloClientId === outcome.mapping?.haloClientId &&
						row.source !== 'ninjaone' &&
						((row.companyId !== null && row.companyId === company.id) ||
							[company.name, company.displayName].some(
								(given) =>
									given !== null &&
									row.companyName !== null &&
									companyNameKeys(given)[level] === companyNameKeys(row.companyName)[level],
							)),
				);
				expect(naming.length).toBeGreaterThan(0);
			}
		}
		// Both outcomes must be frequent, or the property above says nothing.
		expect(mapped + held).toBe(SETS * EVENTS_PER_SET);
		expect(mapped).toBeGreaterThan(1_000);
		expect(held).toBeGreaterThan(1_000);
	});
});
