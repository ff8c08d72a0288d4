import { readFileSync } from 'node:fs';

import { sharedFolder } from '../support/shared-folder';
import { undescribedNames } from './check-journal';
import { BEYOND_THE_DESCRIPTION } from './beyond-the-description';
import { HALO_API_FACTS } from './halo-api-facts';

interface Description {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, { properties?: Record<string, Property> }> };
}

interface Operation {
	parameters?: Array<{ name: string; in: string }>;
	requestBody?: { content?: Record<string, { schema?: Property }> };
}

interface Property {
	$ref?: string;
	items?: Property;
}

const file = sharedFolder(
	'data/halo-openapi.json',
	"comparing the committed facts with Halo's published description",
);

const sent = (
	method: string,
	path: string,
	query: Record<string, string> = {},
	body: unknown = null,
) => [{ sequence: 1, method, path: `/api${path}`, query, body }];

describe("the facts taken from Halo's published description", () => {
	const cases = Object.entries(HALO_API_FACTS);

	it('cover 32 paths', () => {
		expect(cases).toHaveLength(32);
	});

	(file === null ? it.skip : it).each(cases)('agree with it for %s', (path, facts) => {
		const description = JSON.parse(readFileSync(file ?? '', 'utf8')) as Description;
		const { schemas } = description.components;
		const operations = description.paths[path] ?? {};
		const methods = Object.keys(operations).map((method) => method.toUpperCase());
		expect([...facts.methods].sort()).toEqual(methods.sort());
		const parameters = Object.values(operations)
			.flatMap((operation) => operation.parameters ?? [])
			.filter((parameter) => parameter.in === 'query')
			.map(({ name }) => name);
		expect(facts.query?.filter((name) => !parameters.includes(name)) ?? []).toEqual([]);
		const record = operations.post?.requestBody?.content?.['application/json']?.schema?.items;
		const propertiesOf = (property: Property | undefined) =>
			schemas[property?.$ref?.split('/').pop() ?? '']?.properties ?? {};
		const fields = propertiesOf(record);
		const missing = (facts.body ?? []).filter((name) => {
			const [field = '', member] = name.split('.');
			const property = fields[field];
			if (property === undefined) return true;
			return member !== undefined && !Object.hasOwn(propertiesOf(property.items), member);
		});
		expect(missing).toEqual([]);
	});

	(file === null ? it.skip : it)('lack every name on the short list', () => {
		for (const { path, kind, names } of BEYOND_THE_DESCRIPTION) {
			const facts = HALO_API_FACTS[path];
			for (const name of names) {
				if (kind === 'path') expect(facts).toBeUndefined();
				else expect(facts?.[kind] ?? []).not.toContain(name);
			}
		}
	});
});

describe('the check of a journal', () => {
	it.each([
		['a list', sent('GET', '/Tickets', { open_only: 'true', pageinate: 'true' })],
		['one record, in lower case', sent('GET', '/tickets/12', { includedetails: 'true' })],
		['the agent itself', sent('GET', '/Agent/me')],
		['a webhook by GUID', sent('DELETE', '/Webhook/7b6c1a52-0000-4000-8000-00000000000a')],
		[
			'a write',
			sent('POST', '/Tickets', {}, [{ id: 3, assets: [{ id: 4 }], _prevent_outgoing: true }]),
		],
		['a name of the short list', sent('GET', '/Client', { include_custom_fields: '278' })],
	])('lets pass %s', (_title, entries) => {
		expect(undescribedNames(entries)).toEqual([]);
	});

	it.each([
		['a path', sent('GET', '/CustomFields'), 'path', 'GET'],
		['a method', sent('PATCH', '/Tickets/12'), 'path', 'PATCH'],
		['a filter', sent('GET', '/Tickets', { tickettype_id: '1' }), 'query', 'tickettype_id'],
		['a field', sent('POST', '/Tickets', {}, [{ summary: 'x', team_id: 4 }]), 'body', 'team_id'],
		[
			'a field of a nested record',
			sent('POST', '/Tickets', {}, [{ assets: [{ hostname: 'x' }] }]),
			'body',
			'assets.hostname',
		],
		[
			'a field of the second record',
			sent('POST', '/Actions', {}, [{}, { nots: 'x' }]),
			'body',
			'nots',
		],
	])('finds %s that Halo does not describe', (_title, entries, kind, name) => {
		expect(undescribedNames(entries)).toEqual([expect.objectContaining({ kind, name })]);
	});
});
