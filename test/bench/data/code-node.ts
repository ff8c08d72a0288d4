import type { WrittenRule } from './events';

/**
 * The same rules as a user would write them into n8n's Code node ("Run Once for All Items"): what makes a ticket goes
 * on with its group key and rule. It drops the rest without a word, and trusts every item to be an event.
 */
export function codeNodeScript(rules: readonly WrittenRule[]): string {
	return `const RANK = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 };
const rules = ${JSON.stringify(rules)}.map((rule) => ({
	...rule,
	companies: rule.companies.map((name) => name.toLowerCase()),
	pattern: rule.asset === '' ? null : new RegExp(rule.asset, 'iu'),
}));

function holds(rule, event) {
	if (!rule.events.includes('*') && !rule.events.includes(event.event)) return false;
	const company = (event.company.name ?? '').toLowerCase();
	if (rule.companies.length > 0 && !rule.companies.includes(company)) return false;
	const { name, ip, id } = event.asset;
	if (rule.pattern && ![name, ip, id].some((text) => text && rule.pattern.test(text))) return false;
	if (rule.kevOnly && !event.kev) return false;
	return event.severity === 'unknown' || RANK[event.severity] >= RANK[rule.minSeverity];
}

const tickets = [];
for (const [index, item] of $input.all().entries()) {
	const event = item.json;
	if (event.simulation) continue;
	let rule = null;
	if (event.status === 'open') {
		rule = rules.find((candidate) => holds(candidate, event));
		if (!rule || rule.action === 'ignore') continue;
	} else if (event.status === 'info') {
		continue;
	}
	tickets.push({
		json: { ...event, groupKey: event.dedupKey, eventSet: 'All rules', rule: rule?.name ?? null },
		pairedItem: { item: index },
	});
}
return tickets;`;
}
