import { answerLine, closedInListsLine, type FiltersSeen } from '../../domain/set-up/probe-lists';
import {
	closingLine,
	closureUnitLine,
	flagLine,
	reopenLine,
	type StatusTry,
} from '../../domain/set-up/probe-closing';
import {
	longDetailsLine,
	noteLine,
	recipientsLine,
	rewriteLine,
} from '../../domain/set-up/probe-ticket';
import type { JsonRecord } from '../../domain/values/json';
import { HaloCancelledError, HaloError } from '../http/errors';
import { addAllowedNote } from '../notes';
import { readFlag, readText } from '../records/decode';
import { readInteger } from '../../domain/values/read';
import type { TicketChange } from '../records/drafts';
import type { ProbeRun } from './probe-run';
import { tellFilters } from './probe-reading';

/** Longer than any details that this pack writes: a group of some hundred members with its record. */
const LONG_DETAILS = 20_000;

/**
 * Sent as closure time. Hours and minutes of it lie so far apart that no rounding hides which was meant, and it is
 * little time on a test ticket either way.
 */
const CLOSURE_TIME = 1;

/** Members of an action that name who got a mail. */
const RECIPIENTS = ['emailto', 'emailcc', 'emailbcc', 'emailtolist', 'emailcclist'];

function changeOf(run: ProbeRun, fields: Partial<TicketChange>): TicketChange {
	return {
		id: run.ticketId ?? 0,
		client_id: run.clientId,
		tickettype_id: run.ground.type.id,
		...fields,
	};
}

/** How the write before was answered. */
export function tellAnswer(
	run: ProbeRun,
	fact: 'Answer to a create' | 'Answer to an update',
): void {
	const { lastWrite } = run.recorder;
	if (lastWrite !== null) run.tell(answerLine(fact, lastWrite.status, lastWrite.body));
}

/** Writes long details over the first ones: two requests. */
export async function rewriteDetails(run: ProbeRun): Promise<void> {
	const start = `rewritten ${run.question.word}`;
	const end = `end ${run.question.word}`;
	const filler = 'These details were rewritten by the test of the set-up. ';
	const middle = filler.repeat(Math.floor(LONG_DETAILS / filler.length));
	const text = `${start}. ${middle}${end}`;
	await run.api.updateTicket(changeOf(run, { details_html: `<p>${text}</p>` }));
	tellAnswer(run, 'Answer to an update');
	const stored = (await run.read())?.row.details ?? null;
	run.tell(rewriteLine(start, stored));
	const changed = stored?.includes(start) === true ? stored : null;
	const kept = changed?.includes(end) === true ? text.length : (changed?.length ?? null);
	run.tell(longDetailsLine(text.length, kept));
}

/** Writes a private note with the wanted action, or with another one that the role may use: two requests and more. */
export async function writeProbeNote(run: ProbeRun): Promise<number> {
	const { ground, question } = run;
	const mark = `note ${question.word}`;
	const own = (row: JsonRecord): boolean => (readText(row.note) ?? '').includes(mark);
	const usedId = await addAllowedNote(
		{ api: run.api },
		{
			ticket_id: run.ticketId ?? 0,
			note_html: `<p>Private note of the set-up test: ${mark}</p>`,
			outcome_id: question.noteOutcomeId,
		},
		async () => (await run.actions()).some(own),
	);
	const written = (await run.actions()).find(own);
	const outcome = (id: number) => ground.outcomes.find((row) => row.id === id);
	const nameOf = (id: number) => ({ id, name: outcome(id)?.name ?? null });
	run.tell(
		noteLine({
			wanted: nameOf(question.noteOutcomeId),
			used: nameOf(usedId),
			isPrivate: written === undefined || readFlag(written.hiddenfromuser),
			mails: outcome(usedId)?.sendsMail === true,
		}),
	);
	return usedId;
}

/** Sends one change of status and says what it came to by what stands there afterwards. Two requests. */
async function moved(
	run: ProbeRun,
	wanted: number,
	send: () => Promise<unknown>,
): Promise<StatusTry> {
	try {
		await send();
	} catch (error) {
		if (!(error instanceof HaloError) || error instanceof HaloCancelledError) {
			return await Promise.reject(error);
		}
		return { kind: 'refused', words: error.haloMessage ?? error.message };
	}
	const status = (await run.read())?.row.status_id ?? 0;
	if (status === wanted) return { kind: 'moved' };
	return { kind: 'kept', status: run.ground.statusName(status) };
}

/** Sets a status by an update of the ticket. */
export async function moveByUpdate(
	run: ProbeRun,
	status: number,
	more: Partial<TicketChange> = {},
): Promise<StatusTry> {
	return await moved(
		run,
		status,
		async () => await run.api.updateTicket(changeOf(run, { status_id: status, ...more })),
	);
}

/** Sets a status by an action. @param outcomeId an action that the role may use */
export async function moveByAction(
	run: ProbeRun,
	status: number,
	outcomeId: number,
): Promise<StatusTry> {
	const there = async (): Promise<boolean> => (await run.read())?.row.status_id === status;
	const draft = {
		ticket_id: run.ticketId ?? 0,
		note_html: '<p>Status set by the set-up test.</p>',
		outcome_id: outcomeId,
		new_status: status,
	};
	return await moved(run, status, async () => await addAllowedNote({ api: run.api }, draft, there));
}

/** What a close sends beside the status: its agent, since many tenants close no ticket of nobody. */
export function closingFields(run: ProbeRun): Partial<TicketChange> {
	const { agentId } = run.ground;
	return {
		closure_note: 'Closed by the set-up test.',
		...(agentId === null ? {} : { agent_id: agentId }),
	};
}

/** Closes, looks, reopens and closes again: twelve requests on a tenant that does as most do. */
export async function closeAndReopen(
	run: ProbeRun,
	outcomeId: number,
	openStatus: number,
	filters: FiltersSeen | null,
): Promise<void> {
	const { client, closeStatus, type } = run.ground;
	const close = closeStatus.id;
	const before = new Set((await run.actions()).map(({ id }) => readInteger(id)));
	const update = await moveByUpdate(run, close, {
		...closingFields(run),
		closure_time: CLOSURE_TIME,
	});
	let action: StatusTry = { kind: 'not tried' };
	if (update.kind !== 'moved') action = await moveByAction(run, close, outcomeId);
	const isClosed = update.kind === 'moved' || action.kind === 'moved';
	if (isClosed) {
		const after = (await run.actions()).filter(({ id }) => !before.has(readInteger(id)));
		const hours = after.flatMap(({ timetaken }) =>
			typeof timetaken === 'number' ? timetaken : [],
		);
		run.tell(closureUnitLine(CLOSURE_TIME, hours));
		run.tell(closedInListsLine(await run.finds({ client_id: client.id })));
		const openHeld = !(await run.finds({ client_id: client.id, open_only: true }));
		if (filters !== null) tellFilters(run, filters, openHeld);
		await reopen(run, openStatus, outcomeId);
		// Closed again by the way that was not tried, so that both are known.
		if (update.kind === 'moved') action = await moveByAction(run, close, outcomeId);
	} else if (filters !== null) {
		tellFilters(run, filters, null);
	}
	run.tell(closingLine(update, action, type.name));
	run.tell(recipientsLine(recipientsIn(await run.actions())));
}

async function reopen(run: ProbeRun, openStatus: number, outcomeId: number): Promise<void> {
	const update = await moveByUpdate(run, openStatus);
	const action = update.kind === 'moved' ? update : await moveByAction(run, openStatus, outcomeId);
	const now = await run.read();
	const way = update.kind === 'moved' ? 'update' : action.kind === 'moved' ? 'action' : null;
	const words = [update, action].flatMap((one) => (one.kind === 'refused' ? one.words : []))[0];
	run.tell(reopenLine(way, run.ground.statusName(now?.row.status_id ?? 0), words ?? null));
	if (way !== null) run.tell(flagLine(now?.raw.hasbeenclosed));
}

function recipientsIn(actions: readonly JsonRecord[]): string[] {
	return actions.flatMap((row) => RECIPIENTS.flatMap((name) => readText(row[name]) ?? []));
}
