import { INPUTS, OUTPUTS } from '../../nodes/HaloInbox/description';
import { OUTPUTS as READ } from '../../nodes/ScannerEvents/description';
import { KEYS_PER_LOOK_UP } from '../../nodes/shared/domain/inbox/look-up';
import { chain, packNode, type TemplateSource, wire } from './builder';
import {
	getRows,
	insertRows,
	listTables,
	runByHand,
	schedule,
	settings,
	stopWith,
	upsertRows,
} from './core';
import { errorBranch } from './error-branch';
import { haloInbox, scannerEvents } from './pack';

const INTEGRATION = "={{ $('Settings').first().json.integration }}";
const FLOW = 'poll-connectsecure';

/** The row of this poll in halo_sync_status. */
const OWN_ROW = [
	{ column: 'integration', condition: 'eq', value: INTEGRATION },
	{ column: 'flow', condition: 'eq', value: FLOW },
];

/** Paths of ConnectSecure's API, version 4, and the column that tells new rows. */
const FEEDS = [
	{ path: '/report_queries/system_events_view', time: 'updated' },
	{ path: '/r/report_queries/get_remediation', time: 'last_vul_discovered' },
	{ path: '/r/report_queries/resolved_remediation', time: '' },
	{ path: '/r/report_queries/cert_info_view', time: '' },
	{ path: '/r/company/jobs_view', time: 'updated' },
	{ path: '/report_queries/adaudit', time: 'created' },
];

const everyQuarter = schedule('Every 15 minutes', { field: 'minutes', minutesInterval: 15 });
const byHand = runByHand();
const set = settings({ integration: 'default' });
const tables = listTables();
const lastPoll = getRows(
	'Last poll',
	{ name: 'halo_sync_status' },
	// Two, so that a second row is seen and named.
	{ where: OWN_ROW, limit: 2, orderBy: 'id', direction: 'ASC' },
	{ executeOnce: true, alwaysOutputData: true },
);
const readPod = packNode(
	scannerEvents,
	'Read ConnectSecure',
	{ operation: 'pollConnectSecure', integration: INTEGRATION, feeds: { feed: FEEDS } },
	{ credentials: { connectSecureBridgeApi: 'ConnectSecure account' } },
);
const storedBefore = getRows(
	'Stored before',
	{ name: 'halo_inbox' },
	{
		match: 'anyCondition',
		where: Array.from({ length: KEYS_PER_LOOK_UP }, (_, line) => ({
			column: '={{ $json.column }}',
			condition: 'eq',
			value: `={{ $json.values[${line}] }}`,
		})),
		limit: 'all',
		orderBy: 'id',
		direction: 'ASC',
	},
	{ alwaysOutputData: true },
);
const newRows = packNode(haloInbox, 'New rows', { operation: 'store', onlyNew: true });
const storeRows = insertRows('Store in halo_inbox', { name: 'halo_inbox' }, 'ofTheItem', {
	bulk: true,
});
const end = packNode(haloInbox, 'End of the poll', {
	operation: 'endFeeds',
	integration: INTEGRATION,
	flow: FLOW,
});
const writeStatus = upsertRows(
	'Write the checkpoint',
	{ name: 'halo_sync_status' },
	{ where: OWN_ROW },
	'ofTheItem',
);
const red = stopWith('End the run red', '={{ $json.message }}');
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');

/** ConnectSecure's findings, open and resolved, into the inbox. */
export const pollConnectSecure: TemplateSource = {
	file: 'poll-connectsecure',
	id: 'haloBridgePollCS01',
	name: 'Halo Bridge: poll ConnectSecure',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Poll ConnectSecure

ConnectSecure sends no webhooks: this workflow asks it every 15 minutes and stores what is new in \`halo_inbox\`. *process-inbox* makes and closes the tickets.

**To set up**
1. Run *setup* once.
2. Open **Read ConnectSecure** and choose the credential *ConnectSecure account* (type *ConnectSecure Bridge API*); press Test in it.
3. *Feeds* in the same node: keep those that you want. Tickets come from what your event set allows.
4. Run it by hand, look at \`halo_inbox\` and \`halo_sync_status\`, then publish.

**What is new** is told by the time of a feed's rows: the newest one read is kept as \`checkpoint\` in \`halo_sync_status\`, written last. Rows that are read again unchanged are not stored again. To read everything once more, empty \`checkpoint\`.

**When a feed fails** the others go on; its checkpoint stays, and the run ends red with ConnectSecure's own words, so that *notices* tells people.

**Yours to change**: Settings, the schedule, *Feeds* and the options of **Read ConnectSecure**.

**Leave alone**: the order of the other nodes, and what the Data Table nodes ask and write.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. Where the last poll ended, page after page of each feed, and what is new of it\nOne row per event, state *new*. The pod stands in the credential.',
			},
			columns: [
				[everyQuarter, byHand],
				[set],
				[lastPoll, tables],
				[readPod],
				[storedBefore],
				[newRows],
				[storeRows],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Last of all the checkpoint; on the left: when this workflow fails\nA poll that is cut off before is done again. A failure is only stored here; *notices* tells people.',
			},
			columns: [[fails], [errorRow], [storeErrors], [null], [null], [end], [writeStatus], [red]],
		},
	],
	wires: [
		...chain(everyQuarter, set),
		...chain(byHand, set, lastPoll, readPod),
		wire(set, tables),
		wire(readPod, storedBefore, READ.pollConnectSecure.lookUp),
		wire(readPod, newRows, READ.pollConnectSecure.events, INPUTS.store.events),
		wire(tables, newRows, 0, INPUTS.store.tables),
		wire(storedBefore, newRows, 0, INPUTS.store.storedBefore),
		...chain(newRows, storeRows),
		wire(readPod, end, READ.pollConnectSecure.feeds, INPUTS.endFeeds.feeds),
		wire(storeRows, end, 0, INPUTS.endFeeds.stored),
		wire(end, writeStatus, OUTPUTS.endFeeds.status),
		wire(end, red, OUTPUTS.endFeeds.failed),
		...whenItFails,
	],
};
