import type { StatusInput, SyncStatus } from './status-input';
import type { MappingCoverage } from './mapping-coverage';
import type { OpenTickets } from './ticket-counts';
import { sinceOf } from './ago';

/** Something that a person should know first. `bad` needs a person; `wait` goes on by itself, or can wait. */
export interface Concern {
	tone: 'bad' | 'wait';
	/** What is wrong, and what to do. */
	text: string;
}

/** Requests that hosted Halo allows in any five minutes, of all integrations together. */
export const HALO_LIMIT = 300;
/** From here on the next burst may have to wait. */
const HIGH_SHARE = 0.8;
/** process-inbox looks every 15 seconds and a full run takes some minutes: after this nobody took the row. */
const TAKEN_WITHIN_MS = 10 * 60_000;

/** True when the newest error is newer than the last success. */
export function isFailing({ lastSync, lastErrorAt }: SyncStatus): boolean {
	if (lastErrorAt === null) return false;
	return lastSync === null || Date.parse(lastErrorAt) > Date.parse(lastSync);
}

function rows(count: number, capped: boolean): string {
	return `${count}${capped ? ' or more' : ''} ${count === 1 ? 'finding' : 'findings'}`;
}

function inboxConcerns({ inbox }: StatusInput, now: number): Concern[] {
	return inbox
		.filter(({ count }) => count > 0)
		.flatMap(({ state, count, capped, oldest }): Concern[] => {
			const many = rows(count, capped);
			switch (state) {
				case 'dead':
					return [
						{
							tone: 'bad',
							text: `${many} could not become a ticket: refused by Halo, or unreadable. Read the column reason in halo_inbox, correct the cause, then handle them again: Inbox of the console, or the form of replay-form.`,
						},
					];
				case 'failed':
					return [
						{
							tone: 'wait',
							text: `${many} failed and will be tried again by process-inbox. Nothing is lost.`,
						},
					];
				case 'held':
					return [
						{
							tone: 'wait',
							text: `${many} of companies without a mapping. Map them under Companies of the console, or with map-companies-form; the next run takes them.`,
						},
					];
				case 'new':
					return oldest !== null && now - Date.parse(oldest) > TAKEN_WITHIN_MS
						? [
								{
									tone: 'bad',
									text: `${many} not taken yet, the oldest came ${sinceOf(oldest, now)}. Is process-inbox published?`,
								},
							]
						: [];
				default:
					return [];
			}
		});
}

/** What needs attention, what needs a person first. @param now milliseconds since the epoch */
export function concernsOf(
	input: StatusInput,
	tickets: OpenTickets,
	{ refusals }: MappingCoverage,
	requests: number,
	now: number,
): Concern[] {
	const bad = (text: string): Concern => ({ tone: 'bad', text });
	const share = requests / HALO_LIMIT;
	const concerns: Concern[] = [
		...input.tableFaults.map(bad),
		...(tickets.kind === 'unknown'
			? [bad(`Halo did not tell the open tickets. ${tickets.reason}`)]
			: []),
		...inboxConcerns(input, now),
		...input.sync
			.filter(isFailing)
			.map(({ integration, flow, lastErrorAt }) =>
				bad(
					`${flow}${integration === '' ? '' : ` for ${integration}`} failed ${sinceOf(lastErrorAt ?? '', now)} and has not succeeded since.`,
				),
			),
		...refusals.map((refusal) => bad(`halo_company_mappings, ${refusal}.`)),
		...(share >= HIGH_SHARE
			? [
					{
						tone: 'wait' as const,
						text: `${Math.round(100 * share)} % of Halo's request limit is used; further work waits until there is room.`,
					},
				]
			: []),
	];
	return concerns.sort((left, right) => Number(right.tone === 'bad') - Number(left.tone === 'bad'));
}
