import { type JsonRecord, isRecord } from '../../domain/values/json';
import { readDate, readFlag, readText } from './decode';
import { member, readInteger, readReference } from '../../domain/values/read';

interface ImportedBase {
	id: number;
	name: string;
	inactive: boolean;
	/** ISO 8601 in UTC. */
	updatedAt: string | null;
}

export interface ImportedClient extends ImportedBase {
	entity: 'client';
	reference: string | null;
	domain: string | null;
	website: string | null;
	topLevelId: number | null;
	topLevelName: string | null;
	mainSiteId: number | null;
	mainSiteName: string | null;
	/** Client that this one was merged into; null when it was not. */
	mergedInto: number | null;
}

export interface ImportedSite extends ImportedBase {
	entity: 'site';
	clientId: number | null;
	clientName: string | null;
	reference: string | null;
	phone: string | null;
}

export interface ImportedUser extends ImportedBase {
	entity: 'user';
	email: string | null;
	phone: string | null;
	clientId: number | null;
	clientName: string | null;
	siteId: number | null;
	siteName: string | null;
}

export interface ImportedAsset extends ImportedBase {
	entity: 'asset';
	/** The fields that hold host name and serial number, by the asset's type. */
	keyField: string | null;
	type: string | null;
	status: string | null;
	clientId: number | null;
	clientName: string | null;
	siteId: number | null;
	siteName: string | null;
}

/** A record of Halo as an import gives it out: what companies are matched by, never the picture in `logo`. */
export type ImportedRow = ImportedClient | ImportedSite | ImportedUser | ImportedAsset;

function baseOf(row: JsonRecord, name: unknown): ImportedBase | null {
	const id = readInteger(row.id);
	if (id === null) return null;
	return {
		id,
		name: readText(name) ?? '',
		inactive: readFlag(row.inactive),
		updatedAt: readDate(member(row, 'last_update', 'lastupdate')),
	};
}

function placeOf(row: JsonRecord) {
	return {
		clientId: readReference(row.client_id),
		clientName: readText(row.client_name),
		siteId: readReference(member(row, 'site_id', 'site_id_int')),
		siteName: readText(row.site_name),
	};
}

function customField(row: JsonRecord, id: number): string | null {
	const fields = Array.isArray(row.customfields) ? row.customfields.filter(isRecord) : [];
	const field = fields.find((candidate) => readInteger(candidate.id) === id);
	return field === undefined ? null : readText(field.value);
}

/** @param referenceField id of the custom field that stands for the reference; null = Halo's own Reference */
export function importedClient(
	row: JsonRecord,
	referenceField: number | null,
): ImportedClient | null {
	const base = baseOf(row, row.name);
	if (base === null) return null;
	return {
		entity: 'client',
		...base,
		reference:
			referenceField === null
				? readText(member(row, 'ref', 'client_ref'))
				: customField(row, referenceField),
		domain: readText(row.domain),
		website: readText(row.website),
		topLevelId: readReference(row.toplevel_id),
		topLevelName: readText(row.toplevel_name),
		mainSiteId: readReference(row.main_site_id),
		mainSiteName: readText(row.main_site_name),
		mergedInto: readReference(row.merged_into_id),
	};
}

export function importedSite(row: JsonRecord): ImportedSite | null {
	const base = baseOf(row, row.name);
	if (base === null) return null;
	const { clientId, clientName } = placeOf(row);
	const phone = readText(row.phonenumber);
	return { entity: 'site', ...base, clientId, clientName, reference: readText(row.ref), phone };
}

export function importedUser(row: JsonRecord): ImportedUser | null {
	const base = baseOf(row, row.name);
	if (base === null) return null;
	const email = readText(member(row, 'emailaddress', 'email'));
	return { entity: 'user', ...base, email, phone: readText(row.phonenumber), ...placeOf(row) };
}

/** People know an asset by its tag, `inventory_number`. */
export function importedAsset(row: JsonRecord): ImportedAsset | null {
	const base = baseOf(row, row.inventory_number);
	if (base === null) return null;
	return {
		entity: 'asset',
		...base,
		keyField: readText(row.key_field),
		type: readText(row.assettype_name),
		status: readText(row.status_name),
		...placeOf(row),
	};
}
