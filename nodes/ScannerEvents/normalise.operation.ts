import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { EventInputError } from '../shared/domain/values/input-error';
import { withoutUnsafeKeys } from '../shared/domain/values/json';
import { parsePayload } from '../shared/domain/sources/parse-payload';
import { failedEvent } from '../shared/domain/sources/failed-event';
import { readPayload, SourceMismatchError } from '../shared/domain/sources/read-payload';
import type { SourceContext } from '../shared/domain/sources/common/source';
import { eventJson, resultItems } from '../shared/n8n/event-items';
import { forEachItem } from '../shared/n8n/items';
import { readSourceSettings } from '../shared/n8n/source-fields';

function reasonOf(error: unknown): { field: string; reason: string } {
	if (error instanceof SourceMismatchError) {
		return { field: error.field, reason: `${error.message} ${error.nextStep}` };
	}
	if (error instanceof EventInputError) {
		return { field: error.field, reason: `${error.message}. ${error.nextStep}` };
	}
	return { field: 'Payload', reason: error instanceof Error ? error.message : String(error) };
}

/** Events of a payload, and one `failed` item for what cannot be read. */
export function itemsOf(
	payload: unknown,
	settings: SourceContext & { sourceId: string },
): IDataObject[] {
	try {
		const parsed =
			typeof payload === 'string'
				? parsePayload(payload, settings.sourceId)
				: withoutUnsafeKeys(payload);
		return resultItems(readPayload(settings.sourceId, parsed, settings), settings);
	} catch (error) {
		// The record itself may be what cannot be kept, when it is nested too deep.
		const record =
			error instanceof SourceMismatchError || typeof payload === 'string' ? payload : null;
		return [
			eventJson(
				failedEvent(settings.sourceId, [{ index: 0, record, ...reasonOf(error) }], settings),
			),
		];
	}
}

/**
 * Reads the payload of each item. An item that cannot be read becomes one item with the decision `failed`, and the rest
 * goes on; only a wrong setting of the node stops the run.
 */
export async function normalise(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const receivedAt = new Date().toISOString();
	return await forEachItem(context, 1, async (_item, itemIndex) => {
		const settings = readSourceSettings(
			(name) => context.getNodeParameter(name, itemIndex, undefined),
			null,
		);
		const payload: unknown = context.getNodeParameter('payload', itemIndex);
		return itemsOf(payload, { ...settings, receivedAt, deliveryId: null }).map((json) => ({
			json,
		}));
	});
}
