import { INPUTS, OUTPUTS } from '../../nodes/HaloInbox/description';
import { KEYS_PER_LOOK_UP } from '../../nodes/shared/domain/inbox/look-up';
import { chain, packNode, type TemplateSource, wire } from './builder';
import { getRows, listTables, n8nStarted, rowsOfTheItem, runByHand, schedule, settings, updateRows, upsertRows } from './core';
import { errorBranch } from './error-branch';
import { evaluateEventSet, HALO, haloInbox, haloTicket, mapCompany } from './pack';

const AS_IT_CAME = { onError: 'continueRegularOutput' } as const;

/** Outputs of the nodes in the middle, and the input of Settle that each of them leads to. */
const DECIDED = { take: 0, needsReview: 1, unmapped: 2, ignored: 3, tickets: 4 };

const everyQuarterMinute = schedule('Every 15 seconds', { field: 'seconds', secondsInterval: 15 });
const byHand = runByHand();
const started = n8nStarted();
const set = settings({ integrations: ['default'], rowsPerRun: 500, keepTryingDays: 7 });
const tables = listTables();
const begin = packNode(haloInbox, 'Begin', {
	operation: 'begin',
	integrations: "={{ $('Settings').first().json.integrations }}",
	rowsPerRun: "={{ $('Settings').first().json.rowsPerRun }}",
});
const openRows = rowsOfTheItem('Open rows', { id: '={{ $json.table }}' });
const choose = packNode(haloInbox, 'Choose', {
	operation: 'choose',
	rowsPerRun: "={{ $('Settings').first().json.rowsPerRun }}",
	tables: "={{ $('Begin').first().json.tables }}",
	startedAt: "={{ $('n8n started').isExecuted ? $('n8n started').first().json.timestamp : '' }}",
});
const takeLease = updateRows(
	'Take the lease',
	{ id: "={{ $('Begin').first().json.tables.halo_sync_status }}" },
	{
		where: [
			{ column: 'id', condition: 'eq', value: '={{ $json.id }}' },
			{
				column: 'checkpoint',
				condition: "={{ $json.was === '' ? 'isEmpty' : 'eq' }}",
				value: '={{ $json.was }}',
			},
		],
	},
	{ checkpoint: '={{ $json.checkpoint }}', counts: '={{ $json.counts }}' },
	{ alwaysOutputData: true },
);
const related = getRows(
	'What belongs to them',
	{ id: '={{ $json.table }}' },
	{
		match: 'anyCondition',
		where: Array.from({ length: KEYS_PER_LOOK_UP }, (_, line) => ({
			column: '={{ $json.column }}',
			condition: '={{ $json.condition }}',
			value: `={{ $json.values[${line}] }}`,
		})),
		limit: '={{ $json.limit }}',
		orderBy: '={{ $json.orderBy }}',
		direction: '={{ $json.direction }}',
	},
	{ alwaysOutputData: true },
);
// Output 0 by its number: without it n8n reads the output that leads here.
const take = packNode(haloInbox, 'Take', {
	operation: 'take',
	lease: "={{ $('Choose').first(0).json }}",
});
const map = packNode(
	mapCompany,
	'Halo Map Company',
	{ operation: 'resolve', mappingFrom: 'rows', options: {} },
	{ ...AS_IT_CAME, credentials: HALO },
);
const evaluate = packNode(
	evaluateEventSet,
	'Halo Evaluate Event Set',
	{ eventSetFrom: 'rows' },
	AS_IT_CAME,
);
const ticket = packNode(
	haloTicket,
	'Halo Ticket',
	{ operation: 'createOrClose', profileFrom: 'rows', options: {} },
	{ ...AS_IT_CAME, credentials: HALO },
);
const settle = packNode(haloInbox, 'Settle', {
	operation: 'settle',
	lease: "={{ $('Choose').first(0).json }}",
	keepTryingDays: "={{ $('Settings').first().json.keepTryingDays }}",
});
const writeRows = updateRows(
	'Write the decision',
	{ id: "={{ $('Begin').first().json.tables.halo_inbox }}" },
	{ where: [{ column: 'id', condition: 'eq', value: '={{ $json.id }}' }] },
	'ofTheItem',
);
const writeStatus = upsertRows(
	'Status, and end the lease',
	{ id: "={{ $('Begin').first().json.tables.halo_sync_status }}" },
	{
		where: [
			{ column: 'integration', condition: 'eq', value: '={{ $json.integration }}' },
			{ column: 'flow', condition: 'eq', value: '={{ $json.flow }}' },
			{
				// Only a lease that is still ours is ended; rows of sources have no checkpoint.
				column: "={{ $json.checkpoint ? 'checkpoint' : 'flow' }}",
				condition: 'eq',
				value: "={{ $json.checkpoint ? $('Choose').first(0).json.checkpoint : $json.flow }}",
			},
		],
	},
	'ofTheItem',
);
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('outgoing');

/** Stored events become tickets. */
export const processInbox: TemplateSource = {
	file: 'process-inbox',
	id: 'haloBridgeProcess01',
	name: 'Halo Bridge: process inbox',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Process inbox: stored events become tickets

Every 15 seconds the open rows of \`halo_inbox\`, oldest first, go through **Map Company**, **Evaluate Event Set** and **Halo Ticket**. Each row is then given its decision and the reason, in words.

| state | what happens to it |
|---|---|
| new | taken at once |
| failed | tried again after 30 s, 1, 2, 4, 8, 10 minutes, for 7 days |
| held | taken when \`halo_company_mappings\` changes |
| waiting | taken when the maintenance window ends |
| dead | waits for a person (*replay-form*) |

**To set up**
1. Run *setup* once and fill \`halo_company_mappings\`.
2. Open **Halo Ticket** and choose your HaloPSA credential. **Settings**: *integrations* lists what this workflow works for; a second Halo gets a copy of it.
3. Run it once by hand, read the decisions in \`halo_inbox\`, then publish.

**Yours to change**: Settings, the schedule, the options of the three Halo nodes, and nodes of your own behind the outputs of *Settle*.

**Leave alone**: the order of the nodes named Begin, Choose, Take and Settle, and what the Data Table nodes between them ask and write. Running twice does no harm: the ticket itself carries the reference of its problem.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. Which rows: one run at a time, the oldest first\nA run in progress, or a pause after Halo failed, ends at **Choose**. The lease stands in `halo_sync_status`; a start of n8n ends it.',
			},
			columns: [
				[everyQuarterMinute, byHand, started],
				[set],
				[tables],
				[begin],
				[openRows],
				[choose],
				[takeLease, related],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Which company, is it a ticket, make it true; then the decision goes back on the row\nA failure becomes the decision *failed* of its row, and the rest goes on. People are told of errors by *notices*, once per cause.',
			},
			columns: [
				[take],
				[map],
				[evaluate],
				[ticket, null, fails],
				[settle, null, errorRow],
				[writeRows, writeStatus, storeErrors],
			],
		},
	],
	wires: [
		...chain(everyQuarterMinute, set),
		...chain(byHand, set),
		...chain(started, set, tables, begin, openRows, choose),
		wire(choose, takeLease, OUTPUTS.choose.lease),
		wire(choose, related, OUTPUTS.choose.lookUp),
		wire(choose, take, OUTPUTS.choose.rows, INPUTS.take.rows),
		wire(takeLease, take, 0, INPUTS.take.lease),
		wire(related, take, 0, INPUTS.take.related),
		wire(take, map, OUTPUTS.take.events),
		wire(take, settle, OUTPUTS.take.decided, DECIDED.take),
		wire(take, map, OUTPUTS.take.mappings, 1),
		wire(take, evaluate, OUTPUTS.take.eventSets, 1),
		wire(take, ticket, OUTPUTS.take.profiles, 1),
		...chain(map, evaluate, ticket),
		wire(map, settle, 1, DECIDED.needsReview),
		wire(map, settle, 2, DECIDED.unmapped),
		wire(evaluate, settle, 1, DECIDED.ignored),
		wire(ticket, settle, 0, DECIDED.tickets),
		wire(settle, writeRows, OUTPUTS.settle.rows),
		wire(settle, writeStatus, OUTPUTS.settle.status),
		wire(settle, storeErrors, OUTPUTS.settle.errors),
		...whenItFails,
	],
};
