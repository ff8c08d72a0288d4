import type { ScannerEvent } from './event';

/** A name as people write it: letter case and white space do not tell two companies apart. */
function folded(name: string): string {
	return name.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
}

/**
 * Whose problem an event reports: the company as its source names it, never the client that it is mapped to, so that two
 * companies never share a problem whatever their keys.
 * @returns null when the event names no company
 */
export function ownerOf({ company }: Pick<ScannerEvent, 'company'>): string | null {
	const id = company.id?.trim() ?? '';
	if (id !== '') return `id|${id}`;
	const name = company.name ?? company.displayName ?? company.reference ?? company.domain ?? '';
	return folded(name) === '' ? null : `name|${folded(name)}`;
}
