import type { EventStatus } from '../../event/event';
import { joinedPart } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import type { SourceDraft } from '../common/make-event';
import { textAt } from '../common/paths';

/** What a kind of alert says about its problem; what every alert has in common is added to it. */
export interface WazuhFinding {
	/** What names it, beside the manager and the agent. */
	finding: string;
	/** What tells two problems of one kind on one agent apart. */
	discriminator?: string | null;
	/**
	 * Tenant or account that the finding's id belongs to, for what a manager reads from a cloud: any manager, and any
	 * member of a cluster, reads the same. Left out, the manager and the agent are part of the name.
	 */
	cloud?: string | null;
	status: EventStatus;
	category: string;
	event: string;
	/** What the kind knows better than the rule. */
	extra?: Partial<SourceDraft>;
}

/** Reads an alert of its kind; null for an alert of another. */
export type WazuhKind = (alert: JsonRecord) => WazuhFinding | null;

/** The texts at several paths as one part of a key. */
export function partsAt(value: unknown, ...paths: string[]): string {
	return joinedPart(...paths.map((path) => textAt(value, path)));
}

/** A detection in the words of the event catalogue. */
export function detection(
	status: EventStatus,
): Pick<WazuhFinding, 'status' | 'category' | 'event'> {
	const words = { open: 'open', suppressed: 'updated', info: 'updated', resolved: 'resolved' };
	return { status, category: 'Detection', event: `alert.detection.${words[status]}` };
}

/** A failed check of a benchmark in the words of the event catalogue. */
export function misconfiguration(
	status: EventStatus,
): Pick<WazuhFinding, 'status' | 'category' | 'event'> {
	return { status, category: 'Configuration', event: 'misconfig.found' };
}

/**
 * Status of a vendor's word, compared whole and in any case: "not applicable" holds "applicable", "unresolved" holds
 * "resolved", and both mean the opposite.
 * @param missing status when there is no word; a word that is not known only informs
 */
export function statusOfWord(
	words: Readonly<Record<string, EventStatus>>,
	word: string | null,
	missing: EventStatus,
): EventStatus {
	if (word === null) return missing;
	const key = word.trim().toLowerCase();
	return Object.hasOwn(words, key) ? (words[key] ?? 'info') : 'info';
}
