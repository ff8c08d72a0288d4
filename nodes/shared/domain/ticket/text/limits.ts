import type { ScannerEvent } from '../../event/event';
import { wholeCharacters } from '../../values/cut';
import { withoutOwnWords } from '../own-words';
import { referenceKey } from '../reference';

/** What `text/details.ts` and `group/table.ts` show of a ticket's longest parts; above, a file holds the whole. */
export const SHOWN = { description: 20_000, remediation: 10_000, cves: 20, members: 200 } as const;

/** Largest file, in characters: far above any list that people read, far below what Halo's gateway refuses. */
const LARGEST_FILE = 2_000_000;

/** The first entries and how many more there are: `a, b, 3 more`. */
export function limited(values: readonly string[], shown: number): string[] {
	const rest = values.length - shown;
	return rest > 0 ? [...values.slice(0, shown), `${rest} more`] : [...values];
}

/** A text file for a ticket. */
export interface TextFile {
	name: string;
	text: string;
}

function line(event: ScannerEvent): string {
	const { asset, product, severity, title, firstSeen, time } = event;
	const cells = [severity, asset.name ?? asset.ip ?? asset.id, title, product, firstSeen ?? time];
	return cells.map((cell) => (cell ?? '').replace(/\s+/g, ' ').trim()).join('\t');
}

function section(title: string, text: string | null): string[] {
	return text === null || text.trim() === '' ? [] : ['', title, text.trim()];
}

function isLong({ description, remediation, cves }: ScannerEvent): boolean {
	return (
		(description ?? '').length > SHOWN.description ||
		(remediation ?? '').length > SHOWN.remediation ||
		cves.length > SHOWN.cves
	);
}

/**
 * The whole of what a ticket shows in part, as a text file; null when it shows all. The time of the event stands in
 * the file's name, so that a later list is a file of its own.
 * @param members problems that the ticket stands for, the event among them
 * @param shownInPart true when the ticket lists more members than it shows
 */
export function fullListFile(
	reference: string,
	event: ScannerEvent,
	members: readonly ScannerEvent[],
	shownInPart: boolean,
): TextFile | null {
	if (!shownInPart && (members.length > 1 || !isLong(event))) return null;
	const lines = shownInPart
		? ['Severity\tAsset\tFinding\tProduct\tFirst seen', ...members.map(line)]
		: [
				event.title,
				...section('CVE', event.cves.join('\n')),
				...section('Description', event.description),
				...section('Remediation', event.remediation),
			];
	const text = lines.join('\r\n');
	const rest = text.length - LARGEST_FILE;
	const minute = event.time.replace(/\D/g, '').slice(0, 12);
	return {
		name: withoutOwnWords(
			`${event.source.replace(/[^a-z0-9-]+/gi, '-')}-${referenceKey(reference)}-${minute}.txt`,
		),
		text: rest > 0 ? `${wholeCharacters(text, LARGEST_FILE)}\r\n… ${rest} more characters` : text,
	};
}
