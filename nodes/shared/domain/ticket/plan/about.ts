import type { ScannerEvent } from '../../event/event';
import { type Desired, type GroupDesired, NO_EXTRAS, type TicketAbout } from './types';
import { SHOWN } from '../text/limits';

/** What the ticket of one problem is about. */
export function aboutProblem({ event, extras }: Desired): TicketAbout {
	return { event, members: [event], extras: extras ?? NO_EXTRAS };
}

/**
 * What a grouped ticket is about.
 * @param members open problems of this run
 * @param listed how many the ticket lists
 */
export function aboutGroup(
	{ extras }: Pick<GroupDesired, 'extras'>,
	members: readonly ScannerEvent[],
	listed: number,
): TicketAbout {
	return {
		event: members[0] ?? null,
		members,
		extras: extras ?? NO_EXTRAS,
		shownInPart: members.length > 0 && listed > SHOWN.members,
	};
}

/** What a roster is about: problems that have no ticket of their own, so that nothing of theirs is looked up. */
export function aboutRoster(extras: Desired['extras']): TicketAbout {
	return { event: null, members: [], extras: extras ?? NO_EXTRAS };
}
