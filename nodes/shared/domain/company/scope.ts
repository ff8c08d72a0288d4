import type { EventCompany } from '../event/event';
import { companyTest } from './is-named';
import { describeCompany } from './words';

/**
 * Makes the test whether an event is outside what a credential is for. An event that names no company is nobody else's.
 * @param associatedCompany id or name of the only company that the credential is for; null = all companies
 * @returns the reason why an event of this company is left alone; null when it is not
 */
export function createScopeTest(
	associatedCompany: string | null,
): (company: EventCompany) => string | null {
	const isInScope = companyTest(associatedCompany === null ? [] : [associatedCompany]);
	return (company) => {
		const named = describeCompany(company);
		if (isInScope === null || named === null || isInScope(company)) return null;
		return `The credential is for company "${associatedCompany ?? ''}" only; this event is of ${named}. Leave Associated Company in the credential empty to take all.`;
	};
}
