import { INPUTS, OUTPUTS } from '../../nodes/HaloConsole/description';
import { chain, coreNode, packNode, type TemplateSource, wire } from './builder';
import { deleteRows, insertRows, listTables, rowsOfTheItem, updateRows } from './core';
import { errorBranch } from './error-branch';
import { haloConsole } from './pack';

const HALO = { haloPsaBridgeApi: 'HaloPSA Bridge account' };
/** A page is sent whatever fails: it says what failed. */
const SAID_ON_THE_PAGE = { onError: 'continueRegularOutput' } as const;
const EVEN_NOTHING = { ...SAID_ON_THE_PAGE, alwaysOutputData: true } as const;

const call = coreNode(
	'Console',
	'webhook',
	2.1,
	{
		multipleMethods: true,
		httpMethod: ['GET', 'POST'],
		path: 'halo-console',
		authentication: 'basicAuth',
		responseMode: 'responseNode',
		options: {},
	},
	{
		webhookId: '5a1f7c0e-93d2-4b8e-a6f4-0c2d7e91b358',
		credentials: { httpBasicAuth: 'Halo bridge pages' },
	},
);
const tables = listTables();
const request = packNode(
	haloConsole,
	'Request',
	{ operation: 'request' },
	{ ...SAID_ON_THE_PAGE, credentials: HALO },
);
const rows = rowsOfTheItem('Rows', { id: '={{ $json.table }}' }, EVEN_NOTHING);
const answer = packNode(
	haloConsole,
	'Answer',
	{ operation: 'answer' },
	{ ...SAID_ON_THE_PAGE, credentials: HALO },
);
// Output 0 by its number: without it n8n reads the output that leads here.
const into = { id: "={{ $('Answer').first(0).json.into }}" };
const companies = { id: "={{ $('Answer').first(0).json.tables.halo_companies }}" };
const byId = { where: [{ column: 'id', condition: 'eq', value: '={{ $json.id }}' }] };
const newRows = insertRows('New rows', into, 'ofTheItem', SAID_ON_THE_PAGE);
const changedRows = updateRows('Changed rows', into, byId, 'ofTheItem', SAID_ON_THE_PAGE);
const newCompanies = insertRows('New companies', companies, 'ofTheItem', SAID_ON_THE_PAGE);
const changedCompanies = updateRows(
	'Changed companies',
	companies,
	byId,
	'ofTheItem',
	SAID_ON_THE_PAGE,
);
const deleted = deleteRows('Deleted rows', { id: '={{ $json.table }}' }, byId, SAID_ON_THE_PAGE);
const done = packNode(haloConsole, 'Done', { operation: 'done' });
const send = coreNode('Send it', 'respondToWebhook', 1.5, {
	respondWith: 'text',
	responseBody: '={{ $json.body }}',
	options: {
		responseCode: '={{ $json.status }}',
		responseHeaders: {
			entries: [
				{ name: 'Content-Type', value: '={{ $json.contentType }}' },
				{ name: 'Content-Disposition', value: '={{ $json.disposition }}' },
				{ name: 'Location', value: '={{ $json.location }}' },
				{ name: 'X-Frame-Options', value: 'DENY' },
				{ name: 'Cache-Control', value: 'no-store' },
				{ name: 'Referrer-Policy', value: 'no-referrer' },
				{ name: 'X-Content-Type-Options', value: 'nosniff' },
			],
		},
	},
});
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('outgoing');

/** The pages that people work with. */
export const consolePages: TemplateSource = {
	file: 'console',
	id: 'haloBridgeConsole1',
	name: 'Halo Bridge: console',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		// A stored execution would hold the password of whoever called.
		saveDataErrorExecution: 'none',
	},
	about: {
		name: 'About',
		content: `## Console: the pages that people work with

One address for the browser, on a desktop or a phone, behind a password. Pages without script, never in a frame.

| page | what it does |
|---|---|
| Overview | what needs a person, the inbox by state, syncs at work, open tickets, Last Sync and Last Error, companies without a mapping, the latest errors |
| Inbox | every finding: search, filter by state, source, company and age; a row opens to its event, decision, reason and ticket; handle one again, all of a cause, all of a company |
| Companies | every company with its Halo client: search, filter, map by hand, Auto-Map with a preview, settings of a pair, delete, release held findings, import, CSV |
| Event sets | which events become tickets: add, edit, try on the last 100 events, set as default, delete |

**To set up**
1. Make a credential *Basic Auth* called **Halo bridge pages**, with a user and a long password, and choose it in **Console**. Several people: each may have a copy of this workflow with a path and a password of its own.
2. Choose the HaloPSA credential in **Request** and **Answer**.
3. Publish, open the Production URL of **Console**.

Every form is signed for the user who got it and about an hour; what is sent without it changes nothing.

**Yours to change**: the path. **Leave alone**: the order of the nodes, and what the Data Table nodes ask and write. Without authentication in **Console** the pages stay shut.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. What is asked, and the rows for it; to the right: when this workflow fails\nTables are found by exact name. A failure is only stored here; *notices* tells people.',
			},
			columns: [[call], [tables], [request], [rows], [fails], [errorRow], [storeErrors]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. The page, or what is written for a form; sent when it is stored\nA form that cannot be done whole writes nothing.',
			},
			columns: [
				[answer],
				[newRows, changedRows, deleted],
				[newCompanies, changedCompanies],
				[done],
				[send],
			],
		},
	],
	wires: [
		// GET and POST have an output each.
		wire(call, tables, 0),
		wire(call, tables, 1),
		wire(call, request, 0, INPUTS.request.call),
		wire(call, request, 1, INPUTS.request.call),
		wire(tables, request, 0, INPUTS.request.tables),
		wire(request, answer, OUTPUTS.request.asked, INPUTS.answer.asked),
		wire(request, rows, OUTPUTS.request.lookUp),
		wire(rows, answer, 0, INPUTS.answer.rows),
		wire(answer, done, OUTPUTS.answer.page, INPUTS.done.page),
		wire(answer, newRows, OUTPUTS.answer.insert),
		wire(answer, changedRows, OUTPUTS.answer.update),
		wire(answer, newCompanies, OUTPUTS.answer.insertCompanies),
		wire(answer, changedCompanies, OUTPUTS.answer.updateCompanies),
		wire(answer, deleted, OUTPUTS.answer.remove),
		wire(newRows, done, 0, INPUTS.done.insert),
		wire(changedRows, done, 0, INPUTS.done.update),
		wire(newCompanies, done, 0, INPUTS.done.insertCompanies),
		wire(changedCompanies, done, 0, INPUTS.done.updateCompanies),
		wire(deleted, done, 0, INPUTS.done.remove),
		...chain(done, send),
		...whenItFails,
	],
};
