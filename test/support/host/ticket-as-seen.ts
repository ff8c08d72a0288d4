import type { HaloSimulator } from '../../../sandbox/halo';

/** Codes of Halo's lists of values for impact and urgency (halo-api facts: lookup ids). */
const IMPACTS = 12;
const URGENCIES = 27;

/** All that people see of a ticket, in their words: names in place of ids, what differs between runs in place-holders. */
export interface TicketAsSeen {
	summary: string;
	client: string;
	user: string;
	type: string;
	status: string;
	category: string;
	urgency: string;
	impact: string;
	team: string;
	agent: string;
	assets: string[];
	details: string[];
	closureNote: string;
	/** In hours, as this Halo counts. */
	closureTime: number;
	/** What was done, in order: kind, words, whether only agents see it. */
	log: Array<[string, string, boolean]>;
}

/** Times, links, and the marks that the pack itself reads. */
function steady(text: string): string {
	return text
		.replace(/<[^>]*>/g, ' ')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
		.replace(/https?:\/\/\S+\/(?:form|form-waiting)\/\S+/g, 'LINK')
		.replace(/\(scan(?:ref|note) [a-z ]+\)/g, '')
		.replace(/scanstate .* endstate/g, '')
		.replace(/[ \t]+/g, ' ')
		.trim();
}

/** A ticket as people see it. @throws Error when there is none */
export function ticketAsSeen(halo: HaloSimulator, id: number): TicketAsSeen {
	const row = halo.tickets().find((ticket) => ticket.id === id);
	const kept = halo.state.tickets.find((ticket) => ticket.id === id);
	if (row === undefined || kept === undefined) throw new Error(`There is no ticket ${id}`);
	const text = (name: string): string => String(row[name] ?? '');
	const named = (list: ReadonlyArray<{ id: number; name: string }> | undefined, name: string) =>
		list?.find((entry) => entry.id === row[name])?.name ?? `${name} ${text(name)}`;
	const assets: unknown = row.assets;
	const { lookups, statuses, ticketTypes } = halo.state;
	return {
		summary: steady(text('summary')),
		client: text('client_name'),
		user: text('user_name'),
		type: named(ticketTypes, 'tickettype_id'),
		status: named(statuses, 'status_id'),
		category: text('category_1'),
		urgency: named(lookups.get(URGENCIES), 'urgency'),
		impact: named(lookups.get(IMPACTS), 'impact'),
		team: text('team'),
		agent: text('agent_name'),
		assets: Array.isArray(assets)
			? assets.map((asset: { inventory_number?: unknown }) => String(asset.inventory_number))
			: [],
		details: text('details')
			.split('\n')
			.map(steady)
			.filter((line) => line !== ''),
		closureNote: steady(text('closure_note')),
		closureTime: Number(row.closure_time),
		log: kept.actions.map(({ hiddenfromuser, note, outcome }) => [
			outcome,
			// Halo logs a ticket with its details, which stand above.
			outcome === 'Ticket Logged' ? '' : steady(note),
			hiddenfromuser,
		]),
	};
}
