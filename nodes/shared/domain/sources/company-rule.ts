import type { EventCompany } from '../event/event';
import { isRecord } from '../values/json';
import { textAt, valueAt } from './paths';

/**
 * Where the company of an event comes from: from the payload (at a path that the user typed, or where the source has
 * it), from a value typed in the node, or from the last segment of the webhook's address.
 */
export type CompanyRule =
	| { from: 'payload'; path: string | null }
	| { from: 'fixed'; company: string }
	| { from: 'path'; company: string | null };

function fromValue(value: unknown): Partial<EventCompany> {
	if (typeof value === 'number') return { id: String(value) };
	if (typeof value === 'string') return { name: value };
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
	return fromValue(valueAt(record, rule.path) ?? valueAt(envelope, rule.path));
}

/**
 * The company as part of a key's scope, where the rule itself names it: two customers' servers often have the same
 * name and number their agents alike. Null for a company from the payload, which a resolve may lack.
 */
export function companyScope(rule: CompanyRule): string | null {
	return rule.from === 'payload' ? null : rule.company;
}
