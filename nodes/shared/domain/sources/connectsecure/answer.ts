import { textAt } from '../common/paths';
import { isRecord } from '../../values/json';
import { hideSecrets } from '../../values/secrets';

/** Longest quote of an answer: the vendor's own sentence, not a page. */
const LONGEST_QUOTE = 300;

/**
 * ConnectSecure's own words in an answer, secrets hidden; '' when it has none.
 * @param secrets texts that it must not show, whatever they look like
 */
export function podWords(body: unknown, secrets: readonly string[] = []): string {
	const text = isRecord(body) ? textAt(body, 'message', 'error', 'detail', 'data') : null;
	if (text === null) return '';
	const hidden = secrets.reduce((words, secret) => words.split(secret).join('[hidden]'), text);
	return hideSecrets(hidden).replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUOTE);
}

/** An answer of the API, or why there is none. */
export type PodAnswer = { status: number; body: unknown } | { failure: string };

/** Why an answer is none; null when it is one. HTTP 200 with `status: false` is a refusal too. */
export function refusalIn(answer: PodAnswer): string | null {
	if ('failure' in answer) return answer.failure;
	const { status, body } = answer;
	const words = podWords(body);
	// A redirect is not followed: the token stays with the pod.
	if (status < 200 || status >= 300) return `${words} (HTTP ${status})`.trim();
	return isRecord(body) && body.status === false
		? `it refused: ${words || 'no reason given'}`
		: null;
}

/** Rows of an answer that holds a page, or why it holds none. */
export function pageRows(answer: PodAnswer): unknown[] | string {
	const refusal = refusalIn(answer);
	if (refusal !== null) return refusal;
	const body = 'body' in answer ? answer.body : null;
	return isRecord(body) && Array.isArray(body.data)
		? body.data
		: 'the answer holds no list of rows';
}

/** The pages of a feed or list, put together. */
export interface PodList {
	rows: unknown[];
	/** Why it was not read to its end; null when it was. */
	problem: string | null;
}

/** Most that any row says about how many there are; 0 when none says it. */
export function totalIn(rows: readonly unknown[]): number {
	const counts = rows.map((row) => (isRecord(row) ? Number(row.total_count) : 0));
	return counts.reduce((most, count) => (count > most ? count : most), 0);
}
