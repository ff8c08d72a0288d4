import { parseMappingRow } from '../../../nodes/shared/domain/company/mapping';

const REFUSED: ReadonlyArray<[row: Record<string, unknown>, refusal: RegExp]> = [
	[{ companyName: 'Contoso', haloClientId: 0 }, /^row 3, column haloClientId: 0 is no client/],
	[{ companyName: 'Contoso', haloClientId: 1 }, /^row 3, column haloClientId: 1 is no client/],
	[{ companyName: 'Contoso', haloClientId: -1 }, /^row 3, column haloClientId: -1 is no client/],
	[{ companyName: 'Contoso', haloClientId: '1' }, /column haloClientId: 1 is no client/],
	[
		{ companyName: 'Contoso', haloClientId: 'Contoso' },
		/expected the number of a Halo client, got "Contoso"/,
	],
	[
		{ companyName: 'Contoso', haloClientId: 12.5 },
		/expected the number of a Halo client, got 12.5/,
	],
	[{ companyName: 'Contoso', haloClientId: -7 }, /expected the number of a Halo client, got -7/],
	[
		{ companyName: 'Contoso', haloClientId: true },
		/expected the number of a Halo client, got true/,
	],
	[{ haloClientId: 12 }, /^row 3, column companyName: expected a company name or a companyId/],
	[
		{ companyName: 'Contoso', haloClientId: 12, createTicket: 'maybe' },
		/column createTicket: expected true or false, got "maybe"/,
	],
	[
		{ companyName: 'Contoso', haloClientId: 12, noNotification: 7 },
		/column noNotification: expected true or false, got 7/,
	],
	[{ companyName: 'Contoso', haloClientId: 12, flags: '{broken' }, /column flags: expected JSON/],
	[
		{ companyName: 'Contoso', haloClientId: 12, flags: '[1]' },
		/column flags: expected a JSON object/,
	],
];

const FLAGS: ReadonlyArray<[written: unknown, read: boolean]> = [
	[true, true],
	[false, false],
	['true', true],
	['FALSE', false],
	[1, true],
	[0, false],
	['1', true],
	['0', false],
	['yes', true],
	['no', false],
];

describe('A row of halo_company_mappings', () => {
	it('is read with all its columns', () => {
		const row = {
			id: 4,
			createdAt: '2026-05-04T09:12:33.000Z',
			integration: 'connectsecure',
			source: 'wazuh',
			companyId: 42,
			companyName: ' Contoso Ltd ',
			haloClientId: 12.0,
			haloClientName: 'Contoso',
			method: 'manual',
			createTicket: true,
			noNotification: false,
			eventSet: 'Servers',
			profile: 'P1',
			flags: '{"reference":"CON-1"}',
			mappedAt: null,
		};
		expect(parseMappingRow(row, 3)).toEqual({
			origin: 'row 3',
			integration: 'connectsecure',
			source: 'wazuh',
			companyId: '42',
			companyName: 'Contoso Ltd',
			reference: 'CON-1',
			haloClientId: 12,
			haloClientName: 'Contoso',
			createTicket: true,
			noNotification: false,
			eventSet: 'Servers',
			profile: 'P1',
			reportPhishing: true,
			phinboxIq: null,
			refusal: null,
		});
	});

	it('counts 13 refusals and 10 spellings of a flag', () => {
		expect([REFUSED.length, FLAGS.length]).toEqual([13, 10]);
	});

	it.each(REFUSED)('%j is refused, naming row and column', (row, refusal) => {
		expect(parseMappingRow(row, 3)?.refusal).toMatch(refusal);
	});

	it.each(FLAGS)('CS-42 Create Ticket written as %j is %s', (written, read) => {
		const row = { companyName: 'Contoso', haloClientId: 12, createTicket: written };
		expect(parseMappingRow(row, 1)).toMatchObject({ createTicket: read, refusal: null });
	});

	it.each([null, undefined, ''])(
		'takes ticketing on and notification on from an empty cell (%j)',
		(empty) => {
			const row = {
				companyName: 'A',
				haloClientId: 12,
				createTicket: empty,
				noNotification: empty,
			};
			expect(parseMappingRow(row, 1)).toMatchObject({ createTicket: true, noNotification: false });
		},
	);

	it.each([
		{ companyName: 'Contoso', haloClientId: null },
		{ companyName: 'Contoso', haloClientId: '' },
		{ companyName: 'Contoso' },
	])('%j is known and not mapped yet', (row) => {
		expect(parseMappingRow(row, 1)).toMatchObject({ haloClientId: null, refusal: null });
	});

	it.each([{}, null, 'text', { id: 7, createdAt: 'x' }, { companyName: '  ' }])(
		'%j is no mapping',
		(row) => {
			expect(parseMappingRow(row, 1)).toBeNull();
		},
	);

	it('does not read columns off the prototype', () => {
		const row: unknown = JSON.parse('{"__proto__":{"companyName":"Contoso","haloClientId":12}}');
		expect(parseMappingRow(row, 1)).toBeNull();
	});
});
