import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { jsonRecordIn, memberText, readInteger } from '../../values/read';
import type { InboxFilter } from '../inbox-filter';

/** A row of the inbox as people read it. */
export interface Finding {
	id: number;
	state: string;
	source: string;
	company: string;
	title: string;
	severity: string;
	decision: string;
	reason: string;
	cause: string;
	ticketId: number | null;
	tries: number;
	receivedAt: string;
	doneAt: string;
	notBefore: string;
	dedupKey: string;
	deliveryId: string;
	integration: string;
	/** The event; empty when the column holds none. */
	event: JsonRecord;
	/** The column as it stands. */
	rawEvent: string;
}

function nameIn(event: JsonRecord): string {
	const company = isRecord(event.company) ? event.company : {};
	return memberText(company, 'displayName', 'name', 'id') ?? '';
}

export function findingOf(row: JsonRecord): Finding {
	const text = (column: string): string => memberText(row, column) ?? '';
	const event = jsonRecordIn(row.event);
	return {
		id: readInteger(row.id) ?? 0,
		state: text('state'),
		source: text('source'),
		company: text('company') || nameIn(event),
		title: memberText(event, 'title') ?? '',
		severity: memberText(event, 'severity') ?? '',
		decision: text('decision'),
		reason: text('reason'),
		cause: text('cause'),
		ticketId: readInteger(row.ticketId),
		tries: readInteger(row.tries) ?? 0,
		receivedAt: text('receivedAt') || text('createdAt'),
		doneAt: text('doneAt'),
		notBefore: text('notBefore'),
		dedupKey: text('dedupKey'),
		deliveryId: text('deliveryId'),
		integration: text('integration'),
		event,
		rawEvent: typeof row.event === 'string' ? row.event : '',
	};
}

/** Rows of halo_inbox as findings, the newest first, each once. */
export function findingsIn(rows: readonly JsonRecord[]): Finding[] {
	const known = new Map(rows.map((row) => [readInteger(row.id), row]));
	return [...known.values()].map(findingOf).sort((left, right) => right.id - left.id);
}

/** True for a finding that the filter shows; what the Data Table was not asked is looked at here. */
export function isInFilter(finding: Finding, { company, filter, source }: InboxFilter): boolean {
	return (
		(filter === 'all' || finding.state === filter) &&
		(source === '' || finding.source === source) &&
		(company === '' || finding.company === company)
	);
}

/** Values of a column with how many rows hold each, the most first; those without one are left out. */
export function countsOf(
	findings: readonly Finding[],
	column: 'cause' | 'company' | 'source',
): Array<[value: string, count: number]> {
	const counts = new Map<string, number>();
	for (const finding of findings) {
		const value = finding[column];
		if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return [...counts].sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1));
}
