import { forHtml } from '../../values/escape';
import { htmlTable } from '../../pages/html';
import { readInteger } from '../../values/read';
import { type ConsoleWrites, NO_WRITES } from '../answer';
import type { Asked } from '../asked';
import { valueOf } from '../fields';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { type CompanyLine, type MappingLine, mappingLines } from './lines';
import type { RowsByTable } from '../rows';

/** Numbers in a text with points between them, as an address carries them. */
export function numbersIn(text: string): number[] {
	const numbers = text.split('.').flatMap((part) => readInteger(part) ?? []);
	return [...new Set(numbers)];
}

function namedBy({ mapping }: MappingLine): string {
	return mapping.companyName ?? mapping.companyId ?? '(no name)';
}

/** Asks whether mappings go: Yes or No. @param refused why they did not go; null at first */
export function deletePage(asked: Asked, rows: RowsByTable, refused: string | null = null): string {
	const wanted = new Set(numbersIn(valueOf(asked.query, 'rows')));
	const found = mappingLines(rows.halo_company_mappings).filter(({ id }) => wanted.has(id));
	const table = htmlTable(
		['Existing Company Name', 'Company Name', 'Mapped Date'],
		found.map((line) => [
			{ content: forHtml(namedBy(line)) },
			{ content: forHtml(line.mapping.haloClientName ?? '') },
			{ content: forHtml(String(line.row.mappedAt ?? '').slice(0, 10)) },
		]),
	);
	const ids = found.map(({ id }) => id).join('.');
	const question = `Delete ${found.length === 1 ? 'this mapping' : `these ${found.length} mappings`}?`;
	const form = signedForm(
		asked,
		linkTo('delete', { rows: ids }),
		`<p class="buttons"><button name="do" value="delete">Yes</button> <a class="button" href="${linkTo('companies')}">No</a></p>`,
	);
	const body =
		found.length === 0
			? '<p>These mappings are gone already.</p>'
			: `${table}<p>Findings of these companies that come later are held.</p><p><b>${question}</b></p>${form}`;
	return consolePage(
		'Delete mappings',
		`${refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`}<section>${body}</section><p><a href="${linkTo('companies')}">Back to the companies</a></p>`,
		'companies',
	);
}

/**
 * What goes when somebody said Yes: the rows, and the client that halo_companies shows for their companies.
 * @param table id of halo_company_mappings
 */
export function deleteWrites(
	asked: Asked,
	rows: RowsByTable,
	lines: readonly CompanyLine[],
	table: string,
): { writes: ConsoleWrites; count: number } | { problem: string } {
	const wanted = numbersIn(valueOf(asked.query, 'rows'));
	const there = new Set(mappingLines(rows.halo_company_mappings).map(({ id }) => id));
	const gone = wanted.filter((id) => !there.has(id));
	if (wanted.length === 0 || gone.length > 0) {
		return {
			problem: `${gone.length} of ${wanted.length} mappings are gone: somebody deleted them meanwhile. Nothing was changed.`,
		};
	}
	const ids = new Set(wanted);
	const shown = lines.filter(
		({ companyRowId, mapping }) => companyRowId !== null && mapping !== null && ids.has(mapping.id),
	);
	return {
		count: wanted.length,
		writes: {
			...NO_WRITES,
			remove: wanted.map((id) => ({ table, id })),
			updateCompanies: shown.map(({ companyRowId }) => ({ id: companyRowId, psaName: '' })),
		},
	};
}
