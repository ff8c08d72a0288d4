import type { CompanyMapping } from '../mapping';
import { companyIdKey, companyNameKeys } from '../name';
import { type ClientIndex, createClientIndex, isUsable, unusableBecause } from './candidates';
import { profileOfName } from './name-profile';
import type { HaloClient } from '../types';
import { type IntegrationProfile, PROFILE_FIELDS, ProfileError } from '../../profile/profile';
import { type ProfileLists, resolveProfile } from '../../profile/resolve';

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

/** A user belongs to one client and is looked up when a ticket is made; clients are compared with the list of clients. */
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

/** What can be wrong with a mapping row that was right once. */
export type DriftKind =
	| 'refused'
	| 'conflict'
	| 'duplicate'
	| 'deleted'
	| 'merged'
	| 'inactive'
	| 'renamed'
	| 'stale_profile'
	| 'stale_event_set';

export interface Drift {
	kind: DriftKind;
	/** One sentence for a technician. */
	message: string;
	/** The client that the row probably should name now; null when nothing is likely. */
	suggestedClientId: number | null;
	suggestedClientName: string | null;
}

/** Names that rows may refer to; null = not known, and not checked. */
export interface KnownNames {
	profiles: ReadonlySet<string> | null;
	eventSets: ReadonlySet<string> | null;
}

/** Merges are followed this far: longer chains are loops. */
const LONGEST_MERGE_CHAIN = 10;
/** Fewer mapped clients than this may all vanish: with two a single deletion would be a mass change. */
const FEWEST_FOR_GUARD = 3;

/** As names of profiles and event sets are compared. */
export function nameKey(name: string): string {
	return name.trim().toLowerCase();
}

function drift(kind: DriftKind, message: string, suggested: HaloClient | null = null): Drift {
	return {
		kind,
		message,
		suggestedClientId: suggested?.id ?? null,
		suggestedClientName: suggested?.name ?? null,
	};
}

function describe(row: CompanyMapping): string {
	return `${row.origin}, company "${row.companyName ?? row.companyId ?? ''}"`;
}

/** The client into which one was merged, in the end; null when it cannot be used either. */
function mergeTarget(index: ClientIndex, client: HaloClient): HaloClient | null {
	let target: HaloClient | null = client;
	for (let step = 0; step < LONGEST_MERGE_CHAIN && target !== null; step += 1) {
		if (target.mergedInto === null) return isUsable(target) ? target : null;
		target = index.byId(target.mergedInto);
	}
	return null;
}

/** The one usable client with that name. */
function namesake(index: ClientIndex, name: string | null): HaloClient | null {
	if (name === null) return null;
	const found = index.byFullName(profileOfName(name)).filter(({ client }) => isUsable(client));
	return found.length === 1 ? (found[0]?.client ?? null) : null;
}

function ofClient(index: ClientIndex, row: CompanyMapping, id: number): Drift | null {
	const where = describe(row);
	const client = index.byId(id);
	const shown = `Halo client ${row.haloClientName ?? ''} (${id})`.replace('  ', ' ');
	if (client === null) {
		const message = `${where}: ${shown} is no longer in Halo: deleted, or not visible to the agent`;
		return drift('deleted', message, namesake(index, row.haloClientName));
	}
	if (client.mergedInto !== null) {
		const message = `${where}: ${shown} was merged into client ${client.mergedInto}`;
		return drift('merged', message, mergeTarget(index, client));
	}
	const problem = unusableBecause(client);
	if (problem !== null) {
		const kind = client.inactive ? 'inactive' : client.deleted ? 'deleted' : 'refused';
		return drift(kind, `${where}: ${shown} ${problem}`, namesake(index, client.name));
	}
	if (row.haloClientName !== null && row.haloClientName.trim() !== client.name.trim()) {
		const message = `${where}: ${shown} is called ${client.name} now; the id stays`;
		return drift('renamed', message, client);
	}
	return null;
}

function companyKey(row: CompanyMapping): string {
	const side = `${nameKey(row.integration ?? '')}|${nameKey(row.source ?? '')}`;
	return row.companyId === null
		? `${side}|name ${companyNameKeys(row.companyName ?? '').full}`
		: `${side}|id ${companyIdKey(row.companyId)}`;
}

function missingNames(row: CompanyMapping, known: KnownNames): Drift[] {
	const found: Drift[] = [];
	if (row.profile !== null && known.profiles?.has(nameKey(row.profile)) === false) {
		const message = `${describe(row)}: there is no profile called "${row.profile}"`;
		found.push(drift('stale_profile', message));
	}
	if (row.eventSet !== null && known.eventSets?.has(nameKey(row.eventSet)) === false) {
		const message = `${describe(row)}: there is no event set called "${row.eventSet}"`;
		found.push(drift('stale_event_set', message));
	}
	return found;
}

/** Ids that mappings name and a list of clients does not have. */
export function missingClients(
	rows: readonly CompanyMapping[],
	clients: readonly HaloClient[],
): Set<number> {
	const listed = new Set(clients.map(({ id }) => id));
	return new Set(
		rows.flatMap(({ haloClientId: id }) => (id === null || listed.has(id) ? [] : [id])),
	);
}

/**
 * Compares mapping rows with Halo's clients of today. Changes nothing: a person decides.
 * @param clients every client of the tenant, inactive ones too
 * @returns what is wrong per row, in the order of the rows; an empty list for a row that is right
 */
export function checkMappings(
	rows: readonly CompanyMapping[],
	clients: readonly HaloClient[],
	known: KnownNames,
): Drift[][] {
	const index = createClientIndex(clients);
	const firstOf = new Map<string, CompanyMapping>();
	return rows.map((row) => {
		const found: Drift[] = [];
		if (row.refusal !== null) found.push(drift('refused', row.refusal));
		const key = companyKey(row);
		const first = firstOf.get(key);
		if (first === undefined) firstOf.set(key, row);
		else if (first.haloClientId === row.haloClientId) {
			found.push(
				drift('duplicate', `${describe(row)} says the same as ${first.origin}; delete one`),
			);
		} else {
			const message = `${describe(row)} names client ${row.haloClientId ?? 'none'}, ${first.origin} names ${first.haloClientId ?? 'none'}; keep one`;
			found.push(drift('conflict', message));
		}
		const own = row.haloClientId === null ? null : ofClient(index, row, row.haloClientId);
		if (own !== null) found.push(own);
		return [...found, ...missingNames(row, known)];
	});
}

/** A sync that would act on a list from which most clients are missing. */
export class MassChangeError extends Error {
	readonly nextStep =
		'Check in Halo which clients the API agent may see (Configuration > Agents). When they are really gone, correct halo_company_mappings, or raise the guard in the options.';

	constructor(missing: number, mapped: number, percent: number) {
		super(
			`${missing} of ${mapped} mapped Halo clients are missing from Halo's list, more than ${percent} %: nothing was changed`,
		);
		this.name = 'MassChangeError';
	}
}

/**
 * Holds back when too many of the mapped clients are gone: the agent lost a right, or the list came from elsewhere.
 * @param percent more than this share may not be missing; 100 = never hold back
 * @param integration rows of other integrations speak of another Halo; null = all rows count
 * @throws MassChangeError
 */
export function guardMassChange(
	rows: readonly CompanyMapping[],
	clients: readonly HaloClient[],
	percent: number,
	integration: string | null = null,
): void {
	const usable = new Set(clients.filter(isUsable).map(({ id }) => id));
	const mapped = new Set(
		rows.flatMap((row) => {
			const isOther =
				integration !== null &&
				row.integration !== null &&
				nameKey(row.integration) !== nameKey(integration);
			return row.haloClientId === null || row.refusal !== null || isOther ? [] : [row.haloClientId];
		}),
	);
	const missing = [...mapped].filter((id) => !usable.has(id)).length;
	if (mapped.size >= FEWEST_FOR_GUARD && missing * 100 > mapped.size * percent) {
		throw new MassChangeError(missing, mapped.size, percent);
	}
}
