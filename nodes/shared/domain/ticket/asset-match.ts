import type { EventAsset } from '../event/event';

/** An asset of Halo, as far as matching needs it. */
export interface HaloAsset {
	id: number;
	/** What people see: Halo's asset tag. */
	name: string;
	clientId: number | null;
	inactive: boolean;
	/** Asset tag and key fields, which hold host name, serial number or MAC address by the type of asset. */
	names: readonly string[];
	/** Values of the asset's own fields; null until the asset itself was read. */
	details: readonly string[] | null;
}

export const ASSET_KEYS = ['name', 'serial', 'mac'] as const;
export type AssetKey = (typeof ASSET_KEYS)[number];

/** What is looked for: one identifier of the event's asset. */
export interface AssetQuestion {
	key: AssetKey;
	/** As the source wrote it. */
	value: string;
}

/** Values that tools send where they know none; matching by them would link anything. */
const NO_VALUE =
	/^(?:0+|n\/?a|none|null|unknown|undefined|default string|to be filled by o\.?e\.?m\.?|system serial number|not specified|localhost)$/i;

/** A MAC address in letters and digits only; null when it is none. */
function macOf(text: string): string | null {
	const digits = text.replace(/[^0-9a-f]/gi, '').toLowerCase();
	const isMac = /^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(
		text.trim(),
	);
	return isMac && !/^(?:0{12}|f{12})$/.test(digits) ? digits : null;
}

/** The identifiers of an asset that are worth looking for, in the order in which they are asked. */
export function assetQuestions(asset: EventAsset): AssetQuestion[] {
	return ASSET_KEYS.flatMap((key) => {
		const value = asset[key]?.trim() ?? '';
		if (value === '' || NO_VALUE.test(value)) return [];
		return key === 'mac' && macOf(value) === null ? [] : [{ key, value }];
	});
}

/** How a MAC address may be written in Halo; the search is for letters as they stand. */
export function macSpellings(value: string): string[] {
	const digits = macOf(value);
	if (digits === null) return [];
	const pairs = digits.match(/../g) ?? [];
	return [...new Set([value.trim().toLowerCase(), pairs.join(':'), pairs.join('-'), digits])];
}

function isSame({ key, value }: AssetQuestion, candidate: string): boolean {
	if (key === 'mac') return macOf(candidate) !== null && macOf(candidate) === macOf(value);
	return candidate.trim().toLowerCase() === value.trim().toLowerCase();
}

/** True when the asset carries exactly this identifier, in any letter case; a MAC address in any spelling. */
export function carries(asset: HaloAsset, question: AssetQuestion): boolean {
	return [...asset.names, ...(asset.details ?? [])].some((name) => isSame(question, name));
}

/** The active assets of this client that carry the identifier. Another client's asset never matches. */
export function matchingAssets(
	assets: readonly HaloAsset[],
	clientId: number,
	question: AssetQuestion,
): HaloAsset[] {
	return assets.filter(
		(asset) => asset.clientId === clientId && !asset.inactive && carries(asset, question),
	);
}

/** What became of the look-up of an event's asset. */
export type AssetOutcome =
	| { kind: 'nothing to look for' }
	| { kind: 'none'; shown: string }
	| { kind: 'one'; asset: HaloAsset }
	| { kind: 'several'; shown: string; assets: readonly HaloAsset[] };

/** The asset as an event names it, for sentences. */
export function shownAsset(asset: EventAsset): string {
	return asset.name ?? asset.serial ?? asset.mac ?? 'without a name';
}

/** Assets that a note lists before "N more". */
const LISTED = 20;

/** Note for people when several assets match, so that one of them can link the right one. */
export function severalAssetsNote(shown: string, assets: readonly HaloAsset[]): string {
	const lines = assets.slice(0, LISTED).map(({ id, name }) => `- ${name} (asset ${id})`);
	const rest = assets.length - lines.length;
	return [
		`Several assets of this client match ${shown}; none is linked. Link the right one by hand:`,
		...lines,
		...(rest > 0 ? [`- ${rest} more`] : []),
	].join('\n');
}

/** The list to write so that nothing that is linked gets lost; null when the asset is linked already. */
export function withAsset(
	linked: ReadonlyArray<{ id: number }>,
	assetIds: readonly number[],
): Array<{ id: number }> | null {
	const known = new Set(linked.map(({ id }) => id));
	const added = [...new Set(assetIds)].filter((id) => !known.has(id));
	if (added.length === 0) return null;
	return [...known, ...added].map((id) => ({ id }));
}
