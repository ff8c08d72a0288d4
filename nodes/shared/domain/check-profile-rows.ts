import type { CheckLine } from './check-line';
import { failedLine } from './check-line';
import type { IntegrationProfile } from './profile';
import { assertOneDefault, ProfileError } from './profile';
import type { ProfileRow } from './profile-parse';
import { parseProfileRow, parseProfileRows } from './profile-parse';

/** What is to be checked, and the rows that are no profiles. */
export interface CheckProfiles {
	profiles: IntegrationProfile[];
	faults: CheckLine[];
}

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

/** Reads rows of halo_profiles for the check: one that is no profile does not keep the others from being checked. */
export function readProfileRows(rows: readonly ProfileRow[]): CheckProfiles {
	const profiles: IntegrationProfile[] = [];
	const faults = rows.flatMap((row) =>
		faultOf(`Row ${row.number} of halo_profiles`, () => {
			profiles.push(parseProfileRow(row));
		}),
	);
	const ofTable = faultOf('Table halo_profiles', () => {
		if (rows.length === 0) parseProfileRows(rows);
		assertOneDefault(profiles);
	});
	return { profiles, faults: [...faults, ...ofTable] };
}
