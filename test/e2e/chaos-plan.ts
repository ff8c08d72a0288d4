import type { JsonRecord } from '../../sandbox/host';
import type { Delivery } from '../support/host/scanner';
import type { Hang } from '../support/host/storm-of-faults';
import { pick } from '../support/random';

export const KILLS = 10;

/** How many findings end how; 500 in all. */
export const FATES = { ticket: 320, hold: 100, ignore: 80 } as const;

/** So many are reported a second time, in another delivery. */
export const REPEATED = 50;

const EVENTS_PER_DELIVERY = 5;

/** Enough for the first lives, in which n8n may be at its creates from the begin. */
const FIRST_LOAD = 30;

/** Clients of the simulator; each gets fewer than 25 findings, so that the storm cap makes a digest of none. */
const CLIENT_IDS = [11, 12, 13, 14, 15, 16, 17, ...Array.from({ length: 11 }, (_, at) => 101 + at)];

/** Companies that no row maps. */
const STRANGERS = ['Nowhere One', 'Nowhere Two', 'Nowhere Three'];

export type Fate = keyof typeof FATES;

export interface Finding {
	/** Stands in the title of its ticket and in the key of its rows. */
	key: string;
	fate: Fate;
	/** Halo client that its company is mapped to; null = not mapped. */
	clientId: number | null;
	event: JsonRecord;
}

/** What Halo is at when n8n is killed. */
export type HaloMoment =
	| { kind: 'anything' }
	| { kind: 'creating'; creates: number }
	| { kind: 'down'; requests: number }
	| { kind: 'hanging'; fault: Hang; skip: number };

/** One life of n8n. */
export interface Life {
	/** Sent at its begin. */
	first: Delivery[];
	/** What is waited for then. */
	halo: HaloMoment;
	/** Sent then, all at once. */
	second: Delivery[];
	/** So many of these are answered when the kill comes. */
	answered: number;
}

/** All that is random about a run, apart from Halo's faults. */
export interface ChaosPlan {
	/** Companies to map, by name. */
	clients: Map<string, { id: number; name: string }>;
	findings: Finding[];
	deliveries: Delivery[];
	/** One for each kill. */
	lives: Life[];
	/** What is sent after the last kill. */
	rest: Delivery[];
}

function companyName(clientId: number): string {
	return `Company ${clientId}`;
}

function makeFinding(random: () => number, fate: Fate, index: number): Finding {
	const key = `chaos-${String(index + 1).padStart(3, '0')}`;
	// In turn, so that no client gets many more than the others.
	const clientId = fate === 'hold' ? null : (CLIENT_IDS[index % CLIENT_IDS.length] ?? null);
	const company = clientId === null ? pick(random, STRANGERS) : companyName(clientId);
	const severity = fate === 'ignore' ? 'low' : pick(random, ['critical', 'high']);
	const event = { dedupKey: key, title: `Finding ${key} of the storm`, severity, company };
	return { key, fate, clientId, event };
}

function shuffled<Entry>(random: () => number, list: readonly Entry[]): Entry[] {
	return list
		.map((entry) => ({ entry, rank: random() }))
		.sort((left, right) => left.rank - right.rank)
		.map(({ entry }) => entry);
}

function makeDeliveries(random: () => number, findings: readonly Finding[]): Delivery[] {
	const again = shuffled(random, findings).slice(0, REPEATED);
	const events = [...shuffled(random, [...findings, ...again])].map(({ event }) => event);
	return Array.from({ length: events.length / EVENTS_PER_DELIVERY }, (_, index) => ({
		id: `delivery-${index + 1}`,
		events: events.slice(index * EVENTS_PER_DELIVERY, (index + 1) * EVENTS_PER_DELIVERY),
	}));
}

function makeMoments(random: () => number): HaloMoment[] {
	const between = (least: number, most: number) =>
		least + Math.floor(random() * (most - least + 1));
	// What is made in these lives leaves the last one fewer requests than the pack allows itself in five minutes.
	const creating = Array.from(
		{ length: 5 },
		(): HaloMoment => ({ kind: 'creating', creates: between(24, 34) }),
	);
	return shuffled(random, [
		...creating,
		// Few enough for what is sent at the begin of that life: earlier lives may have left nothing to make.
		{ kind: 'hanging', fault: 'timeout-before', skip: between(0, 3) },
		{ kind: 'hanging', fault: 'timeout-after-commit', skip: between(0, 3) },
		{ kind: 'down', requests: between(4, 12) },
		{ kind: 'anything' },
		{ kind: 'anything' },
	]);
}

/** A first load to work on, then some more in every life and after the last. */
function makeLives(
	random: () => number,
	deliveries: readonly Delivery[],
): Pick<ChaosPlan, 'lives' | 'rest'> {
	const left = [...deliveries];
	const load = left.splice(0, FIRST_LOAD);
	const half = Math.floor(left.length / (2 * (KILLS + 1)));
	const lives = makeMoments(random).map(
		(halo, index): Life => ({
			first: [...(index === 0 ? load : []), ...left.splice(0, half)],
			halo,
			second: left.splice(0, half),
			answered: Math.floor(random() * half),
		}),
	);
	return { lives, rest: left };
}

/** What is sent, what must become of it, and when n8n dies. The same numbers give the same plan. */
export function makePlan(random: () => number): ChaosPlan {
	const fates: Fate[] = [
		...Array.from({ length: FATES.ticket }, () => 'ticket' as const),
		...Array.from({ length: FATES.hold }, () => 'hold' as const),
		...Array.from({ length: FATES.ignore }, () => 'ignore' as const),
	];
	const findings = fates.map((fate, index) => makeFinding(random, fate, index));
	const deliveries = makeDeliveries(random, findings);
	return {
		clients: new Map(CLIENT_IDS.map((id) => [companyName(id), { id, name: companyName(id) }])),
		findings,
		deliveries,
		...makeLives(random, deliveries),
	};
}
