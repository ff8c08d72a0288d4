import { companyTest } from '../company/is-named';
import type { ScannerEvent, Severity } from '../event/event';
import { REMEDIATION_GROUPINGS } from '../event/catalogue';
import type { EventRule, EventSet } from './event-set';
import { categoryNamed, patternTest } from './names';
import { isAtLeast } from '../event/severity';

/** Whether a rule that names an event also holds for it, and what stopped it if not. */
export type RuleAnswer =
	| { holds: true }
	| { holds: false; stoppedBy: 'filter' | 'severity'; why: string };

/** A rule ready for many events. */
export interface CompiledRule {
	rule: EventRule;
	/** `rule 2` or its name, for reasons. */
	label: string;
	/** Depends on code and category alone. */
	names(event: ScannerEvent): boolean;
	/** The other filters of the rule. */
	test(event: ScannerEvent): RuleAnswer;
}

const REMEDIATION_CODES: ReadonlySet<string> = new Set(Object.keys(REMEDIATION_GROUPINGS));

/** True for events that the vendor calls remediations or solutions. */
export function isRemediation(event: ScannerEvent): boolean {
	const category = event.category?.toLowerCase();
	return (
		category === 'remediation' ||
		category === 'solutions' ||
		event.event?.toLowerCase().startsWith('remediation.') === true
	);
}

type EventTest = (event: ScannerEvent) => boolean;

function eventTest(rule: EventRule): EventTest {
	const categories = rule.categories.flatMap((name) => categoryNamed(name) ?? []);
	const written = [...rule.events, ...categories.flatMap(({ events }) => events)];
	if (written.includes('*')) return () => true;
	const exact = new Set(written.filter((code) => !code.includes('*')));
	const patterns = written.filter((code) => code.includes('*')).map(patternTest);
	const names = new Set(categories.map(({ name }) => name.toLowerCase()));
	const remediations = written.some((code) => REMEDIATION_CODES.has(code));
	return (event) => {
		const code = event.event?.toLowerCase() ?? '';
		return (
			exact.has(code) ||
			names.has(event.category?.toLowerCase() ?? '') ||
			(remediations && isRemediation(event)) ||
			patterns.some((pattern) => pattern(code))
		);
	};
}

function severityWords(severity: Severity, minimum: Severity): string {
	return severity === 'unknown'
		? 'the severity is unknown and unknown ones are left out'
		: `severity ${severity} is below the minimum ${minimum}`;
}

/** Makes the test of one rule. @param index its place in the set, from 0 */
export function compileRule(rule: EventRule, index: number, set: EventSet): CompiledRule {
	const label = rule.name === null ? `rule ${index + 1}` : `rule "${rule.name}"`;
	const wanted = companyTest(rule.companies);
	const unwanted = companyTest(rule.notCompanies);
	// An "ignore" rule that names no severity ignores all of them: the set's minimum is for tickets.
	const ignoresAll = rule.action === 'ignore' && rule.minSeverity === null;
	const minimum = ignoresAll ? 'unknown' : (rule.minSeverity ?? set.minSeverity);
	const includeUnknown = ignoresAll || (rule.includeUnknown ?? set.includeUnknown);
	const filter = (why: string): RuleAnswer => ({ holds: false, stoppedBy: 'filter', why });

	return {
		rule,
		label,
		names: eventTest(rule),
		test(event) {
			if (wanted?.(event.company) === false) return filter('it is for other companies');
			if (unwanted?.(event.company) === true) return filter('it leaves this company out');
			if (rule.assetPattern !== null) {
				const { name, ip, id } = event.asset;
				const pattern = rule.assetPattern;
				const hit = [name, ip, id].some((text) => text !== null && pattern.test(text));
				if (!hit) return filter(`it is for assets like ${pattern.source}`);
			}
			if (rule.kevOnly && !event.kev)
				return filter('it is for known exploited vulnerabilities only');
			if (rule.minEpss !== null && (event.epss ?? -1) < rule.minEpss) {
				return filter(`it is for an EPSS of ${rule.minEpss} and above`);
			}
			if (!isAtLeast(event.severity, minimum, includeUnknown)) {
				return { holds: false, stoppedBy: 'severity', why: severityWords(event.severity, minimum) };
			}
			return { holds: true };
		},
	};
}
