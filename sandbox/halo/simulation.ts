import { SimulatorClock } from './state/clock';
import type { HaloContext } from './http/context';
import { Faults } from './http/faults';
import type { JournalEntry } from './http/journal';
import { type SeedName, seedState } from './state/seed';
import type { SimApplication } from './state/state';
import { DEFAULT_SWITCHES, type HaloSwitches } from './state/switches';
import { Technician } from './tickets/technician';
import { WebhookDeliveries } from './webhooks/webhook-delivery';

export interface SimulationOptions {
	seed: SeedName;
	tenant: string;
	application: SimApplication;
	switches: Partial<HaloSwitches>;
	onRequest: (entry: JournalEntry) => void;
}

/** One simulated tenant: what it holds, how it behaves, what was asked of it. */
export class Simulation {
	readonly journal: JournalEntry[] = [];

	readonly faults = new Faults();

	readonly clock = new SimulatorClock();

	readonly switches: HaloSwitches;

	readonly context: HaloContext;

	readonly technician: Technician;

	readonly deliveries: WebhookDeliveries;

	/** Failures of the simulator's own code; a test run must end with none. */
	readonly failures: string[] = [];

	private sequence = 0;

	constructor(private readonly options: SimulationOptions) {
		this.switches = { ...DEFAULT_SWITCHES, ...options.switches };
		const context: HaloContext = {
			clock: this.clock,
			switches: this.switches,
			state: seedState(options.seed, this.clock.now(), options.application),
			origin: '',
			deliveries: {
				notify: (change) => this.deliveries.notify(change),
				test: (hook) => this.deliveries.test(hook),
				resend: (id) => this.deliveries.resend(id),
			},
		};
		this.context = context;
		this.deliveries = new WebhookDeliveries(context, (message) => this.reportFailure(message));
		this.technician = new Technician(this.context);
	}

	get tenant(): string {
		return this.options.tenant;
	}

	nextSequence(): number {
		this.sequence += 1;
		return this.sequence;
	}

	/** Notes how long a request took and shows it to whoever listens. */
	finished(entry: JournalEntry, startedAt: number): void {
		entry.durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
		this.options.onRequest(entry);
	}

	reportFailure(message: string): void {
		this.failures.push(message);
	}

	/** As new: seed, switches, clock; no faults, an empty journal. Tokens issued before are void. */
	reset(): void {
		this.clock.follow();
		this.deliveries.clear();
		Object.assign(this.switches, DEFAULT_SWITCHES, this.options.switches);
		this.context.state = seedState(this.options.seed, this.clock.now(), this.options.application);
		this.faults.clear();
		this.journal.length = 0;
		this.failures.length = 0;
	}
}
