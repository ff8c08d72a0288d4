import type { JsonRecord } from '../../values/json';
import type { MappingRow } from '../match/mapping-row';
import { compareCompanies, type SyncInput } from './compare';
import type { CompanyUpdate, NewCompanyRow } from './company-rows';
import { type MappingUpdate, outcomeOf } from './outcome';
import { newRowSettings, type SyncPlan } from './plan';
import type { SyncRow } from '../../values/sync-row';
import { syncRow } from './status';
import { type CompanyToCreate, missingThere, type Theirs } from './theirs';

/** What a run writes after the import. */
export interface SyncResult {
	insertMappings: MappingRow[];
	updateMappings: MappingUpdate[];
	insertCompanies: NewCompanyRow[];
	updateCompanies: CompanyUpdate[];
	create: CompanyToCreate[];
	status: SyncRow;
}

const NO_WRITES = {
	insertMappings: [],
	updateMappings: [],
	insertCompanies: [],
	updateCompanies: [],
	create: [],
};

/** A run that ends with an error: nothing is written but its status. @param now ISO 8601 */
export function failedSync(
	plan: SyncPlan,
	error: string,
	counts: JsonRecord,
	now: string,
): SyncResult {
	const news = { error, isDone: false, next: 'stop', counts, checkpoint: '' } as const;
	return { ...NO_WRITES, status: syncRow(plan, news, now) };
}

/**
 * Who is who: companies of the same name are mapped, and what a person has to decide is told. A dry run only says what
 * it would do. When ConnectSecure could not be read the rest goes through all the same, and the run says so.
 * @param missing clients that Halo counts and did not give
 * @param now ISO 8601
 * @throws MassChangeError when more of the mapped clients are gone than the guard allows
 */
export function whoIsWho(
	plan: SyncPlan,
	input: Omit<SyncInput, 'theirs'> & { theirs: Theirs; missing: number },
	now: string,
): SyncResult {
	const settings = newRowSettings(plan);
	const { problem } = input.theirs;
	const theirs = input.theirs.companies;
	const compared = compareCompanies(plan, { ...input, theirs });
	const { counts: counted, ...writes } = outcomeOf(compared, settings, now);
	const mappings = input.mappings.map(({ row }) => row);
	const there =
		plan.connectSecure === 'off' || problem !== ''
			? null
			: missingThere(plan, { ...input, theirs, compared, mappings }, settings, now);
	const counts = {
		...counted,
		...(input.missing > 0 ? { missing: input.missing } : {}),
		...(there === null ? {} : { connectSecure: there.counts }),
	};
	const error = problem === '' ? '' : `ConnectSecure: ${problem}`;
	const isDone = !plan.dryRun;
	const next = error === '' ? 'end' : 'stop';
	const status = syncRow(plan, { error, isDone, next, counts, checkpoint: '' }, now);
	if (plan.dryRun) return { ...NO_WRITES, status };
	return { ...writes, create: there?.create ?? [], status };
}
