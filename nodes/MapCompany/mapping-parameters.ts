import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { CompanyMapping } from '../shared/domain/company/mapping';
import { parseMappingRow, readClientId } from '../shared/domain/company/mapping';
import type { PickedClient } from '../shared/domain/company/words';
import { isRecord } from '../shared/domain/values/json';
import { pickedRow, readLocator } from '../shared/n8n/parameters';
import type { PickedRow } from '../shared/n8n/parameters';
import { readRows } from '../shared/n8n/rows';

function toClient(
	context: IExecuteFunctions,
	field: string,
	picked: PickedRow | null,
	itemIndex: number,
): PickedClient {
	const read = readClientId(picked?.id ?? null);
	const problem = 'fault' in read ? read.fault.problem : 'no client is picked';
	if ('fault' in read || read.value === null) {
		throw new NodeOperationError(context.getNode(), `${field}: ${problem}`, {
			description:
				'Pick the client from the list, or type the number at the end of its address in Halo.',
			itemIndex,
		});
	}
	return { haloClientId: read.value, haloClientName: picked?.name ?? null };
}

/** The client picked in a field of the node. @throws NodeOperationError naming the field */
export function readClient(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): PickedClient {
	return toClient(context, displayName, readLocator(context, name, itemIndex), itemIndex);
}

/**
 * The pairs typed into the node. What is typed counts as id and as name of the company.
 * @throws NodeOperationError naming the pair that cannot be used
 */
export function readPairs(context: IExecuteFunctions, itemIndex: number): CompanyMapping[] {
	const value: unknown = context.getNodeParameter('pairs', itemIndex, {});
	const list = isRecord(value) && Array.isArray(value.pair) ? value.pair : [];
	return list.map((entry: unknown, index) => {
		const pair = isRecord(entry) ? entry : {};
		const origin = `pair ${index + 1}`;
		const more = isRecord(pair.more) ? pair.more : {};
		const row = { ...more, companyName: pair.company, haloClientId: null, flags: null };
		const mapping = parseMappingRow(row, index + 1);
		if (mapping === null || mapping.refusal !== null) {
			const problem = mapping?.refusal?.replace(/^row \d+, /, '') ?? 'the company is empty';
			throw new NodeOperationError(context.getNode(), `Companies, ${origin}: ${problem}`, {
				description: 'Type the company as the source sends it, or remove the pair.',
				itemIndex,
			});
		}
		const field = `Companies, ${origin} (${mapping.companyName ?? ''}), Halo Client`;
		const client = toClient(context, field, pickedRow(field, pair.client), itemIndex);
		return { ...mapping, ...client, origin, companyId: mapping.companyName };
	});
}

/** The mapping rows of the second input; a row that cannot be used carries its refusal. */
export function readMappingRows(context: IExecuteFunctions): CompanyMapping[] {
	return readRows(context, 1).flatMap(({ number, json }) => parseMappingRow(json, number) ?? []);
}
