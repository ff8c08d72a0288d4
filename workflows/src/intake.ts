import { INPUTS } from '../../nodes/HaloInbox/description';
import { chain, packNode, type Parameters, type TemplateSource, wire } from './builder';
import { gather, insertRows, listTables } from './core';
import { errorBranch } from './error-branch';
import { haloInbox, scannerTrigger } from './pack';

function trigger(name: string, webhookId: string, parameters: Parameters) {
	return packNode(
		scannerTrigger,
		name,
		{
			integration: 'default',
			authentication: 'headerToken',
			responseMode: 'lastNode',
			...parameters,
		},
		{ webhookId, credentials: { webhookSecretApi: 'Scanner webhook secret' } },
	);
}

const triggers = [
	trigger('Any tool (canonical JSON)', '80f3a3b1-8b40-01fd-5201-750b6955b569', {
		source: 'canonical',
		companyFrom: 'payload',
		path: 'halo-intake/events',
	}),
	trigger('PagerDuty Events', '096bf85d-bedb-2127-a9a5-4fa646c18f3c', {
		source: 'pagerduty',
		companyFrom: 'payload',
		path: 'halo-intake/pagerduty',
	}),
	trigger('Alertmanager, company in the path', 'ed17964f-b5e6-cbcf-d3d8-995f24c758c0', {
		source: 'alertmanager',
		companyFrom: 'path',
		path: 'halo-intake/alertmanager',
	}),
	trigger('Wazuh, one company', 'bd86e63d-fff7-9081-913a-f4fb6a2e3481', {
		source: 'wazuh',
		companyFrom: 'fixed',
		fixedCompany: 'Example Company One',
		path: 'halo-intake/wazuh',
	}),
];
const events = gather('Events');
const tables = listTables();
const rows = packNode(haloInbox, 'Rows for halo_inbox', { operation: 'store' });
// By its literal name: then n8n inserts all rows of a delivery at once, or none. Rows for halo_inbox sees to it that the
// name leads to the right table.
const storeRows = insertRows('Store in halo_inbox', { name: 'halo_inbox' }, 'ofTheItem', {
	bulk: true,
});
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');

/** What scanners send is stored, then answered. */
export const intake: TemplateSource = {
	file: 'intake',
	id: 'haloBridgeIntake001',
	name: 'Halo Bridge: intake',
	settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	about: {
		name: 'About',
		content: `## Intake: what scanners send is stored, then answered

Each Scanner Trigger checks who is calling, turns the body into events and stores one row per event in \`halo_inbox\`. The scanner gets its answer **after** the rows are stored, all of a delivery or none: an answer of 200 means that nothing can be lost any more. If storing fails, the scanner gets 500 and sends again.

**To set up**
1. Run *setup* once.
2. Open each trigger, choose the credential *Scanner webhook secret*, copy its Production URL into the scanner. Delete the triggers that you do not need. *Integration* says what a sender may reach: only what came in by the same name; name it under *Settings* of *process-inbox*, too.
3. Publish.

**Yours to change**: the triggers. A further source is one more trigger, wired to **Events**.

**Leave alone**: what stands behind **Events**. *process-inbox* makes the tickets.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. Who calls, and what does it say; 2. store it, then answer\nOne trigger per scanner. The company comes from the body, from the last part of the path, or is fixed. The last node answers the scanner.',
			},
			columns: [triggers, [events], [tables], [rows], [storeRows]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### When storing fails\nThe scanner got 500 and sends again. The error is only stored; *notices* tells.',
			},
			columns: [[fails], [errorRow], [storeErrors]],
		},
	],
	wires: [
		...triggers.flatMap((from) => chain(from, events)),
		wire(events, rows, 0, INPUTS.store.events),
		wire(events, tables),
		wire(tables, rows, 0, INPUTS.store.tables),
		...chain(rows, storeRows),
		...whenItFails,
	],
};
