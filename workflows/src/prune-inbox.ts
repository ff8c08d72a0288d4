import { INPUTS } from '../../nodes/HaloInbox/description';
import { chain, packNode, type TemplateSource, wire } from './builder';
import { OF_THE_ITEM, deleteRows, getRows, listTables, runByHand, schedule, settings } from './core';
import { errorBranch } from './error-branch';
import { haloInbox } from './pack';

const everyQuarter = schedule('Every 15 minutes', { field: 'minutes', minutesInterval: 15 });
const byHand = runByHand();
const set = settings({
	keepDays: 30,
	keepDeadDays: 30,
	keepHeldDays: 90,
	keepRows: 50_000,
	keepErrorDays: 30,
});
const tables = listTables();
const ids = packNode(haloInbox, 'Find tables', {
	operation: 'findTables',
	tableNames: 'halo_inbox, halo_errors',
});
const newest = getRows(
	'Newest row',
	{ id: '={{ $json.halo_inbox }}' },
	{ where: [], limit: 1, orderBy: 'id', direction: 'DESC' },
	{ alwaysOutputData: true },
);
const mayGo = packNode(haloInbox, 'What may go', {
	operation: 'findOld',
	tables: "={{ $('Find tables').first().json }}",
	keepDays: "={{ $('Settings').first().json.keepDays }}",
	keepDeadDays: "={{ $('Settings').first().json.keepDeadDays }}",
	keepHeldDays: "={{ $('Settings').first().json.keepHeldDays }}",
	keepRows: "={{ $('Settings').first().json.keepRows }}",
	keepErrorDays: "={{ $('Settings').first().json.keepErrorDays }}",
});
const found = getRows(
	'Old rows',
	{ id: '={{ $json.table }}' },
	{ where: OF_THE_ITEM, limit: '={{ $json.limit }}', orderBy: 'id', direction: 'ASC' },
);
const prune = packNode(haloInbox, 'Up to which row', { operation: 'prune' });
const away = deleteRows(
	'Delete them',
	{ id: '={{ $json.table }}' },
	{ where: [...OF_THE_ITEM, { column: 'id', condition: 'lte', value: '={{ $json.upTo }}' }] },
);
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');

/** Findings that are done, dead or long held go. */
export const pruneInbox: TemplateSource = {
	file: 'prune-inbox',
	id: 'haloBridgePrune001',
	name: 'Halo Bridge: prune inbox',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Prune inbox: findings that are done, dead or long held go, the others never

Every 15 minutes: rows of \`halo_inbox\` in state *done* that are older than **keepDays**, and those further back than the newest **keepRows** rows; rows in state *dead* that came in longer than **keepDeadDays** ago, or stand further back than the same number; rows in state *held* that came in longer than **keepHeldDays** ago, or longer than a week ago and stand further back than that number; and rows of \`halo_errors\` that people were told of, older than **keepErrorDays**. Rows that are new, failed or waiting stay, however old they are.

900 rows a run and limit at most, so that a large table does not fill n8n's memory: 86,000 a day.

**n8n says that its Data Tables are full?** Deleting works all the same: make **keepRows** smaller and run it by hand, again and again, until *Old rows* finds none.

**Yours to change**: Settings, the schedule. The tickets are not touched. Publish it to use it.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### Which rows may go; found first, then deleted up to the last one that was found\nThe numbers are yours to change in **Settings**.',
			},
			columns: [[everyQuarter, byHand], [set], [tables], [ids], [newest], [mayGo], [found]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### Deleted; and when this workflow itself fails\nA failure is only stored here; *notices* tells people.',
			},
			columns: [[prune, fails], [away, errorRow], [storeErrors]],
		},
	],
	wires: [
		...chain(everyQuarter, set),
		...chain(byHand, set, tables, ids, newest, mayGo, found),
		wire(mayGo, prune, 0, INPUTS.prune.asked),
		wire(found, prune, 0, INPUTS.prune.found),
		...chain(prune, away),
		...whenItFails,
	],
};
