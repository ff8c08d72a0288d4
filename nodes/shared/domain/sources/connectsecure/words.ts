import type { JsonRecord } from '../../values/json';
import { textAt, valueAt } from '../common/paths';

/*
 * ConnectSecure publishes no list of the values of `status`. Words are compared whole, since many are the opposite of
 * a part of them ("Incomplete", "Inactive", "Unsuccessful", "unresolved"); a word that is not here says nothing.
 */

const OVER = words('resolved', 'remediated', 'closed', 'fixed');
/** Said of a remediation; of an event or a job the same word may mean that it ran. */
const REMEDIATED = words('completed', 'patched', 'mitigated', 'false positive');
const SUCCEEDED = words(
	...['success', 'successful', 'successfully', 'succeeded', 'completed', 'complete', 'done'],
	...['finished', 'ok', 'passed', 'completed successfully', 'successfully completed'],
);
const FAILED = words(
	...['fail', 'failed', 'failure', 'error', 'errors', 'errored', 'abort', 'aborted', 'crashed'],
	...['timeout', 'timedout', 'unsuccessful', 'unsuccessfully', 'unreachable'],
);
/** Before one of the words of a failure, these turn it round or leave it open. */
const NOT_FAILED = words('no', 'not', 'non', 'never', 'without', '0', 'zero', 'if', 'retry');
const ONLINE = words('online', 'active', 'up', 'running', 'connected', 'alive');
const OFFLINE = words(
	...['offline', 'inactive', 'down', 'stopped', 'disconnected', 'dead', 'not connected'],
	...['not running', 'not reachable', 'unreachable'],
);
const TRUE = words('true', '1', 'yes', 'y');
const FALSE = words('false', '0', 'no', 'n');

function words(...list: string[]): ReadonlySet<string> {
	return new Set(list);
}

function normalised(text: string): string {
	return text
		.toLowerCase()
		.split(/[^\p{L}\d]+/u)
		.filter((word) => word !== '')
		.join(' ');
}

/** True for a word that says that a finding is over. */
export function saysOver(word: string, remediation: boolean): boolean {
	const whole = normalised(word);
	return OVER.has(whole) || (remediation && REMEDIATED.has(whole));
}

/** How a job ended; null for one that is under way, and for a word that is not known. */
export function jobEnd(word: string): 'failed' | 'succeeded' | null {
	const whole = normalised(word);
	if (SUCCEEDED.has(whole)) return 'succeeded';
	if (whole === 'timed out' || whole === 'time out') return 'failed';
	const parts = whole.split(' ');
	if (parts.some((part) => NOT_FAILED.has(part))) return null;
	return parts.some((part) => FAILED.has(part)) ? 'failed' : null;
}

/** Whether an agent is there, by its word; null when the word does not say. */
export function agentState(word: string): 'online' | 'offline' | null {
	const whole = normalised(word);
	if (ONLINE.has(whole)) return 'online';
	return OFFLINE.has(whole) ? 'offline' : null;
}

/** A flag that may be missing: null when the row does not say, which is not the same as false. */
export function flagOrNull(row: JsonRecord, path: string): boolean | null {
	const value = valueAt(row, path);
	if (typeof value === 'boolean') return value;
	const word = textAt(row, path)?.trim().toLowerCase() ?? '';
	if (TRUE.has(word)) return true;
	return FALSE.has(word) ? false : null;
}
