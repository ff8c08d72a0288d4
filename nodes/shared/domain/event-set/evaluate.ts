import { companyTest } from '../company/is-named';
import type { DecisionName, MappedEvent } from '../event/decision';
import { servingRows } from '../event/integration';
import { groupKeyOf, refuseGrouping } from './grouping';
import type { EventSet, Grouping } from './event-set';
import type { CompiledRule } from './compile';
import { compileRule, isRemediation } from './compile';
import type { OpenWindow } from './maintenance';
import { openWindows } from './maintenance';

/** What Evaluate Event Set does with an event. */
export type Evaluation =
	| {
			output: 'ticket';
			groupKey: string;
			eventSet: string;
			rule: string | null;
			/** True when an event that only informs was included, and now counts as open. */
			becomesOpen: boolean;
	  }
	| {
			output: 'ignored';
			decision: DecisionName;
			reason: string;
			eventSet: string | null;
			rule: string | null;
			/** End of the maintenance window, ISO 8601 in UTC; null = not waiting. */
			notBefore: string | null;
	  };

export type Evaluator = (event: MappedEvent) => Evaluation;

/** Name of the set on a resolve that no set holds: it is matched by its key alone. */
const NO_SET = 'none';

interface CompiledSet {
	set: EventSet;
	rulesFor(event: MappedEvent): CompiledRule[];
	open: Array<OpenWindow & { isFor: ReturnType<typeof companyTest> }>;
}

function compileSet(set: EventSet, now: Date): CompiledSet {
	const rules = set.rules.map((rule, index) => compileRule(rule, index, set));
	// A batch holds few different events and many of each: which rules name them is found once.
	const known = new Map<string, CompiledRule[]>();
	return {
		set,
		rulesFor(event) {
			const key = `${event.event ?? ''}|${event.category ?? ''}`;
			const before = known.get(key);
			if (before !== undefined) return before;
			const naming = rules.filter((rule) => rule.names(event));
			known.set(key, naming);
			return naming;
		},
		open: openWindows(set.maintenance, now).map((open) => ({
			...open,
			isFor: companyTest(open.window.companies),
		})),
	};
}

function ignored(
	decision: DecisionName,
	reason: string,
	more: { set?: EventSet; rule?: string | null; notBefore?: string } = {},
): Evaluation {
	return {
		output: 'ignored',
		decision,
		reason,
		eventSet: more.set?.name ?? null,
		rule: more.rule ?? null,
		notBefore: more.notBefore ?? null,
	};
}

function groupingFor(event: MappedEvent, set: EventSet): Grouping {
	return (isRemediation(event) ? set.remediationGrouping : null) ?? set.grouping;
}

function ticket(event: MappedEvent, set: EventSet, rule: string | null): Evaluation {
	const groupKey = groupKeyOf(event, groupingFor(event, set));
	const becomesOpen = event.status === 'info';
	return {
		output: 'ticket',
		groupKey,
		eventSet: set.name,
		rule,
		becomesOpen,
	};
}

function named(event: MappedEvent): string {
	const category = event.category === null ? '' : ` (category ${event.category})`;
	return event.event === null ? `the event${category}` : `event ${event.event}${category}`;
}

/** The rule that came closest, and what stopped it. */
interface Miss {
	rule: string;
	why: string;
}

function byRules(event: MappedEvent, { set, rulesFor, open }: CompiledSet): Evaluation {
	const isInfo = event.status === 'info';
	const takesInfo = set.rules.some(({ includeInfo }) => includeInfo);
	const candidates = rulesFor(event).filter(({ rule }) => !isInfo || rule.includeInfo);
	if (isInfo && !takesInfo) {
		const reason = `Information only; event set "${set.name}" takes no such events.`;
		return ignored('skipped_info', reason, { set });
	}
	const misses: { severity?: Miss; filter?: Miss } = {};
	for (const { rule, label, test } of candidates) {
		const answer = test(event);
		if (answer.holds) {
			if (rule.action === 'ticket') return afterRules(event, { set, open }, label);
			const reason = `Event set "${set.name}", ${label}: ${named(event)} is ignored.`;
			return ignored('skipped_event_set', reason, { set, rule: label });
		}
		misses[answer.stoppedBy] ??= { rule: label, why: answer.why };
	}
	const miss = misses.severity ?? misses.filter;
	if (miss === undefined) {
		const reason = `Event set "${set.name}" does not contain ${named(event)}.`;
		return ignored('skipped_event_set', reason, { set });
	}
	const decision = misses.severity === undefined ? 'skipped_event_set' : 'skipped_severity';
	const reason = `Event set "${set.name}", ${miss.rule}: ${miss.why}.`;
	return ignored(decision, reason, { set, rule: miss.rule });
}

/** What may still stop an event that a rule lets through. */
function afterRules(
	event: MappedEvent,
	{ set, open }: Pick<CompiledSet, 'set' | 'open'>,
	rule: string,
): Evaluation {
	const refusal = refuseGrouping(event.source, groupingFor(event, set));
	if (refusal !== null) {
		const reason = `Event set "${set.name}" (${set.origin}): ${refusal}. Group by problem, or give this source a set of its own.`;
		return ignored('failed', reason, { set, rule });
	}
	const window = open.find(({ isFor }) => isFor === null || isFor(event.company));
	if (window !== undefined) {
		const reason = `Maintenance window "${window.window.name}" until ${window.until}; what still fires then is ticketed.`;
		return ignored('skipped_maintenance', reason, { set, rule, notBefore: window.until });
	}
	return ticket(event, set, rule);
}

/** The set of an event, or why it has none. */
type Choice = CompiledSet | 'none' | { why: string };

function both(sets: readonly CompiledSet[], are: string): Choice {
	const [first, second] = sets;
	if (first === undefined) return 'none';
	if (second === undefined) return first;
	const named = sets.map(({ set }) => `"${set.name}" (${set.origin})`).join(' and ');
	return { why: `Event sets ${named} ${are}` };
}

function chooserOf(
	compiled: readonly CompiledSet[],
): (wanted: string | null, integration: string) => Choice {
	const rows = compiled.map((entry) => ({ entry, integration: entry.set.integration }));
	const serving = (integration: string, fits: (set: EventSet) => boolean): CompiledSet[] =>
		servingRows(rows, integration, ({ entry }) => fits(entry.set)).map(({ entry }) => entry);
	return (wanted, integration) => {
		if (wanted !== null) {
			const name = wanted.trim().toLowerCase();
			return both(
				serving(integration, (set) => set.name.toLowerCase() === name),
				'have the same name; give each a name of its own',
			);
		}
		const enabled = serving(integration, ({ enabled: on, isDefault }) => isDefault && on);
		// One that is switched off still says how the tickets that it made are grouped.
		const defaults =
			enabled.length > 0 ? enabled : serving(integration, ({ isDefault }) => isDefault).slice(0, 1);
		return both(defaults, 'are both the default; switch isDefault off in one of them');
	};
}

/**
 * Makes the pure function `event -> decision with reasons` for some sets at one moment. Filters apply to opens only:
 * a resolve or a suppression always goes on, with the group key that its open had. The set is the mapping's, else the
 * default one; of those that serve the event's integration.
 * @param now decides which maintenance windows are open
 */
export function createEvaluator(sets: readonly EventSet[], now: Date): Evaluator {
	const choose = chooserOf(sets.map((set) => compileSet(set, now)));
	const known = new Map<string, Choice>();
	const choiceFor = (wanted: string | null, integration: string): Choice => {
		const key = JSON.stringify([wanted, integration]);
		const before = known.get(key);
		if (before !== undefined) return before;
		const choice = choose(wanted, integration);
		known.set(key, choice);
		return choice;
	};

	return (event) => {
		if (event.simulation) {
			return ignored('skipped_simulation', 'A test or simulation; those never make a ticket.');
		}
		const wanted = event.mapping?.eventSet ?? null;
		const choice = choiceFor(wanted, event.integration);
		const onlyByKey = event.status === 'resolved' || event.status === 'suppressed';
		if (choice !== 'none' && 'why' in choice) return ignored('failed', `${choice.why}.`);
		if (choice === 'none' && onlyByKey) {
			return {
				output: 'ticket',
				groupKey: event.dedupKey,
				eventSet: NO_SET,
				rule: null,
				becomesOpen: false,
			};
		}
		if (choice === 'none') {
			return wanted === null
				? ignored('skipped_event_set', 'There is no default event set, and the mapping names none.')
				: ignored(
						'failed',
						`The mapping (${event.mapping?.origin ?? ''}) names the event set "${wanted}", and there is none of that name. Correct the mapping, or add the set.`,
					);
		}
		const { set } = choice;
		if (onlyByKey) return ticket(event, set, null);
		if (!set.enabled) {
			return ignored(
				'skipped_event_set',
				`Event set "${set.name}" (${set.origin}) is switched off.`,
				{ set },
			);
		}
		return byRules(event, choice);
	};
}
