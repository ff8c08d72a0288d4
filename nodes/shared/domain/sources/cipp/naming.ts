import { foldedName, shortHash } from '../../event/keys';
import { isRecord } from '../../values/json';
import { toIsoTime } from '../../values/time';
import { textAt } from '../common/paths';

/** Last words of a member of a finding that says what it is about, as CIPP's alerts write them. */
const NAMING: ReadonlySet<string> = new Set(
	'id identifier identity name names upn cve domain user owner admin sender recipient address license policy app application role device group member standard type cause issue match url sku term expires'.split(
		' ',
	),
);
/** Beside them, words of members that change while the finding stays the same, or are the same in all of one tenant. */
const CHANGING: ReadonlySet<string> = new Set(
	'tenant display last previous current assigned recommended status state error updated initial'.split(
		' ',
	),
);

function wordsOf(member: string): string[] {
	return member
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z\d]+/)
		.filter((word) => word !== '');
}

/** True for a number, a share, a date or a time: what a sentence says otherwise tomorrow. An address stays. */
function isMeasure(word: string): boolean {
	if (/^[ap]m[.,;)]?$/i.test(word)) return true;
	const dots = word.split('.').length - 1;
	return (
		(!/\p{L}/u.test(word) && dots < 3) ||
		toIsoTime(word.replace(/(?<![.,;)])[.,;)]+$/, '')) !== null
	);
}

/** A sentence without what it measures, as a name. */
function sentence(text: string): string {
	const words = text.split(/\s+/).filter((word) => word !== '' && !isMeasure(word));
	return shortHash(words.join(' ').toLowerCase());
}

/**
 * What names one finding of an alert: the members that say what it is about; where none does, its sentence without
 * numbers and dates. Two licences of one user are two findings, so the hash by which CIPP itself snoozes, which takes
 * the user alone, is not taken (`Get-AlertContentHash.ps1`).
 */
export function findingName(item: unknown): string {
	if (!isRecord(item)) return sentence(typeof item === 'string' ? item : JSON.stringify(item));
	const members = Object.keys(item).flatMap((member): Array<[string, string]> => {
		const words = wordsOf(member);
		const value = textAt({ value: item[member] }, 'value');
		if (value === null || !NAMING.has(words.at(-1) ?? '')) return [];
		return words.some((word) => CHANGING.has(word)) ? [] : [[words.join(' '), value]];
	});
	if (members.length === 0) return sentence(textAt(item, 'Message') ?? JSON.stringify(item));
	members.sort(([one], [other]) => (one < other ? -1 : 1));
	return shortHash(JSON.stringify(members.map(([name, value]) => [name, foldedName(value)])));
}

/** What stands first of a finding for people: its sentence, or the first member that names something. */
export function findingTitle(item: unknown): string | null {
	if (typeof item === 'string') return item;
	if (!isRecord(item)) return null;
	const told = textAt(item, 'Message', 'Title', 'IncidentName', 'CVE', 'UserPrincipalName');
	if (told !== null) return told;
	const named = Object.keys(item).find((member) => NAMING.has(wordsOf(member).at(-1) ?? ''));
	return named === undefined ? null : textAt(item, named);
}
