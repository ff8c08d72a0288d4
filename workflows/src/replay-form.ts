import { chain, coreNode, packNode, type TemplateSource, wire } from './builder';
import {
	completion,
	fields,
	getRows,
	ifTrue,
	listTables,
	updateRows,
} from './core';
import { errorBranch } from './error-branch';
import { haloInbox } from './pack';

const open = coreNode(
	'Open the form',
	'formTrigger',
	2.6,
	{
		authentication: 'n8nUserAuth',
		requireExecuteAccess: true,
		formTitle: 'Handle findings again',
		formDescription:
			'Findings that did not become tickets. What was done already is not done twice.',
		formFields: {
			values: [
				{
					fieldLabel: 'Which findings',
					fieldName: 'which',
					fieldType: 'dropdown',
					fieldOptions: {
						values: [
							{ option: 'Dead: they wait for a person' },
							{ option: 'Failed: they are tried again by themselves' },
							{ option: 'Held: their company has no mapping' },
							{ option: 'All of these' },
						],
					},
					requiredField: true,
					defaultValue: 'Dead: they wait for a person',
				},
			],
		},
		responseMode: 'lastNode',
		options: { path: 'replay', buttonLabel: 'Next', appendAttribution: false },
	},
	{ webhookId: 'd7052c0f-2cd8-c35c-7ed1-8292a725f486' },
);
const which = "={{ $('Open the form').first().json.which }}";
const tables = listTables();
const toRead = packNode(haloInbox, 'Find waiting', { operation: 'findWaiting', which });
const rows = getRows(
	'Waiting rows',
	{ id: '={{ $json.table }}' },
	{
		where: [{ column: 'state', condition: 'eq', value: '={{ $json.state }}' }],
		limit: '={{ $json.limit }}',
		orderBy: 'id',
		direction: 'ASC',
	},
	{ alwaysOutputData: true },
);
const offer = packNode(haloInbox, 'What waits', { operation: 'offerReplay', which });
const anything = ifTrue('Anything?', '={{ $json.count > 0 }}');
const ask = coreNode(
	'Choose',
	'form',
	2.5,
	{
		operation: 'page',
		defineForm: 'json',
		jsonOutput: '={{ $json.fields }}',
		options: {
			formTitle: 'Handle findings again',
			formDescription: 'Correct the cause first, or they end here again.',
			buttonLabel: 'Handle again',
		},
	},
	{ webhookId: 'd1ff7b73-a471-514a-8ec7-8c919e2fae4f' },
);
const nothing = completion(
	'Nothing waits',
	'd9ae8d78-37c0-5266-a7aa-88beea93f842',
	'Nothing waits',
	"={{ 'No finding is ' + $json.states.join(', ') + '.' }}",
);
const chosen = packNode(haloInbox, 'Which rows', {
	operation: 'replay',
	choice: '={{ $json.choice }}',
	offered: "={{ $('What waits').first().json }}",
});
const due = updateRows(
	'Due now',
	{ id: "={{ $('Find waiting').first().json.table }}" },
	{
		where: [
			{ column: 'state', condition: 'eq', value: '={{ $json.state }}' },
			{ column: '={{ $json.column }}', condition: 'eq', value: '={{ $json.value }}' },
		],
	},
	// As failed and due, and not as new: then process-inbox sees that a newer finding of the problem was handled since.
	{ state: 'failed', notBefore: '={{ $now.toUTC().toISO() }}', tries: 0 },
	{ alwaysOutputData: true },
);
const count = fields('How many', {
	// An update that found no row gives out an empty item.
	count: '={{ $input.all().filter((row) => row.json.id).length }}',
	taken:
		'process-inbox takes them with its next run, in their old order. The column reason of halo_inbox says what became of each.',
	none: 'They were taken by a run in the meantime.',
});
const done = completion(
	'Done',
	'08b94f68-fb0d-5c20-a260-d03bbd9cbbd0',
	"={{ $json.count === 1 ? '1 finding is' : $json.count + ' findings are' }} handled again",
	'={{ $json.count === 0 ? $json.none : $json.taken }}',
);
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('outgoing');

/** Findings that wait are handled again. */
export const replayForm: TemplateSource = {
	file: 'replay-form',
	id: 'haloBridgeReplay01',
	name: 'Halo Bridge: replay form',
	settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	about: {
		name: 'About',
		content: `## Replay: findings that wait are handled again

Whoever is logged in to this n8n opens the form's Production URL, picks **one finding, all of a cause, or all of a company**, and sees how many were taken. *process-inbox* handles them with its next run, in their old order.

Nothing is made twice: the ticket carries the reference of its problem. A finding whose problem was handled later in the meantime is not undone.

**By schedule nothing is needed here:** *process-inbox* tries failed findings again by itself, and takes held ones when their company is mapped. The form is for those that are *dead*, once the cause is corrected, and for impatience.

| cause | what to correct first |
|---|---|
| halo_refused | what Halo named, e.g. a required field |
| halo_rights | credential, scopes, rights (*setup*'s check page) |
| set_up | profile, event set or mapping |
| damaged | the column event of the row |
| halo_down | nothing |

**To set up**: run *setup* once, publish.

**Yours to change**: titles and words of the form.`,
	},
	lanes: [
		{
			note: { name: 'Stage 1', content: '### 1. What waits' },
			columns: [[open], [tables], [toRead], [rows], [offer], [anything], [ask, nothing]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. What is chosen becomes due; below: when this workflow itself fails\nA failure is only stored here; *notices* tells people.',
			},
			columns: [[chosen, fails], [due, errorRow], [count, storeErrors], [done]],
		},
	],
	wires: [
		...chain(open, tables, toRead, rows, offer, anything, ask, chosen, due, count, done),
		wire(anything, nothing, 1),
		...whenItFails,
	],
};
