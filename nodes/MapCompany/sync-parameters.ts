import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parseHaloClient } from '../shared/domain/company/import-items';
import type { CompanyMapping } from '../shared/domain/company/mapping';
import { parseMappingRow } from '../shared/domain/company/mapping';
import type { NewRowSettings } from '../shared/domain/company/match/mapping-row';
import type { HaloClient } from '../shared/domain/company/types';
import { isRecord } from '../shared/domain/values/json';
import { ParameterError, readCollection } from '../shared/n8n/parameters';
import type { ConfigurationRow } from '../shared/n8n/rows';
import { readRows } from '../shared/n8n/rows';
import { memberText } from '../shared/domain/values/read';

type JsonRecord = Record<string, unknown>;

/** A switch of a collection, with its default when it was not added. */
export function switchOf(collection: JsonRecord, name: string, byDefault: boolean): boolean {
	const value = collection[name];
	if (value === undefined || value === null || value === '') return byDefault;
	return value === true || value === 'true';
}

/** Flags of a row or of the node. @throws ParameterError when they are no JSON object */
export function readFlags(value: unknown): JsonRecord {
	if (value === undefined || value === null || value === '') return {};
	let parsed: unknown = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			parsed = null;
		}
	}
	if (isRecord(parsed)) return parsed;
	throw new ParameterError('Flags', 'a JSON object such as {"phinboxIq": true}', value);
}

/** What new mapping rows get. @throws ParameterError when Flags is no JSON object */
export function readNewRows(context: IExecuteFunctions, itemIndex: number): NewRowSettings {
	const collection = readCollection(context, 'newRows', itemIndex);
	return {
		createTicket: switchOf(collection, 'createTicket', true),
		noNotification: switchOf(collection, 'noNotification', false),
		eventSet: memberText(collection, 'eventSet') ?? '',
		profile: memberText(collection, 'profile') ?? '',
		flags: readFlags(collection.flags),
	};
}

/** Mapping rows of an input, each with the row that it came from. */
export interface ReadMapping {
	mapping: CompanyMapping;
	row: ConfigurationRow;
}

export function readMappings(context: IExecuteFunctions, inputIndex: number): ReadMapping[] {
	return readRows(context, inputIndex).flatMap((row) => {
		const mapping = parseMappingRow(row.json, row.number);
		return mapping === null ? [] : [{ mapping, row }];
	});
}

/**
 * Halo's clients of an input.
 * @throws CompanyInputError for an item that is no client, ParameterError when there is none at all
 */
export function readHaloClients(context: IExecuteFunctions, inputIndex: number): HaloClient[] {
	const clients = readRows(context, inputIndex).flatMap(
		({ json, number }) => parseHaloClient(json, number) ?? [],
	);
	if (clients.length > 0) return clients;
	throw new ParameterError(
		'Halo Clients',
		'the clients of Halo on its input, from Halo Import Companies',
		'no client',
	);
}

/** The row's number in its table, by which it can be changed; null when it came from elsewhere. */
export function tableRowId(row: ConfigurationRow | undefined): number | null {
	const id = row?.json.id;
	return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}

/** A copy without some members. */
export function without(json: IDataObject, members: readonly string[]): IDataObject {
	return Object.fromEntries(Object.entries(json).filter(([name]) => !members.includes(name)));
}
