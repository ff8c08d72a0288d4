import { mappingRow } from '../../company/match/mapping-row';
import type { HaloClient, LocalCompany } from '../../company/types';
import type { ConsoleWrites } from '../answer';
import { NO_WRITES } from '../answer';
import { type Fields, isTicked, valueOf } from '../fields';
import type { CompanyLine } from './lines';
import { numbersIn } from './remove';

/** As many as one form may hold with room to spare. */
const MOST_AT_ONCE = 300;

/** Id of the company that a client of Halo is imported as; no scanner's own number can be taken for it. */
export function importedId(clientId: number): string {
	return `halo:${clientId}`;
}

/** Numbers of the clients that are picked so far, in the order in which they were. */
export function pickedIn(query: Fields): number[] {
	return numbersIn(valueOf(query, 'ids')).slice(0, MOST_AT_ONCE);
}

/** Companies that were imported from Halo, by their ids. */
function importedLines(lines: readonly CompanyLine[]): Map<string, CompanyLine> {
	return new Map(
		lines.flatMap((line) => (line.company.id === null ? [] : [[line.company.id, line]])),
	);
}

/** True for a client that stands in both lists already. */
export function createIsImported(lines: readonly CompanyLine[]): (clientId: number) => boolean {
	const imported = importedLines(lines);
	return (clientId) => {
		const line = imported.get(importedId(clientId));
		return line !== undefined && line.companyRowId !== null && line.state === 'mapped';
	};
}

/**
 * The rows of halo_companies and of the mapping for picked clients: all of them, or none and why.
 * @param now ISO 8601 in UTC
 */
export function importWrites(
	picked: ReadonlyArray<{ client: HaloClient } | { problem: string }>,
	lines: readonly CompanyLine[],
	form: Fields,
	now: string,
): { writes: ConsoleWrites; count: number } | { problem: string } {
	if (picked.length === 0) return { problem: 'No client is picked: go back and tick some.' };
	const problems = picked.flatMap((one) => ('problem' in one ? [one.problem] : []));
	if (problems.length > 0) return { problem: `Nothing was imported. ${problems.join('. ')}.` };
	const imported = importedLines(lines);
	const settings = {
		createTicket: isTicked(form, 'createTicket'),
		noNotification: isTicked(form, 'noNotification'),
		eventSet: '',
		profile: '',
		flags: {},
	};
	const insert: ConsoleWrites['insert'] = [];
	const insertCompanies: ConsoleWrites['insertCompanies'] = [];
	for (const one of picked) {
		if ('problem' in one) continue;
		const { client } = one;
		const line = imported.get(importedId(client.id));
		const company: Omit<LocalCompany, 'origin'> = {
			integration: null,
			source: null,
			id: importedId(client.id),
			name: client.name,
			displayName: null,
			reference: client.reference,
			domain: client.domain,
		};
		if (line === undefined || line.companyRowId === null) {
			insertCompanies.push({
				integration: '',
				source: '',
				companyId: company.id,
				name: client.name,
				displayName: '',
				reference: client.reference ?? '',
				domain: client.domain ?? '',
				psaName: client.name,
				review: '',
			});
		}
		if (line === undefined || line.mapping === null) {
			insert.push({ ...mappingRow(company, client, 'imported', settings, now) });
		}
	}
	return { count: picked.length, writes: { ...NO_WRITES, insert, insertCompanies } };
}
