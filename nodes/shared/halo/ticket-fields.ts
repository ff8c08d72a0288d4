import type { CustomField, CustomFieldKind } from '../domain/profile/custom-fields';
import type { RequiredField } from '../domain/profile/type-fields';
import type { TicketTypeForm } from '../domain/ticket/plan/required-fields';
import { realAgent } from '../domain/ticket/plan/closing-agent';
import { type JsonRecord, isRecord } from '../domain/values/json';
import { readFlag, readText } from './records/decode';
import { HaloNotFoundError, HaloPermissionError } from './http/errors';
import type { HaloLookups } from './lookups';
import { member, readInteger, readReference } from '../domain/values/read';

/** In `/FieldInfo` this number asks for the fields of tickets. */
const TICKET_FIELDS = 1;

/** Types of custom fields, from public clients that write them. */
const KINDS: ReadonlyMap<number, CustomFieldKind> = new Map<number, CustomFieldKind>([
	[0, 'text'],
	[1, 'memo'],
	[2, 'single'],
	[3, 'multiple'],
	[4, 'date'],
	[5, 'time'],
	[6, 'checkbox'],
	[7, 'table'],
	[10, 'rich text'],
]);

/**
 * `technew` of a field of a ticket type: 0 hidden, 1 optional, 2 recommended, 3 required when an agent makes a ticket.
 * That `techaction` says the same of actions, the closing one too, is taken from its name.
 */
const REQUIRED = 3;

function optionsOf(values: unknown): CustomField['options'] {
	if (!Array.isArray(values)) return [];
	return values.filter(isRecord).flatMap((row) => {
		const id = readInteger(row.id);
		const name = readText(member(row, 'name', 'label', 'display'));
		return id === null || name === null ? [] : [{ id, name }];
	});
}

function decodeField(row: JsonRecord): CustomField | null {
	const id = readReference(row.id);
	const name = readText(row.name);
	if (id === null || name === null) return null;
	const kind = KINDS.get(readInteger(row.type) ?? -1) ?? 'unknown';
	return { id, name, label: readText(row.label) ?? name, kind, options: optionsOf(row.values) };
}

/** Custom fields of tickets, with what may be picked; one request, kept as all lists are. */
export async function ticketFields(lookups: HaloLookups): Promise<CustomField[]> {
	const query = { typeid: TICKET_FIELDS, includevalues: true };
	return await lookups.list('/FieldInfo', query, decodeField);
}

/** Fields that a ticket type requires in actions, the closing one too. @param type its record, with details */
export function requiredInActions({ fields }: JsonRecord): RequiredField[] {
	const rows: unknown[] = Array.isArray(fields) ? fields : [];
	return rows
		.filter(isRecord)
		.filter(({ techaction }) => readInteger(techaction) === REQUIRED)
		.flatMap(placedField);
}

function decodeRequired(row: unknown): RequiredField[] {
	if (!isRecord(row)) return [];
	const required = readInteger(row.technew) === REQUIRED || readFlag(member(row, 'mandatory'));
	return required ? placedField(row) : [];
}

/** The field that a row of a ticket type's field list places there; none when it has no number. */
function placedField(row: JsonRecord): RequiredField[] {
	const info = isRecord(row.fieldinfo) ? row.fieldinfo : {};
	const id = readReference(member(row, 'fieldid', 'field_id')) ?? readReference(info.id);
	if (id === null) return [];
	const name = readText(member(info, 'name', 'fieldname')) ?? readText(row.fieldname) ?? '';
	const label = readText(info.label) ?? readText(row.fieldname) ?? name;
	return [{ id, name, label: label === '' ? `field ${id}` : label }];
}

/**
 * What a ticket type wants filled in, from `/TicketType/{id}`; one request per type, kept as all lists are.
 * @returns null when the agent may not read it: then Halo alone checks
 */
export async function ticketTypeForm(
	lookups: HaloLookups,
	typeId: number,
): Promise<TicketTypeForm | null> {
	const path = `/TicketType/${typeId}`;
	const query = { includedetails: true, isnewticket: true };
	try {
		const row = await lookups.record({ method: 'GET', path, query }, 'tickettypes');
		if (row === null) return null;
		const fields: unknown[] = Array.isArray(row.fields) ? row.fields : [];
		return {
			typeId,
			name: readText(row.name) ?? String(typeId),
			required: fields.flatMap(decodeRequired),
			startsApproval: (readReference(row.approval_process_id) ?? 0) > 0,
			defaults: {
				team: readText(row.default_team),
				agentId: realAgent(readReference(row.default_agent)),
				impactId: readReference(row.default_impact),
				urgencyId: readReference(row.default_urgency),
				category: readText(row.default_category_1),
			},
		};
	} catch (error) {
		if (error instanceof HaloNotFoundError || error instanceof HaloPermissionError) return null;
		return await Promise.reject(error);
	}
}
