import type { EventAsset, ScannerEvent } from '../event/event';
import { DEFAULT_INTEGRATION, integrationKey } from '../event/integration';
import { parseIp, type IpAddress } from '../values/ip-address';
import { timeOfWord, timeWord } from './ended';
import { lettersOf, lettersOfNumber, numberOfLetters } from './reference';

/** A problem that a ticket stands for beside others: in a group, in a digest, in a baseline. */
export interface Member {
	/** Letters of the problem's own key in a group; in a digest the reference of the ticket that it did not get. */
	key: string;
	/** Which asset it is on, one mark per name of the asset, so that a scan of some assets closes nothing elsewhere. */
	assets: readonly string[];
	/** Source that reported it, as `sourceWord` writes it. */
	source: string;
	/** Time of the newest event that was recorded of it, ISO 8601 in UTC; left out where none was. */
	at?: string;
}

/** 26^6 is 3 * 10^8: the assets of one client never meet by chance. */
const ASSET_MARK_LENGTH = 6;
/** Addresses are written out, so that a range of them can be told: 26^7 is above 2^32, and 26^28 above 2^128. */
const ADDRESS_LENGTHS = { 32: 7, 128: 28 } as const;
/** As long as any tool's name; a longer one is written as letters. */
const PLAIN_SOURCE = /^[a-z0-9][a-z0-9.-]{0,39}$/;
const ENTRY = /^([a-z.-]+):([a-z.]*):([a-z0-9.-]*)(?::([a-z0-9]{1,9}))?$/;

/**
 * A source in its integration as one word that stands in a ticket's details without change: a scan that came in by one
 * integration ends nothing of the same tool in another.
 */
export function sourceWord(source: string, integration: string): string {
	const word = source.trim().toLowerCase();
	const within = integrationKey(integration);
	if (within !== DEFAULT_INTEGRATION) return `x${lettersOf(`${within}|${word}`)}`;
	return PLAIN_SOURCE.test(word) ? word : `x${lettersOf(word)}`;
}

/** Mark of one name of an asset (id, host name, address), in any letter case; of an address in any spelling. */
export function assetMark(name: string): string {
	const address = parseIp(name.trim());
	if (address !== null) {
		return lettersOfNumber(address.value).padStart(ADDRESS_LENGTHS[address.bits], 'a');
	}
	return lettersOf(`asset|${name.trim().toLowerCase()}`).slice(0, ASSET_MARK_LENGTH);
}

/** The address that a mark stands for; null for the mark of another name. */
export function addressOfMark(mark: string): IpAddress | null {
	if (mark.length === ADDRESS_LENGTHS[32]) return { bits: 32, value: numberOfLetters(mark) };
	if (mark.length === ADDRESS_LENGTHS[128]) return { bits: 128, value: numberOfLetters(mark) };
	return null;
}

/** Marks of an asset under each of its names, the most certain first: a scope may name it by any of them. */
export function assetMarks({ id, name, ip }: Pick<EventAsset, 'id' | 'name' | 'ip'>): string[] {
	const names = [id, name, ip].filter((one): one is string => one !== null && one.trim() !== '');
	return [...new Set(names.map(assetMark))];
}

/** Key of a problem inside its group. */
export function memberKey(dedupKey: string): string {
	return lettersOf(dedupKey);
}

/** The member that an event reports. */
export function memberOf(key: string, event: ScannerEvent): Member {
	return {
		key,
		assets: assetMarks(event.asset),
		source: sourceWord(event.source, event.integration),
		at: event.time,
	};
}

/** One word: `kqzvwmtrbhxd:abcdef.ghijkl:wazuh:mhz3k2ab`. */
export function encodeMember({ key, assets, at, source }: Member): string {
	const word = `${key}:${assets.join('.')}:${source}`;
	return at === undefined ? word : `${word}:${timeWord(at)}`;
}

/** @returns null for a word that is no member */
export function decodeMember(word: string): Member | null {
	const [, key, assets, source, time] = ENTRY.exec(word) ?? [];
	if (key === undefined || assets === undefined || source === undefined) return null;
	const at = time === undefined ? null : timeOfWord(time);
	const member = { key, assets: assets === '' ? [] : assets.split('.'), source };
	return at === null ? member : { ...member, at };
}
