import type { HaloAsset } from '../domain/ticket/asset-match';
import { isRecord } from '../domain/values/json';
import { readFlag, readText } from './records/decode';
import type { RowDecoder } from './records/decode-rows';
import { HaloReader } from './records/reader';
import type { ReadPage } from './records/pages';
import type { Page } from './records/records';
import type { HaloSender } from './http/sender';
import { member, readReference } from '../domain/values/read';

const KEY_FIELDS = ['inventory_number', 'key_field', 'key_field2', 'key_field3'] as const;

function valuesOf(fields: unknown): string[] | null {
	if (!Array.isArray(fields)) return null;
	return fields.filter(isRecord).flatMap((field) => readText(field.value) ?? []);
}

const decodeAsset: RowDecoder<HaloAsset> = (row) => {
	const id = readReference(row.id);
	if (id === null) return null;
	const names = KEY_FIELDS.flatMap((name) => readText(row[name]) ?? []);
	return {
		id,
		name: names[0] ?? `asset ${id}`,
		clientId: readReference(row.client_id),
		inactive: readFlag(row.inactive),
		names,
		details: valuesOf(member(row, 'fields')),
	};
};

const ASSETS = { path: '/Asset', key: 'assets', decode: decodeAsset } as const;

/** In Halo's search `[` begins a set of characters; `_` stands for any one, and what comes back is compared again. */
function searchText(text: string): string {
	return text.replaceAll('[', '_');
}

/** Halo's assets. Needs the scope `read:assets`. */
export class HaloAssets {
	private readonly reader: HaloReader;

	/** @param sending of the `HaloApi` of the run, so that requests are counted once */
	constructor(sending: HaloSender) {
		this.reader = new HaloReader(sending);
	}

	/** The first 100 active assets of a client that hold a text: one request. */
	async search(clientId: number, search: string): Promise<Page<HaloAsset>> {
		const query = {
			client_id: clientId,
			search: searchText(search),
		};
		return await this.reader.page({ ...ASSETS, query }, 1);
	}

	/** All active assets of a client, page by page. */
	pages(clientId: number): AsyncIterable<ReadPage<HaloAsset>> {
		return this.reader.pages({ ...ASSETS, query: { client_id: clientId } });
	}

	/** One asset with the values of its own fields, where serial numbers and addresses often stand; null when there is none. */
	async get(id: number): Promise<HaloAsset | null> {
		return await this.reader.getOne(
			`/Asset/${id}`,
			{ includedetails: true },
			'assets',
			decodeAsset,
		);
	}
}
