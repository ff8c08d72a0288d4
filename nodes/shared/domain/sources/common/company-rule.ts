import type { EventCompany } from '../../event/event';
import { isRecord } from '../../values/json';
import { numberText, textAt, valueAt } from './paths';
import type { CompanyRule } from './source';

const GUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;
/** Ends of a path that say that an id stands there: `tenantId`, `tenant_id`, `OrganizationID`, `customer.id`. */
const ID_PATH = /(?:^|[._-])(?:id|guid|uuid|uid)$|[a-z](?:I[dD]|G[uU][iI][dD]|U[uU]?[iI][dD])$/;

/** A text is the company's id where it is a GUID or the path says so, and else its name. */
function fromValue(value: unknown, path: string): Partial<EventCompany> {
	if (typeof value === 'number') return { id: numberText(value, path) };
	if (typeof value === 'string') {
		return GUID.test(value.trim()) || ID_PATH.test(path) ? { id: value } : { name: value };
	}
	if (!isRecord(value)) return {};
	return {
		id: textAt(value, 'id'),
		name: textAt(value, 'name'),
		displayName: textAt(value, 'displayName'),
		reference: textAt(value, 'reference'),
		domain: textAt(value, 'domain'),
	};
}

/**
 * The company of a record by the user's rule. What the rule does not find stays unknown: nothing that merely looks like
 * a company is taken.
 * @param own what the source itself says, for a payload rule without a path
 */
export function companyOf(
	rule: CompanyRule,
	record: unknown,
	envelope: unknown,
	own: Partial<EventCompany>,
): Partial<EventCompany> {
	if (rule.from !== 'payload') return rule.company === null ? {} : { name: rule.company };
	if (rule.path === null) return own;
	return fromValue(valueAt(record, rule.path) ?? valueAt(envelope, rule.path), rule.path);
}

/**
 * The company as part of a key's scope, where the rule itself names it: two customers' servers often have the same
 * name and number their agents alike. Null for a company from the payload, which a resolve may lack.
 */
export function companyScope(rule: CompanyRule): string | null {
	if (rule.from === 'payload') return null;
	// Escaped, so that a company called "a/b" never reaches what company "a" has in its scope "b".
	return rule.company?.replace(/%/g, '%25').replace(/\//g, '%2f') ?? null;
}
