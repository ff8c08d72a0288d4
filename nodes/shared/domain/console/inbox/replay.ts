import { REPLAYED } from '../../inbox/replay';
import { type ConsoleWrites, NO_WRITES } from '../answer';
import { type Fields, valueOf } from '../fields';
import type { Finding } from './findings';

/** True for a finding that may be handled again. */
export function isReplayable({ state }: Pick<Finding, 'state'>): boolean {
	return REPLAYED.some((one) => one === state);
}

/** Which findings a form means: one row, all of a cause, all of a company. */
function isMeant(finding: Finding, by: string, value: string): boolean {
	switch (by) {
		case 'id':
			return String(finding.id) === value;
		case 'cause':
			return finding.cause === value;
		case 'company':
			return finding.company === value;
		default:
			return false;
	}
}

/**
 * The rows that become due: as failed and due, and not as new, so that process-inbox sees what was handled since.
 * @param now ISO 8601 in UTC
 */
export function replayWrites(
	findings: readonly Finding[],
	form: Fields,
	now: string,
): { writes: ConsoleWrites; count: number } | { problem: string } {
	const [by, value] = [valueOf(form, 'by'), valueOf(form, 'value')];
	const meant = findings.filter((finding) => isMeant(finding, by, value));
	const rows = meant.filter(isReplayable);
	if (rows.length === 0) {
		const [one] = meant;
		const isNow = one === undefined ? '' : ` It is ${one.state} now.`;
		return {
			problem: `No finding was there to be handled again: it was handled or deleted meanwhile.${isNow}`,
		};
	}
	return {
		count: rows.length,
		writes: {
			...NO_WRITES,
			update: rows.map(({ id }) => ({ id, state: 'failed', notBefore: now, tries: 0 })),
		},
	};
}
