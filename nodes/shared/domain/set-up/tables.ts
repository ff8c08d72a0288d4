/** Kinds of columns that n8n's Data Tables have, as its Data Table node names them. */
export type ColumnType = 'string' | 'number' | 'boolean' | 'date';

/** A row as it is put into a table. */
export type FirstRow = Record<string, string | boolean>;

/** A Data Table of the bridge: what docs/tables.md explains. */
export interface BridgeTable {
	name: string;
	/** In the order in which people see them. */
	columns: Readonly<Record<string, ColumnType>>;
	/** What a new table holds; an empty text is shown as an empty cell. */
	firstRows: readonly FirstRow[];
}

/** All values are names as Halo shows them; empty means that Halo decides. */
const PROFILE = {
	integration: '',
	isDefault: false,
	eventSet: 'High and critical',
	sla: '',
	ticketType: 'Incident',
	statusCreate: 'New',
	statusClose: 'Closed',
	team: 'Service Desk',
	agent: '',
	client: '',
	user: '',
	category: '',
	urgency: '',
	impact: '',
	fields: '',
	fieldsClose: '',
};

function exampleOf(company: string): FirstRow {
	return {
		integration: '',
		source: '',
		companyId: '',
		companyName: company,
		haloClientName: company,
		method: 'example',
		createTicket: false,
		noNotification: false,
		eventSet: '',
		profile: '',
		flags: '',
	};
}

/** The tables that the template setup makes, in this order. */
export const BRIDGE_TABLES: readonly BridgeTable[] = [
	{
		name: 'halo_event_sets',
		columns: {
			name: 'string',
			integration: 'string',
			isDefault: 'boolean',
			enabled: 'boolean',
			grouping: 'string',
			minSeverity: 'string',
			includeUnknown: 'boolean',
			rules: 'string',
			maintenance: 'string',
		},
		// The default: every event from severity high upwards, one ticket per problem.
		firstRows: [
			{
				name: 'High and critical',
				integration: '',
				isDefault: true,
				enabled: true,
				grouping: 'problem',
				minSeverity: 'high',
				includeUnknown: true,
				rules: '',
				maintenance: '',
			},
		],
	},
	{
		name: 'halo_profiles',
		columns: {
			name: 'string',
			integration: 'string',
			isDefault: 'boolean',
			eventSet: 'string',
			severities: 'string',
			sla: 'string',
			priority: 'string',
			ticketType: 'string',
			statusCreate: 'string',
			statusClose: 'string',
			team: 'string',
			agent: 'string',
			client: 'string',
			user: 'string',
			category: 'string',
			urgency: 'string',
			impact: 'string',
			fields: 'string',
			fieldsClose: 'string',
		},
		firstRows: [
			{ ...PROFILE, name: 'P1', severities: 'critical', priority: 'Critical' },
			{ ...PROFILE, name: 'P2', severities: 'high', priority: 'High' },
			{
				...PROFILE,
				name: 'P3',
				isDefault: true,
				severities: 'medium, low, informational, unknown',
				priority: 'Medium',
			},
		],
	},
	{
		name: 'halo_company_mappings',
		columns: {
			integration: 'string',
			source: 'string',
			companyId: 'string',
			companyName: 'string',
			haloClientId: 'number',
			haloClientName: 'string',
			method: 'string',
			createTicket: 'boolean',
			noNotification: 'boolean',
			eventSet: 'string',
			profile: 'string',
			flags: 'string',
			mappedAt: 'date',
		},
		// Examples only: no Halo client id, and ticketing is off.
		firstRows: [exampleOf('Example Company One'), exampleOf('Example Company Two')],
	},
	{
		name: 'halo_companies',
		columns: {
			integration: 'string',
			source: 'string',
			companyId: 'string',
			name: 'string',
			displayName: 'string',
			reference: 'string',
			domain: 'string',
			psaName: 'string',
			review: 'string',
		},
		firstRows: [],
	},
	{
		name: 'halo_inbox',
		columns: {
			integration: 'string',
			source: 'string',
			company: 'string',
			deliveryId: 'string',
			dedupKey: 'string',
			event: 'string',
			state: 'string',
			decision: 'string',
			reason: 'string',
			cause: 'string',
			ticketId: 'number',
			tries: 'number',
			notBefore: 'date',
			receivedAt: 'date',
			doneAt: 'date',
		},
		firstRows: [],
	},
	{
		name: 'halo_sync_status',
		columns: {
			integration: 'string',
			flow: 'string',
			enabled: 'boolean',
			lastSync: 'date',
			lastError: 'string',
			lastErrorAt: 'date',
			counts: 'string',
			checkpoint: 'string',
		},
		// notices takes the first away when the Data Tables are full, since then nothing can be written, and puts it back
		// later. The second holds the lease of process-inbox: made here, so that two first runs do not make one each.
		firstRows: [
			{ integration: 'incoming: store', flow: 'notices', enabled: true, checkpoint: 'room' },
			{ integration: '(run)', flow: 'process-inbox', enabled: true, checkpoint: 'free' },
		],
	},
	{
		name: 'halo_errors',
		columns: {
			workflow: 'string',
			node: 'string',
			direction: 'string',
			cause: 'string',
			message: 'string',
			at: 'date',
			noticedAt: 'date',
		},
		firstRows: [],
	},
];
