import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isCall, readResumed } from '../shared/domain/approval/choice';
import { closedAsExpired, decidedBy } from '../shared/domain/approval/decided';
import { NOT_ACCEPTED, type FormPage } from '../shared/domain/approval/page';
import { readQuestion } from '../shared/domain/approval/question';
import { type HaloNow, verdictOf } from '../shared/domain/approval/verdict';
import { HaloApi } from '../shared/halo/api';
import { HaloError } from '../shared/halo/http/errors';
import { HaloTicketReads } from '../shared/halo/ticket-reads';
import { isOpen, openStatuses } from '../shared/halo/ticket-open';
import { createRuntime, credentialOptions, withPatience } from '../shared/n8n/create-halo-api';
import { createHaloTransport } from '../shared/n8n/halo-transport';
import { readObject } from '../shared/n8n/parameters';
import { OUTPUTS } from './description';
import { oneOut, oneItem, signingSecrets, respond } from './read';

/** Who is an agent counts as it is now: somebody who left a minute ago decides nothing. */
const KEEP_LISTS_MS = 0;

/** Half of what the form waits: the source is still to be told, and the ticket closed. */
const PATIENCE_MS = 30_000;

/** Halo as it is now. @param isWaitedFor true when somebody sent the form; the end of the time has all time */
async function openHalo(context: IExecuteFunctions, isWaitedFor: boolean): Promise<HaloApi> {
	const { cacheKey, maxRequestsPerWindow } = await credentialOptions(context);
	const patient = createRuntime(context);
	const runtime = isWaitedFor ? withPatience(patient, PATIENCE_MS) : patient;
	return new HaloApi(createHaloTransport(context), runtime, {
		cacheKey,
		maxRequestsPerWindow,
		keepListsMs: KEEP_LISTS_MS,
	});
}

async function readHalo(api: HaloApi, ticketId: number, withAgents: boolean): Promise<HaloNow> {
	try {
		const ticket = await new HaloTicketReads(api.sending).get(ticketId);
		if (ticket === null) {
			return { kind: 'unread', problem: 'it has no such ticket, or its agent may not see it' };
		}
		const { id, row } = ticket;
		const open = isOpen(ticket, new Set()) ?? isOpen(ticket, await openStatuses(api));
		const agents = withAgents ? await api.agents() : [];
		return { kind: 'read', ticket: { id, open, mergedIntoId: row.merged_into_id }, agents };
	} catch (error) {
		if (error instanceof HaloError) return { kind: 'unread', problem: error.message };
		return await Promise.reject(error);
	}
}

/** What becomes of the question of this run; whoever sent the form is answered, unless the source is to be told first. */
export async function decide(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const question = readQuestion(readObject(context, 'question'));
	const resumed = oneItem(context);
	const secrets = await signingSecrets(context);
	const now = Date.now();
	const execution = context.getExecutionId();
	const out: INodeExecutionData[][] = [[], [], []];
	const end = async (page: FormPage, isAskedAgain: boolean): Promise<INodeExecutionData[][]> => {
		if (isCall(resumed)) await respond(context, page);
		if (isAskedAgain) out[OUTPUTS.decide.again] = oneOut({ ...question, ...page });
		return out;
	};
	const answer = readResumed(resumed, { question, execution, secrets, now });
	// Without a proof Halo is not asked either.
	if (answer.kind === 'nothing') return await end(NOT_ACCEPTED, true);
	const choice = answer.kind === 'choice' ? answer.choice : null;
	const api = await openHalo(context, choice !== null);
	const halo = await readHalo(api, question.ticketId, choice !== null);
	const verdict = verdictOf(question, choice, halo);
	if (verdict.kind === 'again' || verdict.kind === 'ended') {
		return await end(verdict.page, verdict.kind === 'again');
	}
	const at = new Date(now).toISOString();
	if (choice === null || verdict.kind === 'expired') {
		out[OUTPUTS.decide.expired] = oneOut(closedAsExpired(question, at));
		return out;
	}
	const signed = { decidedAt: at, secret: secrets[0] };
	out[OUTPUTS.decide.decided] = oneOut(decidedBy(question, choice, verdict.approver, signed));
	return out;
}
