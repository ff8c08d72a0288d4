import type { JournalEntry } from '../../sandbox/halo';
import { BEYOND_THE_DESCRIPTION, type BeyondName } from './beyond-the-description';
import { HALO_API_FACTS } from './halo-api-facts';

/** A name in a request for which there is neither a fact nor a line on the short list. */
export interface UndescribedName {
	sequence: number;
	method: string;
	path: string;
	kind: 'path' | 'query' | 'body';
	/** The method for `path`, else the parameter or field; `list.member` for a field of a nested record. */
	name: string;
}

type Sent = Pick<JournalEntry, 'sequence' | 'method' | 'path' | 'query' | 'body'>;

/**
 * Every path, query parameter and body field in a simulator's journal that Halo's published description does not
 * hold and the short list does not allow. An empty answer is what a suite should expect of its own journal.
 */
export function undescribedNames(entries: readonly Sent[]): UndescribedName[] {
	return entries.flatMap((entry) => {
		const path = describedPath(entry.path);
		const report = (kind: UndescribedName['kind'], name: string): UndescribedName => ({
			sequence: entry.sequence,
			method: entry.method,
			path: entry.path,
			kind,
			name,
		});
		if (path === null || !methodsOf(path).has(entry.method)) return [report('path', entry.method)];
		const query = allowed(path, 'query');
		const body = allowed(path, 'body');
		return [
			...Object.keys(entry.query)
				.filter((name) => !query.has(name.toLowerCase()))
				.map((name) => report('query', name)),
			...fieldNames(entry.body)
				.filter((name) => !body.has(name.toLowerCase()))
				.map((name) => report('body', name)),
		];
	});
}

/** The path of the facts or of the short list that a sent path means; null when there is none. */
function describedPath(sent: string): string | null {
	const below = sent.replace(/^\/api(?=\/)/i, '').replace(/\/$/, '');
	const known = [...Object.keys(HALO_API_FACTS), ...BEYOND_THE_DESCRIPTION.map(({ path }) => path)];
	const exact = known.find((path) => path.toLowerCase() === below.toLowerCase());
	if (exact !== undefined) return exact;
	// Ids are numbers, webhooks have GUIDs.
	const record = below.replace(/\/(-?\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i, '/{id}');
	return known.find((path) => path.toLowerCase() === record.toLowerCase()) ?? null;
}

function methodsOf(path: string): ReadonlySet<string> {
	return new Set([...(HALO_API_FACTS[path]?.methods ?? []), ...beyond(path, 'path')]);
}

function allowed(path: string, kind: 'query' | 'body'): ReadonlySet<string> {
	const names = [...(HALO_API_FACTS[path]?.[kind] ?? []), ...beyond(path, kind)];
	return new Set(names.map((name) => name.toLowerCase()));
}

function beyond(path: string, kind: BeyondName['kind']): string[] {
	return BEYOND_THE_DESCRIPTION.filter((line) => line.path === path && line.kind === kind).flatMap(
		({ names }) => names,
	);
}

/** Field names of every record of a body; members of nested records as `list.member`. */
function fieldNames(body: unknown): string[] {
	const records: unknown[] = Array.isArray(body) ? body : [body];
	const names = records.flatMap((record) => (isRecord(record) ? namesOf(record) : []));
	return [...new Set(names)];
}

function namesOf(record: object): string[] {
	return Object.entries(record).flatMap(([name, value]: [string, unknown]) => {
		const nested: unknown[] = Array.isArray(value) ? value : [value];
		const members = nested.flatMap((member) => (isRecord(member) ? Object.keys(member) : []));
		return [name, ...members.map((member) => `${name}.${member}`)];
	});
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
