import { NO_WRITES, type ConsoleWrites } from '../answer';
import type { CompanyLine } from './lines';

/**
 * The rows of halo_inbox that become due: as failed, and not as new, so that process-inbox sees what was handled since.
 * @param now ISO 8601 in UTC
 */
export function releaseWrites(
	lines: readonly CompanyLine[],
	now: string,
): { writes: ConsoleWrites; count: number } {
	const ids = lines.flatMap(({ held }) => held);
	return {
		count: ids.length,
		writes: {
			...NO_WRITES,
			update: ids.map((id) => ({ id, state: 'failed', notBefore: now, tries: 0 })),
		},
	};
}
