import { SEVERITIES, type Severity } from './event';

/** Higher is worse; `unknown` is 0. */
function rank(severity: Severity | null): number {
	return severity === null ? 0 : SEVERITIES.length - 1 - SEVERITIES.indexOf(severity);
}

/** True when the severity is worse than the recorded one; any known severity is worse than an unknown one. */
export function isHigher(severity: Severity, recorded: Severity | null): boolean {
	return rank(severity) > rank(recorded);
}

/** True when the severity is less bad than the recorded one; an unknown severity says nothing. */
export function isLower(severity: Severity, recorded: Severity | null): boolean {
	return severity !== 'unknown' && rank(severity) < rank(recorded);
}

/** Orders from worst to least, for sorting. */
export function bySeverity(left: Severity, right: Severity): number {
	return rank(right) - rank(left);
}
