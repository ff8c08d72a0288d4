import { shortened } from '../../values/cut';
import { describe, EventInputError } from '../../values/input-error';
import { parseIp, parseRange, rangeHolds, type IpRange } from '../../values/ip-address';
import { addressOfMark, assetMark } from '../member';

/** One name, id, address or range that a scan says it looked at. */
export interface AssetEntry {
	/** As it was typed. */
	text: string;
	/** Mark of one asset, see `assetMark`; null for a range. */
	mark: string | null;
	range: IpRange | null;
}

/** The asset of one finding. */
export interface FoundAsset {
	/** Client of the finding; null when no mapping places it. */
	clientId: number | null;
	/** See `sourceWord`. */
	source: string;
	/** See `assetMarks`. */
	marks: readonly string[];
}

/** What an expression leaves in a text where it gave nothing, or something else than a text. */
const NO_NAME = /^(?:undefined|null|nan)$|^\[object /i;

/** Signs of other ways to write lists and patterns; no host name, id or address holds one. */
const SIGN_OF_A_LIST = /[;*?"{}]/;

/** True for what was meant as an address or a range of them, and is none. */
function isBadAddress(text: string): boolean {
	const [from = '', to] = text.split('/').map((part) => part.trim());
	if (to !== undefined) return parseIp(from) !== null || isBadAddress(from);
	const [first = '', last] = text.split('-').map((part) => part.trim());
	if (last !== undefined && parseIp(first) !== null) return /^[\d.:a-f]+$/i.test(last);
	const isHex = /^[\da-f.:]+$/i.test(text);
	const groups = text.split(':').length;
	return /^\d+(?:\.\d+){2,}$/.test(text) || (isHex && (text.includes('::') || groups > 8));
}

function entryOf(text: string): AssetEntry {
	const range = parseRange(text);
	if (range !== null) return { text, mark: null, range };
	if (
		parseIp(text) === null &&
		(SIGN_OF_A_LIST.test(text) || NO_NAME.test(text) || isBadAddress(text))
	) {
		throw new EventInputError(
			'Assets',
			'names, ids, addresses and CIDR ranges such as 10.20.0.0/16 or 2001:db8::/32',
			describe(text),
			'Separate them by commas or lines.',
		);
	}
	return { text, mark: assetMark(text), range: null };
}

/**
 * Reads the assets that a scan looked at.
 * @param text names, ids, IPv4 and IPv6 addresses and CIDR ranges, separated by commas or lines
 * @returns one entry per asset or range; none for an empty text
 * @throws EventInputError naming what is none of them
 */
export function parseAssetScope(text: string): AssetEntry[] {
	const entries = new Map<string, AssetEntry>();
	for (const part of text.split(/[,\n]/)) {
		const name = part.trim();
		const key = name.toLowerCase();
		if (name !== '' && !entries.has(key)) entries.set(key, entryOf(name));
	}
	return [...entries.values()];
}

/** True when one of the marks of an asset is named, or is an address in the range. */
export function within({ mark, range }: AssetEntry, marks: readonly string[]): boolean {
	if (range === null) return mark !== null && marks.includes(mark);
	return marks.some((one) => {
		const address = addressOfMark(one);
		return address !== null && rangeHolds(range, address);
	});
}

/**
 * Marks of the assets of which this source brought a finding at this client. Two customers have a `DC01` each, so a
 * finding that no mapping places counts only where the client was picked.
 * @param word of the source, see `sourceWord`
 */
export function foundAt(
	{ clientPicked, found }: { clientPicked: boolean; found: readonly FoundAsset[] },
	clientId: number,
	word: string,
): Set<string> {
	const own = found.filter(
		(asset) =>
			asset.source === word &&
			(asset.clientId === clientId || (asset.clientId === null && clientPicked)),
	);
	return new Set(own.flatMap(({ marks }) => marks));
}

/** Entries that a sentence lists before "N more". */
const LISTED = 20;
/** As much of an entry as tells which it is. */
const LONGEST_ENTRY = 60;

/** A sentence that says which entries no finding and no open ticket is about; null when there is none. */
export function unmatchedWords(entries: readonly AssetEntry[]): string | null {
	if (entries.length === 0) return null;
	const shown = entries.slice(0, LISTED).map(({ text }) => shortened(text, LONGEST_ENTRY));
	const rest = entries.length - shown.length;
	const names = [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
	return `Of the assets named in Assets, no finding and no open problem is on: ${names}. Look for a typing mistake where one should be.`;
}
