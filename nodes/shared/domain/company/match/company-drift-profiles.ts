import type { IntegrationProfile } from '../../profile/profile';
import { PROFILE_FIELDS, ProfileError } from '../../profile/profile';
import type { ProfileLists } from '../../profile/resolve';
import { resolveProfile } from '../../profile/resolve';

/** A value of a profile that Halo does not know, or no longer knows. */
export interface StaleValue {
	profile: string;
	origin: string;
	/** Column of `halo_profiles`. */
	field: string;
	value: string;
	/** One sentence for a technician. */
	message: string;
}

/** Fields whose lists depend on the client, or that hold ids only: they are checked when a ticket is made. */
const NOT_CHECKED: ReadonlySet<string> = new Set(['user', 'client']);

/**
 * Compares the values of profiles with Halo's lists of today, each value on its own, so that one stale value does not
 * hide another.
 * @param lists Halo's lists; those of fields that no profile fills may be empty
 */
export function staleProfileValues(
	profiles: readonly IntegrationProfile[],
	lists: ProfileLists,
): StaleValue[] {
	const blank = Object.fromEntries(PROFILE_FIELDS.map(([field]) => [field, null]));
	return profiles.flatMap((profile) =>
		PROFILE_FIELDS.flatMap(([field]) => {
			const value = profile[field];
			if (value === null || NOT_CHECKED.has(field)) return [];
			// A priority counts inside its SLA, which may come from the ticket type.
			const context =
				field === 'priority' ? { sla: profile.sla, ticketType: profile.ticketType } : {};
			try {
				resolveProfile({ ...profile, ...blank, ...context, [field]: value }, lists);
				return [];
			} catch (error) {
				const message = error instanceof ProfileError ? error.message : String(error);
				return [{ profile: profile.name, origin: profile.origin, field, value, message }];
			}
		}),
	);
}
