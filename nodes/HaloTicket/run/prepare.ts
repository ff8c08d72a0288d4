import type { IntegrationProfile } from '../../shared/domain/profile/profile';
import {
	chooseClosingProfile,
	chooseProfile,
	ProfileError,
} from '../../shared/domain/profile/profile';
import { resolveProfile, type ResolvedProfile } from '../../shared/domain/profile/resolve';
import { DEFAULT_INTEGRATION } from '../../shared/domain/event/integration';
import { ownerOf } from '../../shared/domain/event/owner';
import { traitsOf } from '../../shared/domain/sources/traits';
import type { Seal } from '../../shared/domain/ticket/seal';
import type { Desired, PlanOptions } from '../../shared/domain/ticket/plan/types';
import type { EventOperation } from '../../shared/domain/ticket/plan/triage';
import { decisionWithout, type TicketDecision } from '../../shared/domain/ticket/outcome';
import type { HaloLists } from './set-up-lists';
import type { EventItem } from '../read/input';
import type { TicketOptions } from '../read/options';
import type { ProfileSource } from '../read/profiles';
import type { ExtrasReader } from './extras';
import type { Chosen, Work } from './work';

/** @throws ProfileError when no profile fits */
export function choose(
	item: EventItem,
	want: Desired['want'],
	profiles: readonly IntegrationProfile[],
	typed: boolean,
): Chosen {
	const question = {
		integration: item.event.integration,
		eventSet: item.eventSet,
		severity: item.event.severity,
		// A typed profile is the only one there is; a name in the mapping means rows of a table.
		mappingProfile: typed ? null : (item.mapping?.profile ?? null),
		mappingOrigin: item.mapping?.origin ?? null,
	};
	const profile =
		want === 'open' ? chooseProfile(profiles, question) : chooseClosingProfile(profiles, question);
	return { item, want, profile };
}

/** @throws ProfileError naming the field that the operation cannot do without */
function requireFields(profile: IntegrationProfile, operation: EventOperation): void {
	const missing = [
		...(operation !== 'close' && profile.ticketType === null ? ['Ticket Type'] : []),
		...(operation !== 'create' && profile.statusClose === null ? ['Close Status'] : []),
	];
	if (missing.length === 0) return;
	throw new ProfileError(
		`Profile ${profile.origin}: ${missing.join(' and ')} is empty`,
		'Fill it; tickets cannot be made or closed without it.',
	);
}

/** Turns profiles into Halo's ids, each once. */
export class ProfileResolver {
	private readonly known = new Map<string, ResolvedProfile>();
	/** The same, by the profile itself: rows and a typed profile are the same object for every event. */
	private readonly seen = new WeakMap<IntegrationProfile, ResolvedProfile>();

	constructor(
		private readonly lists: HaloLists,
		private readonly operation: EventOperation,
	) {}

	/** @throws ProfileError naming profile, field, value and what is allowed */
	resolve(profile: IntegrationProfile): ResolvedProfile {
		const seen = this.seen.get(profile);
		if (seen !== undefined) return seen;
		const resolved = this.resolveAlike(profile);
		this.seen.set(profile, resolved);
		return resolved;
	}

	private resolveAlike(profile: IntegrationProfile): ResolvedProfile {
		const key = JSON.stringify(profile);
		const known = this.known.get(key);
		if (known !== undefined) return known;
		requireFields(profile, this.operation);
		const resolved = resolveProfile(profile, this.lists.profile);
		this.known.set(key, resolved);
		return resolved;
	}

	/** Statuses that the profiles resolved so far close with. */
	get closeStatusIds(): Set<number> {
		return new Set([...this.known.values()].flatMap(({ statusCloseId }) => statusCloseId ?? []));
	}
}

/**
 * The work that an event makes, or the decision why it makes none.
 * @throws ProfileError when its ticket could not be made as it should
 */
export function toWork(
	chosen: Chosen,
	profile: ResolvedProfile,
	extras: Pick<ExtrasReader, 'extrasFor'>,
	seal: Seal,
): Work | TicketDecision {
	const { item, want } = chosen;
	const { mapping, event } = item;
	// What a profile's client is for has no company of its own, so an end is found wherever its ticket is.
	const isPlaced = want === 'open' || event.companyBound;
	const clientId = mapping?.haloClientId ?? (isPlaced ? profile.clientId : null);
	const owner = ownerOf(event);
	const own = seal.referencesOf(item.groupKey, owner);
	// An alert with a new id at each firing is known by what is watched, on a ticket of its own.
	const watched = item.groupKey === event.dedupKey ? (event.recurrenceKey ?? null) : null;
	const references = watched === null ? own : [...seal.referencesOf(watched, owner), ...own];
	const reference = references[0] ?? own[0];
	// A resolve may be carried out by its key alone, on any client; not that of a sender that is bound to a company.
	if (clientId === null && isPlaced) {
		return decisionWithout(
			'held_unmapped',
			'No mapping places the company of this event, and its profile names no client. Map the company, or pick a Client in the profile.',
			reference,
			profile.name,
		);
	}
	return {
		index: item.index,
		item,
		event,
		desired: {
			want,
			event,
			reference,
			references,
			...(watched === null ? {} : { firing: own }),
			clientId,
			clientName: mapping?.haloClientName ?? null,
			profile,
			traits: traitsOf(event),
			...(want === 'open' ? { extras: extras.extrasFor(chosen, profile) } : {}),
		},
	};
}

/**
 * The profile that closes what a scan no longer names: tickets that no finding speaks of.
 * @throws ProfileError when none fits
 */
export function scanProfile(
	{ profilesFor, typed }: Pick<ProfileSource, 'profilesFor' | 'typed'>,
	chosen: readonly Chosen[],
): IntegrationProfile {
	const profiles = profilesFor(0);
	const [first] = profiles;
	if (typed && first !== undefined) return first;
	const eventSet = chosen[0]?.item.eventSet ?? null;
	return chooseClosingProfile(profiles, {
		integration: chosen[0]?.item.event.integration ?? DEFAULT_INTEGRATION,
		eventSet,
		severity: 'unknown',
		mappingProfile: null,
		mappingOrigin: null,
	});
}

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
