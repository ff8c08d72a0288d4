import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { EvaluateEventSet } from '../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { HaloCheckSetup } from '../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import { MapCompany } from '../../nodes/MapCompany/MapCompany.node';
import { ScannerEvents } from '../../nodes/ScannerEvents/ScannerEvents.node';
import { ScannerTrigger } from '../../nodes/ScannerTrigger/ScannerTrigger.node';
import { startHaloSimulator, type HaloSimulator } from '../../sandbox/halo';
import { callWebhook, runNode } from '../support/engine';
import { compareWithMembers } from '../support/schemas';
import { OUTPUT_MEMBERS } from '../support/schemas/members';
import { LEAST, picked } from './HaloTicket/support';
import { deliver, delivery, jsonOf } from './HaloTrigger/support';

const SECRET = 'correct horse battery staple';
const SCAN = { id: 's1', scope: 'all', complete: true };

let halo: HaloSimulator;
/** What each node gave out along the way from a payload to its ticket. */
const given = new Map<string, IDataObject[]>();

async function run(
	node: INodeType,
	parameters: INodeParameters,
	inputs: Array<Array<IDataObject | INodeExecutionData>> = [[{}]],
): Promise<IDataObject[][]> {
	const settings = { onError: 'continueRegularOutput' } as const;
	const result = await runNode({ node, parameters, inputs, settings, simulator: halo });
	if (result.error !== null) throw new Error(result.error.message);
	return result.json;
}

function payload(change: IDataObject): IDataObject {
	return { dedupKey: 'srv-01/disk', title: 'Disk full', severity: 'high', ...change };
}

const PAYLOADS: IDataObject[] = [
	payload({ company: { name: 'Contoso Ltd' }, cves: ['CVE-2026-1234'], scan: SCAN }),
	payload({ company: 'Contoso Ltd', status: 'resolved', resolution: { reason: 'approved' } }),
	payload({ company: 'Nobody', dedupKey: 'nobody' }),
	payload({ company: 'Twice', dedupKey: 'twice' }),
	payload({ company: 'Contoso Ltd', dedupKey: 'low', severity: 'low' }),
	payload({ company: 'Fabrikam', dedupKey: 'refused' }),
];

const PAIRS = ['11', '12', '13', '99999'].map((client, at) => ({
	company: ['Contoso Ltd', 'Twice', 'Twice', 'Fabrikam'][at] ?? '',
	client: picked(client),
}));

const WITH_FILE: INodeExecutionData = {
	json: {},
	binary: { data: { mimeType: 'text/csv', fileName: 'findings.csv', data: 'eA==' } },
};
const WITH_ASSET_AND_TAG = {
	assets: [{ id: 1, inventory_number: 'SRV-01' }],
	tags: ['scanner'],
};

const evaluated: IDataObject[] = [];

beforeAll(async () => {
	halo = await startHaloSimulator();
	const events = await run(new ScannerEvents(), { source: 'canonical' }, [[...PAYLOADS, {}]]);
	given.set('ScannerEvents normalise', events.flat());
	const mapped = await run(
		new MapCompany(),
		{ mappingFrom: 'pairs', pairs: { pair: PAIRS } },
		events,
	);
	given.set('MapCompany resolve', mapped.flat());
	const sets = await run(new EvaluateEventSet(), {}, [mapped[0] ?? []]);
	given.set('EvaluateEventSet ', sets.flat());
	evaluated.push(...(sets[0] ?? []));
});
afterAll(async () => {
	await halo.stop();
});

function expectExactly(node: string, operation: string, values: readonly IDataObject[]): void {
	const members = OUTPUT_MEMBERS[node]?.[operation];
	if (members === undefined) throw new Error(`${node} ${operation} has no schema`);
	expect(values.length).toBeGreaterThan(0);
	expect({ node, operation, ...compareWithMembers(members, values) }).toEqual({
		node,
		operation,
		beyond: [],
		never: [],
	});
}

test.each(['ScannerEvents normalise', 'MapCompany resolve', 'EvaluateEventSet '])(
	'%s gives out exactly the members of its schema',
	(name) => {
		const [node = '', operation = ''] = name.split(' ');
		expectExactly(node, operation, given.get(name) ?? []);
	},
);

test('Scanner Trigger gives out exactly the members of its schema', async () => {
	const answer = await callWebhook({
		node: new ScannerTrigger(),
		credentials: { webhookSecretApi: { user: 'scanner', secret: SECRET, previousSecret: '' } },
		headers: { 'X-Webhook-Token': SECRET },
		parameters: { source: 'canonical' },
		body: JSON.stringify({ events: [...PAYLOADS, {}] }),
	});
	expectExactly('ScannerTrigger', '', jsonOf(answer));
});

test.each(['createOrClose', 'create', 'close', 'syncScan'])(
	'Halo Ticket %s gives out exactly the members of its schema',
	async (operation) => {
		halo.reset();
		const scan = operation === 'syncScan' ? { scanComplete: 'yes' } : {};
		const open = evaluated.filter(({ status }) => status === 'open');
		const parameters = { ...LEAST, operation, ...scan };
		const [decided = []] = await run(new HaloTicket(), parameters, [evaluated]);
		// A Halo that refuses, for what an item says of its failure.
		halo.faults.add({ name: 'error-text', times: 'always', path: '/Tickets' });
		const [failed = []] = await run(new HaloTicket(), parameters, [open]);
		halo.faults.clear();
		expectExactly('HaloTicket', operation, [...decided, ...failed]);
	},
);

test.each([
	['get', { ticket: picked('1002'), getOptions: { includeNotes: true } }],
	['getMany', { limit: 50 }],
	['addNote', { ticket: picked('1002'), note: 'x', noteOptions: { files: 'data' } }],
])('Halo Ticket %s gives out exactly the members of its schema', async (operation, parameters) => {
	halo.reset();
	const ticket = halo.state.tickets.find(({ id }) => id === 1002);
	Object.assign(ticket ?? {}, WITH_ASSET_AND_TAG);
	const [items = []] = await run(new HaloTicket(), { operation, ...parameters }, [[WITH_FILE]]);
	expectExactly('HaloTicket', operation, items);
});

describe('Map Company and Import Companies', () => {
	const companies = ['Contoso Ltd', 'Nortwind Traders', 'Zzyzx Quarry'].map((name, at) => ({
		id: 500 + at,
		companyId: `c${at}`,
		name,
		reference: null,
		domain: null,
	}));
	const link = (company: string, client: string): IDataObject => ({
		company: { __rl: true, mode: 'name', value: company },
		client: picked(client),
	});
	let clients: IDataObject[] = [];

	beforeAll(async () => {
		const entities = ['clients', 'sites', 'users', 'assets'];
		const [rows = []] = await run(new ImportCompanies(), { entities });
		clients = rows;
	});

	test('Import Companies gives out exactly the members of its schema', () => {
		expectExactly('ImportCompanies', 'getCompanies', clients);
	});

	test('autoMap, link and check give out exactly the members of their schemas', async () => {
		const mapped = await run(new MapCompany(), { operation: 'autoMap' }, [companies, clients, []]);
		expectExactly('MapCompany', 'autoMap', mapped.flat());

		const links = { link: [link('Contoso', '11'), link('Nobody', '99999')] };
		const linked = await run(new MapCompany(), { operation: 'link', links } as never, [[{}], []]);
		expectExactly('MapCompany', 'link', linked.flat());

		const columns = OUTPUT_MEMBERS.MapCompany?.link ?? {};
		const [row = {}] = linked[0] ?? [];
		const stored = Object.fromEntries(
			Object.entries(row).filter(
				([name]) => name in columns && !['outcome', 'reason', 'change', 'rowId'].includes(name),
			),
		);
		const renamed = { ...stored, companyName: 'Two', haloClientName: 'Contoso Old' };
		const profile = { name: 'P', ticketType: 'Incident', statusClose: 'Closed', team: 'Nobody' };
		const checked = await run(new MapCompany(), { operation: 'check' }, [
			[stored, renamed],
			clients,
			[profile],
			[],
		]);
		expectExactly('MapCompany', 'check', checked.flat());
	});
});

test('Halo Trigger gives out exactly the members of its schema', async () => {
	const action = { id: 4, note: 'Replaced the disk.' };
	const ticket = { id: 1001, customfields: [{ id: 205, name: 'CFscannerReference', value: 'x' }] };
	const whole = await deliver(halo, delivery({ action }));
	const told = await deliver(halo, delivery({ ticket }), {
		parameters: { readTicket: 'whenMissing' },
	});
	expectExactly('HaloTrigger', '', [...jsonOf(whole), ...jsonOf(told)]);
});

test.each([
	['check', {}],
	['statusPage', {}],
	['customTab', { tabTenant: 'contoso', tabCustomer: 'Smith', tabHeld: 'Smith & Sons' }],
])('Check Setup %s gives out exactly the members of its schema', async (operation, parameters) => {
	const [items = []] = await run(new HaloCheckSetup(), { operation, ...parameters });
	expectExactly('HaloCheckSetup', operation, items);
});
