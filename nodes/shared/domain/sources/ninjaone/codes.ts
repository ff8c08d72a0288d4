import type { CodeFamily } from './code-family';
import { JOB_CODES } from './job-codes';
import { SECURITY_CODES } from './security-codes';

/** A code, read. */
export interface ActivityCode {
	family: CodeFamily;
	role: 'opens' | 'warns' | 'ends';
}

const CODES: ReadonlyMap<string, ActivityCode> = new Map(
	[...SECURITY_CODES, ...JOB_CODES].flatMap((family) => [
		...family.opens.map((code): [string, ActivityCode] => [code, { family, role: 'opens' }]),
		...(family.warns ?? []).map((code): [string, ActivityCode] => [
			code,
			{ family, role: 'warns' },
		]),
		...family.ends.map((code): [string, ActivityCode] => [code, { family, role: 'ends' }]),
	]),
);

/** What a code says; null for one that only informs. @param code upper case, whole */
export function activityCode(code: string): ActivityCode | null {
	return CODES.get(code) ?? null;
}

/** Every code that means a problem or its end, for the documentation and for tests. */
export const ACTIVITY_CODES: readonly string[] = [...CODES.keys()];
