import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { runNode } from '../../support/engine';
import { evaluated, picked } from '../HaloTicket/support';

/** The same name but for its accents, and in one case for a letter that Unicode does not take apart. */
const OTHERS = ['Moller GmbH', 'Møller GmbH', 'MOLLER', 'Möller GmbH'.replace('ö', 'o\u0301')];
/** The very name: letter case and the form of an accent do not count. */
const SAME = ['MÖLLER GMBH', 'Mo\u0308ller GmbH', 'Möller'];

const NAME = 'Möller GmbH';
const ROWS: IDataObject[] = [
	{ companyId: null, companyName: NAME, haloClientId: 17, haloClientName: NAME },
];
const CLIENTS: IDataObject[] = [{ id: 17, name: NAME, inactive: false }];
const PAIR = { company: NAME, client: picked('17'), more: {} };
const TYPED: INodeParameters = { mappingFrom: 'pairs', pairs: { pair: [PAIR] } };
const CATCH_ALL: INodeParameters = { unmapped: 'catchAll', catchAllClient: picked('40') };

function eventOf(name: string, change: IDataObject = {}): IDataObject {
	const company = { id: null, name, displayName: null, reference: null, domain: null, ...change };
	return evaluated({ company, mapping: null });
}

interface Way {
	parameters: INodeParameters;
	inputs: (name: string) => IDataObject[][];
	/** The node's collection that holds the option. */
	options: 'options' | 'autoMapOptions';
}

const AUTO: INodeParameters = { operation: 'autoMap' };
const company = (name: string): IDataObject => ({ source: 'demo', companyId: 'c1', name });
const WAYS: Record<string, Way> = {
	'typed pairs': { parameters: TYPED, inputs: (name) => [[eventOf(name)]], options: 'options' },
	'typed pairs, by Display Name': {
		parameters: TYPED,
		inputs: (displayName) => [[eventOf('m42', { displayName })]],
		options: 'options',
	},
	'typed pairs and a catch-all client': {
		parameters: { ...TYPED, ...CATCH_ALL },
		inputs: (name) => [[eventOf(name)]],
		options: 'options',
	},
	'mapping rows': {
		parameters: { mappingFrom: 'rows' },
		inputs: (name) => [[eventOf(name)], ROWS],
		options: 'options',
	},
	'mapping rows and a catch-all client': {
		parameters: { mappingFrom: 'rows', ...CATCH_ALL },
		inputs: (name) => [[eventOf(name)], ROWS],
		options: 'options',
	},
	'mapping rows and the client of the profile': {
		parameters: { mappingFrom: 'rows', unmapped: 'profile' },
		inputs: (name) => [[eventOf(name)], ROWS],
		options: 'options',
	},
	'Auto-Map, by the names of clients': {
		parameters: AUTO,
		inputs: (name) => [[company(name)], CLIENTS, []],
		options: 'autoMapOptions',
	},
	'Auto-Map, by existing rows': {
		parameters: AUTO,
		inputs: (name) => [[company(name)], [{ ...CLIENTS[0], name: 'Renamed AG' }], ROWS],
		options: 'autoMapOptions',
	},
};

/** Number of the output, and the client that stands there or is suggested. */
async function outcome(way: Way, name: string, accentsDoNotCount: boolean, inputs = way.inputs) {
	const parameters = { ...way.parameters, [way.options]: { accentsDoNotCount } };
	const { error, json } = await runNode({
		node: new MapCompany(),
		parameters,
		inputs: inputs(name),
	});
	expect(error).toBeNull();
	const output = json.findIndex((items) => items.length > 0);
	const [item] = json[output] ?? [];
	const mapping = item?.mapping as IDataObject | null | undefined;
	const [candidate] = (item?.candidates ?? []) as IDataObject[];
	const client = mapping?.haloClientId ?? item?.haloClientId ?? candidate?.haloClientId ?? null;
	return { output, client };
}

const MAPPED = { output: 0, client: 17 };

describe.each(Object.entries(WAYS))('%s', (name, way) => {
	const mayBeUnmapped = name === 'Auto-Map, by existing rows';

	test.each(OTHERS)('%s is never Möller GmbH by itself', async (other) => {
		const { client, output } = await outcome(way, other, false);
		if (mayBeUnmapped) expect(output).toBeGreaterThan(0);
		else expect({ client, output }).toEqual({ client: 17, output: 1 });
	});

	test.each(OTHERS)('%s is Möller GmbH where accents do not count', async (other) => {
		expect(await outcome(way, other, true)).toEqual(MAPPED);
	});

	test.each(SAME)('%s is Möller GmbH in any case', async (same) => {
		expect(await outcome(way, same, false)).toEqual(MAPPED);
	});
});

test.each(['typed pairs', 'mapping rows', 'Auto-Map, by the names of clients'])(
	'%s: where two clients differ by an accent alone, a third spelling is left to a person, whatever the option',
	async (name) => {
		const way = WAYS[name];
		if (way === undefined) throw new Error('No such way');
		const second = { company: 'Moller GmbH', client: picked('18'), more: {} };
		const both: Way = {
			...way,
			parameters:
				name === 'typed pairs' ? { ...TYPED, pairs: { pair: [PAIR, second] } } : way.parameters,
		};
		const twice = (rows: IDataObject[]) =>
			rows.flatMap((row) => [
				row,
				{
					...row,
					...('id' in row
						? { id: 18, name: 'Moller GmbH' }
						: { companyName: 'Moller GmbH', haloClientId: 18 }),
				},
			]);
		const inputs = (spelling: string) => {
			const [first = [], ...others] = way.inputs(spelling);
			return [first, ...others.map(twice)];
		};
		for (const accentsDoNotCount of [false, true]) {
			expect(await outcome(both, 'Møller GmbH', accentsDoNotCount, inputs)).toMatchObject({
				output: 1,
			});
			expect(await outcome(both, 'Moller GmbH', accentsDoNotCount, inputs)).toEqual({
				output: 0,
				client: 18,
			});
			expect(await outcome(both, 'Möller GmbH', accentsDoNotCount, inputs)).toEqual(MAPPED);
		}
	},
);
