import { type ConsoleOutcome, sentOn, shown, written } from '../shared/domain/console/answer';
import { importWrites, pickedIn } from '../shared/domain/console/companies/import';
import {
	IMPORT_FILTERS,
	importPage,
	importReview,
} from '../shared/domain/console/companies/import-page';
import { companyLines } from '../shared/domain/console/companies/lines';
import { valueOf, valuesOf } from '../shared/domain/console/fields';
import { consoleAddress } from '../shared/domain/console/links';
import { saying } from '../shared/domain/console/said';
import { fieldsOfState, tableStateIn } from '../shared/domain/console/table-state';
import { readInteger } from '../shared/domain/values/read';
import { knownClients, verifiedClients } from './halo-clients';
import { type PageCall, tableOf } from './page-call';

/** What is picked so far and what is ticked now, as the next address carries it. */
function added({ asked }: PageCall): ConsoleOutcome {
	const ticked = valuesOf(asked.form, 'id').flatMap((value) => readInteger(value) ?? []);
	const ids = [...new Set([...pickedIn(asked.query), ...ticked])].join('.');
	const state = fieldsOfState(tableStateIn(asked.query, IMPORT_FILTERS));
	return sentOn(consoleAddress('import', { ...state, ids }));
}

async function finished(call: PageCall): Promise<ConsoleOutcome | { problem: string }> {
	const { asked, context, now, rows } = call;
	const wanted = pickedIn(asked.query).map((id) => ({ text: String(id), byName: false }));
	const picked = wanted.length === 0 ? [] : await verifiedClients(context, wanted);
	const at = new Date(now).toISOString();
	const decided = importWrites(picked, companyLines(rows), asked.form, at);
	if ('problem' in decided) return decided;
	const to = consoleAddress('companies', saying('imported', decided.count));
	return written(tableOf(asked, 'halo_company_mappings'), decided.writes, to);
}

/** Clients of Halo become companies: search and tick, review, finish. */
export async function importClients(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, context, rows } = call;
	const isReview = valueOf(asked.query, 'step') === 'review';
	if (asked.isPost && !isReview) return added(call);
	const done = asked.isPost ? await finished(call) : null;
	if (done !== null && !('problem' in done)) return done;
	const refused = done?.problem ?? null;
	const known = await knownClients(context);
	const page = (isReview ? importReview : importPage)(asked, {
		clients: 'problem' in known ? [] : known.clients,
		lines: companyLines(rows),
		picked: pickedIn(asked.query),
		faults: [...asked.faults, ...('problem' in known ? [known.problem] : [])],
		refused,
	});
	return shown(page, refused === null ? 200 : 422);
}
