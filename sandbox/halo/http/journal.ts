/** One request that reached the simulator's API, as it was sent and as it was answered. */
export interface JournalEntry {
	sequence: number;
	/** ISO time by the simulator's clock. */
	at: string;
	method: string;
	/** Path as it was sent, without the query. */
	path: string;
	query: Record<string, string>;
	/** Parsed JSON or form; a secret stands as `***`. Text that could not be parsed stays text. */
	body: unknown;
	/** Status of the answer; 0 while none has been given, and when the connection was cut. */
	status: number;
	/** Real milliseconds until the answer was ready. */
	durationMs: number;
	/** True when the simulator has no route for method and path. */
	unhandled: boolean;
	/** Names of the faults that took part. */
	fault: string | null;
}

const SECRET_NAMES = new Set(['client_secret', 'password', 'refresh_token', 'access_token']);

/** A copy of a parsed body or query whose secrets are masked. */
export function masked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(masked);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [
			name,
			SECRET_NAMES.has(name.toLowerCase()) ? '***' : masked(member),
		]),
	);
}

/** A query whose secrets are masked. */
export function maskedQuery(query: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			SECRET_NAMES.has(name.toLowerCase()) ? '***' : value,
		]),
	);
}

/** One line for people: when, what, how it went. */
export function journalLine(entry: JournalEntry): string {
	const query = Object.entries(entry.query)
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
	const target = query === '' ? entry.path : `${entry.path}?${query}`;
	const notes = [
		entry.unhandled ? 'no such route' : null,
		entry.fault === null ? null : `fault ${entry.fault}`,
		summaryOf(entry.body),
	].filter((note) => note !== null);
	const status = entry.status === 0 ? 'cut' : String(entry.status);
	const tail = notes.length === 0 ? '' : `  (${notes.join('; ')})`;
	return `${entry.at.slice(11, 23)}  ${status.padStart(3)}  ${entry.method.padEnd(6)} ${target}${tail}`;
}

function summaryOf(body: unknown): string | null {
	const first: unknown = Array.isArray(body) ? body[0] : null;
	if (typeof first !== 'object' || first === null) return null;
	const parts = ['id', 'ticket_id', 'status_id', 'new_status', 'outcome', 'summary']
		.map((name): [string, unknown] => [name, Reflect.get(first, name)])
		.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
		.map(([name, value]) => `${name} ${String(value)}`);
	return parts.length === 0 ? null : parts.join(', ');
}
