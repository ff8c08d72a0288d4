import type { AddressInfo } from 'node:net';

import type { SimulatorClock } from './state/clock';
import type { Faults } from './http/faults';
import type { JournalEntry } from './http/journal';
import type { AgentRights } from './state/rights';
import type { SeedName } from './state/seed';
import { createSimulatorServer } from './server';
import { Simulation } from './simulation';
import type { HaloState, SimApplication, SimMail } from './state/state';
import type { HaloSwitches } from './state/switches';
import type { Technician } from './tickets/technician';
import type { WebhookDeliveries } from './webhooks/webhook-delivery';
import { ticketDetail } from './tickets/ticket-rows';

export { FAULT_NAMES, type FaultName, type FaultRule } from './http/faults';
export { type JournalEntry, journalLine } from './http/journal';
export { NAMED_CLIENTS, contactIdOf, generalUserIdOf, siteIdOf } from './state/seed-clients';
export { SYSTEM_OUTCOMES } from './state/seed-lookups';
export type { SeedName } from './state/seed';
export type { AgentRights } from './state/rights';
export type { HaloState, SimAction, SimMail, SimTicket } from './state/state';
export type { HaloSwitches } from './state/switches';
export { TICKET_EVENTS } from './webhooks/notification-events';
export type { SimWebhook, SimWebhookEvent } from './state/webhook-state';

/** Connection values of an unchanged simulator; they open nothing but this program. */
export const DEFAULT_CONNECTION = {
	tenant: 'sandbox',
	clientId: '5a4d0b0c-1111-4222-8333-0123456789ab',
	clientSecret: 'simulator-5a4d0b0c-4444-4555-8666-ba9876543210',
	applicationName: 'Scanner Bridge',
} as const;

export interface HaloSimulatorOptions {
	/** 0 (default) takes any free port. */
	port?: number;
	seed?: SeedName;
	tenant?: string;
	clientId?: string;
	clientSecret?: string;
	/** Scopes of the application; `all` by default, so that a token holds what was asked for. */
	scopes?: string[];
	switches?: Partial<HaloSwitches>;
	/** Called once per request, when its answer is ready. */
	onRequest?: (entry: JournalEntry) => void;
}

export interface HaloSimulator {
	/** `http://127.0.0.1:<port>` */
	readonly origin: string;
	/** `<origin>/api` */
	readonly resourceServer: string;
	/** `<origin>/auth` */
	readonly authServer: string;
	readonly tenant: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Every request outside `/__admin`, in order of arrival; emptied by `reset` or `journal.length = 0`. */
	readonly journal: JournalEntry[];
	/** Failures of the simulator's own code. */
	readonly failures: readonly string[];
	readonly clock: SimulatorClock;
	readonly faults: Faults;
	readonly switches: HaloSwitches;
	/** What a person does at Halo's screen. */
	readonly technician: Technician;
	/** What webhooks were told, and sending it again; the log stands in `state.hooks.log`. */
	readonly deliveries: Pick<WebhookDeliveries, 'idle' | 'resend'>;
	/** All that the tenant holds; may be changed in place. Replaced by `reset`. */
	readonly state: HaloState;
	/** The API agent's rights; a token carries those of the moment it was issued. */
	readonly rights: AgentRights;
	readonly application: SimApplication;
	/** Mails that end users would have got. */
	readonly mails: readonly SimMail[];
	/** Tickets as the API shows them in full, with their actions, oldest first; deleted ones too. */
	tickets(): Array<Record<string, unknown>>;
	reset(): void;
	stop(): Promise<void>;
}

/** Starts a simulated Halo tenant on 127.0.0.1; resolves when it listens. */
export async function startHaloSimulator(
	options: HaloSimulatorOptions = {},
): Promise<HaloSimulator> {
	const clientId = options.clientId ?? DEFAULT_CONNECTION.clientId;
	const clientSecret = options.clientSecret ?? DEFAULT_CONNECTION.clientSecret;
	const simulation = new Simulation({
		seed: options.seed ?? 'default',
		tenant: options.tenant ?? DEFAULT_CONNECTION.tenant,
		application: {
			name: DEFAULT_CONNECTION.applicationName,
			clientId,
			clientSecret,
			scopes: options.scopes ?? ['all'],
			agentId: 9,
			inactive: false,
		},
		switches: options.switches ?? {},
		onRequest: options.onRequest ?? (() => undefined),
	});
	const server = createSimulatorServer(simulation);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const address = server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${address.port}`;
	const { context } = simulation;
	context.origin = origin;
	return {
		origin,
		resourceServer: `${origin}/api`,
		authServer: `${origin}/auth`,
		tenant: simulation.tenant,
		clientId,
		clientSecret,
		journal: simulation.journal,
		failures: simulation.failures,
		clock: simulation.clock,
		faults: simulation.faults,
		switches: simulation.switches,
		technician: simulation.technician,
		deliveries: simulation.deliveries,
		get state() {
			return context.state;
		},
		get rights() {
			return context.state.rights;
		},
		get application() {
			return context.state.application;
		},
		get mails() {
			return context.state.mails;
		},
		tickets: () =>
			context.state.tickets.map((ticket) => ({
				...ticketDetail(context, ticket),
				actions: ticket.actions,
			})),
		reset: () => simulation.reset(),
		stop: async () => {
			simulation.deliveries.clear();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
