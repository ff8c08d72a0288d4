import type { Decided, NotTaken } from '../../../nodes/shared/domain/approval/decided';
import type { FormPage } from '../../../nodes/shared/domain/approval/page';
import type { Question } from '../../../nodes/shared/domain/approval/question';
import type { CandidateClient } from '../../../nodes/shared/domain/company/decide';
import type { Drift, StaleValue } from '../../../nodes/shared/domain/company/match/drift';
import type { MappingRow } from '../../../nodes/shared/domain/company/match/mapping-row';
import type { CompanyUpdate } from '../../../nodes/shared/domain/company/sync/company-rows';
import type { SyncPlan } from '../../../nodes/shared/domain/company/sync/plan';
import type { LocalCompany, Suggestion } from '../../../nodes/shared/domain/company/types';
import type { EventMapping } from '../../../nodes/shared/domain/event/decision';
import type {
	EventAsset,
	EventCompany,
	EventResolution,
	EventScan,
	EventUser,
	ScannerEvent,
} from '../../../nodes/shared/domain/event/event';
import type { ProbeLine } from '../../../nodes/shared/domain/set-up/probe-line';
import type { CheckLine } from '../../../nodes/shared/domain/set-up/line';
import type { TableFault } from '../../../nodes/shared/domain/set-up/plan-tables';
import { BRIDGE_TABLES } from '../../../nodes/shared/domain/set-up/tables';
import type { FailureDetails, TicketDecision } from '../../../nodes/shared/domain/ticket/outcome';
import type {
	Delivery,
	DeliveryAction,
	DeliveryTicket,
} from '../../../nodes/shared/domain/webhook/delivery';
import type { KnownAgent } from '../../../nodes/HaloTrigger/read-agents';
import type { ConsoleAnswer } from '../../../nodes/shared/domain/console/answer';
import type { Asked } from '../../../nodes/shared/domain/console/asked';
import type { ConsoleRead } from '../../../nodes/shared/domain/console/reads';
import type { PollWindow } from '../../../nodes/shared/domain/inbox/checkpoint';
import type { FeedsRow } from '../../../nodes/shared/domain/inbox/feeds-end';
import type { ErrorRow } from '../../../nodes/shared/domain/inbox/error-rows';
import type { Lease } from '../../../nodes/shared/domain/inbox/lease';
import type { LookUp, ValueLookUp } from '../../../nodes/shared/domain/inbox/look-up';
import type { ChangeRow, PolledChange } from '../../../nodes/shared/domain/inbox/poll-changes';
import type { PollStatus } from '../../../nodes/shared/domain/inbox/poll-end';
import type { Notice } from '../../../nodes/shared/domain/inbox/notices';
import type {
	NoticedRow,
	noticeLookUps,
	ToldRow,
	UnsentRow,
} from '../../../nodes/shared/domain/inbox/notice-rows';
import type { OutageRow } from '../../../nodes/shared/domain/inbox/outages';
import type { OldRows, OldRowsUpTo } from '../../../nodes/shared/domain/inbox/prune';
import type {
	ReplayPage,
	ReplayUpdate,
	StateLookUp,
} from '../../../nodes/shared/domain/inbox/replay';
import type { FlowRow } from '../../../nodes/shared/domain/inbox/report';
import type { SyncRow } from '../../../nodes/shared/domain/values/sync-row';
import type { RowUpdate } from '../../../nodes/shared/domain/inbox/settle';
import type { StoredRow } from '../../../nodes/shared/domain/inbox/store';
import type {
	CreatedCompany,
	PodCompany,
	WantedCompany,
} from '../../../nodes/shared/domain/sources/connectsecure/companies';
import type { ClaimRow, RetryLookUp } from '../../../nodes/shared/domain/outbox/call';
import type { Call, CallUpdate } from '../../../nodes/shared/domain/outbox/claim';
import type { CallStatus } from '../../../nodes/shared/domain/outbox/settle-calls';
import type { ImportedRow } from '../../../nodes/shared/halo/records/company-rows';

/** A member of an output: the name of a JSON type, an object's members, or one such in a list. `object` and `array` hold anything. */
export type Member =
	| 'string'
	| 'number'
	| 'boolean'
	| 'object'
	| 'array'
	| Members
	| readonly [Member];
export type Members = { readonly [name: string]: Member };

/** Every member of a union's types. */
type NamesOf<Row> = Row extends unknown ? keyof Row : never;
type Of<Row> = Record<NamesOf<Row>, Member>;

const text = 'string';
const number = 'number';
const flag = 'boolean';

/** Every column that a first row fills; none of them is a number or a date. */
const firstRow: Members = Object.fromEntries(
	BRIDGE_TABLES.flatMap(({ firstRows }) => firstRows)
		.flatMap((row) => Object.entries(row))
		.map(([column, value]) => [column, typeof value === 'boolean' ? flag : text]),
);

const consoleAnswer = {
	status: number,
	contentType: text,
	location: text,
	disposition: text,
	body: text,
} satisfies Of<ConsoleAnswer>;

/** The event: written once here, so that the compiler names a member that the type has and this has not. */
const event = {
	source: text,
	integration: text,
	deliveryId: text,
	dedupKey: text,
	recurrenceKey: text,
	groupKey: text,
	status: text,
	category: text,
	event: text,
	title: text,
	description: text,
	url: text,
	severity: text,
	rawSeverity: text,
	cvss: number,
	epss: number,
	kev: flag,
	cves: [text],
	company: {
		id: text,
		name: text,
		displayName: text,
		reference: text,
		domain: text,
	} satisfies Of<EventCompany>,
	companyBound: flag,
	asset: { id: text, name: text, ip: text, mac: text, serial: text } satisfies Of<EventAsset>,
	user: { name: text, email: text } satisfies Of<EventUser>,
	application: text,
	product: text,
	remediation: text,
	time: text,
	timeFrom: text,
	firstSeen: text,
	lastSeen: text,
	resolution: {
		reason: text,
		byName: text,
		byEmail: text,
		scope: text,
		note: text,
	} satisfies Of<EventResolution>,
	scan: { id: text, scope: text, complete: flag } satisfies Of<EventScan>,
	simulation: flag,
	raw: 'object',
} satisfies Of<ScannerEvent>;

const stamp = { decision: text, reason: text } satisfies Members;

const mapped = {
	...event,
	mapping: {
		haloClientId: number,
		haloClientName: text,
		method: text,
		origin: text,
		createTicket: flag,
		noNotification: flag,
		eventSet: text,
		profile: text,
	} satisfies Of<EventMapping>,
};

const evaluated = {
	...mapped,
	...({ eventSet: text, rule: text } satisfies Members),
};

const ticketed = {
	...evaluated,
	...({
		...stamp,
		reference: text,
		ticketId: number,
		ticketUrl: text,
		profile: text,
		requests: number,
		error: {
			message: text,
			cause: text,
			nextStep: text,
			status: number,
			method: text,
			path: text,
			haloMessage: text,
		} satisfies Of<FailureDetails>,
	} satisfies Of<TicketDecision>),
};

const ticket = {
	id: number,
	ticketUrl: text,
	summary: text,
	details: text,
	reference: text,
	open: flag,
	statusId: number,
	statusName: text,
	ticketTypeId: number,
	ticketTypeName: text,
	clientId: number,
	clientName: text,
	siteId: number,
	siteName: text,
	userId: number,
	userName: text,
	userEmail: text,
	agentId: number,
	agentName: text,
	team: text,
	slaId: number,
	priorityId: number,
	priorityName: text,
	category: text,
	impactId: number,
	urgencyId: number,
	sourceId: number,
	tags: [text],
	assets: [{ id: number, name: text }],
	customFields: 'object',
	createdAt: text,
	updatedAt: text,
	closedAt: text,
	mergedIntoId: number,
} satisfies Members;

const note = {
	id: number,
	at: text,
	who: text,
	outcome: text,
	note: text,
	private: flag,
	application: text,
} satisfies Members;

const mappingRow = {
	integration: text,
	source: text,
	companyId: text,
	companyName: text,
	haloClientId: number,
	haloClientName: text,
	method: text,
	createTicket: flag,
	noNotification: flag,
	eventSet: text,
	profile: text,
	flags: text,
	mappedAt: text,
} satisfies Of<MappingRow>;

const companyRow = {
	id: number,
	integration: text,
	source: text,
	companyId: text,
	displayName: text,
	name: text,
	reference: text,
	domain: text,
	psaName: text,
	review: text,
} satisfies Of<CompanyUpdate>;

const companySyncRow = {
	integration: text,
	flow: text,
	enabled: flag,
	lastSync: text,
	lastError: text,
	lastErrorAt: text,
	counts: text,
	checkpoint: text,
} satisfies Of<SyncRow>;

const verdict = { outcome: text, reason: text } satisfies Members;
const change = { ...verdict, change: text, rowId: number } satisfies Members;
const localCompany = {
	integration: text,
	source: text,
	id: text,
	name: text,
	displayName: text,
	reference: text,
	domain: text,
} satisfies Of<Omit<LocalCompany, 'origin'>>;

const errorRow = {
	workflow: text,
	node: text,
	direction: text,
	cause: text,
	message: text,
	at: text,
} satisfies Of<ErrorRow>;

const question = {
	requestId: text,
	ticketId: number,
	ticketUrl: text,
	event: 'object',
	expiresAt: text,
	callbackUrl: text,
	ownAllowed: flag,
} satisfies Of<Question>;

const page = { title: text, message: text } satisfies Of<FormPage>;

const lookUp = {
	table: text,
	tables: 'object',
	orderBy: text,
	direction: text,
	limit: number,
} satisfies Members;

const oldRows = {
	table: text,
	where: [{ column: text, condition: text, value: text }],
	limit: number,
} satisfies Of<OldRows>;

const rowUpdate = {
	id: number,
	state: text,
	decision: text,
	reason: text,
	cause: text,
	tries: number,
	ticketId: number,
	notBefore: text,
	doneAt: text,
} satisfies Of<RowUpdate>;

const storedRow = {
	integration: text,
	source: text,
	company: text,
	deliveryId: text,
	dedupKey: text,
	event: text,
	state: text,
	decision: text,
	reason: text,
	cause: text,
	tries: number,
	receivedAt: text,
} satisfies Of<StoredRow>;

const changeRow = {
	source: text,
	deliveryId: text,
	dedupKey: text,
	event: text,
	state: text,
	decision: text,
	reason: text,
	ticketId: number,
	tries: number,
	receivedAt: text,
	doneAt: text,
} satisfies Of<ChangeRow>;

const claim = {
	...({
		source: text,
		deliveryId: text,
		dedupKey: text,
		event: text,
		state: text,
		decision: text,
		reason: text,
		ticketId: number,
		tries: number,
		receivedAt: text,
	} satisfies Of<ClaimRow>),
	...({ source: text, column: text, condition: text, value: text } satisfies Of<RetryLookUp>),
};

const callUpdate = {
	id: number,
	state: text,
	decision: text,
	reason: text,
	tries: number,
	doneAt: text,
} satisfies Of<CallUpdate>;

const agent = { id: number, name: text, email: text } satisfies Of<KnownAgent>;

const delivery = {
	deliveryId: text,
	event: text,
	eventName: text,
	ticketId: number,
	agentId: number,
	message: text,
	time: text,
	webhookId: text,
	notificationId: number,
	ticket: {
		id: number,
		summary: text,
		details: text,
		client_id: number,
		client_name: text,
		user_id: number,
		reporter: text,
		site_id: number,
		tickettype_id: number,
		status_id: number,
		priority_id: number,
		sla_id: number,
		agent_id: number,
		team: text,
		last_update: text,
		dateoccurred: text,
		dateclosed: text,
		hasbeenclosed: flag,
		merged_into_id: number,
		deleted: flag,
		customfields: [{ id: number, name: text, value: text }],
	} satisfies Of<DeliveryTicket>,
	action: {
		id: number,
		outcome: text,
		note: text,
		who: text,
		agentId: number,
		application: text,
		private: flag,
		time: text,
	} satisfies Of<DeliveryAction>,
} satisfies Of<Delivery>;

/**
 * Members of what each operation gives out, by node and name of the operation; '' = a node without operations. Several
 * outputs of one operation that carry the same record have all their members here; a summary beside them has none.
 */
export const OUTPUT_MEMBERS: Readonly<Record<string, Readonly<Record<string, Members>>>> = {
	ScannerTrigger: { '': { ...event, ...stamp } },
	ScannerEvents: {
		normalise: { ...event, ...stamp },
		pollConnectSecure: { ...event, ...stamp },
		getConnectSecureCompanies: {
			companyId: text,
			name: text,
			domain: text,
			haloClientId: number,
		} satisfies Of<PodCompany>,
		createConnectSecureCompanies: {
			...({
				haloClientId: number,
				name: text,
				domain: text,
				reference: text,
			} satisfies Of<WantedCompany>),
			...({ companyId: text, reason: text } satisfies Of<CreatedCompany>),
		},
	},
	MapCompany: {
		resolve: {
			...mapped,
			...stamp,
			candidates: [
				{
					haloClientId: number,
					haloClientName: text,
					origin: text,
					companyName: text,
				} satisfies Of<CandidateClient>,
			],
		},
		autoMap: {
			...change,
			...mappingRow,
			...localCompany,
			company: {
				rowId: number,
				id: text,
				name: text,
				displayName: text,
				integration: text,
				source: text,
			},
			candidates: [
				{
					haloClientId: number,
					haloClientName: text,
					score: number,
					reasons: [text],
				} satisfies Of<Suggestion>,
			],
		},
		link: { ...change, ...mappingRow, ...localCompany },
		sync: { ...companyRow, ...mappingRow, ...companySyncRow },
		endSync: { ...companyRow, ...mappingRow, reason: text, ...companySyncRow },
		check: {
			...verdict,
			...mappingRow,
			drift: [
				{
					kind: text,
					message: text,
					suggestedClientId: number,
					suggestedClientName: text,
					profile: text,
					origin: text,
					field: text,
					value: text,
				} satisfies Of<Drift | StaleValue>,
			],
		},
	},
	EvaluateEventSet: { '': { ...evaluated, ...stamp, notBefore: text } },
	HaloTicket: {
		createOrClose: ticketed,
		create: ticketed,
		close: ticketed,
		syncScan: ticketed,
		addNote: {
			ticketId: number,
			ticketUrl: text,
			summary: text,
			noted: flag,
			visibleToUser: flag,
			outcomeId: number,
			files: [text],
		},
		get: { ...ticket, notes: [note] },
		// A row of Halo's list tells neither; see what the simulator leaves out of it.
		getMany: { ...ticket, tags: 'array', assets: 'array' },
	},
	ImportCompanies: {
		beginSync: {
			integration: text,
			enabled: flag,
			dryRun: flag,
			startedAt: text,
			checkpoint: text,
			lastSync: text,
			lastError: text,
			lastErrorAt: text,
			entities: [text],
			importAsCompanies: flag,
			createTicket: flag,
			noNotification: flag,
			eventSet: text,
			profile: text,
			pagesPerBatch: number,
			guardPercent: number,
			referenceFirst: flag,
			referenceField: number,
			manyToOne: flag,
			connectSecure: text,
			createAtMost: number,
		} satisfies Of<SyncPlan>,
		getCompanies: {
			entity: text,
			id: number,
			name: text,
			inactive: flag,
			updatedAt: text,
			reference: text,
			domain: text,
			website: text,
			topLevelId: number,
			topLevelName: text,
			mainSiteId: number,
			mainSiteName: text,
			mergedInto: number,
			clientId: number,
			clientName: text,
			siteId: number,
			siteName: text,
			email: text,
			phone: text,
			keyField: text,
			type: text,
			status: text,
		} satisfies Of<ImportedRow>,
		syncBatch: { ...companyRow, ...companySyncRow },
	},
	HaloConsole: {
		// Beside these the columns of the rows that are written: those of halo_company_mappings and halo_companies.
		answer: { ...consoleAnswer, into: text, counts: 'object', tables: 'object' },
		done: consoleAnswer,
		request: {
			...({
				page: text,
				isPost: flag,
				query: 'object',
				form: 'object',
				user: text,
				token: text,
				refusal: { status: number, message: text },
				tables: 'object',
				faults: [text],
			} satisfies Of<Asked>),
			...({
				table: text,
				where: [{ column: text, condition: text, value: text }],
				orderBy: text,
				direction: text,
				limit: number,
			} satisfies Of<ConsoleRead>),
		},
	},
	HaloApproval: {
		answer: page,
		ask: { ...ticketed, ...question, ...errorRow },
		decide: {
			...mapped,
			...page,
			...({
				...question,
				decision: text,
				scope: text,
				approver: text,
				email: text,
				body: text,
				signature: text,
				key: text,
			} satisfies Of<Decided>),
		},
		handOver: page,
		record: {
			...mapped,
			...errorRow,
			...({ ticketId: number, note: text } satisfies Of<NotTaken['note']>),
		},
		word: { ...question, formUrl: text, note: text },
	},
	HaloInbox: {
		begin: {
			...lookUp,
			where: [{ column: text, condition: text, value: text }],
		} satisfies Of<LookUp>,
		changes: {
			...({ ticketId: number, lastNoteId: number, ticket: 'object' } satisfies Of<PolledChange>),
			...changeRow,
		},
		checkpoint: { since: text, startedAt: text } satisfies Of<PollWindow>,
		choose: {
			...({
				id: number,
				was: text,
				checkpoint: text,
				counts: text,
				own: text,
				began: text,
				failures: number,
				log: 'object',
				status: 'array',
			} satisfies Of<Lease>),
			...({ ...lookUp, column: text, condition: text, values: [text] } satisfies Of<ValueLookUp>),
			...storedRow,
		},
		endFeeds: {
			integration: text,
			flow: text,
			enabled: flag,
			lastSync: text,
			lastError: text,
			lastErrorAt: text,
			counts: text,
			checkpoint: text,
		} satisfies Of<FeedsRow>,
		endPoll: {
			...changeRow,
			...({
				integration: text,
				flow: text,
				enabled: flag,
				lastSync: text,
				checkpoint: text,
				counts: text,
				lastError: text,
				lastErrorAt: text,
			} satisfies Of<PollStatus>),
		},
		errorRow,
		findErrors: {
			table: text,
			where: [{ column: text, condition: text, value: text }],
			orderBy: text,
			direction: text,
			limit: number,
		} satisfies Of<ReturnType<typeof noticeLookUps>[number]>,
		findOld: oldRows,
		// Its members are the names of the tables that were asked for.
		findTables: {},
		findWaiting: { table: text, state: text, limit: number } satisfies Of<StateLookUp>,
		// Columns of the table that a row goes into, and the id of that table.
		firstRows: { id: text, ...firstRow },
		notices: {
			...({
				integration: text,
				direction: text,
				next: text,
				full: flag,
				subject: text,
				text,
				html: text,
				slack: text,
				teams: text,
				to: text,
			} satisfies Of<Notice>),
			...({
				integration: text,
				flow: text,
				enabled: flag,
				checkpoint: text,
				lastSync: text,
				lastError: text,
				lastErrorAt: text,
				counts: text,
			} satisfies Of<OutageRow>),
			...({ id: number, noticedAt: text } satisfies Of<NoticedRow>),
		},
		offerReplay: {
			count: number,
			states: [text],
			choices: [{ label: text, column: text, value: text }],
			fields: text,
		} satisfies Of<ReplayPage>,
		replay: { state: text, column: text, value: text } satisfies Of<ReplayUpdate>,
		prune: { ...oldRows, upTo: number } satisfies Of<OldRowsUpTo>,
		report: {
			...errorRow,
			...({ integration: text, flow: text, enabled: flag, lastSync: text } satisfies Of<FlowRow>),
		},
		sent: {
			integration: text,
			flow: text,
			checkpoint: text,
			lastError: text,
			lastErrorAt: text,
		} satisfies Of<ToldRow | UnsentRow>,
		setUp: {
			table: text,
			message: text,
			faults: [
				{ table: text, column: text, problem: text, nextStep: text } satisfies Of<TableFault>,
			],
		},
		settle: {
			...rowUpdate,
			...({
				integration: text,
				flow: text,
				enabled: flag,
				lastSync: text,
				lastError: text,
				lastErrorAt: text,
				counts: text,
				checkpoint: text,
			} satisfies Of<SyncRow>),
			...errorRow,
		},
		store: storedRow,
		take: {
			...event,
			...stamp,
			inboxId: number,
			tries: number,
			receivedAt: text,
			inboxSource: text,
		},
	},
	HaloOutbox: {
		callbacks: { ...claim, ...errorRow },
		jitAccounts: { ...claim, ...errorRow },
		claim: {
			...({
				rowId: number,
				ticketId: number,
				key: text,
				body: text,
				tries: number,
			} satisfies Of<Call>),
			signature: text,
			...callUpdate,
		},
		settle: {
			...callUpdate,
			...({
				integration: text,
				flow: text,
				enabled: flag,
				lastSync: text,
			} satisfies Of<CallStatus>),
			...errorRow,
		},
	},
	HaloTrigger: {
		'': {
			...delivery,
			ownWrite: flag,
			agent,
			ticketAgent: agent,
			reference: text,
			ticketFrom: text,
			problem: text,
		},
	},
	HaloCheckSetup: {
		check: {
			number,
			layer: text,
			check: text,
			state: text,
			seen: text,
			fix: text,
		} satisfies Of<CheckLine> & Members,
		customTab: {
			url: text,
			secureUrlParameter: text,
			warnings: [text],
			checked: number,
			problems: [{ customer: text, value: text, problem: text }],
			page: text,
		},
		statusPage: { page: text },
		tryPage: { page: text },
		tryTicket: {
			...({
				fact: text,
				state: text,
				seen: text,
				suggests: text,
				setting: text,
			} satisfies Of<ProbeLine>),
			number,
		},
	},
};
