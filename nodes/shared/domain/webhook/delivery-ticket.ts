import type { DeliveryAction, DeliveryTicket } from './delivery';
import { deliveryFlag, nameOf } from './delivery-read';
import type { JsonRecord } from '../values/json';
import { cleanText } from '../values/text';
import { toIsoTime } from '../values/time';
import { member, readInteger, readReference, recordsIn } from '../values/read';

/** Halo's pseudo agent "Unassigned". */
const UNASSIGNED = 1;

function agentOf(value: unknown): number | null {
	const id = readReference(value);
	return id === UNASSIGNED ? null : id;
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' ? cleanText(value) : null;
}

/**
 * The ticket in a delivery, in either spelling (`last_update` and `lastupdate`, `tickettype_id` and `requesttype_id`).
 * Null when it has no id.
 */
export function readDeliveryTicket(row: JsonRecord): DeliveryTicket | null {
	const id = readReference(member(row, 'id', 'faultid'));
	if (id === null) return null;
	const dateclosed = toIsoTime(row.dateclosed);
	return {
		id,
		summary: nameOf(member(row, 'summary', 'symptom')),
		details: textOf(row.details),
		client_id: readInteger(member(row, 'client_id', 'clientid')),
		client_name: nameOf(row.client_name),
		site_id: readReference(row.site_id),
		user_id: readReference(row.user_id),
		reporter: nameOf(row.user_email) ?? nameOf(row.reportedby),
		tickettype_id: readReference(member(row, 'tickettype_id', 'requesttype_id')),
		status_id: readReference(member(row, 'status_id', 'status')),
		priority_id: readReference(row.priority_id),
		sla_id: readReference(row.sla_id),
		agent_id: agentOf(row.agent_id),
		team: nameOf(row.team),
		last_update: toIsoTime(member(row, 'last_update', 'lastupdate')),
		dateoccurred: toIsoTime(member(row, 'dateoccurred', 'dateoccured')),
		dateclosed,
		hasbeenclosed: deliveryFlag(row.hasbeenclosed) ?? (dateclosed === null ? null : true),
		merged_into_id: readReference(row.merged_into_id),
		deleted: deliveryFlag(row.deleted),
		customfields: recordsIn(row.customfields).flatMap((field) => {
			const fieldId = readInteger(field.id);
			const value = field.value ?? null;
			return fieldId === null ? [] : [{ id: fieldId, name: nameOf(field.name), value }];
		}),
	};
}

/** The action in a delivery. */
export function readDeliveryAction(row: JsonRecord): DeliveryAction {
	return {
		id: readReference(row.id),
		outcome: nameOf(row.outcome),
		note: textOf(row.note),
		who: nameOf(row.who),
		agentId: agentOf(member(row, 'actionby_agent_id', 'who_agentid')),
		application: nameOf(row.actionby_application_id),
		private: deliveryFlag(row.hiddenfromuser),
		time: toIsoTime(member(row, 'datetime', 'actiondatecreated')),
	};
}
