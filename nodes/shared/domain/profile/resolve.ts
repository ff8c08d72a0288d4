import { type ClosingFields, type ClosingLists, resolveClosingFields } from './closing-fields';
import { findByIdOrName, type NamedId, CORRECT_VALUE, refusal } from './pick';
import type { IntegrationProfile, ProfileField, ProfileValue } from './profile';
import { ProfileError, profileFieldLabel } from './profile';

export type { NamedId } from './pick';

/** Halo's lists as values; a list whose field no profile fills may be empty. */
export interface ProfileLists {
	ticketTypes: ReadonlyArray<NamedId & { defaultSla: number | null }>;
	/** `type` 0 is a ticket status; Halo lists the statuses of other records beside them. */
	statuses: ReadonlyArray<NamedId & { type: number }>;
	/** Ticket statuses that Halo does not count as closed; left out, or all of them, where Halo does not tell them apart. */
	openStatusIds?: ReadonlySet<number> | undefined;
	slas: readonly NamedId[];
	priorities: ReadonlyArray<{ priorityId: number; slaId: number; name: string; hidden: boolean }>;
	teams: readonly NamedId[];
	agents: readonly NamedId[];
	/** Clients whose name a profile names. */
	clients: readonly NamedId[];
	/** Ids of clients that profiles name and Halo does not have; left out where nobody asked Halo. */
	missingClients?: ReadonlySet<number>;
	/** Values are whole paths with `>` between the levels. */
	categories: readonly NamedId[];
	urgencies: readonly NamedId[];
	impacts: readonly NamedId[];
	/** What stands behind fields on closing; left out where no profile fills any. */
	closing?: ClosingLists;
}

/** A profile in Halo's ids; null = not sent, so that Halo's default applies. */
export interface ResolvedProfile {
	name: string;
	ticketTypeId: number | null;
	statusCreateId: number | null;
	statusCloseId: number | null;
	slaId: number | null;
	priorityId: number | null;
	/** By name: Halo's tickets take no team id. */
	team: string | null;
	agentId: number | null;
	/** The whole path. */
	category: string | null;
	urgencyId: number | null;
	impactId: number | null;
	/** Id of the client that a person picked for events without a mapped company. */
	clientId: number | null;
	/** Id, name or e-mail address; resolved per client, since every client has its own users. */
	user: ProfileValue;
	/** What is filled together with the close status; left out for nothing. */
	closing?: ClosingFields;
}

function placeOf(profile: IntegrationProfile, field: ProfileField): string {
	return `Profile ${profile.origin}, ${profileFieldLabel(field)}`;
}

function find(
	profile: IntegrationProfile,
	field: ProfileField,
	rows: readonly NamedId[],
): NamedId | null {
	const value = profile[field];
	return value === null ? null : findByIdOrName(placeOf(profile, field), value, rows);
}

function ticketStatus(
	profile: IntegrationProfile,
	field: 'statusCreate' | 'statusClose',
	lists: ProfileLists,
): number | null {
	const allowed = lists.statuses.filter(({ type }) => type === 0);
	const isMeant = ({ id, name }: NamedId): boolean => {
		const value = profile[field]?.trim().toLowerCase();
		return String(id) === value || name.trim().toLowerCase() === value;
	};
	const other = lists.statuses.find((row) => row.type !== 0 && isMeant(row));
	if (other !== undefined && !allowed.some(isMeant)) {
		throw refusal(
			placeOf(profile, field),
			`"${other.name}" (${other.id}) is no ticket status`,
			allowed,
		);
	}
	const found = find(profile, field, allowed);
	if (found === null) return null;
	const { openStatusIds: open = new Set() } = lists;
	const fitting = allowed.filter(({ id }) => open.has(id) === (field === 'statusCreate'));
	const toldApart =
		allowed.some(({ id }) => open.has(id)) && !allowed.every(({ id }) => open.has(id));
	if (!toldApart || fitting.some(({ id }) => id === found.id)) return found.id;
	const problem =
		field === 'statusCreate'
			? 'is a closed status in Halo: a new ticket would be born closed'
			: 'is an open status in Halo: the ticket would stay open';
	throw refusal(placeOf(profile, field), `"${found.name}" (${found.id}) ${problem}`, fitting);
}

/** The same number may carry another name in another SLA, so a priority is looked up inside one SLA when it is known. */
function priority(
	profile: IntegrationProfile,
	slaId: number | null,
	lists: ProfileLists,
): number | null {
	const inSla = lists.priorities.filter(
		(row) => !row.hidden && (slaId === null || row.slaId === slaId),
	);
	const byId = new Map(
		inSla.map((row) => [`${row.priorityId} ${row.name}`, { id: row.priorityId, name: row.name }]),
	);
	const rows = [...byId.values()];
	const value = profile.priority;
	if (value === null) return null;
	// Without an SLA one number may stand there under several names; as an id it is still one value.
	if (slaId === null && rows.some(({ id }) => String(id) === value)) return Number(value);
	try {
		return find(profile, 'priority', rows)?.id ?? null;
	} catch (error) {
		throw slaId === null ? error : outsideSla(error, profile, lists, slaId);
	}
}

function outsideSla(
	error: unknown,
	profile: IntegrationProfile,
	lists: ProfileLists,
	slaId: number,
): unknown {
	const elsewhere = lists.priorities.some(
		({ priorityId, name }) =>
			String(priorityId) === profile.priority ||
			name.toLowerCase() === profile.priority?.trim().toLowerCase(),
	);
	if (!(error instanceof ProfileError) || !elsewhere) return error;
	const sla = lists.slas.find(({ id }) => id === slaId)?.name ?? String(slaId);
	return new ProfileError(
		error.message.replace('is not in Halo', `is no priority of SLA ${sla}`),
		CORRECT_VALUE,
	);
}

/**
 * Turns a profile's names and ids into what Halo's tickets take.
 * @throws ProfileError naming profile, field, value and what is allowed
 */
export function resolveProfile(profile: IntegrationProfile, lists: ProfileLists): ResolvedProfile {
	const ticketType = find(profile, 'ticketType', lists.ticketTypes);
	const slaId = find(profile, 'sla', lists.slas)?.id ?? null;
	const defaultSla = lists.ticketTypes.find(({ id }) => id === ticketType?.id)?.defaultSla ?? null;
	return {
		name: profile.name,
		ticketTypeId: ticketType?.id ?? null,
		statusCreateId: ticketStatus(profile, 'statusCreate', lists),
		statusCloseId: ticketStatus(profile, 'statusClose', lists),
		slaId,
		priorityId: priority(profile, slaId ?? defaultSla, lists),
		team: find(profile, 'team', lists.teams)?.name ?? null,
		agentId: find(profile, 'agent', lists.agents)?.id ?? null,
		category: find(profile, 'category', lists.categories)?.name ?? null,
		urgencyId: find(profile, 'urgency', lists.urgencies)?.id ?? null,
		impactId: find(profile, 'impact', lists.impacts)?.id ?? null,
		clientId: clientOf(profile, lists),
		user: profile.user,
		...closingOf(profile, lists),
	};
}

function closingOf(
	profile: IntegrationProfile,
	{ closing: lists }: ProfileLists,
): Pick<ResolvedProfile, 'closing'> {
	const closing = lists === undefined ? null : resolveClosingFields(profile, lists);
	return closing === null ? {} : { closing };
}

/** Clients 1, 0 and -1 are Halo's "unknown" and "none": never a target. */
function clientOf(
	profile: IntegrationProfile,
	{ clients, missingClients: missing }: ProfileLists,
): number | null {
	if (profile.client === null) return null;
	const named = /^-?\d+$/.test(profile.client) ? null : clientByName(profile, clients);
	const id = named?.id ?? Number(profile.client);
	if (missing?.has(id) === true) {
		throw new ProfileError(
			`Profile ${profile.origin}, Client: "${profile.client}" is not in Halo, or the agent may not see it`,
			'Pick the client anew. Clients stand under Customers in Halo.',
		);
	}
	if (Number.isSafeInteger(id) && id > 1) return id;
	throw new ProfileError(
		`Profile ${profile.origin}, Client: "${profile.client}" is Halo's placeholder for no client`,
		'Name a real client, or leave it blank.',
	);
}

/** @throws ProfileError when no client carries exactly this name, or several do */
function clientByName(profile: IntegrationProfile, clients: readonly NamedId[]): NamedId | null {
	if (clients.length > 0) return find(profile, 'client', clients);
	throw new ProfileError(
		`Profile ${profile.origin}, Client: "${profile.client ?? ''}" is not in Halo, or the agent may not see it`,
		'Write the whole name of the client, or its id.',
	);
}
