import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImportCheckpoint, ImportEntity } from '../shared/domain/company/import';
import {
	IMPORT_ENTITIES,
	parseCheckpoint,
	sinceWithOverlap,
} from '../shared/domain/company/import';
import { isRecord } from '../shared/domain/values/json';
import {
	ParameterError,
	pickedRow,
	readBoolean,
	readNumber,
	readOption,
	readString,
} from '../shared/n8n/parameters';
import { DEFAULT_OVERLAP_MINUTES, LARGEST_PAGE_SIZE } from './description';

/** Which part of the lists an import reads. */
export type ImportScope =
	| { kind: 'all'; pageSize: number; pagesPerRun: number; resumeFrom: ImportCheckpoint | null }
	| { kind: 'page'; page: number; pageSize: number }
	| { kind: 'clients'; ids: number[] };

export interface ImportSettings {
	entities: ImportEntity[];
	scope: ImportScope;
	search: string | null;
	includeInactive: boolean;
	/** ISO 8601 in UTC, overlap taken off; null = all. */
	since: string | null;
	/** Id of the custom field that stands for the client's reference; null = Halo's own. */
	referenceField: number | null;
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
	if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
	throw new ParameterError(name, `a whole number from ${least} to ${most}`, value);
}

function readEntities(context: IExecuteFunctions, itemIndex: number): ImportEntity[] {
	const value: unknown = context.getNodeParameter('entities', itemIndex, ['clients']);
	const picked = Array.isArray(value) ? value : [value];
	const unknown = picked.find((one) => !IMPORT_ENTITIES.some((entity) => entity === one));
	if (unknown !== undefined || picked.length === 0) {
		throw new ParameterError('Entities', `one or more of ${IMPORT_ENTITIES.join(', ')}`, unknown);
	}
	return IMPORT_ENTITIES.filter((entity) => picked.includes(entity));
}

function clientId(name: string, text: string): number {
	const id = Number(text);
	if (Number.isSafeInteger(id) && id > 1) return id;
	throw new ParameterError(name, 'ids of Halo clients, whole numbers above 1', text);
}

function readSelected(context: IExecuteFunctions, itemIndex: number): number[] {
	const value: unknown = context.getNodeParameter('selected', itemIndex, {});
	const list = isRecord(value) && Array.isArray(value.company) ? value.company : [];
	const ids = list.map((entry: unknown, index) => {
		const name = `Select Companies, entry ${index + 1}`;
		const picked = pickedRow(name, isRecord(entry) ? entry.client : null);
		if (picked === null) throw new ParameterError(name, 'a client', null);
		return clientId(name, picked.id);
	});
	if (ids.length === 0) throw new ParameterError('Select Companies', 'at least one company', null);
	return [...new Set(ids)];
}

function readIds(context: IExecuteFunctions, itemIndex: number): number[] {
	const value: unknown = context.getNodeParameter('ids', itemIndex, '');
	const parts = (Array.isArray(value) ? value : [value]).flatMap((one) =>
		typeof one === 'string' || typeof one === 'number' ? String(one).split(/[\s,;[\]]+/) : [''],
	);
	const ids = parts.filter((part) => part !== '').map((part) => clientId('Client IDs', part));
	if (ids.length === 0) throw new ParameterError('Client IDs', 'at least one id', value);
	return [...new Set(ids)];
}

/** Members of the collection Options; a member that was not added is its default. */
function readOptions(context: IExecuteFunctions, itemIndex: number) {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const options = isRecord(value) ? value : {};
	const text = (name: string): string => {
		const found = options[name];
		if (found === undefined || found === null) return '';
		return typeof found === 'string' ? found : JSON.stringify(found);
	};
	const number = (name: string, label: string, byDefault: number): number => {
		const found = options[name];
		if (found === undefined || found === null || found === '') return byDefault;
		return wholeNumber(label, Number(found), 0, Number.MAX_SAFE_INTEGER);
	};
	const referenceField = number('referenceField', 'Reference Field ID', 0);
	return {
		includeInactive: options.includeInactive === true || options.includeInactive === 'true',
		pagesPerRun: number('pagesPerRun', 'Pages per Run', 0),
		overlapMinutes: number('overlapMinutes', 'Overlap (Minutes)', DEFAULT_OVERLAP_MINUTES),
		referenceField: referenceField === 0 ? null : referenceField,
		resumeFrom: text('resumeFrom'),
		updatedSince: text('updatedSince').replace(/^"|"$/g, ''),
	};
}

/**
 * What an import is asked to read.
 * @throws ParameterError, CheckpointError or RangeError naming the field
 */
export function readImportSettings(context: IExecuteFunctions, itemIndex: number): ImportSettings {
	const from = readOption(context, 'from', itemIndex, ['all', 'selected', 'ids'] as const);
	const options = readOptions(context, itemIndex);
	const { includeInactive, referenceField } = options;
	const shared = {
		entities: readEntities(context, itemIndex),
		includeInactive,
		referenceField,
		since: sinceWithOverlap(options.updatedSince, options.overlapMinutes),
	};
	if (from !== 'all') {
		const ids = from === 'ids' ? readIds(context, itemIndex) : readSelected(context, itemIndex);
		return { ...shared, search: null, scope: { kind: 'clients', ids } };
	}
	const text = readString(context, 'search', itemIndex);
	const search = text === '' ? null : text;
	const asked = readNumber(context, 'pageSize', itemIndex);
	const pageSize = wholeNumber('Page Size', asked, 1, LARGEST_PAGE_SIZE);
	if (!readBoolean(context, 'returnAll', itemIndex)) {
		const page = readNumber(context, 'page', itemIndex);
		return {
			...shared,
			search,
			scope: { kind: 'page', page: wholeNumber('Page', page, 1, 1_000_000), pageSize },
		};
	}
	const resumeFrom = parseCheckpoint(options.resumeFrom);
	const { pagesPerRun } = options;
	const since = resumeFrom === null ? shared.since : resumeFrom.since;
	return { ...shared, since, search, scope: { kind: 'all', pageSize, pagesPerRun, resumeFrom } };
}
