import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { companyIdKey, companyNameKeys } from '../../../nodes/shared/domain/company/name';

/** The company as the source names it: its id, else its name; null when it names none. */
function ownerOf(event: ScannerEvent): string | null {
	const { id, name, displayName } = event.company;
	if (id !== null) return `id ${companyIdKey(id)}`;
	const named = name ?? displayName;
	return named === null ? null : `name ${companyNameKeys(named).full}`;
}

/**
 * True when the second event is found to be about the problem of the first: one source, one key, and no two owners. One
 * that names no company is found by its key, as long as a single owner has it.
 */
export function meet(one: ScannerEvent, two: ScannerEvent): boolean {
	if (one.source !== two.source || one.dedupKey !== two.dedupKey) return false;
	const [mine, other] = [ownerOf(one), ownerOf(two)];
	return mine === null || other === null || mine === other;
}

/**
 * True when nothing makes the two one problem for certain: another source, another key, or owners that are not known
 * to be one. An event without a company beside one with a company is so, and meets it all the same: it is held as soon
 * as more than one owner is possible.
 */
export function differ(one: ScannerEvent, two: ScannerEvent): boolean {
	return (
		one.source !== two.source || one.dedupKey !== two.dedupKey || ownerOf(one) !== ownerOf(two)
	);
}
