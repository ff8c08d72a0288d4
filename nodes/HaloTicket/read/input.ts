import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { EventMapping } from '../../shared/domain/event/decision';
import type { EventCompany, ScannerEvent } from '../../shared/domain/event/event';
import { parseEvent } from '../../shared/domain/event/parse';
import { isRecord } from '../../shared/domain/values/json';
import { isDecided } from '../../shared/n8n/decide-items';

/** An event that reached this node whole. */
export interface EventItem {
	kind: 'event';
	index: number;
	json: IDataObject;
	event: ScannerEvent;
	groupKey: string;
	mapping: Pick<EventMapping, 'haloClientId' | 'haloClientName' | 'profile' | 'origin'> | null;
	eventSet: string | null;
}

export type InputItem =
	| EventItem
	| { kind: 'decided'; index: number; json: IDataObject }
	| { kind: 'refused'; index: number; json: IDataObject; error: unknown };

/** An item lacks what a node before this one would have put on it. */
export class MissingStampError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(message);
		this.name = 'MissingStampError';
		this.nextStep = nextStep;
	}
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function mappingOf(json: IDataObject): EventItem['mapping'] {
	const value: unknown = json.mapping;
	if (value === null || value === undefined) return null;
	const id = isRecord(value) ? Number(value.haloClientId) : Number.NaN;
	if (!isRecord(value) || !Number.isSafeInteger(id) || id <= 1) {
		throw new MissingStampError(
			'The item\'s "mapping" names no Halo client',
			'Put a Halo Map Company node before this one, and pass its items on unchanged.',
		);
	}
	return {
		haloClientId: id,
		haloClientName: textOf(value.haloClientName),
		profile: textOf(value.profile),
		origin: textOf(value.origin) ?? 'the mapping',
	};
}

/** The company of an item, also of one that a node before has decided about; all members null where it names none. */
export function companyOfItem(item: InputItem): EventCompany {
	if (item.kind === 'event') return item.event.company;
	const { company } = item.json;
	const text = (member: keyof EventCompany): string | null =>
		isRecord(company) ? textOf(company[member]) : null;
	return {
		id: text('id'),
		name: text('name'),
		displayName: text('displayName'),
		reference: text('reference'),
		domain: text('domain'),
	};
}

/**
 * What came in: events, items that a node before has decided about, and items that cannot be used, with the reason.
 * @param clientPicked true when the profile names a client, so that an event needs no mapping
 */
export function readInput(
	items: readonly INodeExecutionData[],
	clientPicked: boolean,
): InputItem[] {
	return items.map(({ json }, index) => {
		if (isDecided(json)) return { kind: 'decided', index, json };
		try {
			return { kind: 'event', index, json, ...readEvent(json, clientPicked) };
		} catch (error) {
			return { kind: 'refused', index, json, error };
		}
	});
}

function readEvent(
	json: IDataObject,
	clientPicked: boolean,
): Pick<EventItem, 'event' | 'groupKey' | 'mapping' | 'eventSet'> {
	const event = parseEvent(json);
	if (event.groupKey === null) {
		throw new MissingStampError(
			'The item carries no group key, so it has not been through Halo Evaluate Event Set',
			'Put a Halo Evaluate Event Set node between Halo Map Company and this node.',
		);
	}
	if (!Object.hasOwn(json, 'mapping') && !clientPicked) {
		throw new MissingStampError(
			'The item carries no mapping, so it has not been through Halo Map Company',
			'Put a Halo Map Company node before Halo Evaluate Event Set, or pick a Client in the profile.',
		);
	}
	return {
		event,
		groupKey: event.groupKey,
		mapping: mappingOf(json),
		eventSet: textOf(json.eventSet),
	};
}
