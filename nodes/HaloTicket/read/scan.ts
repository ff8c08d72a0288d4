import type { IExecuteFunctions } from 'n8n-workflow';

import type { ScannerEvent } from '../../shared/domain/event/event';
import { DEFAULT_INTEGRATION } from '../../shared/domain/event/integration';
import { isRecord } from '../../shared/domain/values/json';
import { memberText } from '../../shared/domain/values/read';
import { assetMarks, sourceWord } from '../../shared/domain/ticket/member';
import {
	type AssetEntry,
	type FoundAsset,
	parseAssetScope,
} from '../../shared/domain/ticket/scan/asset-scope';
import { ParameterError, readLocator, readOption, readString } from '../../shared/n8n/parameters';
import type { HaloApi } from '../../shared/halo/api';
import type { InputItem } from './input';

/** One scan, as the node's fields and its findings tell it. */
export interface ScanRequest {
	/** Sources as they write themselves, by their word. */
	sources: ReadonlyMap<string, string>;
	clientIds: ReadonlySet<number>;
	/** A client that was named instead of picked; its id is looked up. */
	clientName: string | null;
	/** The assets that were scanned; none = those of which a finding came. */
	assets: readonly AssetEntry[];
	found: readonly FoundAsset[];
	/** True when the node names the client, so that it need not be told by the findings. */
	clientPicked: boolean;
	complete: boolean;
	/** Keys of all problems that the scan named, as their source made them. */
	named: ReadonlySet<string>;
	id: string | null;
	/** Time of its latest finding; null when it brought none. */
	latest: string | null;
}

/** A finding that a node before decided about, e.g. too low a severity, is still there; by what is watched, too. */
function keysOf(item: InputItem): string[] {
	const { dedupKey, recurrenceKey } = item.kind === 'event' ? item.event : item.json;
	return [dedupKey, recurrenceKey].flatMap((key) =>
		typeof key === 'string' && key !== '' ? [key] : [],
	);
}

function clientOf(item: InputItem): number | null {
	const mapping: unknown = item.kind === 'event' ? item.mapping : item.json.mapping;
	const id = isRecord(mapping) ? Number(mapping.haloClientId) : Number.NaN;
	return Number.isSafeInteger(id) && id > 1 ? id : null;
}

function sourceOf(item: InputItem): string | null {
	if (item.kind === 'event') return item.event.source;
	const { source } = item.json;
	return typeof source === 'string' && source.trim() !== '' ? source : null;
}

function integrationOf(item: InputItem): string {
	if (item.kind === 'event') return item.event.integration;
	const { integration } = item.json;
	return typeof integration === 'string' && integration.trim() !== ''
		? integration
		: DEFAULT_INTEGRATION;
}

function foundAsset(item: InputItem, typedSource: string): FoundAsset {
	const asset: unknown = item.kind === 'event' ? item.event.asset : item.json.asset;
	const names = isRecord(asset) ? asset : {};
	return {
		clientId: clientOf(item),
		source: sourceWord(sourceOf(item) ?? typedSource, integrationOf(item)),
		marks: assetMarks({
			id: memberText(names, 'id'),
			name: memberText(names, 'name'),
			ip: memberText(names, 'ip'),
		}),
	};
}

/** A source that was typed is that of the integrations whose findings came in; of the default one when none did. */
function sourcesOf(named: string, input: readonly InputItem[]): Map<string, string> {
	const integrations = input.length === 0 ? [DEFAULT_INTEGRATION] : input.map(integrationOf);
	const pairs =
		named === ''
			? input.map((item) => [sourceOf(item), integrationOf(item)] as const)
			: integrations.map((integration) => [named, integration] as const);
	return new Map(
		pairs.flatMap(([source, integration]) =>
			source === null ? [] : [[sourceWord(source, integration), source]],
		),
	);
}

function isComplete(said: 'findings' | 'yes' | 'no', events: readonly ScannerEvent[]): boolean {
	if (said !== 'findings') return said === 'yes';
	const scans = events.flatMap(({ scan }) => scan ?? []);
	return scans.length > 0 && scans.every(({ complete }) => complete);
}

/** @throws ParameterError for a client that is no id, EventInputError for an asset that is none */
export function readScan(context: IExecuteFunctions, input: readonly InputItem[]): ScanRequest {
	const named = readString(context, 'scanSource', 0);
	const client = readLocator(context, 'scanClient', 0)?.id ?? null;
	const isId = client !== null && /^-?\d+$/.test(client);
	if (isId && !(Number(client) > 1)) {
		throw new ParameterError('scanClient', 'a real client, not the placeholder for none', client);
	}
	const clients = client === null ? input.flatMap((item) => clientOf(item) ?? []) : [];
	const events = input.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
	const ids = new Set(events.flatMap(({ scan }) => scan?.id ?? []).filter((id) => id !== ''));
	const [id] = ids;
	return {
		sources: sourcesOf(named, input),
		clientIds: new Set(isId ? [Number(client)] : clients),
		clientName: isId ? null : client,
		assets: parseAssetScope(readString(context, 'scanAssets', 0)),
		found: input.map((item) => foundAsset(item, named)),
		clientPicked: client !== null,
		complete: isComplete(readOption(context, 'scanComplete', 0, ['findings', 'yes', 'no']), events),
		named: new Set(input.flatMap(keysOf)),
		id: ids.size === 1 ? (id ?? null) : null,
		latest:
			events
				.map(({ time }) => time)
				.sort()
				.at(-1) ?? null,
	};
}

/**
 * Gives a scan whose client was named the client's id.
 * @throws ParameterError when Halo has no such client, or several
 */
export async function withNamedClient(api: HaloApi, scan: ScanRequest): Promise<ScanRequest> {
	const { clientName } = scan;
	if (clientName === null) return scan;
	const wanted = clientName.trim().toLowerCase();
	const ids = new Set<number>();
	for await (const { rows } of api.listClients({ search: clientName })) {
		for (const { id, name } of rows) if (name.trim().toLowerCase() === wanted) ids.add(id);
	}
	if (ids.size === 1) return { ...scan, clientIds: ids };
	const what = ids.size === 0 ? 'the whole name of a client' : 'the id: several have this name';
	throw new ParameterError('scanClient', what, clientName);
}
