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

/** How codes of NinjaOne Backup begin, and how they began in NinjaOne's earlier API: the same codes otherwise. */
const BACKUP = 'NINJA_BACKUP_';
const BACKUP_BEFORE = 'LOCKHART_';

/** What a code says; null for one that only informs. @param code upper case, whole */
export function activityCode(code: string): ActivityCode | null {
	const today = code.startsWith(BACKUP_BEFORE) ? BACKUP + code.slice(BACKUP_BEFORE.length) : code;
	return CODES.get(today) ?? null;
}

/** Every code that means a problem or its end, for the documentation and for tests. */
export const ACTIVITY_CODES: readonly string[] = [...CODES.keys()];
