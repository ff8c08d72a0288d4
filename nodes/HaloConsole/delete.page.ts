import { type ConsoleOutcome, shown, written } from '../shared/domain/console/answer';
import { companyLines } from '../shared/domain/console/companies/lines';
import { deletePage, deleteWrites } from '../shared/domain/console/companies/remove';
import { consoleAddress } from '../shared/domain/console/links';
import { saying } from '../shared/domain/console/said';
import { type PageCall, tableOf } from './page-call';

/** Asks whether mappings go, and deletes them. */
export async function deleteMappings({ asked, rows }: PageCall): Promise<ConsoleOutcome> {
	if (!asked.isPost) return shown(deletePage(asked, rows));
	const table = tableOf(asked, 'halo_company_mappings');
	const decided = deleteWrites(asked, rows, companyLines(rows), table);
	if ('problem' in decided) return shown(deletePage(asked, rows, decided.problem), 409);
	const { count, writes } = decided;
	return written(table, writes, consoleAddress('companies', saying('deleted', count)));
}
