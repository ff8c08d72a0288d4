import { createMapDecider, type MapSettings } from '../../../nodes/shared/domain/company/decide';
import { createCompanyResolver, fixedResolver } from '../../../nodes/shared/domain/company/resolve';
import type { CompanyMapping } from '../../../nodes/shared/domain/company/mapping';
import type { EventStatus, ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { companyOf, eventOf, mappingOf } from './mapping-builders';

function decide(
	given: Partial<ScannerEvent>,
	rows: Array<Partial<CompanyMapping>>,
	settings: Partial<MapSettings> = {},
) {
	const resolve = createCompanyResolver(
		rows.map((row) => mappingOf({ companyName: 'Contoso Ltd', ...row })),
		{ referenceFirst: false },
	);
	const all = {
		resolve,
		associatedCompany: null,
		unmapped: { policy: 'hold' } as const,
		...settings,
	};
	return createMapDecider(all)(eventOf(given));
}

const NOBODY = companyOf();
const OTHER = companyOf({ name: 'Fabrikam' });
const CATCH_ALL = {
	unmapped: { policy: 'catchAll', client: { haloClientId: 99, haloClientName: 'Catch-All' } },
} as const;

/** What happens to each status when the company is … */
const TABLE: ReadonlyArray<
	[
		situation: string,
		rows: Array<Partial<CompanyMapping>>,
		company: Partial<ScannerEvent>,
		expected: Record<EventStatus, string>,
	]
> = [
	[
		'mapped',
		[{}],
		{},
		{ open: 'mapped 12', resolved: 'mapped 12', suppressed: 'mapped 12', info: 'mapped 12' },
	],
	[
		'not named',
		[{}],
		{ company: NOBODY },
		{
			open: 'held_unmapped',
			resolved: 'mapped null',
			suppressed: 'held_unmapped',
			info: 'held_unmapped',
		},
	],
	[
		'not mapped',
		[{}],
		{ company: OTHER },
		{
			open: 'held_unmapped',
			resolved: 'mapped null',
			suppressed: 'held_unmapped',
			info: 'held_unmapped',
		},
	],
	[
		'known without client',
		[{ haloClientId: null, createTicket: false }],
		{},
		{
			open: 'held_unmapped',
			resolved: 'mapped null',
			suppressed: 'held_unmapped',
			info: 'held_unmapped',
		},
	],
	[
		'ambiguous',
		[{}, { haloClientId: 13 }],
		{},
		{
			open: 'held_ambiguous',
			resolved: 'mapped null',
			suppressed: 'held_ambiguous',
			info: 'held_ambiguous',
		},
	],
	[
		'refused',
		[{ refusal: 'row 1, column haloClientId: 0 is no client' }],
		{},
		{
			open: 'held_unmapped',
			resolved: 'mapped null',
			suppressed: 'held_unmapped',
			info: 'held_unmapped',
		},
	],
	[
		'CS-06 CS-42 mapped with Create Ticket off',
		[{ createTicket: false }],
		{},
		{
			open: 'skipped_mapping_off',
			resolved: 'mapped 12',
			suppressed: 'mapped 12',
			info: 'skipped_mapping_off',
		},
	],
	[
		'CN-38 mapped with No Notification on',
		[{ noNotification: true }],
		{},
		{
			open: 'skipped_no_notification',
			resolved: 'mapped 12',
			suppressed: 'mapped 12',
			info: 'skipped_no_notification',
		},
	],
];

describe('What Map Company does with an event', () => {
	it('looks at eight situations', () => {
		expect(TABLE).toHaveLength(8);
	});

	it.each(TABLE)('company %s', (_situation, rows, company, expected) => {
		const seen = Object.fromEntries(
			(Object.keys(expected) as EventStatus[]).map((status) => {
				const outcome = decide({ ...company, status }, rows);
				return [
					status,
					outcome.output === 'mapped'
						? `mapped ${outcome.mapping?.haloClientId ?? null}`
						: outcome.decision,
				];
			}),
		);
		expect(seen).toEqual(expected);
	});

	it('CS-39 the mapping carries event set and profile', () => {
		const outcome = decide({}, [{ eventSet: 'Servers', profile: 'P1', haloClientName: 'Contoso' }]);
		expect(outcome).toEqual({
			output: 'mapped',
			advice: null,
			mapping: {
				haloClientId: 12,
				haloClientName: 'Contoso',
				method: 'name',
				origin: 'row 1',
				createTicket: true,
				noNotification: false,
				eventSet: 'Servers',
				profile: 'P1',
			},
		});
	});

	it('an ambiguous company goes to Needs Review with every candidate once', () => {
		const rows = [{}, { haloClientId: 13, haloClientName: 'Contoso Two' }, { haloClientId: 13 }];
		expect(decide({}, rows)).toMatchObject({
			output: 'review',
			candidates: [
				{ haloClientId: 12, haloClientName: null, origin: 'row 1', companyName: 'Contoso Ltd' },
				{ haloClientId: 13, haloClientName: 'Contoso Two' },
			],
			reason:
				'Company "Contoso Ltd" is mapped to several Halo clients: client 12 by row 1, Contoso Two (13) by row 1. Keep one of them, or map by company id.',
		});
	});

	it('another legal form goes to Needs Review with the mapping as candidate', () => {
		const outcome = decide({ company: companyOf({ name: 'Contoso GmbH' }) }, [{}], CATCH_ALL);
		expect(outcome).toMatchObject({
			output: 'review',
			decision: 'held_ambiguous',
			candidates: [{ haloClientId: 12 }],
		});
	});

	it('the catch-all client gets what no mapping names, and nothing that is ambiguous or refused', () => {
		const caught = { output: 'mapped', mapping: { haloClientId: 99, origin: 'catch-all client' } };
		expect(decide({ company: OTHER }, [{}], CATCH_ALL)).toMatchObject(caught);
		expect(decide({ company: NOBODY }, [{}], CATCH_ALL)).toMatchObject(caught);
		expect(decide({}, [{ haloClientId: null }], CATCH_ALL)).toMatchObject(caught);
		expect(decide({}, [{}, { haloClientId: 13 }], CATCH_ALL)).toMatchObject({ output: 'review' });
		expect(decide({}, [{ refusal: 'row 1: …' }], CATCH_ALL)).toMatchObject({ output: 'review' });
	});

	it('the catch-all client gets nothing of a company whose ticketing is off', () => {
		expect(decide({}, [{ haloClientId: null, createTicket: false }], CATCH_ALL)).toMatchObject({
			decision: 'skipped_mapping_off',
		});
	});

	it('stops at an unmapped company when told to', () => {
		const settings = { unmapped: { policy: 'error' } } as const;
		expect(decide({ company: OTHER }, [{}], settings)).toMatchObject({
			output: 'error',
			reason:
				'Company "Fabrikam" of wazuh has no mapping. Add one, then send the event through again.',
		});
	});

	it('one client for everything takes events without company too', () => {
		const resolve = fixedResolver({ haloClientId: 7, haloClientName: 'Seven' });
		expect(decide({ company: NOBODY }, [], { resolve })).toMatchObject({
			mapping: {
				haloClientId: 7,
				haloClientName: 'Seven',
				method: 'fixed client',
				origin: 'fixed client',
			},
		});
	});

	it.each([
		['by name', companyOf({ name: 'ACME' }), true],
		['by display name', companyOf({ name: 'x', displayName: 'Acme Ltd' }), true],
		['by id', companyOf({ id: 'ACME LTD' }), true],
		['of another company', companyOf({ name: 'Contoso Ltd' }), false],
		['of the same name in another legal form', companyOf({ name: 'Acme GmbH' }), false],
		['without company', NOBODY, true],
	])('CS-14 the company of the credential: an event %s', (_case, company, inScope) => {
		for (const status of ['open', 'resolved'] as const) {
			const resolve = fixedResolver({ haloClientId: 7, haloClientName: null });
			const outcome = decide({ company, status }, [], { resolve, associatedCompany: 'Acme Ltd' });
			expect(outcome).toMatchObject(inScope ? { output: 'mapped' } : { decision: 'skipped_scope' });
		}
	});

	it('reasons cut long names', () => {
		const outcome = decide({ company: companyOf({ name: 'x'.repeat(400) }) }, []);
		expect(outcome.output !== 'mapped' && outcome.reason.length).toBeLessThan(200);
	});
});
