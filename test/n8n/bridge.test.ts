import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { toConnectionError, toHaloError } from '../../nodes/shared/halo/http/errors';
import { credentialOptions } from '../../nodes/shared/n8n/create-halo-api';
import { toNodeError } from '../../nodes/shared/n8n/errors';
import { forEachItem } from '../../nodes/shared/n8n/items';
import {
	readBoolean,
	readLocator,
	readLocatorId,
	readNumber,
	readOption,
	readString,
} from '../../nodes/shared/n8n/parameters';
import { readRows } from '../../nodes/shared/n8n/rows';
import { runNode } from '../support/engine';

type Execute = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** A node of two inputs and two outputs around a test's own code. */
function nodeOf(execute: Execute): INodeType {
	const description: INodeTypeDescription = {
		displayName: 'Bridge',
		name: 'bridge',
		group: ['transform'],
		version: 1,
		description: 'Test only',
		defaults: { name: 'Bridge' },
		inputs: ['main', 'main'],
		outputs: ['main', 'main'],
		properties: [
			{ displayName: 'Text', name: 'text', type: 'string', default: '' },
			{ displayName: 'Number', name: 'number', type: 'number', default: 0 },
			{ displayName: 'Switch', name: 'switch', type: 'boolean', default: false },
			{
				displayName: 'Choice',
				name: 'choice',
				type: 'options',
				options: [{ name: 'A', value: 'a' }],
				default: 'a',
			},
			{
				displayName: 'Locator',
				name: 'locator',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				modes: [
					{ displayName: 'List', name: 'list', type: 'list' },
					{ displayName: 'ID', name: 'id', type: 'string' },
				],
			},
		],
	};
	return {
		description,
		execute: async function (this: IExecuteFunctions) {
			return await execute(this);
		},
	};
}

async function read(
	parameters: object,
	reader: (context: IExecuteFunctions) => unknown,
	item = {},
) {
	const node = nodeOf(
		async (context) => await Promise.resolve([[{ json: { value: reader(context) as never } }]]),
	);
	const run = await runNode({ node, parameters: parameters as never, inputs: [[item]] });
	if (run.error !== null) throw new Error(run.error.message);
	return run.json[0]?.[0]?.value;
}

describe('items', () => {
	const halved = nodeOf(
		async (context) =>
			await forEachItem(context, 2, async ({ json }) => {
				const { n } = json;
				if (typeof n !== 'number')
					throw new NodeOperationError(context.getNode(), 'n is no number');
				return await Promise.resolve({ json: { half: n / 2 }, output: n % 2 });
			}),
	);

	test('each item comes out on its output, paired with the one that it came from', async () => {
		const run = await runNode({ node: halved, inputs: [[{ n: 2 }, { n: 3 }, { n: 4 }]] });
		expect(run.json).toEqual([[{ half: 1 }, { half: 2 }], [{ half: 1.5 }]]);
		expect(run.outputs.flat().map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
			{ item: 1 },
		]);
	});

	test('a failed item stops the run and names itself', async () => {
		const run = await runNode({ node: halved, inputs: [[{ n: 2 }, { n: 'x' }]] });
		expect(run.error).toMatchObject({ message: 'n is no number', itemIndex: 1 });
	});

	test('with On Error: Continue the others are processed, the failed one bears its error', async () => {
		const settings = { onError: 'continueRegularOutput' as const };
		const run = await runNode({ node: halved, inputs: [[{ n: 'x' }, { n: 4 }]], settings });
		expect(run.error).toBeNull();
		expect(run.json[0]).toEqual([{ error: 'n is no number' }, { half: 2 }]);
	});
});

describe('rows of a second input', () => {
	const rows = nodeOf(
		async (context) => await Promise.resolve([[{ json: { rows: readRows(context, 1) as never } }]]),
	);

	test('rows bear their number, an empty item is no row', async () => {
		const run = await runNode({ node: rows, inputs: [[{}], [{ name: 'P1' }, {}, { name: 'P3' }]] });
		expect(run.json[0]?.[0]?.rows).toEqual([
			{ number: 1, json: { name: 'P1' } },
			{ number: 3, json: { name: 'P3' } },
		]);
	});

	test.each([
		['the one empty item of an empty table', [[{}], [{}]]],
		['no items', [[{}], []]],
		['no second input at all', [[{}]]],
	])('%s is a valid answer: no rows', async (_why, inputs) => {
		const run = await runNode({ node: rows, inputs });
		expect(run.error).toBeNull();
		expect(run.json[0]?.[0]?.rows).toEqual([]);
	});
});

describe('parameters', () => {
	test('text is trimmed, numbers of an expression are taken as text', async () => {
		expect(await read({ text: '  a b ' }, (c) => readString(c, 'text', 0))).toBe('a b');
		expect(await read({ text: '={{ 5 }}' }, (c) => readString(c, 'text', 0))).toBe('5');
		expect(await read({ text: '={{ $json.missing }}' }, (c) => readString(c, 'text', 0))).toBe('');
		await expect(read({ text: '={{ ({}) }}' }, (c) => readString(c, 'text', 0))).rejects.toThrow(
			'Parameter "text" needs a text, got {}',
		);
	});

	test('numeric text is taken as a number, other text is not', async () => {
		expect(await read({ number: '={{ "7" }}' }, (c) => readNumber(c, 'number', 0))).toBe(7);
		await expect(
			read({ number: '={{ "seven" }}' }, (c) => readNumber(c, 'number', 0)),
		).rejects.toThrow(/needs a number, got "seven"/);
	});

	test('a switch takes true and false as text too, nothing else', async () => {
		expect(await read({ switch: '={{ "true" }}' }, (c) => readBoolean(c, 'switch', 0))).toBe(true);
		await expect(
			read({ switch: '={{ "maybe" }}' }, (c) => readBoolean(c, 'switch', 0)),
		).rejects.toThrow(/needs true or false/);
	});

	test('an option that is none of the list names the list', async () => {
		expect(await read({ choice: 'a' }, (c) => readOption(c, 'choice', 0, ['a', 'b']))).toBe('a');
		await expect(
			read({ choice: '={{ "z" }}' }, (c) => readOption(c, 'choice', 0, ['a', 'b'])),
		).rejects.toThrow(/one of a, b/);
	});

	test('a locator gives id and name, whichever way it was filled', async () => {
		const list = { __rl: true, mode: 'list', value: '12', cachedResultName: 'Fabrikam Inc' };
		expect(await read({ locator: list }, (c) => readLocator(c, 'locator', 0))).toEqual({
			id: '12',
			name: 'Fabrikam Inc',
		});
		const typed = { __rl: true, mode: 'id', value: ' 12 ' };
		expect(await read({ locator: typed }, (c) => readLocator(c, 'locator', 0))).toEqual({
			id: '12',
			name: null,
		});
		const expression = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		expect(
			await read({ locator: expression }, (c) => readLocatorId(c, 'locator', 0), { id: 13 }),
		).toBe(13);
		expect(await read({}, (c) => readLocator(c, 'locator', 0))).toBeNull();
		await expect(
			read({ locator: { __rl: true, mode: 'id', value: 'x' } }, (c) =>
				readLocatorId(c, 'locator', 0),
			),
		).rejects.toThrow(/whole number/);
	});
});

describe('the one crossing into errors of n8n', () => {
	const node = {
		id: '1',
		name: 'N',
		type: 't',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};

	test('the words of Halo survive, with the next step as description', () => {
		const error = toHaloError(
			{ method: 'POST', path: '/Tickets' },
			{ status: 400, headers: {}, body: 'Team is unknown' },
		);
		expect(toNodeError(error, node, 3)).toMatchObject({
			name: 'NodeApiError',
			message: 'Halo refused the request (400): POST /Tickets — Team is unknown',
			description: error.nextStep,
			httpCode: '400',
			context: { itemIndex: 3, haloCause: 'halo_refused' },
		});
	});

	test('why Halo did not do it stands in what n8n keeps of an error', () => {
		const down = toConnectionError({ method: 'GET', path: '/Client' }, 'it was cut');
		expect(JSON.parse(JSON.stringify(toNodeError(down, node)))).toMatchObject({
			context: { haloCause: 'halo_down' },
		});
	});

	test('words that n8n would replace the whole message for are kept', () => {
		const error = toHaloError(
			{ method: 'GET', path: '/Client' },
			{ status: 400, headers: {}, body: 'EPERM ECONNREFUSED in SRV' },
		);
		expect(toNodeError(error, node).message).toMatch(/E-PERM E-CONNREFUSED in SRV/);
	});

	test('what caused it does not cross: it may hold a token', () => {
		const cause = Object.assign(new Error('x'), {
			config: { headers: { Authorization: 'Bearer abcdefghijkl' } },
		});
		const error = toNodeError(
			toConnectionError({ method: 'GET', path: '/Client' }, 'it was cut', cause),
			node,
		);
		expect(JSON.stringify(error)).not.toContain('abcdefghijkl');
	});
});

describe('what a client takes from the credential', () => {
	const inner = nodeOf(async (context) => {
		const { maxRequestsPerWindow } = await credentialOptions(context);
		return [[{ json: { maxRequestsPerWindow } }]];
	});
	const node = {
		...inner,
		description: { ...inner.description, credentials: [{ name: 'haloPsaBridgeApi' }] },
	};

	test.each([
		['100 as typed', { requestsPerWindow: 100 }, 100],
		['250 for a credential that was saved before the field was there', {}, 250],
		['250 when the field was emptied', { requestsPerWindow: null }, 250],
		['20 when less is typed, which would not see one ticket through', { requestsPerWindow: 3 }, 20],
	])('HI-08 the share of Halo’s limit for one of several n8n is %s', async (_, field, share) => {
		const fields = { domain: 'acme.halopsa.com', clientId: 'id', clientSecret: 'secret' };
		const credentials = { haloPsaBridgeApi: { ...fields, ...field } as never };
		const { json, error } = await runNode({ node, credentials, inputs: [[{}]] });
		expect(error).toBeNull();
		expect(json[0]).toEqual([{ maxRequestsPerWindow: share }]);
	});
});
