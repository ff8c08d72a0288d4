import { expected, PROBE_SETTINGS, wrong } from '../../domain/set-up/probe-line';
import { HaloError, HaloValidationError } from '../http/errors';
import { readText } from '../records/decode';
import { readReference } from '../../domain/values/read';
import type { TicketDraft } from '../records/drafts';
import type { TicketRow } from '../records/records';
import type { ProbeRun } from './probe-run';
import { tellAnswer } from './probe-writing';

/** Longer than 255 characters, at which some lists cut, with the marker at its end where a reference would stand. */
const DETAILS =
	'This ticket was made to find out how this Halo behaves: what its lists hold, what its search finds, how a ticket is closed. '.repeat(
		4,
	);

const GENERAL_USER = 'General User';

/** Halo's words when a ticket has no user or site; each tenant names its fields itself, so the nouns decide. */
const ASKS_FOR_PERSON = /\b(user|end-user|contact|site)\b/i;

/** What the test ticket is called. */
export function summaryOf(run: ProbeRun): string {
	return `Test of the n8n Halo bridge, may be deleted ${run.marker}`;
}

/** The test ticket among the newest of all clients, since it may have landed on another one. */
export async function findMade(run: ProbeRun): Promise<TicketRow | null> {
	const { rows } = await run.page({});
	for (const raw of rows) {
		const id = readReference(raw.id);
		const isOurs = (readText(raw.summary) ?? '').includes(run.question.word);
		if (isOurs && id !== null) return await run.api.getTicket(id);
	}
	return null;
}

/** Makes the test ticket. @returns whether Halo asked for a user and a site; null when there is no ticket */
export async function makeTicket(run: ProbeRun): Promise<boolean | null> {
	const { client, type } = run.ground;
	const draft: TicketDraft = {
		summary: summaryOf(run),
		details_html: `<p>${DETAILS}</p><p>${run.marker}</p>`,
		client_id: client.id,
		tickettype_id: type.id,
		donotapplytemplateintheapi: true,
	};
	const fact = 'Making a ticket';
	try {
		await create(run, draft);
		run.tell(expected(fact, `${type.name} (${type.id}) on ${client.name} (${client.id}).`));
		return false;
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		const person = asksForPerson(error) ? await generalUser(run) : null;
		if (person !== null && (await createdWith(run, { ...draft, ...person }))) return true;
		run.tell(
			wrong(
				fact,
				`Halo made no ticket of ${type.name} (${type.id}): ${error.haloMessage ?? error.message}.`,
				error.nextStep,
				PROBE_SETTINGS.profileFields,
			),
		);
		return null;
	}
}

async function create(run: ProbeRun, draft: TicketDraft): Promise<void> {
	run.madeAt = run.recorder.time.now();
	run.mayBeMade = true;
	try {
		const row = await run.api.createTicket(draft, async () => await findMade(run));
		run.ticketId = row.id;
	} catch (error) {
		// A refusal stored nothing; of anything else nobody knows.
		if (error instanceof HaloValidationError) run.mayBeMade = false;
		return await Promise.reject(error);
	}
	tellAnswer(run, 'Answer to a create');
}

async function createdWith(run: ProbeRun, draft: TicketDraft): Promise<boolean> {
	const { client, type } = run.ground;
	try {
		await create(run, draft);
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		return false;
	}
	run.tell(
		expected(
			'Making a ticket',
			`${type.name} (${type.id}) on ${client.name} (${client.id}), for its ${GENERAL_USER}.`,
		),
	);
	return true;
}

function asksForPerson(error: HaloError): boolean {
	return error instanceof HaloValidationError && ASKS_FOR_PERSON.test(error.haloMessage ?? '');
}

async function generalUser(
	run: ProbeRun,
): Promise<Required<Pick<TicketDraft, 'user_id' | 'site_id'>> | null> {
	const users = await run.api.users({ clientId: run.ground.client.id, search: GENERAL_USER });
	const user = users.find(({ name }) => name.toLowerCase() === GENERAL_USER.toLowerCase());
	if (user === undefined || user.site_id === null) return null;
	return { user_id: user.id, site_id: user.site_id };
}
