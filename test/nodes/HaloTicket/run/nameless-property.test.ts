import { runEvents } from '../../../../nodes/HaloTicket/run/run-events';
import type { Work } from '../../../../nodes/HaloTicket/run/work';
import { ProfileUsers } from '../../../../nodes/HaloTicket/run/find-user';
import type { EventItem } from '../../../../nodes/HaloTicket/read/input';
import { ownerOf } from '../../../../nodes/shared/domain/event/owner';
import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import type { TicketDecision } from '../../../../nodes/shared/domain/ticket/outcome';
import type { HaloApi } from '../../../../nodes/shared/halo/api';
import { OPTIONS as PLAN_OPTIONS, PROFILE } from '../../../support/planned-halo';
import { UNSIGNED } from '../../../support/own-ticket';
import { createRandom, pick } from '../../../support/random';
import { startSimulatedHalo, type SimulatedHalo } from '../../../support/simulator';
import { evaluated, resolved, TICKET_OPTIONS } from '../support';

const BATCHES = 4;
const MINUTE = 60_000;

/** Companies by name, with the client that each is mapped to; two share one. '' = an event that names none. */
const CLIENTS: Readonly<Record<string, number>> = {
	Contoso: 11,
	Fabrikam: 12,
	Northwind: 12,
	'': 12,
};
const OWNERS = Object.keys(CLIENTS);

let halo: SimulatedHalo;

beforeAll(async () => {
	halo = await startSimulatedHalo();
});
afterAll(async () => {
	await halo.simulator.stop();
});

interface Told {
	owner: string;
	status: 'open' | 'resolved';
}

function workOf({ owner, status }: Told, key: string, index: number, at: number): Work {
	const json = (status === 'open' ? evaluated : resolved)({
		source: 'canonical',
		dedupKey: `v1|canonical|-|${key}|-`,
		title: `${key} at ${owner === '' ? 'somebody' : owner}`,
		company: { id: null, name: owner, displayName: null, reference: null, domain: null },
		time: new Date(at).toISOString(),
	});
	const event = parseEvent(json);
	const references = UNSIGNED.referencesOf(event.dedupKey, ownerOf(event));
	const item: EventItem = {
		kind: 'event',
		index,
		json,
		event,
		groupKey: event.dedupKey,
		mapping: null,
		eventSet: null,
	};
	return {
		index,
		item,
		event,
		desired: {
			want: status === 'open' ? 'open' : 'closed',
			event,
			reference: references[0],
			references,
			clientId: owner === '' && status === 'resolved' ? null : (CLIENTS[owner] ?? null),
			clientName: null,
			profile: PROFILE,
			traits: traitsOf(event),
		},
	};
}

async function decide(api: HaloApi, works: Work[], stormCap: number): Promise<string[]> {
	const decisions = new Map<number, TicketDecision>();
	const run = {
		api,
		seal: UNSIGNED,
		writer: { api, seal: UNSIGNED, users: new ProfileUsers(api), notifyEndUser: false },
		known: { openIds: new Set([1, 2]), allIds: new Set([1, 2, 9]), closeIds: new Set([9]) },
		options: PLAN_OPTIONS,
		dryRun: false,
		holdInactive: false,
		now: () => halo.simulator.clock.now(),
	};
	const options = { ...TICKET_OPTIONS, stormCap, duplicateCheck: false };
	await runEvents(run, works, {
		options,
		noteReporters: false,
		agents: [],
		ticketUrl: String,
		decisions,
	});
	return works.map(({ index }) => decisions.get(index)?.decision ?? 'none');
}

/** What is right, event by event: who is known, and whose problem is open. */
class Right {
	readonly known = new Map<string, boolean>();

	/**
	 * True when the event names nobody and may be about another's problem.
	 * @param isSure only by what is open; what an owner had before may be forgotten
	 */
	isHeld({ owner, status }: Told, batch: readonly Told[], isSure: boolean): boolean {
		if (owner !== '') return false;
		const reported = batch.filter((told) => told.owner !== '' && told.status === 'open');
		const open = [...this.known].flatMap(([who, isOpen]) => (isOpen ? [who] : []));
		const there = [...open, ...reported.map((told) => told.owner)];
		if (status === 'resolved' && there.length === 0) return false;
		const possible = new Set(isSure ? there : [...there, ...this.known.keys()]);
		return possible.size > 1 || (status === 'open' && [...possible].some((who) => who !== ''));
	}

	/** Takes in an event that is not held. */
	tell({ owner, status }: Told): void {
		if (status === 'open') this.known.set(owner, true);
		else if (owner !== '') {
			if (this.known.has(owner)) this.known.set(owner, false);
		} else {
			const open = [...this.known].flatMap(([who, isOpen]) => (isOpen ? [who] : []));
			if (open.length === 1) for (const who of open) this.known.set(who, false);
		}
	}
}

function openTitles(key: string): string[] {
	return halo.simulator
		.tickets()
		.map((ticket) => ticket as Record<string, unknown>)
		.filter(
			({ hasbeenclosed, summary }) =>
				hasbeenclosed !== true && String(summary).includes('(scanref '),
		)
		.flatMap(({ actions, client_id, summary }) =>
			titlesOf(key, String(summary), actions).map((title) => `${title} on ${String(client_id)}`),
		);
}

/** Whose problems a ticket stands for: by its title, or by the lines of a digest's notes. */
function titlesOf(key: string, summary: string, actions: unknown): string[] {
	const own = new RegExp(`${key} at (\\w+)`, 'g');
	const [title] = [...summary.matchAll(own)].map(([, who = '']) => who);
	if (title !== undefined) return [title];
	if (!summary.includes('(scanroster)')) return [];
	const listed = new Set<string>();
	for (const { note } of actions as Array<{ note: string }>) {
		for (const [, who = ''] of note.matchAll(own)) {
			if (note.includes('struck off')) listed.delete(who);
			else listed.add(who);
		}
	}
	return [...listed];
}

interface History {
	stormCap: number;
	histories: number;
	seed: number;
	/** False where what an owner had before may be forgotten: then only what is open must hold an event. */
	exact: boolean;
}

const KINDS: Array<[string, History]> = [
	['tickets', { stormCap: 0, histories: 200, seed: 51, exact: true }],
	['a digest for all but the first', { stormCap: 1, histories: 100, seed: 52, exact: false }],
];

test.each(KINDS)(
	'owners with one key, and events that name none, end as each owner was told: %s',
	async (_, { exact, histories, seed, stormCap }) => {
		const random = createRandom(seed);
		const wrong: string[] = [];
		let held = 0;
		let ended = 0;
		for (let history = 0; history < histories && wrong.length === 0; history += 1) {
			halo.simulator.reset();
			const api = halo.newApi({ maxRequestsPerWindow: 1_000_000 });
			const key = `disk-${history}`;
			const right = new Right();
			const story: string[] = [];
			let at = halo.simulator.clock.now() - 1_000 * MINUTE;
			for (let batch = 0; batch < BATCHES; batch += 1) {
				const drawn = Array.from(
					{ length: 1 + Math.floor(random() * 3) },
					(): Told => ({
						owner: pick(random, OWNERS),
						status: pick(random, ['open', 'open', 'resolved'] as const),
					}),
				);
				// What begins and ends within one batch leaves no trace on a digest.
				const told = exact
					? drawn
					: drawn.filter(
							({ owner }, place) => drawn.findIndex((one) => one.owner === owner) === place,
						);
				const works = told.map((one, index) => workOf(one, key, index, (at += MINUTE)));
				const decisions = await decide(api, works, stormCap);
				story.push(
					told
						.map(({ owner, status }, index) => `${owner}:${status}=${decisions[index]}`)
						.join(' '),
				);
				const must = told.map((one) => right.isHeld(one, told, !exact));
				for (const [index, one] of told.entries()) {
					const isHeld = decisions[index] === 'held_ambiguous';
					const isRight = exact ? isHeld === must[index] : isHeld || must[index] === false;
					if (!isRight || (isHeld && one.owner !== ''))
						wrong.push(`held ${index}: ${story.join(' | ')}`);
					if (isHeld) held += 1;
					else right.tell(one);
					if (!isHeld && one.owner === '' && one.status === 'resolved') ended += 1;
				}
				const listed = openTitles(key).sort().join();
				const should = [...right.known]
					.flatMap(([who, isOpen]) =>
						isOpen ? [`${who === '' ? 'somebody' : who} on ${CLIENTS[who]}`] : [],
					)
					.sort()
					.join();
				if (listed !== should) wrong.push(`open ${listed} not ${should}: ${story.join(' | ')}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(Math.min(held, ended)).toBeGreaterThan(20);
	},
	300_000,
);
