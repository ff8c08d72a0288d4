import type { JsonRecord } from '../../domain/values/json';
import type { HaloApi } from '../api';
import { rawRows } from '../records/answers';
import { readFlag } from '../records/decode';
import { readInteger } from '../../domain/values/read';
import { decodeOutcome } from '../records/decode-rows';
import type { NamedRow, StatusRow } from '../records/records';
import type { HaloRequest } from '../http/transport';

/** Where and as what a test ticket is made. */
export interface ProbeQuestion {
	/** A client of people's own; `Unknown` and its like are refused. */
	clientId: number;
	/** Id or name; null = Incident, or the first that the agent may make. */
	ticketType: string | null;
	/** Id or name; null = Closed, or the first closed one. */
	closeStatus: string | null;
	/** Id of the action that notes are to be written with. */
	noteOutcomeId: number;
	/** Twelve letters that stand on no other ticket. */
	word: string;
	/** Where people open a ticket. */
	ticketUrl: (id: number) => string;
}

/** The test cannot begin: nothing was written. */
export class ProbeRefusal extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'ProbeRefusal';
	}
}

/** An action as the list of actions has it. */
export interface ProbeOutcome extends NamedRow {
	sendsMail: boolean;
}

/** What is known before the ticket is made. Read only. */
export interface ProbeGround {
	client: NamedRow;
	type: NamedRow;
	closeStatus: StatusRow;
	/** Id of the agent that the application acts as; null when Halo does not say. */
	agentId: number | null;
	outcomes: ProbeOutcome[];
	statusName: (id: number) => string;
	/** False for a status that `excludeclosed` leaves out; null for an unknown one. */
	isOpen: (statusId: number) => boolean | null;
}

function pick<Row extends NamedRow>(
	rows: readonly Row[],
	wanted: string | null,
	usual: string,
	what: string,
): Row {
	const is = (row: Row, text: string): boolean =>
		String(row.id) === text || row.name.toLowerCase() === text.toLowerCase();
	const found =
		wanted === null
			? (rows.find((row) => is(row, usual)) ?? rows[0])
			: rows.find((row) => is(row, wanted.trim()));
	if (found !== undefined) return found;
	const names = rows.map(({ name }) => name).join(', ');
	throw new ProbeRefusal(
		wanted === null ? `Halo shows the agent no ${what}` : `There is no ${what} "${wanted}"`,
		names === ''
			? 'Run the operation Check: it names the right that is missing.'
			: `Pick one of: ${names}.`,
	);
}

/** `sendemail` stands beside what decisions need of an action. */
async function readOutcomes(api: HaloApi): Promise<ProbeOutcome[]> {
	const request: HaloRequest = { method: 'GET', path: '/Outcome' };
	const rows = rawRows(request, await api.sending.send(request), 'outcomes');
	return rows.flatMap((row: JsonRecord) => {
		const outcome = decodeOutcome(row);
		return outcome === null || outcome.hidden
			? []
			: [{ id: outcome.id, name: outcome.name, sendsMail: readFlag(row.sendemail) }];
	});
}

/**
 * Reads what the test needs to know: six requests.
 * @throws ProbeRefusal for a client that is none, a type or status that does not exist; HaloError
 */
export async function readGround(api: HaloApi, question: ProbeQuestion): Promise<ProbeGround> {
	const client = await api.getClient(question.clientId);
	if (client === null) {
		throw new ProbeRefusal(
			`Halo shows the agent no client ${question.clientId}`,
			'Pick the client from the list.',
		);
	}
	if (client.name.trim().toLowerCase() === 'unknown') {
		throw new ProbeRefusal(
			`Client ${client.id} is Halo's "${client.name}", where no ticket must land`,
			'Pick a client of your own, e.g. your own company.',
		);
	}
	const types = await api.ticketTypes();
	const statuses = await api.statuses();
	const open = new Set(await api.openStatusIds());
	const own = await api.ownAgent();
	const known = new Map(statuses.map(({ id, name }) => [id, name]));
	const closed = statuses.filter(({ id }) => !open.has(id));
	return {
		client,
		type: pick(types, question.ticketType, 'Incident', 'ticket type that it may make tickets of'),
		closeStatus: pick(closed, question.closeStatus, 'Closed', 'closed status'),
		agentId: readInteger(own?.id),
		outcomes: await readOutcomes(api),
		statusName: (id) => known.get(id) ?? `status ${id}`,
		isOpen: (id) => (known.has(id) ? open.has(id) : null),
	};
}
