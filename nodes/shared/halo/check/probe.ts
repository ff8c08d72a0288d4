import {
	completeProbe,
	probeMessage,
	type ProbeLine,
	type ProbeSummary,
} from '../../domain/set-up/probe-line';
import type { FiltersSeen } from '../../domain/set-up/probe-lists';
import { endLine } from '../../domain/set-up/probe-closing';
import { landingLine, rulesLine, timesLine } from '../../domain/set-up/probe-ticket';
import { HaloApi, type HaloApiOptions } from '../api';
import { HaloError } from '../http/errors';
import type { HaloRuntime, HaloTransport } from '../http/transport';
import { readFlag, readText } from '../records/decode';
import { readInteger, readReference } from '../../domain/values/read';
import type { TicketRecord } from '../ticket-reads';
import { readGround, type ProbeQuestion } from './probe-ground';
import { findMade, makeTicket, summaryOf } from './probe-making';
import { readLists, readSearches } from './probe-reading';
import { ProbeRecorder } from './probe-recorder';
import { factsFrom, ProbeRun } from './probe-run';
import { readWebhook } from './probe-webhook';
import {
	closeAndReopen,
	closingFields,
	moveByAction,
	moveByUpdate,
	rewriteDetails,
	writeProbeNote,
} from './probe-writing';

export interface ProbeReport {
	/** One line for every fact. */
	lines: ProbeLine[];
	summary: ProbeSummary;
}

/** Knows nothing that earlier runs of this process have learnt, and leaves nothing to later ones. */
class FreshApi extends HaloApi {
	private readonly own = new Set<string>();

	override get hints(): Set<string> {
		return this.own;
	}
}

/**
 * Makes one ticket on a client, finds out by it how the tenant behaves, and closes it, whatever fails in between.
 * Stores nothing. At most 90 requests and 150 seconds, and up to 14 more for closing; about 45 requests on a tenant
 * that does as most do.
 * @param options as for `HaloApi`; its request budget is shared
 * @throws ProbeRefusal, HaloError while nothing is written yet
 */
export async function probeTenant(
	transport: HaloTransport,
	runtime: HaloRuntime,
	options: HaloApiOptions,
	question: ProbeQuestion,
): Promise<ProbeReport> {
	const recorder = new ProbeRecorder(transport, runtime);
	// Lists are read anew: a test of what stands there now must not be told what stood there.
	const api = new FreshApi(recorder, recorder.time, { ...options, keepListsMs: 0 });
	const ground = await readGround(api, question);
	const run = new ProbeRun(api, recorder, question, ground);
	let left: string | null = null;
	let stopped = '';
	try {
		stopped = await walk(run);
	} finally {
		recorder.beginClosing();
		left = await endClosed(run);
	}
	const { requests } = recorder;
	const { ticketId } = run;
	const url = ticketId === null ? null : question.ticketUrl(ticketId);
	if (ticketId !== null && url !== null) run.tell(endLine(ticketId, url, left));
	const lines = completeProbe(run.lines, `Not tried: ${stopped}.`);
	return {
		lines,
		summary: {
			ready: lines.every(({ state }) => state !== 'wrong'),
			message: probeMessage(lines),
			ticketId,
			ticketUrl: url,
			closed: ticketId === null || left === null,
			requests,
		},
	};
}

/** @returns why what was not told was not tried */
async function walk(run: ProbeRun): Promise<string> {
	const askedForPerson = await makeTicket(run);
	if (askedForPerson === null) return 'no ticket was made';
	let ticket: TicketRecord | null = null;
	await run.attempt(factsFrom('Where the ticket landed', 'Rules on new tickets'), async () => {
		ticket = await lookAtNew(run, askedForPerson);
	});
	const made: TicketRecord | null = ticket;
	// On a foreign client nothing is written but the close.
	if (made === null) return 'the new ticket cannot be read';
	if (foreign(run, made)) return 'the ticket stands on a foreign client';
	await lookFurther(run, made);
	return 'the ticket could not be closed';
}

function foreign(run: ProbeRun, { row }: Pick<TicketRecord, 'row'>): boolean {
	return row.client_id !== run.ground.client.id;
}

async function lookFurther(run: ProbeRun, { row }: TicketRecord): Promise<void> {
	const kept: { filters: FiltersSeen | null; outcomeId: number } = {
		filters: null,
		outcomeId: run.question.noteOutcomeId,
	};
	await run.attempt(factsFrom('Members of list rows', 'Pages and counts'), async () => {
		kept.filters = await readLists(run, row.details);
	});
	await run.attempt(factsFrom('Search of summaries', 'Time until it is found'), async () => {
		await readSearches(run, summaryOf(run));
	});
	await run.attempt(factsFrom('Answer to an update', 'Longest details'), async () => {
		await rewriteDetails(run);
	});
	await run.attempt(['Action for notes'], async () => {
		kept.outcomeId = await writeProbeNote(run);
	});
	await run.attempt(factsFrom('Recipients of mail', 'Flag hasbeenclosed'), async () => {
		await closeAndReopen(run, kept.outcomeId, row.status_id, kept.filters);
	});
	await run.attempt(["Halo's webhook"], async () => {
		await readWebhook(run);
	});
}

/** Where the new ticket stands, how its times are written, and who else acted on it: two requests. */
async function lookAtNew(run: ProbeRun, askedForPerson: boolean): Promise<TicketRecord | null> {
	const ticket = await run.read();
	if (ticket === null) return null;
	const { raw, row } = ticket;
	run.tell(
		landingLine(
			run.ground.client,
			{
				clientId: row.client_id,
				client: row.client_name,
				siteId: row.site_id,
				site: readText(raw.site_name),
				userId: readReference(raw.user_id),
				user: readText(raw.user_name),
			},
			askedForPerson,
		),
	);
	run.tell(timesLine(raw.dateoccurred, row.dateoccurred, run.madeAt));
	if (foreign(run, ticket)) return ticket;
	const own = run.ground.agentId;
	const others = (await run.actions()).filter(
		(action) =>
			readText(action.actionby_application_id) === null &&
			readReference(action.who_agentid) !== null &&
			readInteger(action.who_agentid) !== own &&
			!readFlag(action.action_systemid),
	);
	run.tell(
		rulesLine(
			others.map(({ outcome, who }) => ({ who: readText(who), outcome: readText(outcome) })),
		),
	);
	return ticket;
}

/** Leaves the ticket closed. @returns the status that it stays open in; null when it is closed, or there is none */
async function endClosed(run: ProbeRun): Promise<string | null> {
	try {
		if (run.ticketId === null && run.mayBeMade) run.ticketId = (await findMade(run))?.id ?? null;
		if (run.ticketId === null) return null;
		const close = run.ground.closeStatus.id;
		const ways = [
			async () => await moveByUpdate(run, close, closingFields(run)),
			async () => await moveByAction(run, close, run.question.noteOutcomeId),
		];
		for (const way of ways) {
			const now = await statusOf(run);
			if (now !== null && run.ground.isOpen(now) === false) return null;
			await way();
		}
		const last = (await statusOf(run)) ?? 0;
		return run.ground.isOpen(last) === false ? null : run.ground.statusName(last);
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		return `a status that Halo does not tell (${error.message})`;
	}
}

async function statusOf(run: ProbeRun): Promise<number | null> {
	return (await run.read())?.row.status_id ?? null;
}
