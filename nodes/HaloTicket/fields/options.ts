import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../shared/n8n/locator';
import { TAKES_EVENTS } from './operation';

/** The setting of every operation that writes notes. */
export const NOTE_ACTION: INodeProperties = locator({
	displayName: 'Note Action',
	name: 'noteAction',
	what: 'action',
	list: 'searchOutcomes',
	description:
		"The action that notes are written with. Left out: Halo's Internal Note, or another note action of the agent's role where that one is refused.",
});

/** Options of the operations that take events. Defaults are safe; read/options.ts holds the same ones. */
export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { operation: TAKES_EVENTS } },
	options: [
		{
			displayName: 'Baseline',
			name: 'baseline',
			type: 'boolean',
			default: false,
			description:
				'Whether the first scan of a source at a client is only recorded, on one ticket: what it names counts as known, and only what is new later gets tickets',
			displayOptions: { show: { '/operation': ['syncScan'] } },
		},
		{
			displayName: 'Close Touched Tickets',
			name: 'closeTouched',
			type: 'boolean',
			default: false,
			description:
				'Whether to close tickets that a person has noted or moved. Off means: such a ticket gets a private note and stays open.',
		},
		{
			displayName: 'Closing Agent',
			name: 'closingAgent',
			type: 'options',
			default: 'approver',
			description:
				'Who stands on a ticket that is closed; Halo refuses to close tickets without an agent in many tenants',
			options: [
				{
					name: 'Approver, Then Ticket, Profile, API Agent',
					value: 'approver',
					description: 'The agent with the e-mail address of who resolved it in the source',
				},
				{ name: 'Profile, Then Ticket, API Agent', value: 'profile' },
				{ name: 'Ticket, Then Profile, API Agent', value: 'ticket' },
			],
		},
		{
			displayName: 'Closure Time (Minutes)',
			name: 'closureMinutes',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 5,
			description: 'Time that is booked on a ticket when it is closed',
		},
		{
			displayName: 'Closure Time Unit in Halo',
			name: 'closureUnit',
			type: 'options',
			default: 'hours',
			description: 'What your Halo counts its closure time field in',
			options: [
				{ name: 'Hours', value: 'hours' },
				{ name: 'Minutes', value: 'minutes' },
			],
		},
		{
			displayName: 'Do Not Reopen Statuses',
			name: 'doNotReopen',
			type: 'string',
			default: '',
			placeholder: 'e.g. Risk Accepted, False Positive',
			description:
				'Names or IDs of statuses, separated by commas. A ticket closed with one of them stays closed when the problem is reported again, and no new one is made.',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to say what would be done, and write nothing to Halo',
		},
		{
			displayName: 'Duplicate Check After Create',
			name: 'duplicateCheck',
			type: 'boolean',
			default: true,
			description:
				'Whether to look once after new tickets for one that another run made at the same time; the lower number stays, the other is closed as its duplicate',
		},
		{
			displayName: 'Ignore Actions Of',
			name: 'ignoreActionsOf',
			type: 'string',
			default: '',
			placeholder: 'e.g. Automation, Triage Bot',
			description:
				'Names of agents, separated by commas, whose actions do not count as a person working on the ticket. What rules do in the first two minutes of a ticket never counts.',
		},
		{
			displayName: 'Inactive Clients',
			name: 'inactiveClients',
			type: 'options',
			default: 'say',
			description: 'What to do about a new ticket on a client that is inactive in Halo',
			options: [
				{ name: 'Hold', value: 'hold', description: 'No ticket is made; the event is held' },
				{ name: 'Make It and Say So', value: 'say', description: 'The decision names the client' },
			],
		},
		{
			displayName: 'Misses Before Close',
			name: 'misses',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2,
			description:
				'How many complete scans in a row must not name a problem before its ticket is closed. The count stands on the ticket. 1 closes at once.',
			displayOptions: { show: { '/operation': ['syncScan'] } },
		},
		{
			displayName: 'Most to Close (%)',
			name: 'closePercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 50,
			description:
				'A scan that no longer names a larger share of the open problems closes nothing and says so. 100 means no limit.',
			displayOptions: { show: { '/operation': ['syncScan'] } },
		},
		NOTE_ACTION,
		{
			displayName: 'Note Interval (Hours)',
			name: 'noteIntervalHours',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 24,
			description: 'Shortest time between two notes on one ticket, unless its severity rose',
		},
		{
			displayName: 'Notify the End User',
			name: 'notifyEndUser',
			type: 'boolean',
			default: false,
			description:
				'Whether Halo may mail the contact of a ticket when it is made, changed or closed. Notes stay private.',
		},
		{
			displayName: 'Reopen Window (Days)',
			name: 'reopenWindowDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 14,
			description:
				'A problem that comes back within so many days after its ticket was closed opens that ticket again; later a new one is made. 0 means always a new one.',
		},
		{
			displayName: 'Second Look-up by Details',
			name: 'secondLookup',
			type: 'options',
			default: 'critical',
			description:
				'When to search the details as well before a new ticket is made, because a person may have edited the summary. One request more.',
			options: [
				{ name: 'Always', value: 'always' },
				{ name: 'For Critical Events', value: 'critical' },
				{ name: 'Never', value: 'never' },
			],
		},
		{
			displayName: 'Storm Cap (New Tickets Per Client and Hour)',
			name: 'stormCap',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 25,
			description:
				'New problems above this number go to one digest ticket of the client, the least severe first. 0 means no limit.',
		},
		{
			displayName: 'Storm Cap for Critical and Exploited',
			name: 'stormExemptCap',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			description:
				'How many critical or known exploited problems get tickets beside those that the storm cap counts',
		},
	],
};
