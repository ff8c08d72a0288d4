import { ProfileError } from '../../shared/domain/profile/profile';
import type { PlanOptions } from '../../shared/domain/ticket/plan/types';
import type { TicketOptions } from '../read/options';
import type { HaloLists } from './set-up-lists';

/** Halo's built-in status "New", for a reopened ticket when nothing better is known. */
const STATUS_NEW = 1;

/**
 * The node's options as plans go by them, their names turned into ids.
 * @throws ProfileError naming a status that Halo does not have
 */
export function planOptions(options: TicketOptions, lists: HaloLists): PlanOptions {
	const statuses = lists.profile.statuses.filter(({ id }) => lists.statusIds.has(id));
	const doNotReopen = options.doNotReopen.map((word) => {
		const found = statuses.find(
			({ id, name }) => String(id) === word || name.toLowerCase() === word.toLowerCase(),
		);
		if (found !== undefined) return found.id;
		throw new ProfileError(
			`Option Do Not Reopen Statuses: "${word}" is no ticket status in Halo. Allowed: ${statuses.map(({ name }) => name).join(', ')}`,
			'Correct the option. Separate several statuses by commas.',
		);
	});
	const firstOpen = statuses.find(({ id }) => lists.openStatusIds.has(id))?.id;
	return {
		reopenWindowDays: options.reopenWindowDays,
		doNotReopen: new Set(doNotReopen),
		noteIntervalHours: options.noteIntervalHours,
		reopenStatusId: lists.openStatusIds.has(STATUS_NEW) ? STATUS_NEW : (firstOpen ?? STATUS_NEW),
		closureMinutes: options.closureMinutes,
		closureUnit: options.closureUnit,
		closingAgent: options.closingAgent,
		closeTouched: options.closeTouched,
		ignoreActionsOf: new Set(options.ignoreActionsOf.map((name) => name.toLowerCase())),
	};
}
