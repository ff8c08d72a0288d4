import type { Severity } from '../event/event';
import { servingRows } from '../event/integration';

/** A pick from Halo as people write it: an id, or a name. Blank is null: Halo's own default applies. */
export type ProfileValue = string | null;

/**
 * An integration profile: how a ticket is made and closed. Values are names or ids; `resolveProfile` turns them into
 * ids against Halo's lists.
 */
export interface IntegrationProfile {
	name: string;
	/** Where it stands, for error texts: `row 3 (P1)`, `the profile typed into the node`. */
	origin: string;
	isDefault: boolean;
	/** Only tickets of this integration; null = of every one. */
	integration: string | null;
	/** Name of the event set that it is linked to; null when to none. */
	eventSet: string | null;
	/** Severities that it is meant for; empty = all. */
	severities: readonly Severity[];
	sla: ProfileValue;
	priority: ProfileValue;
	ticketType: ProfileValue;
	statusCreate: ProfileValue;
	statusClose: ProfileValue;
	team: ProfileValue;
	agent: ProfileValue;
	/** Used only for an event whose company no mapping placed: a client that a person picked. */
	client: ProfileValue;
	user: ProfileValue;
	category: ProfileValue;
	urgency: ProfileValue;
	impact: ProfileValue;
	/** Custom fields of new tickets by name, label or id; texts may hold placeholders of templates. */
	fields?: Readonly<Record<string, unknown>>;
	/** Fields that are filled on closing, Halo's own and custom ones, by name, label or id. */
	fieldsClose?: Readonly<Record<string, unknown>>;
}

/** The profile's members that name something in Halo, with the words of the screen for each. */
export const PROFILE_FIELDS = [
	['sla', 'SLA'],
	['priority', 'Priority'],
	['ticketType', 'Ticket Type'],
	['statusCreate', 'Create Status'],
	['statusClose', 'Close Status'],
	['team', 'Team'],
	['agent', 'Agent'],
	['client', 'Client'],
	['user', 'User'],
	['category', 'Category'],
	['urgency', 'Urgency'],
	['impact', 'Impact'],
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number][0];

/** Words of the screen for a member. */
export function profileFieldLabel(field: ProfileField): string {
	return PROFILE_FIELDS.find(([name]) => name === field)?.[1] ?? field;
}

/** A profile cannot be used as it stands. The message names the profile, the field, the value and what is allowed. */
export class ProfileError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(message);
		this.name = 'ProfileError';
		this.nextStep = nextStep;
	}
}

/** What a choice of profile depends on. */
export interface ProfileQuestion {
	/** Integration of the event. */
	integration: string;
	eventSet: string | null;
	severity: Severity;
	/** The mapping's own profile; null or blank when it names none. */
	mappingProfile: string | null;
	/** Where the mapping stands, for error texts. */
	mappingOrigin: string | null;
}

function sameName(left: string | null, right: string | null): boolean {
	return (left ?? '').trim().toLowerCase() === (right ?? '').trim().toLowerCase();
}

function byName(
	profiles: readonly IntegrationProfile[],
	question: ProfileQuestion,
): IntegrationProfile {
	const wanted = question.mappingProfile ?? '';
	const [found, second] = servingRows(profiles, question.integration, ({ name }) =>
		sameName(name, wanted),
	);
	const origin = question.mappingOrigin ?? 'the mapping';
	if (found !== undefined && second === undefined) return found;
	const have = profiles.map(({ name }) => name).join(', ');
	throw second === undefined
		? new ProfileError(
				`Mapping ${origin} names profile "${wanted}", which does not exist; profiles: ${have}`,
				'Correct the profile in the mapping, or add a profile with that name.',
			)
		: new ProfileError(
				`Mapping ${origin} names profile "${wanted}", which stands in ${found?.origin} and in ${second.origin}`,
				'Give each profile its own name.',
			);
}

/** Profiles of one integration, or of none, that may serve a set: those linked to it, and those of no set in particular. */
function forSet(
	profiles: readonly IntegrationProfile[],
	set: string | null,
): { linked: IntegrationProfile[]; ofAny: IntegrationProfile[] } {
	return {
		linked: profiles.filter(({ eventSet }) => eventSet !== null && sameName(eventSet, set)),
		ofAny: profiles.filter(({ eventSet, isDefault }) => eventSet === null && !isDefault),
	};
}

/** Profiles that may serve an integration: its own as a whole, then those that name none. */
function poolsOf(
	profiles: readonly IntegrationProfile[],
	integration: string,
): IntegrationProfile[][] {
	const general = profiles.filter((profile) => profile.integration === null);
	const own = profiles.filter((profile) => profile.integration !== null);
	return [servingRows(own, integration), general];
}

function chooseFrom(
	profiles: readonly IntegrationProfile[],
	{ eventSet, severity }: ProfileQuestion,
): IntegrationProfile | undefined {
	const { linked, ofAny } = forSet(profiles, eventSet);
	return (
		linked.find(({ severities }) => severities.includes(severity)) ??
		linked.find(({ severities }) => severities.length === 0) ??
		ofAny.find(({ severities }) => severities.includes(severity)) ??
		defaultOf(profiles) ??
		ofAny.find(({ severities }) => severities.length === 0)
	);
}

/**
 * Chooses the profile of an event: the mapping's when filled; else, of those linked to the event's set, one whose
 * severities name the event's, then one without severities; else one of no set in particular that names the severity;
 * else the default; else one that names neither. Profiles of the event's integration are asked first, and those that
 * name no integration only where none of its own serves.
 * @throws ProfileError naming the mapping's row, or saying that none fits
 */
export function chooseProfile(
	profiles: readonly IntegrationProfile[],
	question: ProfileQuestion,
): IntegrationProfile {
	if ((question.mappingProfile ?? '').trim() !== '') return byName(profiles, question);
	const pools = poolsOf(profiles, question.integration);
	for (const pool of pools) {
		const found = chooseFrom(pool, question);
		if (found !== undefined) return found;
	}
	const asked = pools.flatMap((pool) => Object.values(forSet(pool, question.eventSet)).flat());
	const rows = asked.map(({ origin }) => origin).join(', ');
	throw new ProfileError(
		asked.length === 0
			? `No profile is linked to event set "${question.eventSet ?? ''}", and none is the default`
			: `No profile of event set "${question.eventSet ?? ''}" holds severity ${question.severity} (${rows}), and none is the default`,
		'Add the severity to one of those profiles, or set isDefault in one row of halo_profiles.',
	);
}

/**
 * As `chooseProfile`, for closing: any linked profile will do, since only its close status and agent are used.
 * @throws ProfileError as `chooseProfile`
 */
export function chooseClosingProfile(
	profiles: readonly IntegrationProfile[],
	question: ProfileQuestion,
): IntegrationProfile {
	if ((question.mappingProfile ?? '').trim() !== '') return byName(profiles, question);
	const pools = poolsOf(profiles, question.integration);
	for (const pool of pools) {
		const { linked, ofAny } = forSet(pool, question.eventSet);
		const fits = chooseFrom(pool, question) ?? linked[0] ?? ofAny[0];
		if (fits !== undefined) return fits;
	}
	const serving = pools.flat();
	const [only] = serving;
	return serving.length === 1 && only !== undefined ? only : chooseProfile(profiles, question);
}

/** Whether a profile is that of an integration, or of every one. */
export function mayServe(profile: IntegrationProfile, integration: string): boolean {
	return profile.integration === null || servingRows([profile], integration).length > 0;
}

/**
 * The profile that serves what no other one does.
 * @param profiles those of one integration, or those of none
 * @throws ProfileError when there are two
 */
export function defaultOf(profiles: readonly IntegrationProfile[]): IntegrationProfile | undefined {
	const [first, second] = profiles.filter(({ isDefault }) => isDefault);
	if (first === undefined || second === undefined) return first;
	throw new ProfileError(
		`Two profiles are the default: ${first.origin} and ${second.origin}`,
		'Leave isDefault on in one row of halo_profiles.',
	);
}
