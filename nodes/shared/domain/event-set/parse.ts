import { REMEDIATION_GROUPINGS } from '../event/catalogue';
import type { EventRule, EventSet, Grouping } from './event-set';
import { DEFAULT_MIN_SEVERITY, EventSetError, GROUPINGS, RULE_FOR_ALL } from './event-set';
import {
	flagCell,
	jsonCell,
	NEXT_STEP,
	refuseRule,
	severityCell,
	textCell,
	wordCell,
} from './wording';
import { parseMaintenance } from './maintenance';
import { parseRules } from './parse-rule';
import type { JsonRecord } from '../values/json';

/** One row of `halo_event_sets`, with its place for error texts. */
export interface EventSetRow {
	/** Counts from 1. */
	number: number;
	json: JsonRecord;
}

function groupingOf(record: JsonRecord, where: string): Grouping {
	const written = textCell(record, 'grouping', where);
	if (written === null) return 'problem';
	const word = written
		.toLowerCase()
		.replace(/^(remediation )?(by|per) /, '')
		.replace(/^asset ?[ _+&-]? ?product$/, 'asset and product');
	return wordCell({ grouping: word }, 'grouping', GROUPINGS, where) ?? 'problem';
}

function remediationGroupingOf(
	rules: readonly EventRule[],
	grouping: Grouping,
	where: string,
): Grouping | null {
	const chosen = new Set<Grouping>();
	for (const [code, by] of Object.entries(REMEDIATION_GROUPINGS)) {
		if (rules.some((rule) => rule.events.includes(code))) chosen.add(by);
	}
	const [first] = chosen;
	if (chosen.size > 1) {
		throw refuseRule(
			where,
			`choose exactly one of Remediation by ${[...chosen].join(', Remediation by ')}`,
		);
	}
	if (first !== undefined && grouping !== 'problem' && grouping !== first) {
		throw refuseRule(
			where,
			`Remediation by ${first} contradicts the grouping ${grouping}; choose one of the two`,
		);
	}
	return first ?? null;
}

/**
 * One event set out of its written form: the columns of `halo_event_sets`, whose JSON columns may also hold the value.
 * @param origin `row 3`, or `this node`
 * @throws EventSetError naming the set and the column
 */
export function parseEventSet(record: JsonRecord, origin: string): EventSet {
	const name = textCell(record, 'name', `Event set of ${origin}`);
	if (name === null)
		throw refuseRule(`Event set of ${origin}, name`, 'expected a name, got nothing');
	const where = `Event set "${name}" (${origin})`;
	const grouping = groupingOf(record, where);
	// An empty cell is what an untouched node means: all events. An empty list says that there are none.
	const written = jsonCell({ rules: quoteWord(record.rules) }, 'rules', where);
	const rules = written === undefined ? [RULE_FOR_ALL] : parseRules(written, where);
	return {
		name,
		integration: textCell(record, 'integration', where),
		origin,
		isDefault: flagCell(record, 'isDefault', where) ?? false,
		enabled: flagCell(record, 'enabled', where) ?? true,
		grouping,
		remediationGrouping: remediationGroupingOf(rules, grouping, where),
		minSeverity: severityCell(record, 'minSeverity', where) ?? DEFAULT_MIN_SEVERITY,
		includeUnknown: flagCell(record, 'includeUnknown', where) ?? true,
		rules,
		maintenance: parseMaintenance(jsonCell(record, 'maintenance', where), where),
	};
}

/** `*` and `all` may stand in the column without the quotes of JSON. */
function quoteWord(rules: unknown): unknown {
	return typeof rules === 'string' && /^\s*(\*|all)\s*$/i.test(rules) ? ['*'] : rules;
}

/**
 * All rows of `halo_event_sets`; none is a valid answer. They are refused together, since a set that is left out would
 * silently leave its findings without a ticket. Rows that contradict each other stop only the events that need them.
 * @throws EventSetError with every fault of every row
 */
export function parseEventSetRows(rows: readonly EventSetRow[]): EventSet[] {
	const sets: EventSet[] = [];
	const problems: string[] = [];
	for (const { number, json } of rows) {
		try {
			sets.push(parseEventSet(json, `row ${number}`));
		} catch (error) {
			// Anything else is a fault of ours and must not read like one of the table.
			problems.push(
				error instanceof EventSetError ? error.message : `row ${number}: ${String(error)}`,
			);
		}
	}
	if (problems.length > 0) throw new EventSetError(problems.join('. '), NEXT_STEP);
	return sets;
}
