import type { ScannerEvent } from '../event/event';
import { decodedOnce } from '../values/entities';
import { EventInputError } from '../values/input-error';
import { withTexts } from '../values/json';
import { hideSecrets } from '../values/secrets';
import { DETECT, detectSource, recognisedBy, sourceById, SOURCES } from './index';
import { refuseLongPayload } from './record-limit';
import type { EventSource, SourceContext, SourceFailure, SourceResult } from './common/source';

/** The payload is not of the source that was picked, or of none that is known. */
export class SourceMismatchError extends Error {
	constructor(
		message: string,
		/** Path of the field that shows it. */
		readonly field: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'SourceMismatchError';
	}
}

function reasonOf(cause: unknown): { field: string; reason: string } {
	if (cause instanceof EventInputError) {
		return { field: cause.field, reason: hideSecrets(`${cause.message}. ${cause.nextStep}`) };
	}
	const message = cause instanceof Error ? cause.message : String(cause);
	return { field: 'the record', reason: hideSecrets(`The record could not be read: ${message}.`) };
}

function mismatch(source: EventSource, cause: unknown, payload: unknown): SourceMismatchError {
	const { field, reason } = reasonOf(cause);
	const other = detectSource(payload);
	const looks =
		other === null || other.id === source.id
			? 'It looks like no source that is known.'
			: `It looks like ${other.name}.`;
	return new SourceMismatchError(
		`This is not ${source.record}: ${reason} ${looks}`,
		field,
		other === null || other.id === source.id
			? 'Compare it with the sample in the node.'
			: `Set Source to ${other.name}.`,
	);
}

function chosen(sourceId: string, payload: unknown): EventSource {
	if (sourceId !== DETECT) return sourceById(sourceId);
	const [source, ...others] = recognisedBy(payload);
	if (source !== undefined && others.length === 0) return source;
	const names = (source === undefined ? SOURCES : [source, ...others]).map(({ name }) => name);
	throw new SourceMismatchError(
		source === undefined
			? 'The source of this payload could not be told for certain.'
			: `This payload may be from any of ${names.join(' and ')}.`,
		'source',
		`Pick the source in the node: ${names.join(', ')}.`,
	);
}

function readOne(source: EventSource, payload: unknown, context: SourceContext): SourceResult {
	let taken;
	try {
		const read = source.encodes === true ? withTexts(payload, decodedOnce) : payload;
		taken = source.records(read);
	} catch (cause) {
		throw mismatch(source, cause, payload);
	}
	const events: ScannerEvent[] = [];
	const failures: SourceFailure[] = [];
	if (taken.ping === true) return { source: source.id, events, failures, ping: true };
	for (const [index, record] of taken.records.entries()) {
		try {
			const event = source.read(record, context, taken.envelope);
			if (event !== null) events.push(event);
		} catch (cause) {
			failures.push({ index, record, ...reasonOf(cause) });
		}
	}
	if (taken.incomplete !== undefined) {
		const index = taken.records.length;
		failures.push({ index, field: 'the payload', reason: taken.incomplete, record: null });
	}
	return { source: source.id, events, failures, ping: false };
}

function readList(sourceId: string, list: unknown[], context: SourceContext): SourceResult {
	const results = list.map((payload, index): SourceResult => {
		try {
			return readOne(chosen(sourceId, payload), payload, context);
		} catch (cause) {
			const failure = { index, record: payload, field: 'the record', reason: '' };
			return {
				source: sourceId,
				events: [],
				failures: [
					cause instanceof SourceMismatchError
						? { ...failure, field: cause.field, reason: `${cause.message} ${cause.nextStep}` }
						: { ...failure, ...reasonOf(cause) },
				],
				ping: false,
			};
		}
	});
	return {
		source: results.find((result) => result.events.length > 0)?.source ?? sourceId,
		events: results.flatMap((result) => result.events),
		failures: results.flatMap((result, index) =>
			result.failures.map((failure) => ({ ...failure, index })),
		),
		ping: false,
	};
}

/** Two events of one delivery must not look like one delivery that came twice. */
function withOwnDeliveryIds(result: SourceResult, context: SourceContext): SourceResult {
	const shared = result.events.filter((event) => event.deliveryId === context.deliveryId);
	if (context.deliveryId === null || shared.length < 2) return result;
	return {
		...result,
		events: result.events.map((event, index) =>
			event.deliveryId === context.deliveryId
				? { ...event, deliveryId: `${context.deliveryId}#${index}` }
				: event,
		),
	};
}

/**
 * Reads a payload: good records become events, each bad one becomes a failure, and the rest goes on.
 * @param sourceId id of a source, or `detect`
 * @param payload parsed JSON; a list is read entry by entry
 * @throws SourceMismatchError when a payload that is no list is of another source, or detection is not certain
 * @throws TooManyRecordsError when the context bounds their number
 * @throws EventInputError when the source id is unknown
 */
export function readPayload(
	sourceId: string,
	payload: unknown,
	context: SourceContext,
): SourceResult {
	if (sourceId !== DETECT) sourceById(sourceId);
	refuseLongPayload(sourceId, payload, context.mostRecords);
	const result = Array.isArray(payload)
		? readList(sourceId, payload, context)
		: readOne(chosen(sourceId, payload), payload, context);
	return withOwnDeliveryIds(result, context);
}
