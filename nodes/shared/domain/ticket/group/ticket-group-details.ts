import { memberTable, replaceTable, type MemberRow } from './table';
import { detailsWith } from '../plan/open';
import type { TicketState } from '../state';
import { toHtml } from '../text/details';
import type { TicketView } from '../view';

/** New details: the table shows what is open, and what went until people were told. */
export function detailsOf(
	own: TicketView,
	state: TicketState,
	rows: ReadonlyMap<string, MemberRow>,
	reference: string,
): string {
	const keys = (state.members ?? []).map(({ key }) => key);
	const html = replaceTable(
		own.detailsHtml ?? toHtml(own.details),
		memberTable(keys, rows, state.went),
	);
	return detailsWith({ ...own, detailsHtml: html }, state, reference);
}
