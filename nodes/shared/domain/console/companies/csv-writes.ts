import { companyNameKeys } from '../../company/name';
import { localCompanyKey } from '../../company/match/auto-map';
import { mappingRow } from '../../company/match/mapping-row';
import { jsonRecordIn, memberText } from '../../values/read';
import { type ConsoleWrites, NO_WRITES } from '../answer';
import { markOf } from '../row-mark';
import type { RowsByTable } from '../rows';
import type { CsvRow } from './csv-file';
import { type CompanyLine, companyOfMapping, type MappingLine, mappingLines } from './lines';

/** A client that was looked up in Halo, or why it may not be used. */
type LookedUp = { client: { id: number; name: string } } | { problem: string };

function isSame(line: MappingLine, row: CsvRow, clientName: string): boolean {
	const { mapping } = line;
	return (
		mapping.refusal === null &&
		mapping.haloClientId === row.clientId &&
		mapping.haloClientName === clientName &&
		mapping.createTicket === row.createTicket &&
		mapping.noNotification === row.noNotification &&
		(mapping.eventSet ?? '') === row.eventSet &&
		(mapping.profile ?? '') === row.profile &&
		JSON.stringify(jsonRecordIn(line.row.flags)) === JSON.stringify(row.flags)
	);
}

/**
 * The rows of a file as rows of the table: all of them, or none and what is wrong.
 * @param clientOf by number
 * @param now ISO 8601 in UTC
 */
export function csvWrites(
	file: readonly CsvRow[],
	rows: RowsByTable,
	lines: readonly CompanyLine[],
	clientOf: (id: number) => LookedUp,
	now: string,
): { writes: ConsoleWrites; count: number } | { problems: string[] } {
	const stored = new Map(
		mappingLines(rows.halo_company_mappings).map((line) => [
			localCompanyKey(companyOfMapping(line)),
			line,
		]),
	);
	const companies = new Map(lines.map((line) => [line.mark, line]));
	const problems: string[] = [];
	const writes: Required<Pick<ConsoleWrites, 'insert' | 'update' | 'updateCompanies'>> = {
		insert: [],
		update: [],
		updateCompanies: [],
	};
	for (const row of file) {
		const verified = clientOf(row.clientId);
		if ('problem' in verified) {
			problems.push(`Line ${row.line}: ${verified.problem}.`);
			continue;
		}
		const { client } = verified;
		const key = localCompanyKey(row.company);
		const before = stored.get(key);
		const isHeld = before?.mapping.haloClientId === client.id;
		const isNamed =
			row.clientName === '' ||
			companyNameKeys(row.clientName).full === companyNameKeys(client.name).full;
		if (!isNamed && !isHeld) {
			problems.push(
				`Line ${row.line}: Halo client ${client.id} is called ${client.name}, not "${row.clientName}". Correct the number, or leave its name empty.`,
			);
			continue;
		}
		if (before !== undefined && isSame(before, row, client.name)) continue;
		const mappedAt = isHeld ? memberText(before.row, 'mappedAt') : null;
		const whole = mappingRow(row.company, client, 'linked', row, mappedAt ?? now);
		if (before === undefined) writes.insert.push({ ...whole });
		else writes.update.push({ id: before.id, ...whole });
		const line = companies.get(markOf(key));
		if (line !== undefined && line.companyRowId !== null) {
			writes.updateCompanies.push({ id: line.companyRowId, psaName: client.name, review: '' });
		}
	}
	if (problems.length > 0) return { problems };
	return {
		writes: { ...NO_WRITES, ...writes },
		count: writes.insert.length + writes.update.length,
	};
}
