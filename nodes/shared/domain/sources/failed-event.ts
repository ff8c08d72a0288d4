import { buildEvent } from '../event/build';
import type { DecisionStamp } from '../event/decision';
import type { ScannerEvent } from '../event/event';
import { problemKey, shortHash } from '../event/keys';
import { wholeCharacters } from '../values/cut';
import { withoutSecrets } from '../values/json';
import { cleanText } from '../values/text';
import { DETECT } from './index';
import type { SourceContext, SourceFailure } from './common/source';

/** What could not be read of a delivery, as one item, so that it is stored and seen. */
export type FailedEvent = ScannerEvent & DecisionStamp;

/** Enough to see what is wrong with a sender; the rest is counted. */
const MOST_SHOWN = 5;
/** Longest record that is kept as it came, in characters of JSON; a longer one is kept as the beginning of its text. */
const LONGEST_RECORD = 8_000;

function capitalised(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function kept(record: unknown): unknown {
	if (typeof record === 'string') return cleanText(wholeCharacters(record, LONGEST_RECORD));
	const safe = withoutSecrets(record);
	const text = JSON.stringify(safe) ?? '';
	return text.length <= LONGEST_RECORD
		? safe
		: `${cleanText(wholeCharacters(text, LONGEST_RECORD)) ?? ''} … and ${text.length - LONGEST_RECORD} characters more`;
}

function titleOf([first, ...others]: readonly SourceFailure[]): string {
	const { field = 'the payload', index = 0 } = first ?? {};
	return others.length === 0
		? `Record ${index + 1} could not be read: ${field}`
		: `${others.length + 1} records could not be read, record ${index + 1} first: ${field}`;
}

function reasonOf(failures: readonly SourceFailure[]): string {
	const [first, ...others] = failures;
	if (first === undefined) return '';
	if (others.length === 0) return capitalised(first.reason);
	const rest = others.length - MOST_SHOWN + 1;
	const listed = failures
		.slice(0, MOST_SHOWN)
		.map(({ index, reason }) => `Record ${index + 1}: ${reason}`);
	return [
		`${failures.length} records of this delivery could not be read.`,
		...listed,
		...(rest > 0 ? [`And ${rest} more.`] : []),
	].join(' ');
}

/**
 * The item that stands for all bad records of a delivery: an event that carries its decision, so that every later node
 * passes it on and the inbox keeps it as one row, however many they are.
 * @param sourceId id of a source, or `detect`
 * @param failures at least one
 */
export function failedEvent(
	sourceId: string,
	failures: readonly SourceFailure[],
	context: SourceContext,
): FailedEvent {
	const source = sourceId === DETECT ? 'unknown' : sourceId;
	const shown = failures.slice(0, MOST_SHOWN);
	const raw =
		failures.length === 1
			? kept(shown[0]?.record)
			: {
					unreadable: failures.length,
					first: shown.map(({ index, field, record }) => ({
						record: index + 1,
						field,
						content: kept(record),
					})),
				};
	const event = buildEvent({
		source,
		integration: context.integration,
		deliveryId: context.deliveryId,
		dedupKey: problemKey({
			integration: context.integration,
			tool: source,
			scope: null,
			finding: `unreadable ${shortHash(JSON.stringify(raw) ?? '')}`,
			asset: null,
		}),
		status: 'info',
		title: titleOf(failures),
		severity: 'unknown',
		time: context.receivedAt,
		timeFrom: 'receipt',
		raw,
	});
	return { ...event, decision: 'failed', reason: reasonOf(failures) };
}
