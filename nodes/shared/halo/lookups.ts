import { readEnvelope, readFlag, readSingle } from './records/decode';
import type { JsonRecord } from '../domain/values/json';
import {
	decodeAgent,
	decodeCategory,
	decodeNamed,
	decodeOutcome,
	decodePriority,
	decodeStatus,
	decodeTicketType,
} from './records/decode-rows';
import type { RowDecoder } from './records/decode-rows';
import { decodeKnown, rawRows } from './records/answers';
import { HaloReader } from './records/reader';
import type { ProcessState } from './http/process-state';
import type {
	AgentRow,
	CategoryRow,
	NamedRow,
	OutcomeRow,
	PriorityRow,
	StatusRow,
	TicketTypeRow,
} from './records/records';
import type { HaloSender } from './http/sender';
import type { HaloQuery, HaloRequest, HaloRuntime } from './http/transport';

/** Lists of a tenant's set-up change seldom; a run every 15 seconds must not fetch them each time. */
export const LOOKUP_KEEP_MS = 15 * 60_000;

/** In `/Status` this type marks statuses of tickets; Halo's own filter for it does not work. */
const TICKET_STATUS_TYPE = 0;

/** Numbers of the lists behind `/Lookup`. */
export const LOOKUP_IDS = { impact: 12, source: 22, urgency: 27 } as const;
export type LookupId = (typeof LOOKUP_IDS)[keyof typeof LOOKUP_IDS];

/** Halo's lists of a tenant's set-up, for names and pickers. Paths and parameters: Halo's published description. */
export class HaloLookups {
	/** @param keepMs how long a list is kept */
	constructor(
		private readonly sender: HaloSender,
		private readonly state: ProcessState,
		protected readonly runtime: HaloRuntime,
		private readonly keepMs: number,
	) {}

	/** Ticket types that a ticket can be made of. */
	async ticketTypes(): Promise<TicketTypeRow[]> {
		return await this.list('/TicketType', { can_create_only: true }, decodeTicketType);
	}

	/** Statuses of tickets only. */
	async statuses(): Promise<StatusRow[]> {
		const rows = await this.allStatuses();
		return rows.filter(({ type }) => type === TICKET_STATUS_TYPE);
	}

	/** Statuses of tickets and of Halo's other records. */
	async allStatuses(): Promise<StatusRow[]> {
		return await this.list('/Status', {}, decodeStatus);
	}

	/** Ids of the statuses of tickets that Halo does not count as closed; a status itself does not say. */
	async openStatusIds(): Promise<number[]> {
		const rows = await this.list('/Status', { excludeclosed: true }, decodeStatus);
		return rows.filter(({ type }) => type === TICKET_STATUS_TYPE).map(({ id }) => id);
	}

	/** One row per priority and SLA, hidden ones too. */
	async priorities(): Promise<PriorityRow[]> {
		return await this.list('/Priority', {}, decodePriority);
	}

	async slas(): Promise<NamedRow[]> {
		return await this.list('/SLA', {}, decodeNamed);
	}

	/** Teams that the agent behind the application can see. */
	async teams(): Promise<NamedRow[]> {
		return await this.list('/Team', {}, decodeNamed);
	}

	/** Agents, disabled ones too where Halo sends them. */
	async agents(): Promise<AgentRow[]> {
		return await this.list('/Agent', {}, decodeAgent);
	}

	/** The agent that the API application acts as; null when Halo does not say. */
	async ownAgent(): Promise<AgentRow | null> {
		const row = await this.record({ method: 'GET', path: '/Agent/me' }, 'agents');
		return row === null ? null : decodeAgent(row);
	}

	/** @param typeId which category field of a ticket, 1 to 4 */
	async categories(typeId: 1 | 2 | 3 | 4): Promise<CategoryRow[]> {
		const rows = await this.list('/Category', { type_id: typeId }, decodeCategory);
		return rows.filter(({ type_id }) => type_id === typeId);
	}

	async lookup(lookupId: LookupId): Promise<NamedRow[]> {
		return await this.list('/Lookup', { lookupid: lookupId }, decodeNamed);
	}

	async outcomes(): Promise<OutcomeRow[]> {
		return await this.list('/Outcome', {}, decodeOutcome);
	}

	/**
	 * One record of the set-up, kept as lists are; null when there is none in the answer.
	 * @param key member that an answer wraps records in
	 */
	async record(request: HaloRequest, key: string): Promise<JsonRecord | null> {
		const name = `${request.path}?${JSON.stringify(request.query ?? {})}`;
		const rows = await this.kept(name, async () => {
			const row = readSingle((await this.sender.send(request)).body, key);
			return row === null ? [] : [row];
		});
		return rows[0] ?? null;
	}

	/**
	 * Rows that are kept for a while, as all lists of the set-up are.
	 * @param what names them: a path with its query
	 */
	async kept(what: string, load: () => Promise<JsonRecord[]>): Promise<JsonRecord[]> {
		// The editor keeps lists shorter than runs do and must not be given one of theirs.
		const key = `${this.keepMs} ${what}`;
		return await this.state.lists.get(key, this.keepMs, this.runtime.now(), load);
	}

	/**
	 * A whole list, kept; inactive rows and rows that cannot be read are left out. One request without paging; a list of
	 * which Halo counts more rows than it gave is read by pages.
	 */
	async list<Row>(path: string, query: HaloQuery, decode: RowDecoder<Row>): Promise<Row[]> {
		const request: HaloRequest = { method: 'GET', path, query };
		const load = async (): Promise<JsonRecord[]> => {
			const response = await this.sender.send(request);
			const name = path.slice(1).toLowerCase();
			const bare = readEnvelope(response.body, name);
			const key = bare === null ? `${name}s` : name;
			const rows = rawRows(request, response, key);
			const total = (bare ?? readEnvelope(response.body, key))?.total ?? 0;
			return total > rows.length ? await this.byPages(path, query, key) : rows;
		};
		const rows = await this.kept(`${path}?${JSON.stringify(query)}`, load);
		return decodeKnown(
			rows.filter((row) => !readFlag(row.inactive)),
			decode,
		);
	}

	private async byPages(path: string, query: HaloQuery, key: string): Promise<JsonRecord[]> {
		// Not every list of the set-up has ids of its own; equal rows are one.
		const numbers = new Map<string, number>();
		const decode = (raw: JsonRecord): { id: number; raw: JsonRecord } => {
			const text = JSON.stringify(raw);
			const id = numbers.get(text) ?? numbers.size;
			numbers.set(text, id);
			return { id, raw };
		};
		const rows: JsonRecord[] = [];
		for await (const page of new HaloReader(this.sender).pages({ path, query, key, decode })) {
			rows.push(...page.rows.map(({ raw }) => raw));
		}
		return rows;
	}
}
