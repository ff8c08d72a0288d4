import type { AgentChoice } from '../../shared/domain/ticket/plan/closing-agent';
import { rosterSubject } from '../../shared/domain/ticket/roster/plan';
import { baselineReferences, digestReferences } from '../../shared/domain/ticket/roster/roster';
import { sourceWord } from '../../shared/domain/ticket/member';
import { NAME_COMPANY } from '../../shared/domain/ticket/plan/owners';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { TicketDecision } from '../../shared/domain/ticket/outcome';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { checkDuplicates, type Made } from './converge';
import { Ledger } from './ledger';
import type { Listed } from './look-up';
import { findTickets } from './find-tickets';
import type { Work } from './work';
import { type Prepared, type Problem, problemsOf } from './problem';
import { baselineText, digestText, rosterDesired, type RosterText } from './run-roster';
import { type Ran, runProblem, runTask } from './run-problem';
import type { Run } from './carry-out';
import type { TicketOptions } from '../read/options';
import { noteReporters } from './write-note';
import { type BaselineFor, type Diverted, type Diversion, divertToRosters } from './divert';
import { viewOfRow } from './views';

export interface Around {
	options: TicketOptions;
	/** True when whoever reported something gets a note on its ticket. */
	noteReporters: boolean;
	agents: readonly AgentChoice[];
	ticketUrl(id: number): string;
	/** Decisions by index of the item; filled here. */
	decisions: Map<number, TicketDecision>;
}

/** A batch whose tickets were looked up. */
export interface Batch {
	ledger: Ledger;
	prepared: Prepared[];
	listed: Listed | null;
	/** What is known before anything was found. */
	blank: Actual;
}

/**
 * Looks all references up, then plans and carries out problem by problem: per reference in the order of the events'
 * times. New problems above the storm cap of their client go to one digest ticket.
 * @throws HaloError when the look-up fails; nothing was written then
 */
export async function runEvents(run: Run, works: readonly Work[], around: Around): Promise<void> {
	if (works.length === 0) return;
	const batch = await prepare(run, works, around);
	const { options } = around;
	const { blank, listed, prepared } = batch;
	const baseline = options.baseline ? baselineOf(run.seal) : undefined;
	const sorted = await divertToRosters(run, prepared, listed, options, blank, baseline);
	const made = await carryOutSorted(run, sorted, batch, around);
	if (made === null) return;
	if (options.duplicateCheck) await checkDuplicates(run, made, batch.ledger);
	if (!around.noteReporters || run.dryRun) return;
	await noteReporters(run.writer, works, { decisions: around.decisions, ledger: batch.ledger });
}

/** What is known before anything was found. */
export function blankActual(agents: readonly AgentChoice[]): Actual {
	return {
		wanted: [],
		tickets: [],
		others: new Map(),
		actions: new Map(),
		agents,
		ownAgentId: undefined,
	};
}

/** @throws HaloError when the look-up fails */
export async function prepare(
	run: Run,
	works: readonly Work[],
	{ agents, decisions, options, ticketUrl }: Around,
): Promise<Batch> {
	const ledger = new Ledger(run.api, ticketUrl, decisions);
	const blank = blankActual(agents);
	const problems = problemsOf(works);
	const { found, listed } = await findTickets(run, problems, options);
	const prepared = problems.map((problem: Problem): Prepared => {
		const rows = problem.names.flatMap(({ reference }) => found.get(reference) ?? []);
		const tickets = [...new Map(rows.map((row) => [row.id, row])).values()];
		return {
			problem,
			kept: null,
			actual: {
				...blank,
				wanted: problem.names.flatMap(({ references }) => references),
				tickets: tickets.map((row) => viewOfRow(row, run.known, run.seal)),
			},
		};
	});
	return { ledger, prepared, listed, blank };
}

/** @returns the tickets that were made; null when the run had to end early */
export async function carryOutSorted(
	run: Run,
	{ ambiguous, diverted, rest }: Diversion,
	{ blank, ledger }: Pick<Batch, 'blank' | 'ledger'>,
	{ options }: Pick<Around, 'options'>,
): Promise<Made[] | null> {
	const made: Made[] = [];
	let stop: unknown = null;
	const keep = (ran: Ran): void => {
		made.push(...ran.made);
		stop ??= ran.stop;
	};
	for (const prepared of rest) {
		if (stop === null) keep(await runProblem(run, prepared, ledger));
		else for (const work of prepared.problem.works) ledger.fail(work, stop);
	}
	for (const one of diverted) {
		const { roster, works } = one;
		if (stop === null) {
			const isDigest = digestReferences(run.seal, one.clientId).includes(one.reference);
			const subject = rosterSubject(rosterDesired(one, isDigest, textOf(one, isDigest, options)));
			const before = roster?.actual ?? { ...blank, wanted: one.references };
			keep(await runTask(run, { subject, works }, before, ledger));
		} else for (const work of works) ledger.fail(work, stop);
	}
	for (const work of ambiguous) {
		ledger.record(work, {
			decision: 'held_ambiguous',
			reason: `The source names no company, and problems of companies have the same key. ${NAME_COMPANY}`,
			ticketId: null,
		});
	}
	return stop === null ? made : null;
}

/** The roster of the first scan of a source at a client; none once there is one, open or closed. */
function baselineOf(seal: Seal): BaselineFor {
	return ({ works: [{ event }] }, clientId, rosters) => {
		const references = baselineReferences(
			seal,
			clientId,
			sourceWord(event.source, event.integration),
		);
		const exists = rosters.some(
			(roster) => references.includes(roster.reference) && roster.clientId === clientId,
		);
		return exists ? null : references;
	};
}

function textOf(
	{ works: [first] }: Diverted,
	isDigest: boolean,
	{ stormCap }: TicketOptions,
): (client: string) => RosterText {
	if (first === undefined || isDigest) {
		return (client) => digestText(client, stormCap);
	}
	return (client) => baselineText(client, first.event.source);
}
