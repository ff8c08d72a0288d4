import { companyIdKey } from './name';
import type { EventCompany } from '../event/event';
import { formsConflict, nameWithForm } from './name-with-form';

/**
 * Makes a test whether a company is one of those that a person wrote, by id or by name; null when none is written.
 * Names are the same when case, spacing, punctuation, Unicode and a missing legal form are evened out.
 */
export function companyTest(
	written: readonly string[],
): ((company: EventCompany) => boolean) | null {
	if (written.length === 0) return null;
	const ids = new Set(written.map(companyIdKey));
	const names = written.map(nameWithForm);
	// A batch names few companies and many events.
	const known = new Map<string, boolean>();
	const hasName = (name: string | null): boolean => {
		if (name === null) return false;
		const before = known.get(name);
		if (before !== undefined) return before;
		const keys = nameWithForm(name);
		const holds = names.some((one) => one.bare === keys.bare && !formsConflict(one, keys));
		known.set(name, holds);
		return holds;
	};
	return ({ id, name, displayName }) =>
		(id !== null && ids.has(companyIdKey(id))) || hasName(displayName) || hasName(name);
}
