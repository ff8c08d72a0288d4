import type { JsonRecord } from '../../values/json';
import { memberText } from '../../values/read';
import type { SyncPlan } from './plan';
import type { SyncRow } from '../../values/sync-row';
import { cellCounts } from './status';
import { DEACTIVATED } from './theirs';

/** What became of a company that was to be made in ConnectSecure. */
interface Creation {
	name: string;
	/** Its number there; '' when it was not made. */
	companyId: string;
	/** Why it was not made, or what a person has to put right; '' when nothing. */
	reason: string;
}

/** Enough to know what to do; the rest is counted. */
const MOST_LISTED = 10;

function listed(creations: readonly Creation[], between: string): string {
	const shown = creations
		.slice(0, MOST_LISTED)
		.map(({ name, reason }) => `${name}${between}${reason}`);
	const more = creations.length - shown.length;
	return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** A node that is deactivated hands its input on: then there is neither a number nor a reason. */
function creationOf(item: JsonRecord): Creation {
	const companyId = memberText(item, 'companyId') ?? '';
	const reason = memberText(item, 'reason') ?? (companyId === '' ? DEACTIVATED : '');
	return { name: memberText(item, 'name') ?? '', companyId, reason };
}

/**
 * The end of a run in which companies were to be made in ConnectSecure. What was refused ends the run red and keeps Last
 * Sync: the next run asks again.
 * @param row the status of the run so far
 * @param items what the node that makes them gave out, on both of its outputs
 * @param now ISO 8601
 * @returns items of companies that are there now, which become rows of both tables, and the status
 */
export function afterCreation<Item extends JsonRecord>(
	plan: SyncPlan,
	row: SyncRow,
	items: readonly Item[],
	now: string,
): { created: Item[]; status: SyncRow } {
	if (items.length === 0) return { created: [], status: row };
	const creations = items.map(creationOf);
	const made = creations.filter(({ companyId }) => companyId !== '');
	const refused = creations.filter(({ companyId }) => companyId === '');
	const twice = made.filter(({ reason }) => reason !== '');
	const of = `${refused.length} of ${creations.length} companies were not created`;
	const errors = [
		...(refused.length === 0 ? [] : [`ConnectSecure: ${of}. ${listed(refused, ': ')}`]),
		...(twice.length === 0 ? [] : [`ConnectSecure: ${listed(twice, ' ')}`]),
	];
	const counts = cellCounts(row.counts);
	const there = cellCounts(JSON.stringify(counts.connectSecure ?? {}));
	const failed = errors.length > 0;
	const failure = { lastSync: plan.lastSync, lastError: errors.join('. '), lastErrorAt: now };
	return {
		created: items.filter((item) => creationOf(item).companyId !== ''),
		status: {
			...row,
			...(failed ? failure : {}),
			counts: JSON.stringify({
				...counts,
				connectSecure: { ...there, created: made.length, refused: refused.length },
				...(failed ? { next: 'stop' } : {}),
			}),
		},
	};
}
