import { isRecord } from '../../domain/values/json';
import { readEnvelope, readText } from '../records/decode';
import type { Envelope } from '../records/decode';
import { readErrorWords } from '../http/error-body';
import { noAnswerWords } from '../sign-in/token-errors';
import type { HaloQuery } from '../http/transport';

/** How the check reaches Halo; rejects when no answer came, never for a status. */
export interface CheckHttp {
	get(url: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }>;
	postForm(url: string, form: string): Promise<{ status: number; body: unknown }>;
}

/** An answer, or why there was none. */
export type CheckAnswer =
	| { kind: 'answer'; status: number; body: unknown }
	| { kind: 'none'; words: string };

const TOO_MANY = 429;

/**
 * Requests of one check: reads and tokens, nothing else. It asks for a token of its own, because a stored one keeps the
 * rights of the moment in which it was issued.
 */
export class CheckSession {
	private sent = 0;

	private refused = 0;

	private bearer: string | null = null;

	/** @param secrets texts that must not appear in a line */
	constructor(
		private readonly http: CheckHttp,
		readonly secrets: readonly string[],
	) {}

	/** Requests sent so far, tokens included. */
	get requests(): number {
		return this.sent;
	}

	/** Answers with status 429. */
	get limited(): number {
		return this.refused;
	}

	useToken(token: string): void {
		this.bearer = token;
	}

	async get(resourceServer: string, path: string, query: HaloQuery = {}): Promise<CheckAnswer> {
		const pairs = Object.entries(query).map(([name, value]): [string, string] => [
			name,
			String(value),
		]);
		const search = new URLSearchParams(pairs).toString();
		const headers = this.bearer === null ? {} : { Authorization: `Bearer ${this.bearer}` };
		return await this.count(
			async () =>
				await this.http.get(`${resourceServer}${path}${search === '' ? '' : `?${search}`}`, {
					accept: 'application/json',
					...headers,
				}),
		);
	}

	async postForm(url: string, form: string): Promise<CheckAnswer> {
		return await this.count(async () => await this.http.postForm(url, form));
	}

	/** Halo's own words in an answer, e.g. `401: invalid_client`. */
	words(answer: CheckAnswer): string {
		if (answer.kind === 'none') return answer.words;
		const said = readErrorWords(answer.body, [...this.secrets]);
		return said === '' ? String(answer.status) : `${answer.status}: ${said}`;
	}

	private async count(
		send: () => Promise<{ status: number; body: unknown }>,
	): Promise<CheckAnswer> {
		this.sent += 1;
		try {
			const { status, body } = await send();
			if (status === TOO_MANY) this.refused += 1;
			return { kind: 'answer', status, body };
		} catch (error) {
			return { kind: 'none', words: noAnswerWords(error) };
		}
	}
}

/** The rows of a good answer; null when it is none, or holds no list. */
export function rowsOf(answer: CheckAnswer, key: string): Envelope | null {
	return answer.kind === 'answer' && answer.status < 300 ? readEnvelope(answer.body, key) : null;
}

/** One text member of a good answer. */
export function textIn(answer: CheckAnswer, name: string): string | null {
	if (answer.kind === 'none' || answer.status >= 300 || !isRecord(answer.body)) return null;
	return readText(answer.body[name]);
}
