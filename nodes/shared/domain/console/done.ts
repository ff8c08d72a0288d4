import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { type ConsoleAnswer, refusalPage } from './answer';

/** What a Data Table node says that could not write: its words, from the item or from the error beside it. */
function failureIn(json: JsonRecord, error: unknown): string | null {
	if (error instanceof Error) return error.message;
	if (isRecord(json.error)) return memberText(json.error, 'message') ?? 'unknown error';
	return memberText(json, 'error');
}

/** An item that came out of a node that writes, with the error that n8n put beside it. */
export interface Written {
	json: JsonRecord;
	error?: unknown;
}

/**
 * What is sent back once everything is written: what was decided, or what was not stored.
 * @param written what the nodes gave out that write
 * @param missing rows that should have been changed and are gone meanwhile
 */
export function answerAfter(
	decided: ConsoleAnswer,
	written: readonly Written[],
	missing: number,
): ConsoleAnswer {
	const failures = [...new Set(written.flatMap(({ json, error }) => failureIn(json, error) ?? []))];
	const [failure] = failures;
	if (failure !== undefined) {
		const many = failures.length > 1 ? ` And ${failures.length - 1} more errors.` : '';
		return refusalPage(
			500,
			`Not everything was stored: ${failure}.${many} Go back, reload, and do it once more: what is stored already is not stored twice.`,
		).answer;
	}
	if (missing > 0) {
		return refusalPage(
			409,
			`${missing} ${missing === 1 ? 'row is' : 'rows are'} gone: somebody deleted ${missing === 1 ? 'it' : 'them'} in the meantime. The others were stored. Go back and reload.`,
		).answer;
	}
	return decided;
}
