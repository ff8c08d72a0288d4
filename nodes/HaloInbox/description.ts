import type { INodeProperties } from 'n8n-workflow';

import { BRIDGE_TABLES } from '../shared/domain/set-up/tables';
import { fields } from './fields';

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	choose: { lease: 0, lookUp: 1, rows: 2 },
	take: { events: 0, decided: 1, mappings: 2, eventSets: 3, profiles: 4 },
	settle: { rows: 0, status: 1, errors: 2 },
	endFeeds: { status: 0, failed: 1 },
	changes: { byPerson: 0, remember: 1 },
	endPoll: { rows: 0, status: 1, failed: 2 },
	notices: { remember: 0, email: 1, teams: 2, slack: 3 },
	report: { remember: 0, failed: 1 },
	sent: { remember: 0, full: 1 },
	// Behind an output for each table.
	setUp: { byHand: BRIDGE_TABLES.length },
} as const;

/** Order of the inputs. */
export const INPUTS = {
	endFeeds: { feeds: 0, stored: 1 },
	endPoll: { failed: 0, window: 1, handled: 2, rows: 3 },
	notices: { rows: 0, thisRun: 1 },
	prune: { asked: 0, found: 1 },
	report: { needsReview: 0, unmapped: 1, ignored: 2, tickets: 3 },
	store: { events: 0, tables: 1, storedBefore: 2 },
	take: { rows: 0, lease: 1, related: 2 },
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ({ endFeeds: ['Feeds', 'Stored'], endPoll: ['Failed', 'Window', 'Handled', 'Rows'], notices: ['Rows', 'This Run'], prune: ['Asked', 'Found'], report: ['Needs Review', 'Unmapped', 'Ignored', 'Tickets'], store: $parameter.onlyNew ? ['Events', 'Tables', 'Stored Before'] : ['Events', 'Tables'], take: ['Rows', 'Lease', 'Related'], settle: ['Decided', 'Needs Review', 'Unmapped', 'Ignored', 'Tickets'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ begin: ['Look Up'], changes: ['By a Person', 'Remember'], endFeeds: ['Status', 'Failed'], endPoll: ['Rows', 'Status', 'Failed'], choose: ['Lease', 'Look Up', 'Rows'], take: ['Events', 'Decided', 'Mappings', 'Event Sets', 'Profiles'], settle: ['Rows', 'Status', 'Errors'], notices: ['Remember', 'E-Mail', 'Teams', 'Slack'], report: ['Remember', 'Failed'], sent: ['Remember', 'Tables Are Full'], setUp: ['halo_event_sets', 'halo_profiles', 'halo_company_mappings', 'halo_companies', 'halo_inbox', 'halo_sync_status', 'halo_errors', 'By Hand'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'findTables',
		options: [
			{
				name: 'Begin',
				value: 'begin',
				action: 'Begin a run of the inbox',
				description: 'Take the list of tables, and say which rows are to be read first',
			},
			{
				name: 'Changes',
				value: 'changes',
				action: 'Tell changes of people from those of applications',
				description: 'Say which tickets a person changed, and make the rows that remember them',
			},
			{
				name: 'Checkpoint',
				value: 'checkpoint',
				action: 'Find where a poll goes on',
				description: 'Say since when to read, from the row of the last poll that ended well',
			},
			{
				name: 'Choose',
				value: 'choose',
				action: 'Choose the rows of a run',
				description: 'Say which rows are handled now, and what is to be written to have the lease',
			},
			{
				name: 'End Feeds',
				value: 'endFeeds',
				action: 'End a poll of feeds',
				description:
					'Write how a poll went and where the next one goes on, after everything was stored',
			},
			{
				name: 'End Poll',
				value: 'endPoll',
				action: 'End a poll',
				description:
					'Make the row with the next checkpoint, or with the error that keeps the last one',
			},
			{
				name: 'Error Row',
				value: 'errorRow',
				action: 'Make a row of halo errors',
				description: 'Turn the item of an Error Trigger into a row of halo_errors',
			},
			{
				name: 'Find Errors',
				value: 'findErrors',
				action: 'Find errors that nobody was told of',
				description: 'Say which rows Notices needs, table by table',
			},
			{
				name: 'Find Old Rows',
				value: 'findOld',
				action: 'Find rows that may be deleted',
				description: 'Say which rows of halo_inbox and halo_errors may go, by age and by number',
			},
			{
				name: 'Find Tables',
				value: 'findTables',
				action: 'Find data tables by their exact names',
				description: 'Take the list of tables, and give the ID of each that is wanted',
			},
			{
				name: 'Find Waiting Rows',
				value: 'findWaiting',
				action: 'Find rows that wait',
				description: 'Take the list of tables, and say which rows of halo_inbox are to be read',
			},
			{
				name: 'First Rows',
				value: 'firstRows',
				action: 'Give the first rows of new tables',
				description: 'Say what goes into the tables that were just made',
			},
			{
				name: 'Notices',
				value: 'notices',
				action: 'Make notices of errors',
				description: 'Say which outages began, last or are over, and write the messages about them',
			},
			{
				name: 'Offer Replay',
				value: 'offerReplay',
				action: 'Offer rows to be handled again',
				description: 'Make the fields of a form: one finding, all of a cause, all of a company',
			},
			{
				name: 'Prune',
				value: 'prune',
				action: 'Prune old rows',
				description: 'Say what is deleted: of each kind the rows up to the last that was found',
			},
			{
				name: 'Replay',
				value: 'replay',
				action: 'Handle rows again',
				description: 'Say which rows become due by what was chosen',
			},
			{
				name: 'Report',
				value: 'report',
				action: 'Report what has no ticket',
				description:
					'For events that make tickets at once, without the inbox: say which need a person, and which have to come again',
			},
			{
				name: 'Sent',
				value: 'sent',
				action: 'Remember which notices were sent',
				description: 'Turn what the nodes that send gave out into rows: told, or why not',
			},
			{
				name: 'Set Up Tables',
				value: 'setUp',
				action: 'Set up the data tables',
				description:
					'Take the list of tables, and say which are to be made and which columns are missing',
			},
			{
				name: 'Settle',
				value: 'settle',
				action: 'Settle what became of the rows',
				description: 'Turn decisions into what is to be written: rows, status and errors',
			},
			{
				name: 'Store',
				value: 'store',
				action: 'Store events as rows of the inbox',
				description: 'Turn events into new rows of halo_inbox',
			},
			{
				name: 'Take',
				value: 'take',
				action: 'Take the events of a run',
				description: 'Give out the events in order; what is clear already is decided at once',
			},
		],
	},
	...fields,
];
