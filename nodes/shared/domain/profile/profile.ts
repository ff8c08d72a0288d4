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

/** Profiles that may serve a set: those linked to it first, then those of no set in particular. */
function forSet(
	all: readonly IntegrationProfile[],
	{ eventSet: set, integration }: ProfileQuestion,
): { linked: IntegrationProfile[]; ofAny: IntegrationProfile[] } {
	return {
		linked: servingRows(
			all,
			integration,
			({ eventSet }) => eventSet !== null && sameName(eventSet, set),
		),
		ofAny: servingRows(
			all,
			integration,
			({ eventSet, isDefault }) => eventSet === null && !isDefault,
		),
	};
}

/**
 * Chooses the profile of an event: the mapping's when filled; else, of those linked to the event's set, one whose
 * severities name the event's, then one without severities; else one of no set in particular that names the severity;
 * else the default; else one that names neither.
 * @throws ProfileError naming the mapping's row, or saying that none fits
 */
export function chooseProfile(
	profiles: readonly IntegrationProfile[],
	question: ProfileQuestion,
): IntegrationProfile {
	if ((question.mappingProfile ?? '').trim() !== '') return byName(profiles, question);
	const { linked, ofAny } = forSet(profiles, question);
	const found =
		linked.find(({ severities }) => severities.includes(question.severity)) ??
		linked.find(({ severities }) => severities.length === 0) ??
		ofAny.find(({ severities }) => severities.includes(question.severity)) ??
		defaultOf(profiles, question.integration) ??
		ofAny.find(({ severities }) => severities.length === 0);
	if (found !== undefined) return found;
	const asked = [...linked, ...ofAny];
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
	const { linked: own, ofAny } = forSet(profiles, question);
	const linked = [...own, ...ofAny];
	const only = profiles.length === 1 ? profiles[0] : undefined;
	const known =
		(question.mappingProfile ?? '').trim() !== '' ||
		linked.some(
			({ severities }) => severities.length === 0 || severities.includes(question.severity),
		) ||
		defaultOf(profiles, question.integration) !== undefined;
	if (known) return chooseProfile(profiles, question);
	return linked[0] ?? only ?? chooseProfile(profiles, question);
}

/** Whether a profile is that of an integration, or of every one. */
export function mayServe(profile: IntegrationProfile, integration: string): boolean {
	return profile.integration === null || servingRows([profile], integration).length > 0;
}

/**
 * The profile of an integration that serves what no other one does.
 * @throws ProfileError when there are two
 */
export function defaultOf(
	profiles: readonly IntegrationProfile[],
	integration: string,
): IntegrationProfile | undefined {
	const [first, second] = servingRows(profiles, integration, ({ isDefault }) => isDefault);
	if (first === undefined || second === undefined) return first;
	throw new ProfileError(
		`Two profiles are the default: ${first.origin} and ${second.origin}`,
		'Leave isDefault on in one row of halo_profiles.',
	);
}
