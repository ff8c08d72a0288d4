import type { ScannerEvent, TimeOrigin } from '../../event/event';
import type { SeverityPrecedence } from '../../event/severity';
import type { SourceTraits } from '../../event/traits';

/**
 * Where the company of an event comes from: from the payload (at a path that the user typed, or where the source has
 * it), from a value typed in the node, or from the last segment of the webhook's address.
 */
export type CompanyRule =
	| { from: 'payload'; path: string | null }
	| { from: 'fixed'; company: string }
	| { from: 'path'; company: string | null };

/**
 * Which labels name a problem: exactly these, or all but those that never do, with some more left out and some put
 * back.
 */
export type LabelRule =
	| { kind: 'only'; names: readonly string[] }
	| { kind: 'default'; without: readonly string[]; also: readonly string[] };

/** What an adapter is told beside the payload. */
export interface SourceContext {
	/** When the payload came in, ISO 8601 in UTC: the time of an event whose source gives none. */
	receivedAt: string;
	/** Id of the delivery from the request's headers; a record's own id goes before it. */
	deliveryId: string | null;
	/** Integration that the trigger or poll is set to: part of every key that it lets in. */
	integration: string;
	/** Most records of one delivery; null = any number. */
	mostRecords: number | null;
	/** Sources beside its own that a canonical body may name, lower case. */
	namedSources: readonly string[];
	company: CompanyRule;
	/** Which counts when a source's word and its score disagree. */
	severityPrecedence: SeverityPrecedence;
	/** IANA name of the zone of times that are written without one. */
	zone: string;
	/** Which labels of an Alertmanager alert name its problem; left out for the default. */
	alertLabels?: LabelRule;
	/** True to keep the source's own record at `raw`, its credentials hidden. */
	keepRaw: boolean;
}

/** When something happened, in a source's own words. */
export interface SourceTime {
	/** ISO 8601 in UTC with milliseconds. */
	at: string;
	/** Whether the source named a zone, and whether it means the report or the beginning of the problem. */
	from: Extract<TimeOrigin, 'source' | 'zone' | 'start'>;
}

/** The records of a payload, each of which is read by itself. */
export interface SourceRecords {
	records: unknown[];
	/** What surrounds the records and holds for all of them; `{}` when nothing does. */
	envelope: Record<string, unknown>;
	/** True for a payload that only tests the connection. */
	ping?: boolean;
	/** What the payload says is missing from it; becomes a failure, since a finding may be lost. */
	incomplete?: string;
}

/** One record that could not be read; the others of its payload were. */
export interface SourceFailure {
	/** Position in the payload, from 0. */
	index: number;
	/** Path of the field that is missing or wrong. */
	field: string;
	/** One sentence for a technician, with the next step. */
	reason: string;
	record: unknown;
}

/** Everything that one payload gave. */
export interface SourceResult {
	/** Id of the source that read it: tells what detection found. */
	source: string;
	events: ScannerEvent[];
	failures: SourceFailure[];
	ping: boolean;
}

/** What a ticket for several problems can be grouped by. */
export type GroupField = 'company' | 'asset' | 'product';

/** A scanner or tool whose payloads are understood. Pure: no clock, no network. */
export interface EventSource {
	/** Stands in keys and in workflows: frozen once released. */
	readonly id: string;
	/** As its users call it. */
	readonly name: string;
	/** One record, as in "This is no ‹record›": `a Wazuh alert`. */
	readonly record: string;
	/**
	 * What its resolves carry of the fields that can group. An event set that groups by another field is refused: the
	 * resolve would name another ticket than the open did, and the ticket would never close.
	 */
	readonly resolvesCarry: readonly GroupField[];
	/**
	 * Whether its keys are unique in the world, by its own documents. An event that names no company acts by its key
	 * alone only where they are; where they are shared it is held as soon as it may be another company's.
	 */
	readonly keys: SourceTraits['keys'] | ((event: ScannerEvent) => SourceTraits['keys']);
	/**
	 * Whether it says by itself that a problem is over; where it never does, a person or a scan closes the ticket.
	 */
	readonly ends: SourceTraits['ends'] | ((event: ScannerEvent) => SourceTraits['ends']);
	/** Where the company is read from when nothing else is typed, for people; null when the source names none. */
	readonly companyField: string | null;
	/** A small payload that it reads, shown beside the webhook address. */
	readonly sample: Record<string, unknown>;
	/** True when its senders fill a template without escaping, so that a body that is no JSON is worth mending. */
	readonly repairs?: boolean;
	/** True when its texts come with HTML entities: `R&amp;D`. They are decoded once, before anything is read. */
	readonly encodes?: boolean;
	/** True when its files and bodies hold one record a line (NDJSON). */
	readonly lines?: boolean;
	/** True when its senders may write a body as the fields of a form (application/x-www-form-urlencoded). */
	readonly forms?: boolean;
	/** True only when the payload can be from no other source. */
	recognises(payload: unknown): boolean;
	/**
	 * Takes a payload apart.
	 * @throws EventInputError naming the field that shows that it is of another source
	 */
	records(payload: unknown): SourceRecords;
	/**
	 * Reads one record; null for one that reports nothing.
	 * @throws EventInputError naming the field that is missing or wrong
	 */
	read(
		record: unknown,
		context: SourceContext,
		envelope: Record<string, unknown>,
	): ScannerEvent | null;
}
