import type { AgentChoice } from '../shared/domain/ticket-agent';
import type { TicketDecision } from '../shared/domain/ticket-outcome';
import type { Actual } from '../shared/domain/ticket-plan-types';
import { inEventOrder } from '../shared/domain/ticket-triage';
import type { TicketRow } from '../shared/halo/records';
import { converge, type Made } from './converge';
import { endsTheRun, failedDecision } from './failures';
import { lookUp, type LookupOptions, type Wanted } from './lookup';
import type { Work } from './prepare-events';
import { processEvent, type Run } from './process-reference';
import type { TicketOptions } from './read-options';
import { viewOfRow } from './views';

const DAY = 86_400_000;

/** A close looks this far back for its closed ticket, so that it can say "closed already". */
const LEAST_DAYS_BACK = 14;

export interface Around {
	options: TicketOptions;
	agents: readonly AgentChoice[];
	ticketUrl(id: number): string;
	/** Decisions by index of the item; filled here. */
	decisions: Map<number, TicketDecision>;
}

/**
 * Looks all references up, then plans and carries out event by event: per reference in the order of the events' times.
 * @throws HaloError when the look-up fails; nothing was written then
 */
export async function processWorks(
	run: Run,
	works: readonly Work[],
	around: Around,
): Promise<void> {
	if (works.length === 0) return;
	const groups = groupByReference(works);
	const found = await lookUpAll(run, groups, around.options);
	// Look-ups for the whole batch count on the first event that is handled.
	let counted = 0;
	const made: Made[] = [];
	let stop: unknown = null;
	for (const [reference, group] of groups) {
		let actual = actualOf(run, found.get(reference) ?? [], around.agents);
		for (const work of inEventOrder(group)) {
			const { profile } = work.desired;
			try {
				if (stop !== null) throw stop;
				const done = await processEvent(run, work.desired, actual);
				actual = done.actual;
				around.decisions.set(work.index, {
					decision: done.decision,
					reason: done.reason,
					reference,
					ticketId: done.ticketId,
					ticketUrl: done.ticketId === null ? null : around.ticketUrl(done.ticketId),
					profile: profile.name,
					requests: run.api.requests - counted,
				});
				if (done.madeId !== null) made.push(madeOf(work, done.madeId, actual));
			} catch (error) {
				if (endsTheRun(error)) stop = error;
				around.decisions.set(work.index, {
					...failedDecision(error, reference, profile.name),
					requests: run.api.requests - counted,
				});
			}
			counted = run.api.requests;
		}
	}
	if (made.length > 0 && stop === null && around.options.duplicateCheck) {
		await checkDuplicates(run, made, around);
	}
}

function groupByReference(works: readonly Work[]): Map<string, Work[]> {
	const groups = new Map<string, Work[]>();
	for (const work of works) {
		const group = groups.get(work.desired.reference) ?? [];
		group.push(work);
		groups.set(work.desired.reference, group);
	}
	return groups;
}

function madeOf(work: Work, ticketId: number, actual: Actual): Made {
	const lastUpdate = actual.tickets.find(({ id }) => id === ticketId)?.lastUpdate ?? null;
	return { work, ticketId, lastUpdate, actual };
}

function actualOf(run: Run, rows: readonly TicketRow[], agents: readonly AgentChoice[]): Actual {
	return {
		tickets: rows.map((row) => viewOfRow(row, run.known)),
		others: new Map(),
		actions: new Map(),
		agents,
		ownAgentId: undefined,
	};
}

async function lookUpAll(
	run: Run,
	groups: ReadonlyMap<string, readonly Work[]>,
	options: TicketOptions,
): Promise<Map<string, TicketRow[]>> {
	const days = Math.max(options.reopenWindowDays, LEAST_DAYS_BACK);
	// A status on the do-not-reopen list counts however long ago the ticket was closed.
	const since =
		options.doNotReopen.length > 0 ? null : new Date(run.now() - days * DAY).toISOString();
	const lookup = (field: LookupOptions['field']): LookupOptions => ({ field, closed: { since } });
	const found = await lookUp(run.api, [...groups].map(wantedOf), lookup('summary'));
	const again = [...groups].filter(
		([reference, group]) =>
			(found.get(reference)?.length ?? 0) === 0 && wantsSecondLook(group, options),
	);
	if (again.length === 0) return found;
	return new Map([...found, ...(await lookUp(run.api, again.map(wantedOf), lookup('details')))]);
}

function wantedOf([reference, group]: readonly [string, readonly Work[]]): Wanted {
	const clients = new Set(group.map(({ desired }) => desired.clientId));
	const [clientId] = clients;
	return { reference, clientId: clients.size === 1 ? (clientId ?? null) : null };
}

/** A technician may have edited the summary; before a critical problem gets a second ticket, the details are searched. */
function wantsSecondLook(group: readonly Work[], { secondLookup }: TicketOptions): boolean {
	if (secondLookup === 'never') return false;
	return secondLookup === 'always' || group.some(({ event }) => event.severity === 'critical');
}

async function checkDuplicates(run: Run, made: readonly Made[], around: Around): Promise<void> {
	const before = run.api.requests;
	const first = around.decisions.get(made[0]?.work.index ?? -1);
	try {
		for (const { work, ticketId, reason } of await converge(run, made)) {
			const decision = around.decisions.get(work.index);
			if (decision === undefined) continue;
			const mine = decision.ticketId === ticketId;
			around.decisions.set(work.index, {
				...decision,
				decision: mine ? decision.decision : 'unchanged',
				reason: mine
					? `${decision.reason} ${reason}`
					: `Another run made ticket ${ticketId} at the same time. ${reason}`,
				ticketId,
				ticketUrl: around.ticketUrl(ticketId),
			});
		}
	} catch (error) {
		// The tickets stand; only whether another run made the same ones is not known. The next run sees it.
		const words = failedDecision(error).reason;
		for (const { work } of made) {
			const decision = around.decisions.get(work.index);
			if (decision === undefined) continue;
			around.decisions.set(work.index, {
				...decision,
				reason: `${decision.reason} The check for duplicates failed: ${words}`,
			});
		}
	}
	const index = made[0]?.work.index;
	const now = index === undefined ? undefined : around.decisions.get(index);
	if (index !== undefined && now !== undefined && first !== undefined) {
		around.decisions.set(index, { ...now, requests: first.requests + run.api.requests - before });
	}
}
