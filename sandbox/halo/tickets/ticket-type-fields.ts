import type { HaloContext } from '../http/context';
import type { SimTicket, SimTicketType } from '../state/state';

/** `technew` of a field that an agent must fill when he logs a ticket; 1 is optional. */
const MANDATORY = 3;

/** Halo's own fields: their number, the name of their column, what people see, and whether a ticket has them. */
const OWN: ReadonlyArray<{
	id: number;
	name: string;
	label: string;
	filled: (ticket: SimTicket) => boolean;
}> = [
	{ id: 2, name: 'symptom', label: 'Summary', filled: ({ summary }) => summary.trim() !== '' },
	{ id: 3, name: 'symptom2', label: 'Details', filled: ({ details }) => details.trim() !== '' },
	{ id: 4, name: 'asset', label: 'Assets', filled: ({ assets }) => assets.length > 0 },
	{ id: 13, name: 'section', label: 'Team', filled: ({ team }) => team !== '' },
	{ id: 14, name: 'assignedtoint', label: 'Agent', filled: ({ agent_id }) => agent_id > 1 },
	{ id: 27, name: 'impact', label: 'Impact', filled: ({ impact }) => impact > 0 },
	{ id: 28, name: 'urgency', label: 'Urgency', filled: ({ urgency }) => urgency > 0 },
];

/** The `fields` of a ticket type, as `includedetails=true` gives them: placements with the field itself inside. */
export function typeFields(context: HaloContext, type: SimTicketType): unknown[] {
	const required = type.requiredFields ?? [];
	const own = OWN.map(({ id, name, label }) => ({ id, name, label, type: 0 }));
	const custom = context.state.fields.filter(({ typeid }) => typeid === 1);
	return [...own, ...custom].map(({ id, name, label, type: kind }, index) => ({
		id: index + 1,
		rtid: type.id,
		fieldid: id,
		seq: index + 1,
		technew: required.includes(id) ? MANDATORY : 1,
		techdetail: 1,
		techaction: type.actionFields?.includes(id) === true ? MANDATORY : 1,
		fieldname: name,
		fieldinfo: { id, name, label, type: kind },
	}));
}

/** Labels of the type's mandatory fields that a new ticket leaves empty. */
export function missingFields(
	context: HaloContext,
	type: SimTicketType,
	ticket: SimTicket,
): string[] {
	return (type.requiredFields ?? []).flatMap((id) => {
		const own = OWN.find((field) => field.id === id);
		if (own !== undefined) return own.filled(ticket) ? [] : [own.label];
		const value = ticket.customfields.find((field) => field.id === id)?.value;
		const isEmpty = value === undefined || value === null || value === '';
		const label = context.state.fields.find((field) => field.id === id)?.label ?? String(id);
		return isEmpty ? [label] : [];
	});
}
