import type { IDataObject } from 'n8n-workflow';

import { Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const mapping = (companyName: string, haloClientId: number, more: IDataObject = {}) => ({
	integration: '',
	source: 'wazuh',
	companyId: `id-${companyName}`,
	companyName,
	haloClientId,
	haloClientName: 'Contoso Ltd',
	method: 'name',
	createTicket: true,
	noNotification: false,
	eventSet: '',
	profile: '',
	flags: '',
	mappedAt: '2026-04-02T10:00:00.000Z',
	...more,
});

const HEAD = 'source;companyId;companyName;haloClientId;haloClientName';
const send = async (csv: string) => await desk.post('page=csv', { do: 'read', csv });

describe('the mapping as CSV', () => {
	test.each([
		['comma', ','],
		['semicolon', ';'],
	])('with %s: every row goes out, and comes back without a change', async (get, separator) => {
		desk.put(
			'halo_company_mappings',
			mapping('=cmd()', 11),
			mapping('A "B", C; D', 11, { flags: '{"seat":4}', createTicket: false }),
		);
		const { contentType, disposition, body } = await desk.get(`page=csv&get=${get}`);
		expect(contentType).toBe('text/csv; charset=utf-8');
		expect(disposition).toBe('attachment; filename="halo-company-mappings.csv"');
		expect(body.split('\r\n')[0]).toContain(`companyName${separator}haloClientId`);
		expect(body).toContain("'=cmd()");
		const { status, location } = await send(body);
		expect([status, location]).toEqual([303, '?page=companies&done=read&count=0']);
	});

	test('new rows are stored, changed ones changed, and their companies show the client', async () => {
		desk.put('halo_companies', {
			source: 'wazuh',
			companyId: 'g',
			name: 'Globex',
			psaName: '',
			review: 'like Globex Inc',
		});
		desk.put('halo_company_mappings', mapping('Contoso', 11));
		const { status, location } = await send(
			`\uFEFF${HEAD};noNotification\nwazuh;g;Globex;12;Fabrikam Inc;\nwazuh;id-Contoso;Contoso;11;;yes\n`,
		);
		expect([status, location]).toEqual([303, '?page=companies&done=read&count=2']);
		expect(desk.rows('halo_company_mappings')).toEqual([
			expect.objectContaining({ haloClientId: 11, noNotification: true }),
			expect.objectContaining({ companyId: 'g', haloClientId: 12, createTicket: true }),
		]);
		expect(desk.rows('halo_companies')[0]).toMatchObject({ psaName: 'Fabrikam Inc', review: '' });
	});

	test.each([
		['nothing', '', 'Choose a file, or paste its text.'],
		['no heads', 'hello there', 'read with comma it has: hello there.'],
		[
			'semicolons and no client',
			'companyName;client\na;1',
			'read with semicolon it has: companyName, client.',
		],
		['no row', HEAD, 'The file has no rows.'],
		['an open quote', `${HEAD}\nwazuh;"g;Globex;12;`, 'Line 2: a quote is not closed.'],
		['no company', `${HEAD}\nwazuh;;;12;`, 'Line 2: no company'],
		['no client', `${HEAD}\nwazuh;g;Globex;;`, 'Line 2: no Halo client'],
		['the client 1', `${HEAD}\nwazuh;g;Globex;1;`, 'Line 2: haloClientId: 1 is no client'],
		[
			'a client that there is not',
			`${HEAD}\nwazuh;g;Globex;99999;`,
			'Line 2: Halo client 99999 does not exist',
		],
		['an inactive client', `${HEAD}\nwazuh;g;Globex;18;`, 'Tailspin Travel (18) is inactive'],
		[
			'another name',
			`${HEAD}\nwazuh;g;Globex;12;Contoso`,
			'Halo client 12 is called Fabrikam Inc, not &quot;Contoso&quot;',
		],
		[
			'a company twice',
			`${HEAD}\nwazuh;g;Globex;12;\nwazuh;g;Globex;11;`,
			'Line 3: names the company of line 2 again',
		],
		[
			'a switch that is none',
			`${HEAD};createTicket\nwazuh;g;Globex;12;;perhaps`,
			'createTicket: expected true or false',
		],
		[
			'flags that are none',
			`${HEAD};flags\nwazuh;g;Globex;12;;[1]`,
			'flags: expected a JSON object',
		],
	])('%s: said by line, the text is kept, and nothing is stored', async (_, csv, words) => {
		const good = `${csv}${csv.includes('\nwazuh') ? '\nwazuh;n;Northwind;13;' : ''}`;
		const { status, body } = await send(good);
		expect(status).toBe(422);
		expect(body).toContain(words);
		expect(body).toContain('Nothing of the file was stored.');
		if (csv.includes('Globex')) expect(body).toMatch(/<textarea[^>]*>source;companyId/);
		expect(desk.rows('halo_company_mappings')).toEqual([]);
	});

	test('what stands in a file is never HTML', async () => {
		const { body } = await send(`${HEAD}\nwazuh;g;</textarea><script>alert(1)</script>;99999;`);
		expect(body).not.toContain('<script>');
		expect(body).toContain('&lt;/textarea&gt;');
	});
});
