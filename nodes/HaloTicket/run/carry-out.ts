import { afterPlan, imaginedTicket, IMAGINED_TICKET } from '../../shared/domain/ticket/plan/event';
import {
	type Actual,
	type Need,
	noWrites,
	type Plan,
	type PlanOptions,
	type Subject,
	type TicketWrite,
} from '../../shared/domain/ticket/plan/types';
import type { StatusKnowledge, TicketView } from '../../shared/domain/ticket/view';
import { dryRunName } from '../../shared/domain/ticket/outcome';
import type { DecisionName } from '../../shared/domain/event/decision';
import { ignoredWords, movedWords } from '../../shared/domain/ticket/plan/candidates';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { HaloApi } from '../../shared/halo/api';
import { inactiveClient } from '../../shared/halo/inactive-clients';
import type { TicketRow } from '../../shared/halo/records/records';
import { applyPlan, type Writer } from './apply';
import { viewOfAction, viewOfDetail, viewOfRow } from './views';

/** What all events of one run share. */
export interface Run {
	api: HaloApi;
	/** Makes and tells our own marks. */
	seal: Seal;
	writer: Writer;
	known: StatusKnowledge;
	options: PlanOptions;
	dryRun: boolean;
	/** Make no ticket on a client that is inactive in Halo. */
	holdInactive: boolean;
	now(): number;
}

export interface Done {
	decision: DecisionName;
	reason: string;
	ticketId: number | null;
	/** The ticket that was made for real; null when none was. */
	madeId: number | null;
	/** The plan that was carried out. */
	plan: Plan;
	/** What went differently from the plan, or beside it, in sentences. */
	remarks: readonly string[];
	/** Why a note was not written; null when all were. */
	unwritten: Error | null;
	actual: Actual;
}

/** A plan that asks for more than this goes round in circles; each answer brings it further. */
const MOST_READS = 60;

/** Of a subject what one plan takes. */
export type Planned = Pick<Subject, 'desired' | 'plan'>;

/** A plan that was made before its turn, and what was known then. */
export interface Kept {
	subject: Planned;
	plan: Plan;
	actual: Actual;
}

/**
 * Plans and carries the plan out, unless this is a dry run.
 * @param kept a plan of this subject, which counts when nothing was read or written since
 * @returns the decision, and what Halo has afterwards, for the next event of the same problem
 * @throws HaloError when Halo refuses or fails
 */
export async function carryOut(
	run: Run,
	subject: Planned,
	before: Actual,
	kept: Kept | null = null,
): Promise<Done> {
	const { desired } = subject;
	const holds = kept !== null && kept.subject === subject && kept.actual === before;
	const { plan: planned, actual } = holds ? kept : await planWithReads(run, subject, before);
	const inactive = await inactiveWords(run, planned, desired);
	const isHeld = inactive !== '' && run.holdInactive;
	const plan = isHeld ? noWrites('held_unmapped', inactive) : planned;
	const now = run.now();
	const sentences = [
		movedWords(actual, desired.clientId, plan.ticketId),
		ignoredWords(actual),
		isHeld ? '' : inactive,
	];
	const beside = sentences.filter((words) => words !== '');
	if (run.dryRun) {
		const made = imaginedTicket(plan, desired, now);
		const ticketId = plan.ticketId === IMAGINED_TICKET ? null : plan.ticketId;
		return {
			decision: dryRunName(plan.decision),
			reason: [plan.reason, ...beside].join(' '),
			ticketId,
			madeId: null,
			plan,
			remarks: beside,
			unwritten: null,
			actual: afterPlan(plan, actual, made, now),
		};
	}
	const applied = await applyPlan(run.writer, plan, desired, actual);
	const { made, unwritten } = applied;
	const remarks = [...applied.remarks, ...beside];
	const view: TicketView | null = made === null ? null : madeView(run, made, desired.reference);
	return {
		decision: plan.decision,
		reason: [plan.reason, ...remarks].join(' '),
		ticketId: made?.id ?? plan.ticketId,
		madeId: made?.id ?? null,
		plan,
		remarks,
		unwritten,
		actual: afterPlan(asRecorded(plan, unwritten), actual, view, now),
	};
}

/** What is said of a new ticket on a client that is inactive in Halo; empty for every other plan. */
async function inactiveWords(
	{ api }: Run,
	{ writes }: Plan,
	{ clientId, profile }: Planned['desired'],
): Promise<string> {
	const target = clientId ?? profile.clientId;
	if (target === null || writes.every(({ kind }) => kind !== 'create')) return '';
	const name = await inactiveClient(api, target);
	return name === null
		? ''
		: `Halo client ${name} (${target}) is inactive: map its company to another one (Halo Map Company), or make it active in Halo under Customers.`;
}

/** The plan with what is recorded in the end where a note could not be written. */
function asRecorded(plan: Plan, unwritten: Error | null): Plan {
	if (unwritten === null) return plan;
	const owed = plan.writes.flatMap((write): TicketWrite[] => {
		if (write.kind !== 'note' || write.untold == null || write.untold.ticket === null) return [];
		const { detailsHtml, ticket } = write.untold;
		return [{ kind: 'change', ticket, fields: { detailsHtml } }];
	});
	return { ...plan, writes: [...plan.writes, ...owed] };
}

/** A ticket that this run made. Halo's answer to a create may leave the details out, or cut them. */
function madeView(run: Run, made: TicketRow, reference: string): TicketView {
	const view = viewOfRow(made, run.known, run.seal);
	return { ...view, open: true, reference, claims: [reference], doubtful: false };
}

/** Makes a plan, reading what it asks for. */
export async function planWithReads(run: Run, subject: Planned, before: Actual): Promise<Kept> {
	let actual = before;
	for (let reads = 0; reads < MOST_READS; reads += 1) {
		const result = subject.plan(actual, run.options, run.now());
		if (result.kind === 'plan') return { subject, plan: result, actual };
		actual = await supply(run, result, actual);
	}
	throw new RangeError(`A plan asked for more than ${MOST_READS} reads`);
}

/** Reads what a plan asks for. */
export async function supply(run: Run, need: Need, actual: Actual): Promise<Actual> {
	if (need.kind === 'own agent') {
		return { ...actual, ownAgentId: (await run.api.ownAgent())?.id ?? 0 };
	}
	if (need.kind === 'actions') {
		const rows = await run.api.listActions(need.ticketId);
		return {
			...actual,
			actions: new Map([
				...actual.actions,
				[need.ticketId, rows.map((row) => viewOfAction(row, run.seal))],
			]),
		};
	}
	const detail = await run.api.getTicket(need.ticketId);
	const view = detail === null ? null : viewOfDetail(detail, run.known, run.seal);
	if (!actual.tickets.some(({ id }) => id === need.ticketId)) {
		return {
			...actual,
			others: new Map([...actual.others, [need.ticketId, view]]),
		};
	}
	return {
		...actual,
		tickets: actual.tickets.flatMap((ticket) => {
			if (ticket.id !== need.ticketId) return [ticket];
			return view === null ? [] : [view];
		}),
	};
}
