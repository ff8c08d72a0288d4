import {
	INPUTS as IMPORT_INPUTS,
	OUTPUTS as IMPORT,
} from '../../nodes/ImportCompanies/description';
import { INPUTS, OUTPUTS } from '../../nodes/MapCompany/description';
import { OUTPUTS as POD } from '../../nodes/ScannerEvents/description';
import { chain, packNode, type TemplateSource, wire } from './builder';
import {
	getRows,
	insertRows,
	listTables,
	runByHand,
	schedule,
	settings,
	stopWith,
	switchOn,
	updateRows,
	upsertRows,
} from './core';
import { errorBranch } from './error-branch';
import { importCompanies, mapCompany, scannerEvents } from './pack';

const HALO = { haloPsaBridgeApi: 'HaloPSA Bridge account' };
const CONNECTSECURE = { connectSecureBridgeApi: 'ConnectSecure account' };
const ONCE = { executeOnce: true, alwaysOutputData: true } as const;
const IN_ORDER = { limit: 'all', orderBy: 'id', direction: 'ASC' } as const;

// Output 0 by its number: without it n8n reads the output that leads here, and one of them is empty as a rule.
const PLAN = "={{ $('Begin').first(0).json }}";
const INTEGRATION = "={{ $('Settings').first().json.integration }}";
const OWN_COMPANIES = [{ column: 'integration', condition: 'eq', value: INTEGRATION }];
const BY_ID = [{ column: 'id', condition: 'eq', value: '={{ $json.id }}' }];

/** The row of this sync in halo_sync_status. */
const OWN_ROW = [...OWN_COMPANIES, { column: 'flow', condition: 'eq', value: 'companies' }];

/** Columns by their names, where items hold those of two tables. */
function columns(...names: string[]): { [column: string]: string } {
	return Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));
}

const everyDay = schedule('Every day at 02:00', {
	field: 'days',
	daysInterval: 1,
	triggerAtHour: 2,
	triggerAtMinute: 0,
});
const byHand = runByHand();
const set = settings({
	integration: 'default',
	entities: ['clients'],
	importAsCompanies: true,
	createTicket: true,
	noNotification: false,
	eventSet: '',
	profile: '',
	pagesPerBatch: 5,
	guardPercent: 50,
	referenceFirst: false,
	referenceField: 0,
	manyToOne: false,
	connectSecure: 'off',
	createAtMost: 100,
});
const tables = listTables();
const lastRun = getRows(
	'How the last run ended',
	{ name: 'halo_sync_status' },
	// Two, so that a second row is seen and named.
	{ where: OWN_ROW, limit: 2, orderBy: 'id', direction: 'ASC' },
	ONCE,
);
const begin = packNode(importCompanies, 'Begin', {
	operation: 'beginSync',
	settings: "={{ $('Settings').first().json }}",
});
const known = getRows(
	'Known companies',
	{ name: 'halo_companies' },
	{ where: OWN_COMPANIES, ...IN_ORDER },
	ONCE,
);
const importBatch = packNode(
	importCompanies,
	'Import a batch',
	{
		operation: 'syncBatch',
		plan: PLAN,
		checkpoint:
			"={{ ($('Write status').isExecuted ? $('Write status') : $('Begin')).first(0).json.checkpoint }}",
		counts: "={{ $('Write status').isExecuted ? $('Write status').first().json.counts : '' }}",
	},
	{ credentials: HALO },
);
const insertCompanies = insertRows(
	'Insert companies',
	{ name: 'halo_companies' },
	columns(
		...['integration', 'source', 'companyId', 'displayName', 'name', 'reference', 'domain'],
		...['psaName', 'review'],
	),
	{ bulk: true },
);
const updateCompanies = updateRows(
	'Update companies',
	{ name: 'halo_companies' },
	{ where: BY_ID },
	'ofTheItem',
);
const writeStatus = upsertRows(
	'Write status',
	{ name: 'halo_sync_status' },
	{ where: OWN_ROW },
	'ofTheItem',
);
/** Words that the status says are next, in the order of the outputs. */
const NEXT = { batch: 0, mapping: 1, stop: 2 };
const whatNext = switchOn(
	'What next',
	'={{ JSON.parse($json.counts).next }}',
	Object.keys(NEXT),
);
const clientsToday = packNode(
	importCompanies,
	"Halo's clients today",
	{
		operation: 'getCompanies',
		from: 'all',
		entities: ['clients'],
		returnAll: true,
		pageSize: 100,
		options: {
			includeInactive: true,
			referenceField: "={{ $('Begin').first(0).json.referenceField }}",
		},
	},
	{ onError: 'continueRegularOutput', credentials: HALO },
);
const readPod = packNode(
	scannerEvents,
	'Read ConnectSecure',
	{ operation: 'getConnectSecureCompanies' },
	{ onError: 'continueRegularOutput', disabled: true, credentials: CONNECTSECURE },
);
const companiesNow = getRows(
	'Companies now',
	{ name: 'halo_companies' },
	{ where: OWN_COMPANIES, ...IN_ORDER },
	ONCE,
);
const mappingRows = getRows(
	'Mapping rows',
	{ name: 'halo_company_mappings' },
	{ where: [], ...IN_ORDER },
	ONCE,
);
const whoIsWho = packNode(mapCompany, 'Who is who', { operation: 'sync', plan: PLAN });
const insertMappings = insertRows(
	'Insert mappings',
	{ name: 'halo_company_mappings' },
	columns(
		...['integration', 'source', 'companyId', 'companyName', 'haloClientId', 'haloClientName'],
		...['method', 'createTicket', 'noNotification', 'eventSet', 'profile', 'flags', 'mappedAt'],
	),
	{ bulk: true },
);
const updateMappings = updateRows(
	'Update mappings',
	{ name: 'halo_company_mappings' },
	{ where: BY_ID },
	'ofTheItem',
);
const createThere = packNode(
	scannerEvents,
	'Create in ConnectSecure',
	{ operation: 'createConnectSecureCompanies' },
	{ disabled: true, credentials: CONNECTSECURE },
);
const end = packNode(mapCompany, 'How it went', { operation: 'endSync', plan: PLAN });
const red = stopWith('End the run red', '={{ $json.lastError }}');
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');

const POD_OUT = POD.createConnectSecureCompanies;

/** Halo's clients, and who is who. */
export const syncCompanies: TemplateSource = {
	file: 'sync-companies',
	id: 'haloBridgeSync00001',
	name: 'Halo Bridge: sync companies',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Sync companies: Halo's clients, and who is who

Every night at 02:00, and by hand: the clients of Halo come in as companies, companies of the same name are mapped, and what has to be decided by a person is listed.

**Nothing is written until you switch it on.** The first run by hand is a dry run: it makes a row in \`halo_sync_status\` with *enabled* off, and says in *counts* what it would do.

**To set up**
1. Run *setup* once. Choose your Halo credential in **Import a batch** and **Halo's clients today**.
2. Look through **Settings**: what new mappings get, *referenceFirst* (compare Halo's client reference before names), *entities*.
3. Run by hand. Read *counts* in \`halo_sync_status\`.
4. Set *enabled* there to true and publish. Run by hand once more: now it writes.

**Afterwards** \`halo_sync_status\` shows *lastSync* and *lastError*; \`halo_companies\` shows for each company its client (*psaName*), or why it has none (*review*). A run that was stopped goes on at its *checkpoint*.

When more than half of the mapped clients are missing from Halo's list, nothing is changed: usually the agent lost a right.

**ConnectSecure**, if you have it: activate **Read ConnectSecure** and **Create in ConnectSecure**, choose their credential, and set *connectSecure* in Settings to \`dry run\`: its companies are mapped too, and *counts* says which clients it lacks. With \`create\` they are made there, at most *createAtMost* a run, each once.

**Yours to change**: Settings, the schedule, nodes of your own behind the output *Others* of **Import a batch**. Two Halo tenants: a copy with its own *integration*.

**Leave alone**: the order of the other nodes, and what the Data Table nodes ask and write.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. May it run, and where does it go on; then import, batch after batch\nBy schedule only when *enabled* is on in `halo_sync_status`. After each batch its rows are stored, then the checkpoint. Sites, contacts and assets leave **Import a batch** on *Others*.',
			},
			columns: [
				[everyDay, byHand],
				[set],
				[lastRun, tables],
				[begin],
				[known],
				[importBatch],
				[insertCompanies, updateCompanies, writeStatus],
				[insertMappings, updateMappings, whatNext],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Who is who, and how it went; on the left below: when this workflow fails\nOnly the same name maps by itself. What *Needs Review* stands in `halo_companies`, column *review*: decide with *map-companies-form*. *notices* tells people of failures.',
			},
			columns: [
				[clientsToday, readPod, fails],
				[companiesNow, mappingRows, errorRow],
				[whoIsWho, null, storeErrors],
				[createThere],
				[end],
				[null],
				[null],
				[red, null, null],
			],
		},
	],
	wires: [
		...chain(everyDay, set),
		...chain(byHand, set),
		wire(set, lastRun),
		wire(set, tables),
		wire(lastRun, begin, 0, IMPORT_INPUTS.beginSync.status),
		wire(tables, begin, 0, IMPORT_INPUTS.beginSync.tables),
		wire(begin, known, IMPORT.beginSync.start),
		wire(begin, readPod, IMPORT.beginSync.connectSecure),
		...chain(known, importBatch),
		wire(importBatch, insertCompanies, IMPORT.syncBatch.newCompanies),
		wire(importBatch, updateCompanies, IMPORT.syncBatch.changedCompanies),
		wire(importBatch, writeStatus, IMPORT.syncBatch.status),
		...chain(writeStatus, whatNext),
		wire(whatNext, known, NEXT.batch),
		wire(whatNext, clientsToday, NEXT.mapping),
		wire(whatNext, red, NEXT.stop),
		wire(clientsToday, whoIsWho, IMPORT.getCompanies.companies, INPUTS.sync.clients),
		wire(clientsToday, companiesNow, IMPORT.getCompanies.summary),
		wire(clientsToday, mappingRows, IMPORT.getCompanies.summary),
		wire(clientsToday, whoIsWho, IMPORT.getCompanies.summary, INPUTS.sync.summary),
		wire(companiesNow, whoIsWho, 0, INPUTS.sync.companies),
		wire(mappingRows, whoIsWho, 0, INPUTS.sync.mappings),
		wire(readPod, whoIsWho, 0, INPUTS.sync.connectSecure),
		wire(whoIsWho, insertCompanies, OUTPUTS.sync.newCompanies),
		wire(whoIsWho, updateCompanies, OUTPUTS.sync.changedCompanies),
		wire(whoIsWho, insertMappings, OUTPUTS.sync.newMappings),
		wire(whoIsWho, updateMappings, OUTPUTS.sync.changedMappings),
		wire(whoIsWho, createThere, OUTPUTS.sync.create),
		wire(whoIsWho, end, OUTPUTS.sync.status, INPUTS.endSync.status),
			wire(createThere, end, POD_OUT.created, INPUTS.endSync.created),
		wire(createThere, end, POD_OUT.notCreated, INPUTS.endSync.notCreated),
		wire(end, insertCompanies, OUTPUTS.endSync.created),
		wire(end, insertMappings, OUTPUTS.endSync.created),
		wire(end, writeStatus, OUTPUTS.endSync.status),
		...whenItFails,
	],
};
