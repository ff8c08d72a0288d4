import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Values of the parameter Operation. */
export const OPERATIONS = [
	'begin',
	'choose',
	'errorRow',
	'findTables',
	'settle',
	'store',
	'take',
] as const;

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	choose: { lease: 0, lookUp: 1, rows: 2 },
	take: { events: 0, decided: 1, mappings: 2, eventSets: 3, profiles: 4 },
	settle: { rows: 0, status: 1, errors: 2 },
} as const;

/** Order of the inputs. */
export const INPUTS = {
	store: { events: 0, tables: 1 },
	take: { rows: 0, lease: 1, related: 2 },
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ({ store: ['Events', 'Tables'], take: ['Rows', 'Lease', 'Related'], settle: ['Decided', 'Needs Review', 'Unmapped', 'Ignored', 'Tickets'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ begin: ['Look Up'], choose: ['Lease', 'Look Up', 'Rows'], take: ['Events', 'Decided', 'Mappings', 'Event Sets', 'Profiles'], settle: ['Rows', 'Status', 'Errors'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

function only(...operations: Array<(typeof OPERATIONS)[number]>): IDisplayOptions {
	return { show: { operation: operations } };
}

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
				name: 'Choose',
				value: 'choose',
				action: 'Choose the rows of a run',
				description: 'Say which rows are handled now, and what is to be written to have the lease',
			},
			{
				name: 'Error Row',
				value: 'errorRow',
				action: 'Make a row of halo errors',
				description: 'Turn the item of an Error Trigger into a row of halo_errors',
			},
			{
				name: 'Find Tables',
				value: 'findTables',
				action: 'Find data tables by their exact names',
				description: 'Take the list of tables, and give the ID of each that is wanted',
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
	{
		displayName: 'Table Names',
		name: 'tableNames',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. halo_inbox, halo_errors',
		description: 'Names of the Data Tables, with commas between them',
		displayOptions: only('findTables'),
	},
	{
		displayName: 'Integrations',
		name: 'integrations',
		type: 'string',
		required: true,
		default: 'default',
		placeholder: 'e.g. default, office',
		description:
			'Whose rows are handled: names as Scanner Trigger has them, with commas between them',
		displayOptions: only('begin'),
	},
	{
		displayName: 'Rows per Run',
		name: 'rowsPerRun',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'Most rows that one run handles',
		displayOptions: only('begin', 'choose'),
	},
	{
		displayName: 'Tables',
		name: 'tables',
		type: 'json',
		default: '{}',
		description: 'IDs of the tables by name: the member tables of what Begin gave out',
		displayOptions: only('choose'),
	},
	{
		displayName: 'N8n Started At',
		name: 'startedAt',
		type: 'string',
		default: '',
		description:
			'When n8n started, if that is what started the run; a run that was at work before is over',
		displayOptions: only('choose'),
	},
	{
		displayName: 'Lease',
		name: 'lease',
		type: 'json',
		default: '{}',
		description: 'The item that Choose gave out on Lease',
		displayOptions: only('take', 'settle'),
	},
	{
		displayName: 'Keep Trying (Days)',
		name: 'keepTryingDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 7,
		description: 'A row that came in longer ago and still fails is given up: a person has to look',
		displayOptions: only('settle'),
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		default: 'incoming',
		description: 'Whose failure it is when neither Halo nor full tables are behind it',
		options: [
			{
				name: 'Incoming',
				value: 'incoming',
				description: 'An event could not be stored or read',
			},
			{
				name: 'Outgoing',
				value: 'outgoing',
				description: 'Another system could not be reached, or said no',
			},
		],
		displayOptions: only('errorRow'),
	},
];
