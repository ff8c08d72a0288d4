import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameterResourceLocator,
	INodeParameters,
} from 'n8n-workflow';

import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import type { TicketOptions } from '../../../nodes/HaloTicket/read/options';
import { startHaloSimulator, type HaloSimulator, type JournalEntry } from '../../../sandbox/halo';
import { runNode, type NodeRun } from '../../support/engine';
import { haloCredentialOf } from '../../support/engine/halo-credential';

/** Clients of the simulator's seed. */
export const CONTOSO = { haloClientId: 11, haloClientName: 'Contoso Ltd' };
export const FABRIKAM = { haloClientId: 12, haloClientName: 'Fabrikam Inc' };

export const INCIDENT = '1';
export const CLOSED = '9';

const HOUR = 3_600_000;

/** An event as it leaves Evaluate Event Set. */
export function evaluated(change: IDataObject = {}): IDataObject {
	const dedupKey =
		typeof change.dedupKey === 'string' ? change.dedupKey : 'v1|wazuh|contoso|cve|srv-01';
	return {
		source: 'wazuh',
		deliveryId: null,
		dedupKey,
		groupKey: dedupKey,
		status: 'open',
		category: 'Vulnerabilities',
		event: 'vulnerability.found',
		title: 'OpenSSL out of date on SRV-01',
		description: 'Version 1.1.1 is no longer maintained.',
		url: 'https://wazuh.example/finding/77',
		severity: 'high',
		rawSeverity: '12',
		cvss: 8.1,
		epss: null,
		kev: false,
		cves: ['CVE-2026-1234'],
		company: {
			id: '42',
			name: 'contoso',
			displayName: 'Contoso Ltd',
			reference: null,
			domain: null,
		},
		asset: { id: '7', name: 'SRV-01', ip: '10.0.0.5', mac: null, serial: null },
		user: { name: null, email: null },
		application: null,
		product: 'OpenSSL',
		remediation: 'Install version 3.',
		time: new Date(Date.now() - HOUR).toISOString(),
		firstSeen: null,
		lastSeen: null,
		resolution: null,
		scan: null,
		simulation: false,
		raw: null,
		mapping: {
			...CONTOSO,
			method: 'explicit',
			origin: 'pair 1',
			createTicket: true,
			noNotification: false,
			eventSet: null,
			profile: null,
		},
		eventSet: 'Default',
		rule: null,
		...change,
	};
}

/** The same problem, reported as over. */
export function resolved(change: IDataObject = {}): IDataObject {
	return evaluated({
		status: 'resolved',
		time: new Date(Date.now()).toISOString(),
		resolution: { reason: 'remediated', byName: null, byEmail: null, scope: null, note: null },
		...change,
	});
}

export function mappedTo(client: IDataObject): IDataObject {
	const { mapping } = evaluated();
	return { ...(mapping as IDataObject), ...client };
}

export function picked(value: string): INodeParameterResourceLocator {
	return { __rl: true, mode: 'id', value };
}

/** The least that a person fills in. */
export const LEAST: INodeParameters = {
	ticketType: { __rl: true, mode: 'id', value: INCIDENT },
	closeStatus: { __rl: true, mode: 'id', value: CLOSED },
};

/** The node's options as it reads them untouched. */
export const TICKET_OPTIONS: TicketOptions = {
	dryRun: false,
	inactiveClients: 'say',
	reopenWindowDays: 14,
	doNotReopen: [],
	noteIntervalHours: 24,
	secondLookup: 'critical',
	duplicateCheck: true,
	notifyEndUser: false,
	closureMinutes: 5,
	closureUnit: 'hours',
	closingAgent: 'approver',
	closeTouched: false,
	ignoreActionsOf: [],
	noteAction: null,
	stormCap: 25,
	stormExemptCap: 100,
	baseline: false,
	closePercent: 50,
	misses: 2,
};

export interface Ticketing {
	simulator: HaloSimulator;
	/** Every request since the start, resets of the simulator notwithstanding. */
	everything: JournalEntry[];
	run(events: IDataObject[], parameters?: INodeParameters, more?: RunMore): Promise<NodeRun>;
	/** Decisions of a run without an error. */
	decide(
		events: IDataObject[],
		parameters?: INodeParameters,
		more?: RunMore,
	): Promise<IDataObject[]>;
	/** Requests of the journal without those for tokens. */
	requests(): string[];
	writes(): Array<{ path: string; body: IDataObject }>;
	/** Tickets that carry one of our references. */
	tickets(): IDataObject[];
	openTickets(): IDataObject[];
	/** Moves Halo's clock on, so that what follows is the work of a person and not of a rule on a new ticket. */
	afterTheRules(): void;
}

interface RunMore {
	rows?: IDataObject[];
	/** Members of the credential beside those that reach the simulator. */
	credential?: ICredentialDataDecryptedObject;
	settings?: Partial<INode>;
}

/**
 * A simulated Halo with the node under test in front of it, on n8n's own engine.
 * @param always members of the credential in every run
 */
export async function startTicketing(
	always: ICredentialDataDecryptedObject = {},
): Promise<Ticketing> {
	const everything: JournalEntry[] = [];
	// Where tenants differ in what they need of a request, the strict one is the one to be right on.
	const simulator = await startHaloSimulator({
		switches: { strictClose: true, strictDetails: true },
		onRequest: (entry) => everything.push(entry),
	});
	const calls = () => simulator.journal.filter(({ path }) => !path.endsWith('/token'));
	const run: Ticketing['run'] = async (events, parameters = {}, more = {}) => {
		const { credential, rows, settings } = more;
		return await runNode({
			node: new HaloTicket(),
			parameters: { ...LEAST, ...parameters },
			inputs: rows === undefined ? [events] : [events, rows],
			simulator,
			credentials: {
				haloPsaBridgeApi: { ...haloCredentialOf(simulator), ...always, ...credential },
			},
			...(settings === undefined ? {} : { settings }),
		});
	};
	const tickets = (): IDataObject[] =>
		simulator
			.tickets()
			.map((ticket) => ticket as IDataObject)
			.filter(({ summary }) => String(summary).includes('(scanref '));
	return {
		simulator,
		everything,
		afterTheRules: () => simulator.clock.advance(5 * 60_000),
		run,
		decide: async (...given) => {
			const { json, error } = await run(...given);
			if (error !== null) throw new Error(`${error.message} ${error.description ?? ''}`);
			return json[0] ?? [];
		},
		requests: () => calls().map(({ method, path }) => `${method} ${path.replace(/^\/api/, '')}`),
		writes: () =>
			calls()
				.filter(({ method }) => method === 'POST')
				.map(({ path, body }) => ({
					path: path.replace(/^\/api/, ''),
					body: (Array.isArray(body) ? body[0] : body) as IDataObject,
				})),
		tickets,
		openTickets: () =>
			tickets().filter(({ hasbeenclosed, deleted }) => hasbeenclosed !== true && deleted !== true),
	};
}
