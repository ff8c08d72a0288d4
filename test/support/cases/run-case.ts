import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { parsePayload } from '../../../nodes/shared/domain/sources/parse-payload';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import type { SourceContext } from '../../../nodes/shared/domain/sources/common/source';
import { isRecord, withoutUnsafeKeys } from '../../../nodes/shared/domain/values/json';
import { bodyText } from '../../../nodes/shared/domain/webhook/body-text';
import { valueAt } from '../../../nodes/shared/domain/sources/common/paths';
import { contextFor } from '../../domain/sources/context';
import type { Case, Expectation } from './case-file';
import { differ, meet } from './identity';
import { secondDecision } from './two-on-one-ticket';

/** What became of one input. */
interface Read {
	events: ScannerEvent[];
	/** Fields that the failures name, or the one that the refusal names. */
	fields: string[];
	refused: boolean;
}

/** Source of the cases whose inputs are handled one after the other; their payloads say what they are. */
const PLAN = 'plan';

function fieldOf(error: unknown): string {
	return error instanceof Error && 'field' in error ? String(error.field) : String(error);
}

function payloadOf(source: string, input: unknown): unknown {
	if (!isRecord(input)) return withoutUnsafeKeys(input);
	const { base64, bodyText: body, itemText, contentType } = input;
	if (typeof base64 === 'string') {
		const bytes = Buffer.from(base64, 'base64');
		return parsePayload(bodyText(bytes, String(contentType ?? '')), source);
	}
	const text = body ?? itemText;
	return typeof text === 'string' ? parsePayload(text, source) : withoutUnsafeKeys(input);
}

function read(source: string, input: unknown, context: SourceContext): Read {
	try {
		const { events, failures } = readPayload(source, payloadOf(source, input), context);
		return { events, fields: failures.map(({ field }) => field), refused: false };
	} catch (error) {
		return { events: [], fields: [fieldOf(error)], refused: true };
	}
}

function shown(value: unknown): string {
	return JSON.stringify(value) ?? 'undefined';
}

function first(reads: readonly Read[], position: number): ScannerEvent | null {
	return reads[position]?.events[0] ?? null;
}

/** What is wrong with one statement; empty when it holds. */
function wrong(expectation: Expectation, reads: readonly Read[]): string[] {
	const { sameKey, differentKey } = expectation;
	for (const [pair, holds, words] of [
		[sameKey, meet, 'are not one problem'],
		[differentKey, differ, 'are one problem'],
	] as const) {
		if (pair === undefined) continue;
		const [one, two] = [first(reads, pair[0]), first(reads, pair[1])];
		if (one === null || two === null) return [`${pair.join(' and ')}: one of them gave no event`];
		if (holds(one, two)) return [];
		return [`${pair.join(' and ')} ${words}: ${one.dedupKey} and ${two.dedupKey}`];
	}
	const at = expectation.input ?? 0;
	const input = reads[at];
	if (input === undefined) return [`there is no input ${at}`];
	const failed: string[] = [];
	const { count, refused, noFailures, failureField } = expectation;
	if (count !== undefined && input.events.length !== count) {
		failed.push(`input ${at} gave ${input.events.length} events, not ${count}`);
	}
	if (refused !== undefined && input.refused !== refused) {
		failed.push(`input ${at} was ${input.refused ? '' : 'not '}refused: ${shown(input.fields)}`);
	}
	if (noFailures === true && input.fields.length > 0) {
		failed.push(`input ${at} failed with ${shown(input.fields)}`);
	}
	if (failureField !== undefined && !input.fields.includes(failureField)) {
		failed.push(`input ${at} names ${shown(input.fields)}, not ${failureField}`);
	}
	const event = input.events[expectation.nth ?? 0];
	for (const [path, value] of Object.entries(expectation.is ?? {})) {
		const found = event === undefined ? 'no event' : (valueAt(event, path) ?? null);
		if (found !== value)
			failed.push(`input ${at}: ${path} is ${shown(found)}, not ${shown(value)}`);
	}
	for (const [path, value] of Object.entries(expectation.isNot ?? {})) {
		if (event === undefined && input.fields.length > 0) continue;
		const found = event === undefined ? value : (valueAt(event, path) ?? null);
		if (found === value) failed.push(`input ${at}: ${path} is ${shown(value)}`);
	}
	return failed;
}

/** What is wrong with a case, a sentence each; empty when it ends right. */
export function problemsOf(given: Case): string[] {
	const context = contextFor(given.context);
	const source = given.source === PLAN ? 'detect' : given.source;
	const reads = given.inputs.map((input) => read(source, input, context));
	return given.expected.flatMap((expectation) => {
		if (expectation.decisionIsNot === undefined) return wrong(expectation, reads);
		const [one, two] = [first(reads, 0), first(reads, 1)];
		if (one === null || two === null) return ['one of the two inputs gave no event'];
		const decision = secondDecision(one, two);
		return expectation.decisionIsNot.includes(decision) ? [`the second is ${decision}`] : [];
	});
}
