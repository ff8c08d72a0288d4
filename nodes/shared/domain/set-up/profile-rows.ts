import type { CheckLine } from './line';
import { failedLine } from './line';
import type { IntegrationProfile } from '../profile/profile';
import { defaultOf, mayServe, ProfileError } from '../profile/profile';
import type { ProfileRow } from '../profile/parse';
import { parseProfileRow } from '../profile/parse';

/** What is to be checked, and the rows that are no profiles. */
export interface CheckProfiles {
	profiles: IntegrationProfile[];
	faults: CheckLine[];
}

const TABLE = 'Table halo_profiles';

const NO_ROW = failedLine(
	'Tickets',
	TABLE,
	'It holds no row, or there is no such table.',
	'Run the workflow "Halo Bridge: setup" by hand: it makes the table with three profiles. Or add a row under Data tables in n8n.',
);

function toLine(check: string, error: unknown): CheckLine {
	const message = error instanceof Error ? error.message : String(error);
	const fix = error instanceof ProfileError ? error.nextStep : 'Correct the table halo_profiles.';
	return failedLine('Tickets', check, `${message}.`, fix);
}

function faultOf(check: string, read: () => void): CheckLine[] {
	try {
		read();
		return [];
	} catch (error) {
		return [toLine(check, error)];
	}
}

/**
 * Reads rows of halo_profiles for the check: one that is no profile does not keep the others from being checked.
 * @param integration only its rows and those that name none; null = all
 */
export function readProfileRows(
	rows: readonly ProfileRow[],
	integration: string | null,
): CheckProfiles {
	const profiles: IntegrationProfile[] = [];
	const faults = rows.flatMap((row) =>
		faultOf(`Row ${row.number} of halo_profiles`, () => {
			const profile = parseProfileRow(row);
			if (integration === null || mayServe(profile, integration)) profiles.push(profile);
		}),
	);
	const pools = new Map<string, IntegrationProfile[]>();
	for (const profile of profiles) {
		const name = (profile.integration ?? '').toLowerCase();
		pools.set(name, [...(pools.get(name) ?? []), profile]);
	}
	const ofTable =
		rows.length === 0
			? [NO_ROW]
			: [...pools.values()].flatMap((pool) => faultOf(TABLE, () => void defaultOf(pool)));
	return { profiles, faults: [...faults, ...ofTable] };
}
