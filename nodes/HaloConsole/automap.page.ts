import { type ConsoleOutcome, shown, written } from '../shared/domain/console/answer';
import { approvedPairs, approveWrites } from '../shared/domain/console/companies/approve';
import { proposalsOf } from '../shared/domain/console/companies/automap';
import { autoMapPage, PROPOSAL_KINDS } from '../shared/domain/console/companies/automap-page';
import { companyLines } from '../shared/domain/console/companies/lines';
import { consoleAddress } from '../shared/domain/console/links';
import { saying } from '../shared/domain/console/said';
import { fieldsOfState, tableStateIn } from '../shared/domain/console/table-state';
import { knownClients, verifiedClients } from './halo-clients';
import { type PageCall, tableOf } from './page-call';

/** What was ticked is stored, all of it or nothing; null for a form that is only looked at. */
async function approved(call: PageCall): Promise<ConsoleOutcome | { problem: string }> {
	const { asked, now, rows } = call;
	const read = approvedPairs(asked.form);
	if ('problem' in read) return read;
	const ids = [...new Set(read.pairs.map(({ clientId }) => clientId))];
	const verified = await verifiedClients(
		call.context,
		ids.map((id) => ({ text: String(id), byName: false })),
	);
	const decided = approveWrites(
		read.pairs,
		companyLines(rows),
		(id) => verified[ids.indexOf(id)] ?? { problem: `Halo client ${id} was not looked up` },
		asked.form,
		new Date(now).toISOString(),
	);
	if ('problem' in decided) return decided;
	const state = fieldsOfState({ ...tableStateIn(asked.query, PROPOSAL_KINDS), page: 1 });
	const to = consoleAddress('automap', { ...state, ...saying('approved', read.pairs.length) });
	return written(tableOf(asked, 'halo_company_mappings'), decided.writes, to);
}

/** What Auto-Map would do, and its approval. */
export async function autoMapping(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, context, rows } = call;
	const done = asked.isPost ? await approved(call) : null;
	if (done !== null && !('problem' in done)) return done;
	const refused = done?.problem ?? null;
	const known = await knownClients(context);
	const found =
		'problem' in known
			? { proposals: [], problem: known.problem }
			: proposalsOf(companyLines(rows), rows, known.clients, {
					referenceFirst: false,
					accentsDoNotCount: false,
				});
	const page = autoMapPage(asked, found.proposals, { problem: found.problem, refused });
	return shown(page, refused === null ? 200 : 422);
}
