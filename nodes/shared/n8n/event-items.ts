import type { IDataObject } from 'n8n-workflow';

import type { SourceContext, SourceResult } from '../domain/sources/common/source';
import { failedEvent } from '../domain/sources/failed-event';
import type { ScannerEvent } from '../domain/event/event';

/** An event as the json of an item. A record that is no object is kept as its text. */
export function eventJson(event: ScannerEvent): IDataObject {
	const { raw, ...members } = event;
	if (raw === null || raw === undefined) return { ...members, raw: null };
	return { ...members, raw: typeof raw === 'object' ? raw : String(raw) };
}

/** Json of everything that a payload gave: its events, then one `failed` item for all records that could not be read. */
export function resultItems(result: SourceResult, context: SourceContext): IDataObject[] {
	return [
		...result.events.map(eventJson),
		...(result.failures.length === 0
			? []
			: [eventJson(failedEvent(result.source, result.failures, context))]),
	];
}
