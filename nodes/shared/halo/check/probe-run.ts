import {
	PROBE_FACTS,
	notTried,
	type ProbeFact,
	type ProbeLine,
} from '../../domain/set-up/probe-line';
import type { JsonRecord } from '../../domain/values/json';
import type { HaloApi } from '../api';
import { HaloError } from '../http/errors';
import type { HaloQuery, HaloRequest } from '../http/transport';
import { rawRows } from '../records/answers';
import { readEnvelope } from '../records/decode';
import { readInteger } from '../../domain/values/read';
import type { TicketRecord } from '../ticket-reads';
import { HaloTicketReads } from '../ticket-reads';
import type { ProbeGround, ProbeQuestion } from './probe-ground';
import type { ProbeRecorder } from './probe-recorder';

/** Halo's largest page. */
export const PROBE_PAGE = 100;

/** A list's rows as they came, with what Halo counts. */
export interface RawPage {
	rows: JsonRecord[];
	/** Null where Halo gives no count. */
	count: number | null;
}

/** One test on its way: what it knows, what it has told, and the one ticket that it may make. */
export class ProbeRun {
	readonly lines: ProbeLine[] = [];

	/** Number of the test ticket; null while there is none. */
	ticketId: number | null = null;

	/** True once a create was sent that Halo did not plainly refuse: the ticket is looked for before the end. */
	mayBeMade = false;

	/** When the create was sent, milliseconds since the epoch. */
	madeAt = 0;

	/** Client that the ticket stands on; the one it was made for until it was read. */
	clientId: number;

	private readonly reads: HaloTicketReads;

	constructor(
		readonly api: HaloApi,
		readonly recorder: ProbeRecorder,
		readonly question: ProbeQuestion,
		readonly ground: ProbeGround,
	) {
		this.clientId = ground.client.id;
		this.reads = new HaloTicketReads(api.sending);
	}

	/** How the test ticket is told from all others; never the marker of a finding. */
	get marker(): string {
		return `(scanprobe ${this.question.word})`;
	}

	tell(line: ProbeLine): void {
		this.lines.push(line);
	}

	/** Runs a step; where Halo refuses, the facts that it was to tell are told as not tried, with the reason. */
	async attempt(facts: readonly ProbeFact[], step: () => Promise<void>): Promise<void> {
		try {
			await step();
		} catch (error) {
			if (!(error instanceof HaloError)) await Promise.reject(error);
			for (const fact of facts) {
				if (this.lines.some((line) => line.fact === fact)) continue;
				this.tell(
					notTried(fact, `Not tried: ${String(error instanceof Error ? error.message : error)}.`),
				);
			}
		}
	}

	/** The test ticket as Halo has it now; null when it cannot be seen. */
	async read(): Promise<TicketRecord | null> {
		const ticket = this.ticketId === null ? null : await this.reads.get(this.ticketId);
		// A write that named another client would move the ticket there.
		if (ticket !== null && ticket.row.client_id > 0) this.clientId = ticket.row.client_id;
		return ticket;
	}

	/** One page of tickets, newest first, as it came. */
	async page(query: HaloQuery, pageNo = 1): Promise<RawPage> {
		const request: HaloRequest = {
			method: 'GET',
			path: '/Tickets',
			query: {
				...query,
				order: 'id',
				orderdesc: true,
				pageinate: true,
				page_no: pageNo,
				page_size: PROBE_PAGE,
			},
		};
		const response = await this.api.sending.send(request);
		const envelope = readEnvelope(response.body, 'tickets');
		return {
			rows: rawRows(request, response, 'tickets'),
			count: envelope?.counted === true ? envelope.total : null,
		};
	}

	/** True when the test ticket is on the first page of a list. */
	async finds(query: HaloQuery): Promise<boolean> {
		return rowOf((await this.page(query)).rows, this.ticketId) !== null;
	}

	/** Actions of the test ticket, as they came. */
	async actions(): Promise<JsonRecord[]> {
		const request: HaloRequest = {
			method: 'GET',
			path: '/Actions',
			query: { ticket_id: this.ticketId ?? 0, count: PROBE_PAGE },
		};
		return rawRows(request, await this.api.sending.send(request), 'actions');
	}
}

/** The row of a ticket; null when it is not there. */
export function rowOf(rows: readonly JsonRecord[], id: number | null): JsonRecord | null {
	return rows.find((row) => readInteger(row.id) === id) ?? null;
}

/** Facts from one to another, in their order, both included. */
export function factsFrom(first: ProbeFact, last: ProbeFact): readonly ProbeFact[] {
	return PROBE_FACTS.slice(PROBE_FACTS.indexOf(first), PROBE_FACTS.indexOf(last) + 1);
}
