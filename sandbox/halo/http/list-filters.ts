import type { HaloAnswer } from './answers';
import { readDate } from '../state/dates';
import type { Query } from './query';

/** Active records only, unless the query asks otherwise: `includeinactive`, `includeactive`, `activeinactive`. */
export function activeFilter(query: Query): (row: { inactive: boolean }) => boolean {
	const both = query.text('activeinactive')?.toLowerCase().split(',');
	const wantsInactive = query.flag('includeinactive') || (both?.includes('inactive') ?? false);
	const onlyInactive = query.text('includeactive')?.toLowerCase() === 'false' && wantsInactive;
	return (row) => (row.inactive ? wantsInactive : !onlyInactive);
}

/** `lastupdatefromdate` / `lastupdatetodate` as moments; either may be missing. */
export function updatedFilter(query: Query): (lastUpdate: number) => boolean {
	const from = readDate(query.text('lastupdatefromdate') ?? '') ?? -Infinity;
	const to = readDate(query.text('lastupdatetodate') ?? '') ?? Infinity;
	return (lastUpdate) => lastUpdate >= from && lastUpdate <= to;
}

/** What an agent without access to a kind of record gets: nothing, and no error. */
export function emptyList(key: string): HaloAnswer {
	return { status: 200, body: { record_count: 0, [key]: [] } };
}
