import type { TicketRow } from '../../shared/halo/records/records';
import { lookUp, type LookedUp, type LookupOptions, type Wanted } from './find-tickets';
import type { Problem } from './problem';
import type { Run } from './carry-out';
import type { TicketOptions } from '../read/options';

const DAY = 86_400_000;

/** A close looks this far back for its closed ticket, so that it can say "closed already". */
const LEAST_DAYS_BACK = 14;

/**
 * Finds the tickets of all problems of a batch.
 * @throws HaloError when Halo refuses or fails
 */
export async function lookUpAll(
	run: Run,
	problems: readonly Problem[],
	options: TicketOptions,
): Promise<LookedUp> {
	const days = Math.max(options.reopenWindowDays, LEAST_DAYS_BACK);
	// A status on the do-not-reopen list counts however long ago the ticket was closed.
	const since =
		options.doNotReopen.length > 0 ? null : new Date(run.now() - days * DAY).toISOString();
	const lookup = (field: LookupOptions['field']): LookupOptions => ({
		field,
		closed: { since },
		// A dry run has no check after the creates that would see tickets on other clients.
		shortList: !run.dryRun && options.duplicateCheck,
	});
	const looked = await lookUp(run.api, problems.map(wantedOf), lookup('summary'));
	const again = problems.filter(
		(problem) =>
			(looked.found.get(problem.reference)?.length ?? 0) === 0 && wantsSecondLook(problem, options),
	);
	if (again.length === 0) return looked;
	const second = await lookUp(run.api, again.map(wantedOf), lookup('details'));
	const found = new Map<string, TicketRow[]>([...looked.found, ...second.found]);
	return { ...looked, found };
}

function wantedOf({ clientId, reference, works }: Problem): Wanted {
	const clients = new Set(works.map(({ desired }) => desired.clientId));
	const [only] = clients;
	return {
		reference,
		clientId: clients.size === 1 ? (only ?? null) : clientId,
	};
}

/** A technician may have edited the summary; before a critical problem gets a second ticket, the details are searched. */
function wantsSecondLook({ works }: Problem, { secondLookup }: TicketOptions): boolean {
	if (secondLookup === 'never') return false;
	return secondLookup === 'always' || works.some(({ event }) => event.severity === 'critical');
}
