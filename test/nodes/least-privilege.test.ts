import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import type { AgentRights } from '../../sandbox/halo/state/rights';
import { startHaloSimulator, type HaloSimulator } from '../../sandbox/halo';
import { haloCredentialOf, runNode } from '../support/engine';
import { sectionOf } from '../support/markdown';
import { LEAST, evaluated, picked, resolved } from './HaloTicket/support';

/** Operation and scopes of each line of the table in the set-up page. */
const TABLE = new Map(
	sectionOf('docs/setup-in-halo.md#least-privilege-per-operation')
		.split('\n')
		.filter((line) => /^\| Halo (Ticket|Import)/.test(line))
		.map((line) => {
			const [operation = '', scopes = ''] = line.slice(2).split(' | ');
			return [operation, [...scopes.matchAll(/`([\w:]+)`/g)].map(([, scope = '']) => scope)];
		}),
);

/** Nothing that the page does not ask for. */
const NO_MORE: Partial<AgentRights> = {
	administrator: false,
	customersAccess: 'read',
	usersAccess: 'read',
	assetsAccess: 'read',
	deleteTickets: false,
	changeTicketType: false,
};

let halo: HaloSimulator;

beforeEach(async () => {
	halo = await startHaloSimulator();
	Object.assign(halo.rights, NO_MORE);
});
afterEach(async () => {
	expect(halo.failures).toEqual([]);
	await halo.stop();
});

interface Done {
	items: IDataObject[];
	error: string;
}

async function run(
	node: HaloTicket | ImportCompanies,
	parameters: INodeParameters,
	events: IDataObject[],
	scopes: readonly string[],
): Promise<Done> {
	halo.application.scopes = [...scopes];
	const credential = {
		...haloCredentialOf(halo),
		scopePreset: 'custom',
		scopes: scopes.join(' '),
	};
	const { json, error } = await runNode({
		node,
		parameters,
		inputs: [events],
		credentials: { haloPsaBridgeApi: credential },
	});
	return { items: json[0] ?? [], error: error?.message ?? '' };
}

const ticket = async (
	scopes: readonly string[],
	parameters: INodeParameters = {},
	events = [evaluated()],
) => await run(new HaloTicket(), { ...LEAST, ...parameters }, events, scopes);

const imported = async (scopes: readonly string[], entities: string[]) =>
	await run(new ImportCompanies(), { entities }, [{}], scopes);

/** A ticket is made for a user who is looked up, noted on, closed and opened again. */
async function life(scopes: readonly string[]): Promise<Done> {
	const email = halo.state.users.find(({ id }) => id === 4011)?.emailaddress ?? '';
	const user = { name: null, email };
	const content = { content: { affectedUser: true } };
	const done = [
		await ticket(scopes, content, [evaluated({ user })]),
		await ticket(scopes, content, [evaluated({ user, severity: 'critical' })]),
		await ticket(scopes, content, [resolved({ user })]),
		await ticket(scopes, content, [evaluated({ user, time: new Date().toISOString() })]),
	];
	const made = halo.state.tickets.at(-1);
	return {
		items: [...done.flatMap(({ items }) => items), { madeFor: made?.user_id ?? null }],
		error: done.map(({ error }) => error).join(''),
	};
}

const OPERATIONS: Array<{
	operation: string;
	level: AgentRights['ticketsAccess'];
	act(scopes: readonly string[]): Promise<Done>;
	gives: IDataObject[];
	/** Scopes without which it has to fail; another one may stand in for the rest. */
	needs: string[];
}> = [
	{
		operation: 'Halo Ticket: Get, Get Many',
		level: 'read',
		act: async (scopes) => await ticket(scopes, { operation: 'get', ticket: picked('1002') }, [{}]),
		gives: [{ id: 1002 }],
		needs: ['read:tickets'],
	},
	{
		operation: 'Halo Ticket: Create or Close, Create, Close, Sync Scan',
		level: 'modify',
		act: life,
		gives: [
			...['created', 'noted', 'closed', 'reopened'].map((decision) => ({ decision })),
			{ madeFor: 4011 },
		],
		needs: ['edit:tickets'],
	},
	{
		operation: 'Halo Ticket: the same, with an asset linked',
		level: 'modify',
		act: async (scopes) =>
			await ticket(
				['read:tickets', 'edit:tickets', 'read:customers', ...scopes],
				{ content: { linkAsset: true } },
				[evaluated()],
			),
		gives: [{ decision: 'created' }],
		needs: [],
	},
	{
		operation: 'Halo Ticket: Add Note',
		level: 'modify',
		act: async (scopes) =>
			await ticket(scopes, { operation: 'addNote', ticket: picked('1002'), note: 'Looked at' }, [
				{},
			]),
		gives: [{ noted: true }],
		needs: ['edit:tickets'],
	},
	{
		operation: 'Halo Import Companies: clients, sites, users',
		level: 'none',
		act: async (scopes) => {
			const { items, error } = await imported(scopes, ['clients', 'sites', 'users']);
			const entities = [...new Set(items.map(({ entity }) => String(entity)))];
			return { items: entities.map((entity) => ({ entity })), error };
		},
		gives: [{ entity: 'client' }, { entity: 'site' }, { entity: 'user' }],
		needs: ['read:customers'],
	},
	{
		operation: 'Halo Import Companies: assets',
		level: 'none',
		act: async (scopes) => {
			const { items, error } = await imported(scopes, ['assets']);
			return { items: items.slice(0, 1), error };
		},
		gives: [{ entity: 'asset' }],
		needs: ['read:assets'],
	},
];

test('CS-01 every line of the table about tickets and import is run here', () => {
	expect([...TABLE.keys()]).toEqual(OPERATIONS.map(({ operation }) => operation));
	expect(OPERATIONS).toHaveLength(6);
});

test.each(OPERATIONS)(
	'CS-01 $operation: its scopes and levels are enough, no administrator',
	async ({ operation, level, act, gives }) => {
		halo.rights.ticketsAccess = level;
		const { items, error } = await act(TABLE.get(operation) ?? []);
		expect(error).toBe('');
		expect(items).toMatchObject(gives);
	},
);

test.each(OPERATIONS.flatMap(({ needs, ...rest }) => needs.map((scope) => ({ ...rest, scope }))))(
	'CS-01 $operation: without $scope it fails in words',
	async ({ operation, level, act, scope }) => {
		halo.rights.ticketsAccess = level;
		const held = (TABLE.get(operation) ?? []).filter((other) => other !== scope);
		const { items, error } = await act(held.length === 0 ? ['read:kb'] : held);
		const said = `${error} ${items.map(({ reason }) => String(reason)).join(' ')}`;
		expect(said).toMatch(/403|may not|right|scope|permission/i);
		expect(items.filter(({ decision }) => decision === 'created')).toEqual([]);
	},
);

test('CS-01 with an asset linked the scope read:assets finds it, and without it the ticket is made all the same', async () => {
	const scopes = TABLE.get('Halo Ticket: the same, with an asset linked') ?? [];
	expect(scopes).toEqual(['read:assets']);
	const content = { content: { linkAsset: true } };
	const without = ['read:tickets', 'edit:tickets', 'read:customers'];
	const bare = await ticket(without, content, [evaluated({ dedupKey: 'v1|wazuh|contoso|bare' })]);
	expect(bare.items).toMatchObject([{ decision: 'created' }]);
	expect(halo.state.tickets.at(-1)?.assets ?? []).toEqual([]);
	await ticket([...without, ...scopes], content);
	expect(halo.state.tickets.at(-1)?.assets).toEqual([317]);
});

test('CS-03 companies are imported by an application that sees no ticket, tickets are made by one that lists no client', async () => {
	halo.rights.ticketsAccess = 'none';
	const { items, error } = await imported(['read:customers'], ['clients']);
	expect(error).toBe('');
	expect(items.length).toBeGreaterThan(200);

	halo.rights.ticketsAccess = 'modify';
	halo.rights.customersAccess = 'none';
	const made = await ticket(['read:tickets', 'edit:tickets']);
	expect(made.items).toMatchObject([{ decision: 'created' }]);
	expect(halo.state.tickets.at(-1)).toMatchObject({ client_id: 11 });
});
