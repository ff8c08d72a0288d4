import { runEvents } from '../../../nodes/HaloTicket/run/run-events';
import type { Work } from '../../../nodes/HaloTicket/run/work';
import { ProfileUsers } from '../../../nodes/HaloTicket/run/find-user';
import type { EventItem } from '../../../nodes/HaloTicket/read/input';
import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import type { ResolvedProfile } from '../../../nodes/shared/domain/profile/resolve';
import { referenceOf, UNSIGNED } from '../../support/own-ticket';
import type { TicketDecision } from '../../../nodes/shared/domain/ticket/outcome';
import type { HaloApi } from '../../../nodes/shared/halo/api';
import { startSimulatedHalo, type SimulatedHalo } from '../../support/simulator';
import { evaluated, TICKET_OPTIONS } from './support';

const FINDINGS = 1_000;
const CLIENTS = 50;
/** First of the clients that the seed generates. */
const FIRST_CLIENT = 101;

const PROFILE: ResolvedProfile = {
	name: 'P2',
	ticketTypeId: 1,
	statusCreateId: null,
	statusCloseId: 9,
	slaId: null,
	priorityId: null,
	team: null,
	agentId: null,
	category: null,
	urgencyId: null,
	impactId: null,
	clientId: null,
	user: null,
};

function findings(change: { status?: string; severity?: string } = {}): Work[] {
	return Array.from({ length: FINDINGS }, (_, index) => {
		const json = evaluated({
			dedupKey: `v1|wazuh|finding ${index}`,
			title: `Finding ${index}`,
			...change,
		});
		const event = parseEvent(json);
		const clientId = FIRST_CLIENT + (index % CLIENTS);
		const groupKey = event.dedupKey;
		const item: EventItem = {
			kind: 'event',
			index,
			json,
			event,
			groupKey,
			mapping: null,
			eventSet: null,
		};
		return {
			index,
			item,
			event,
			desired: {
				want: event.status === 'open' ? 'open' : 'closed',
				event,
				reference: referenceOf(groupKey),
				references: [referenceOf(groupKey)],
				clientId,
				clientName: null,
				profile: PROFILE,
			},
		};
	});
}

let halo: SimulatedHalo;

async function carryOut(works: Work[], api: HaloApi): Promise<Map<string, number>> {
	halo.simulator.journal.length = 0;
	const decisions = new Map<number, TicketDecision>();
	const run = {
		api,
		seal: UNSIGNED,
		writer: { api, seal: UNSIGNED, users: new ProfileUsers(api), notifyEndUser: false },
		known: {
			openIds: new Set([1, 2, 4, 5]),
			allIds: new Set([1, 2, 4, 5, 9, 23]),
			closeIds: new Set([9]),
		},
		options: {
			...TICKET_OPTIONS,
			doNotReopen: new Set<number>(),
			ignoreActionsOf: new Set<string>(),
			reopenStatusId: 1,
		},
		dryRun: false,
		holdInactive: false,
		now: () => halo.simulator.clock.now(),
	};
	await runEvents(run, works, {
		options: TICKET_OPTIONS,
		noteReporters: false,
		agents: [],
		ticketUrl: String,
		decisions,
	});
	const counts = new Map<string, number>();
	for (const { decision } of decisions.values())
		counts.set(decision, (counts.get(decision) ?? 0) + 1);
	return counts;
}

beforeAll(async () => {
	halo = await startSimulatedHalo();
});
afterAll(async () => {
	await halo.simulator.stop();
});

test('1,000 new findings over 50 clients cost at most 1,000 creates and 120 requests more; again, at most 60', async () => {
	expect(halo.simulator.state.clients.some(({ id }) => id === FIRST_CLIENT + CLIENTS - 1)).toBe(
		true,
	);
	const api = halo.newApi({ maxRequestsPerWindow: 1_000_000 });
	expect(await carryOut(findings(), api)).toEqual(new Map([['created', FINDINGS]]));
	const sent = halo.simulator.journal.length;
	const creates = halo.simulator.journal.filter(
		({ method, path }) => method === 'POST' && path.endsWith('/Tickets'),
	);
	expect(creates).toHaveLength(FINDINGS);
	expect(sent).toBeLessThanOrEqual(FINDINGS + 120);

	expect(await carryOut(findings({}), api)).toEqual(new Map([['unchanged', FINDINGS]]));
	expect(halo.simulator.journal.length).toBeLessThanOrEqual(60);
	expect(halo.simulator.journal.filter(({ method }) => method === 'POST')).toEqual([]);
}, 180_000);

test('a few findings among very many open tickets are searched one by one, not by list', async () => {
	const api = halo.newApi({ maxRequestsPerWindow: 1_000_000 });
	const some = findings().slice(0, 8);
	expect(await carryOut(some, api)).toEqual(new Map([['unchanged', 8]]));
	expect(halo.simulator.journal.length).toBeLessThanOrEqual(some.length + 2);
});
