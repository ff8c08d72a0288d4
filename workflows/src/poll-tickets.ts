import { INPUTS, OUTPUTS } from '../../nodes/HaloInbox/description';
import { chain, packNode, type TemplateSource, wire } from './builder';
import { getRows, insertRows, schedule, settings, stopWith, upsertRows, withoutRow } from './core';
import { errorBranch } from './error-branch';
import { HALO, haloInbox, haloTicket } from './pack';

const POLL = {
	integration: "={{ $('Settings').first().json.integration }}",
	flow: 'poll-tickets',
};
const statusTable = { name: 'halo_sync_status' };
const ofThisPoll = [
	{ column: 'integration', condition: 'eq', value: POLL.integration },
	{ column: 'flow', condition: 'eq', value: POLL.flow },
];

const everyFiveMinutes = schedule('Every 5 minutes', { field: 'minutes', minutesInterval: 5 });
const set = settings({ integration: 'default', overlapMinutes: 10, firstLookBackHours: 1 });
const lastPoll = getRows(
	'Status of the last poll',
	statusTable,
	// Two rows are an error, and two are enough to see it.
	{ where: ofThisPoll, limit: 2, orderBy: 'id', direction: 'ASC' },
	{ alwaysOutputData: true },
);
const since = packNode(haloInbox, 'Since', {
	operation: 'checkpoint',
	...POLL,
	overlapMinutes: "={{ $('Settings').first().json.overlapMinutes }}",
	firstLookBackHours: "={{ $('Settings').first().json.firstLookBackHours }}",
});
const changed = packNode(
	haloTicket,
	'Changed tickets',
	{
		operation: 'getMany',
		returnAll: true,
		simplify: true,
		filters: { updatedSince: '={{ $json.since }}', onlyOurs: true, state: 'any' },
		getManyOptions: {},
	},
	{ credentials: HALO, onError: 'continueErrorOutput' },
);
const notSeen = withoutRow(
	'Not seen yet',
	{ name: 'halo_inbox' },
	{
		where: [
			{ column: 'source', condition: 'eq', value: 'halo-poll' },
			{
				column: 'dedupKey',
				condition: 'eq',
				value: '=halo-poll|{{ $json.id }}|{{ $json.updatedAt }}',
			},
		],
	},
);
const withNotes = packNode(
	haloTicket,
	'With its notes',
	{
		operation: 'get',
		ticket: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		simplify: true,
		getOptions: { includeNotes: true },
	},
	{ credentials: HALO },
);
const changes = packNode(haloInbox, 'New changes', {
	operation: 'changes',
	since: "={{ $('Since').first().json.since }}",
	changedAt: "={{ $('Not seen yet').item.json.updatedAt }}",
});
const end = packNode(haloInbox, 'End of the poll', {
	operation: 'endPoll',
	...POLL,
	counts: "={{ { read: $('Changed tickets').all(0).length } }}",
});
const remember = insertRows('Remember', { name: 'halo_inbox' }, 'ofTheItem');
const writeStatus = upsertRows(
	'Write the checkpoint',
	statusTable,
	{ where: ofThisPoll },
	'ofTheItem',
);
const sayIt = stopWith(
	'Say that it failed',
	'=Halo could not be read; the next run begins at the same place. {{ $json.lastError }}',
);
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('outgoing');

/** Changes of tickets, without a webhook. */
export const pollTickets: TemplateSource = {
	file: 'poll-tickets',
	id: 'haloBridgePollTick01',
	name: 'Halo Bridge: poll tickets',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Changes of tickets without a webhook

For a Halo that cannot reach this n8n, or whose administrator allows no webhooks; and beside *Halo Trigger*, since a webhook can get lost.

Every 5 minutes: tickets of this pack that were changed since the last run, with 10 minutes of overlap for clocks and for what was being written. Each change comes **once** out of *New changes*: what came out stands in \`halo_inbox\` (source *halo-poll*), by ticket and last change. The checkpoint in \`halo_sync_status\` is written last, so a run that fails is repeated from the same place.

Changes that only applications made, this pack among them, are left out.

**To set up**
1. Run *setup* once, if you have not.
2. Choose your HaloPSA credential in *Changed tickets* and *With its notes*. It needs no administration rights.
3. Put your own nodes on the wire from **New changes** to *Handled* of **End of the poll**.
4. Run it once by hand: the first run looks back *firstLookBackHours*. Then publish.

**Yours to change**: Settings, the schedule, and what stands between *New changes* and *Handled*.

**Leave alone**: the other wires, and what the Data Table nodes ask and write.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. What changed since the checkpoint, and was not given out before\nThe checkpoint is that of the last run that ended well, less the overlap.',
			},
			columns: [[everyFiveMinutes], [set], [lastPoll], [since], [changed], [notSeen], [withNotes]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Your nodes, then it is remembered, then the checkpoint; below: when this workflow fails\nWhen your nodes fail nothing is remembered, and the next run gives the same changes out again.',
			},
			columns: [
				[changes, null, null, fails],
				[null, null, null, errorRow],
				[null, null, null, storeErrors],
				// Room for nodes of one's own.
				[],
				[],
				[end],
				[remember, writeStatus, sayIt],
			],
		},
	],
	wires: [
		...chain(everyFiveMinutes, set, lastPoll, since, changed, notSeen, withNotes, changes),
		wire(since, end, 0, INPUTS.endPoll.window),
		wire(changed, end, 1, INPUTS.endPoll.failed),
		wire(changes, end, OUTPUTS.changes.byPerson, INPUTS.endPoll.handled),
		wire(changes, end, OUTPUTS.changes.remember, INPUTS.endPoll.rows),
		wire(end, remember, OUTPUTS.endPoll.rows),
		wire(end, writeStatus, OUTPUTS.endPoll.status),
		wire(end, sayIt, OUTPUTS.endPoll.failed),
		...whenItFails,
	],
};
