import type { CompanyMapping } from '../../../nodes/shared/domain/company/mapping';
import type { EventCompany } from '../../../nodes/shared/domain/event/event';
import type { ResolveOptions } from '../../../nodes/shared/domain/company/resolve';
import { createCompanyResolver } from '../../../nodes/shared/domain/company/resolve';
import { companyOf, mappingOf } from './mapping-builders';

const OPTIONS: ResolveOptions = { referenceFirst: false };

function match(
	company: Partial<EventCompany>,
	rows: Array<Partial<CompanyMapping>>,
	options = OPTIONS,
	integration: string | null = null,
) {
	const mappings = rows.map((row, index) => mappingOf({ origin: `row ${index + 1}`, ...row }));
	return createCompanyResolver(mappings, options)(
		{ integration, source: 'wazuh' },
		companyOf(company),
	);
}

function clientOf(...args: Parameters<typeof match>): number | string {
	const found = match(...args);
	return found.kind === 'mapped' ? found.haloClientId : found.kind;
}

describe('Which Halo client a company belongs to', () => {
	it('ID-21 explicit id goes before display name, and display name before name', () => {
		const rows = [
			{ companyName: 'Contoso', haloClientId: 10 },
			{ companyName: 'Contoso Display', haloClientId: 11 },
			{ companyId: '42', haloClientId: 12 },
		];
		const company = { id: '42', name: 'Contoso', displayName: 'Contoso Display' };
		expect(match(company, rows)).toMatchObject({ haloClientId: 12, method: 'explicit' });
		expect(match({ ...company, id: null }, rows)).toMatchObject({
			haloClientId: 11,
			method: 'display name',
		});
		expect(match({ name: 'Contoso' }, rows)).toMatchObject({ haloClientId: 10, method: 'name' });
		expect(match({ ...company, id: '99' }, rows.slice(0, 2))).toMatchObject({ haloClientId: 11 });
	});

	it('ID-21 name is asked only when no mapping has the display name', () => {
		const rows = [{ companyName: 'Contoso', haloClientId: 10 }];
		expect(match({ name: 'contoso', displayName: 'Contoso HQ' }, rows)).toMatchObject({
			haloClientId: 10,
			method: 'name',
		});
	});

	it('two mappings of one company to two clients are ambiguous, with both', () => {
		const rows = [
			{ companyName: 'Contoso', haloClientId: 10 },
			{ companyName: 'CONTOSO', haloClientId: 11 },
		];
		const found = match({ name: 'Contoso' }, rows);
		expect(found.kind === 'ambiguous' && found.candidates.map((one) => one.haloClientId)).toEqual([
			10, 11,
		]);
	});

	it('an ambiguous display name is not rescued by a name', () => {
		const rows = [
			{ companyName: 'HQ', haloClientId: 10 },
			{ companyName: 'HQ', haloClientId: 11 },
			{ companyName: 'contoso', haloClientId: 12 },
		];
		expect(clientOf({ displayName: 'HQ', name: 'contoso' }, rows)).toBe('ambiguous');
	});

	it('two mappings of one company to one client are fine, and the first one’s flags count', () => {
		const rows = [
			{ companyName: 'Contoso', createTicket: false },
			{ companyName: 'contoso', createTicket: true },
		];
		expect(match({ name: 'Contoso' }, rows)).toMatchObject({ mapping: { createTicket: false } });
	});

	it('the name with its legal form goes before the name without', () => {
		const rows = [
			{ companyName: 'Contoso Ltd', haloClientId: 10 },
			{ companyName: 'Contoso GmbH', haloClientId: 11 },
		];
		expect(clientOf({ name: 'contoso gmbh' }, rows)).toBe(11);
		expect(clientOf({ name: 'Contoso' }, rows)).toBe('ambiguous');
	});

	it('a missing legal form does not matter, another one does', () => {
		const rows = [{ companyName: 'Contoso GmbH', haloClientId: 10 }];
		expect(clientOf({ name: 'Contoso' }, rows)).toBe(10);
		expect(match({ name: 'Contoso Ltd' }, rows)).toMatchObject({
			kind: 'unmapped',
			otherLegalForm: [{ haloClientId: 10 }],
		});
	});

	it('nothing below an exact name is taken', () => {
		const rows = [{ companyName: 'Contoso', haloClientId: 10 }];
		for (const name of ['Contoso UK', 'Contosa', 'The Contoso', 'Cont oso']) {
			expect(clientOf({ name }, rows)).toBe('unmapped');
		}
	});

	it('a row without client is known and not mapped; beside one with a client it changes nothing', () => {
		const open = { companyName: 'Contoso', haloClientId: null };
		expect(match({ name: 'Contoso' }, [open])).toMatchObject({
			kind: 'unmapped',
			known: { origin: 'row 1' },
		});
		expect(
			clientOf({ name: 'Contoso' }, [open, { companyName: 'Contoso', haloClientId: 10 }]),
		).toBe(10);
	});

	it('a refused row holds its company, also beside a good one', () => {
		const rows = [
			{ companyName: 'Contoso', haloClientId: 10 },
			{ companyName: 'Contoso', haloClientId: null, refusal: 'row 2, column haloClientId: …' },
		];
		expect(clientOf({ name: 'Contoso' }, rows)).toBe('refused');
		expect(clientOf({ name: 'Fabrikam' }, rows)).toBe('unmapped');
	});

	it('the same name with another id of the same source is not the same company', () => {
		const row = { companyId: '7', companyName: 'Contoso', haloClientId: 10 };
		const company = { id: '8', name: 'Contoso' };
		expect(match(company, [{ ...row, source: 'wazuh' }])).toMatchObject({
			kind: 'ambiguous',
			sameNameOtherId: true,
		});
		expect(clientOf(company, [row])).toBe(10);
	});

	it('rows of another source are not used', () => {
		const rows = [
			{ source: 'ninjaone', companyName: 'Contoso', haloClientId: 10 },
			{ source: 'Wazuh', companyName: 'Contoso', haloClientId: 11 },
		];
		expect(clientOf({ name: 'Contoso' }, rows)).toBe(11);
	});

	it('CN-08 a row of the integration goes before one that names none; a row without a client hides none', () => {
		const rows = [
			{ companyName: 'Contoso', haloClientId: 10 },
			{ integration: 'second', companyName: 'Contoso', haloClientId: 11 },
			{ integration: 'third', companyName: 'Contoso', haloClientId: null },
		];
		const of = (integration: string) => clientOf({ name: 'Contoso' }, rows, OPTIONS, integration);
		expect([of('first'), of('Second'), of('third')]).toEqual([10, 11, 10]);
	});

	it('CN-08 CN-24 CN-25 an event uses the rows of its integration, and those that name none', () => {
		const rows = [
			{ integration: 'Tenant A', companyName: 'Contoso', haloClientId: 10 },
			{ integration: 'tenant b', companyName: 'Contoso', haloClientId: 11 },
			{ companyName: 'Fabrikam', haloClientId: 12 },
		];
		const of = (name: string, integration: string) =>
			clientOf({ name }, rows, OPTIONS, integration);
		expect(of('Contoso', 'Tenant B')).toBe(11);
		expect(of('Contoso', 'tenant a')).toBe(10);
		expect(of('Contoso', 'default')).toBe('unmapped');
		expect(of('Fabrikam', 'Tenant B')).toBe(12);
		expect(of('Fabrikam', 'default')).toBe(12);
	});

	it('the reference counts only when asked for, and then first', () => {
		const rows = [
			{ companyId: '42', haloClientId: 10 },
			{ companyId: '43', reference: 'CON-1', haloClientId: 11 },
		];
		const company = { id: '42', reference: 'con-1' };
		expect(clientOf(company, rows)).toBe(10);
		const options = { ...OPTIONS, referenceFirst: true };
		expect(match(company, rows, options)).toMatchObject({ haloClientId: 11, method: 'reference' });
	});

	it('a company with no name at all matches nothing', () => {
		expect(clientOf({}, [{ companyName: '!!!' }, { companyId: '0' }])).toBe('unmapped');
		expect(clientOf({ name: '   ' }, [{ companyName: '!!!' }])).toBe('unmapped');
	});
});
