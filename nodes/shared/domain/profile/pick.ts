import { ProfileError } from './profile';

export interface NamedId {
	id: number;
	name: string;
}

/** More values than this in an error text help nobody. */
const SHOWN_VALUES = 15;

/** What to do about a value that Halo does not have. */
export const CORRECT_VALUE =
	'Correct the value in the profile. Names are compared whole, in any letter case.';

/** `High (2), Low (4), 3 more` */
function listed(rows: readonly NamedId[]): string {
	const shown = rows.slice(0, SHOWN_VALUES).map(({ id, name }) => `${name} (${id})`);
	const rest = rows.length - shown.length;
	return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ') || 'none';
}

/** Says what is wrong with a value, and what is allowed. @param where names profile and field */
export function refusal(where: string, problem: string, rows: readonly NamedId[]): ProfileError {
	return new ProfileError(`${where}: ${problem}. Allowed: ${listed(rows)}`, CORRECT_VALUE);
}

/**
 * Finds a value, an id or a whole name, in a list of Halo.
 * An id is taken as it is when the list is empty: then the agent may not see the list, and Halo itself decides.
 * @param where names profile and field, for error texts
 * @throws ProfileError when it is not found, or when several rows carry the name
 */
export function findByIdOrName(where: string, value: string, rows: readonly NamedId[]): NamedId {
	if (/^\d+$/.test(value)) {
		const id = Number(value);
		const row = rows.find((candidate) => candidate.id === id);
		if (row !== undefined) return row;
		if (rows.length === 0) return { id, name: value };
	}
	const wanted = value.trim().toLowerCase();
	const [found, second] = rows.filter(({ name }) => name.trim().toLowerCase() === wanted);
	if (found === undefined) throw refusal(where, `"${value}" is not in Halo`, rows);
	if (second !== undefined) {
		throw refusal(
			where,
			`"${value}" is the name of several records (${found.id}, ${second.id}); write the id`,
			rows,
		);
	}
	return found;
}
