import { advancedSearch } from '../http/advanced-search';
import type { HaloAnswer } from '../http/answers';
import { float, forbidden, modelState, notFound, refuse } from '../http/answers';
import type { Draft } from '../http/body';
import { readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { likePattern } from '../http/like';
import { activeFilter, emptyList, updatedFilter } from '../http/list-filters';
import { envelope, ordered } from '../http/paging';
import { requireScope } from '../http/requirements';
import type { SimAsset } from '../state/state';
import { seesClient } from '../http/visibility';

/** `GET /Asset`. */
export function listAssets(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'assets');
	const { query, access } = call;
	if (access.rights.assetsAccess === 'none') return emptyList('assets');
	const clientOf = new Map(context.state.sites.map((site) => [site.id, site.client_id]));
	const wanted: Array<[string, (asset: SimAsset) => number]> = [
		['client_id', (asset) => clientOf.get(asset.site_id) ?? 0],
		['site_id', (asset) => asset.site_id],
		['assettype_id', (asset) => asset.assettype_id],
	];
	const term = query.text('search');
	const pattern = term === null ? null : likePattern(term);
	const exact = query.text('inventory_number')?.toLowerCase();
	const ticket = context.state.tickets.find(({ id }) => id === query.number('ticket_id'));
	const updated = updatedFilter(query);
	const rows = context.state.assets
		.filter((asset) => seesClient(access, clientOf.get(asset.site_id) ?? 0))
		.filter((asset) => activeFilter(query)(asset) && updated(asset.lastUpdate))
		.filter((asset) =>
			wanted.every(([name, column]) => {
				const id = query.number(name);
				return id === null || id <= 0 || column(asset) === id;
			}),
		)
		.filter((asset) => exact === undefined || asset.inventory_number.toLowerCase() === exact)
		.filter((asset) => {
			if (pattern === null) return true;
			const serials = asset.fields.map(({ value }) => value);
			const others = query.flag('search_inventory_number_only')
				? []
				: [asset.key_field, ...serials];
			return [asset.inventory_number, ...others].some((text) => pattern.test(text));
		})
		.filter((asset) => !query.has('ticket_id') || (ticket?.assets.includes(asset.id) ?? false));
	const found = advancedSearch(query, rows, (asset) => assetRow(context, asset));
	return envelope(context, query, 'assets', ordered(query, found), (asset) =>
		assetRow(context, asset),
	);
}

/** `GET /Asset/{id}`; `fields` only with `includedetails=true`. */
export function getAsset(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'assets');
	const asset = context.state.assets.find(({ id }) => id === Number(call.ids[0]));
	if (asset === undefined || call.access.rights.assetsAccess === 'none') throw notFound();
	const details = call.query.flag('includedetails') ? { fields: asset.fields } : {};
	return { status: 200, body: { ...assetRow(context, asset), ...details } };
}

/** `POST /Asset`: `key_field` is echoed and not kept; values belong into `fields`. */
export function postAssets(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'assets');
	if (call.access.rights.assetsAccess !== 'modify') throw forbidden();
	const written = readRecords(call.body).map((draft, index) => {
		const id = draft.integer('id') ?? 0;
		const asset =
			id > 0 ? context.state.assets.find((row) => row.id === id) : newAsset(context, draft);
		if (asset === undefined) throw notFound();
		asset.inventory_number = draft.text('inventory_number') ?? asset.inventory_number;
		asset.inactive = draft.flag('inactive') ?? asset.inactive;
		asset.lastUpdate = context.clock.now();
		for (const sent of draft.list('fields') ?? []) {
			const fieldId = sent.integer('id');
			if (fieldId === undefined) throw modelState(index, 'fields', null);
			asset.fields = asset.fields.filter((field) => field.id !== fieldId);
			asset.fields.push({
				id: fieldId,
				name: sent.text('name') ?? '',
				value: sent.text('value') ?? '',
			});
		}
		const key = draft.text('key_field');
		return { ...assetRow(context, asset), ...(key === undefined ? {} : { key_field: key }) };
	});
	const { createStatus, wrapSingle } = context.switches;
	return writeAnswer(createStatus, call.query, written, wrapSingle);
}

function newAsset(context: HaloContext, draft: Draft): SimAsset {
	const site = context.state.sites.find(({ id }) => id === draft.integer('site_id'));
	if (site === undefined) throw refuse('Please select a valid Site.');
	const asset: SimAsset = {
		id: Math.max(300, ...context.state.assets.map(({ id }) => id)) + 1,
		inventory_number: '',
		key_field: '',
		site_id: site.id,
		assettype_id: draft.integer('assettype_id') ?? 101,
		assettype_name: 'Computer',
		inactive: false,
		fields: [],
		lastUpdate: context.clock.now(),
	};
	context.state.assets.push(asset);
	return asset;
}

function assetRow(context: HaloContext, asset: SimAsset): Record<string, unknown> {
	const site = context.state.sites.find(({ id }) => id === asset.site_id);
	const client = context.state.clients.find(({ id }) => id === site?.client_id);
	return {
		id: asset.id,
		inventory_number: asset.inventory_number,
		key_field: asset.key_field,
		key_field2: '',
		key_field3: '',
		client_id: client?.id ?? 0,
		client_name: client?.name ?? '',
		site_id: float(site?.id ?? 0),
		site_name: site?.name ?? '',
		assettype_id: asset.assettype_id,
		assettype_name: asset.assettype_name,
		status_id: 1,
		status_name: 'Active',
		inactive: asset.inactive,
	};
}
