import { describe, EventInputError } from '../event-error';
import { alertmanager } from './alertmanager';
import { canonical } from './canonical';
import { pagerDuty } from './pagerduty';
import type { EventSource } from './source';
import { wazuh } from './wazuh';

/** Every source, in the order of the list in the editor. A new one is a file, a fixture folder and a line here. */
export const SOURCES: readonly EventSource[] = [canonical, alertmanager, pagerDuty, wazuh];

/** Value of the source field that leaves the choice to the payload. */
export const DETECT = 'detect';

/** Source by its id. @throws EventInputError listing the known ones */
export function sourceById(id: string): EventSource {
	const source = SOURCES.find((candidate) => candidate.id === id);
	if (source !== undefined) return source;
	throw new EventInputError(
		'source',
		`one of ${SOURCES.map((known) => known.id).join(', ')}`,
		describe(id),
		'Pick the source from the list of the node.',
	);
}

/** The one source that a payload is certainly from; null when none or several recognise it. */
export function detectSource(payload: unknown): EventSource | null {
	const found = SOURCES.filter((source) => source.recognises(payload));
	return found.length === 1 ? (found[0] ?? null) : null;
}
