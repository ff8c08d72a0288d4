import { readClientId } from './mapping';
import type { EventMapping, MappingMethod } from '../event/decision';
import { describe, EventInputError } from '../values/input-error';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';

const METHODS: readonly MappingMethod[] = [
	...(['explicit', 'display name', 'name', 'reference', 'fixed client'] as const),
];
const NEXT_STEP =
	'Put Halo Map Company before this node, and connect its output Mapped to the input here.';

/**
 * Reads the mapping that Halo Map Company puts on an event. Null is a mapping too: that of a resolve whose company has
 * no client.
 * @param json the json of the item
 * @throws EventInputError when the item never was in Halo Map Company, or its mapping names no client
 */
export function parseMapping(json: JsonRecord): EventMapping | null {
	const value = Object.hasOwn(json, 'mapping') ? json.mapping : undefined;
	if (value === null) return null;
	if (!isRecord(value)) {
		throw new EventInputError('mapping', 'what Halo Map Company adds', describe(value), NEXT_STEP);
	}
	const client = readClientId(value.haloClientId);
	if ('fault' in client || client.value === null) {
		const got = describe(value.haloClientId);
		throw new EventInputError('mapping.haloClientId', 'the id of a Halo client', got, NEXT_STEP);
	}
	return {
		haloClientId: client.value,
		haloClientName: memberText(value, 'haloClientName'),
		method: METHODS.find((method) => method === value.method) ?? 'explicit',
		origin: memberText(value, 'origin') ?? 'unknown mapping',
		createTicket: value.createTicket !== false,
		noNotification: value.noNotification === true,
		eventSet: memberText(value, 'eventSet'),
		profile: memberText(value, 'profile'),
	};
}
