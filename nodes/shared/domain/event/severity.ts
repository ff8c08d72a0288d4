import { SEVERITIES, type Severity } from './event';

/** True for one of the pack's own words. */
export function isSeverity(word: unknown): word is Severity {
	return SEVERITIES.some((severity) => severity === word);
}

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

/** Words of the sources of this pack and of common tools, lower case; spelling beyond case is not guessed. */
const WORDS: ReadonlyMap<string, Severity> = new Map([
	...['critical', 'crit', 'fatal', 'emergency', 'page', 'very-high'].map(
		(word): [string, Severity] => [word, 'critical'],
	),
	...['high', 'error', 'major', 'severe'].map((word): [string, Severity] => [word, 'high']),
	...['medium', 'moderate', 'warning', 'warn'].map((word): [string, Severity] => [word, 'medium']),
	...['low', 'minor'].map((word): [string, Severity] => [word, 'low']),
	...['info', 'informational', 'information', 'none', 'negligible', 'notice', 'debug', 'ok'].map(
		(word): [string, Severity] => [word, 'informational'],
	),
]);

/** Height in the order; `unknown` is not in it. */
const RANK: Readonly<Record<Exclude<Severity, 'unknown'>, number>> = {
	critical: 5,
	high: 4,
	medium: 3,
	low: 2,
	informational: 1,
};

/** Which of two statements about one finding counts. */
export const SEVERITY_PRECEDENCES = ['word', 'score', 'highest'] as const;
export type SeverityPrecedence = (typeof SEVERITY_PRECEDENCES)[number];

/** Severity of a source's word, in any case and spacing; `unknown` for none or a new word, never an error. */
export function severityFromWord(word: string | null): Severity {
	return WORDS.get((word ?? '').trim().toLowerCase()) ?? 'unknown';
}

/**
 * Severity of a CVSS score by the bands of FIRST's specification: version 3 and 4 know critical from 9.0,
 * version 2 ends at high from 7.0.
 * @param score 0 to 10; null when there is none
 */
export function severityFromCvss(score: number | null, version: 2 | 3 = 3): Severity {
	if (score === null || score < 0 || score > 10) return 'unknown';
	if (score >= 9 && version === 3) return 'critical';
	if (score >= 7) return 'high';
	if (score >= 4) return 'medium';
	return score > 0 ? 'low' : 'informational';
}

/** The worse of two severities; a known one wins over `unknown`. */
export function worse(left: Severity, right: Severity): Severity {
	if (left === 'unknown') return right;
	if (right === 'unknown') return left;
	return RANK[left] >= RANK[right] ? left : right;
}

/**
 * One severity out of the tool's own word and the score: the word first (default), the score first, or the worse of
 * the two. What comes first and is unknown leaves it to the other.
 */
export function decideSeverity(
	byWord: Severity,
	byScore: Severity,
	precedence: SeverityPrecedence,
): Severity {
	if (precedence === 'highest') return worse(byWord, byScore);
	const [first, second] = precedence === 'word' ? [byWord, byScore] : [byScore, byWord];
	return first === 'unknown' ? second : first;
}

/**
 * True when a severity reaches a minimum. `unknown` stands outside the order: it passes when unknown ones are
 * included, whatever the minimum, and a minimum of `unknown` lets everything pass.
 */
export function isAtLeast(severity: Severity, minimum: Severity, includeUnknown: boolean): boolean {
	if (severity === 'unknown') return includeUnknown;
	return minimum === 'unknown' || RANK[severity] >= RANK[minimum];
}
