import type { DeliveryAction, DeliveryTicket } from './delivery';
import { deliveryFlag, idOf, integerOf, deliveryMember, nameOf, recordsOf } from './delivery-read';
import type { JsonRecord } from '../values/json';
import { cleanText } from '../values/text';
import { toIsoTime } from '../values/time';

/** Halo's pseudo agent "Unassigned". */
const UNASSIGNED = 1;

function agentOf(value: unknown): number | null {
	const id = idOf(value);
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
	const id = idOf(deliveryMember(row, 'id', 'faultid'));
	if (id === null) return null;
	const dateclosed = toIsoTime(row.dateclosed);
	return {
		id,
		summary: nameOf(deliveryMember(row, 'summary', 'symptom')),
		details: textOf(row.details),
		client_id: integerOf(deliveryMember(row, 'client_id', 'clientid')),
		client_name: nameOf(row.client_name),
		site_id: idOf(row.site_id),
		user_id: idOf(row.user_id),
		reporter: nameOf(row.user_email) ?? nameOf(row.reportedby),
		tickettype_id: idOf(deliveryMember(row, 'tickettype_id', 'requesttype_id')),
		status_id: idOf(deliveryMember(row, 'status_id', 'status')),
		priority_id: idOf(row.priority_id),
		sla_id: idOf(row.sla_id),
		agent_id: agentOf(row.agent_id),
		team: nameOf(row.team),
		last_update: toIsoTime(deliveryMember(row, 'last_update', 'lastupdate')),
		dateoccurred: toIsoTime(deliveryMember(row, 'dateoccurred', 'dateoccured')),
		dateclosed,
		hasbeenclosed: deliveryFlag(row.hasbeenclosed) ?? (dateclosed === null ? null : true),
		merged_into_id: idOf(row.merged_into_id),
		deleted: deliveryFlag(row.deleted),
		customfields: recordsOf(row.customfields).flatMap((field) => {
			const fieldId = integerOf(field.id);
			const value = field.value ?? null;
			return fieldId === null ? [] : [{ id: fieldId, name: nameOf(field.name), value }];
		}),
	};
}

/** The action in a delivery. */
export function readDeliveryAction(row: JsonRecord): DeliveryAction {
	return {
		id: idOf(row.id),
		outcome: nameOf(row.outcome),
		note: textOf(row.note),
		who: nameOf(row.who),
		agentId: agentOf(deliveryMember(row, 'actionby_agent_id', 'who_agentid')),
		application: nameOf(row.actionby_application_id),
		private: deliveryFlag(row.hiddenfromuser),
		time: toIsoTime(deliveryMember(row, 'datetime', 'actiondatecreated')),
	};
}
