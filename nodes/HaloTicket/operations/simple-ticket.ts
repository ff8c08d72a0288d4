import type { GenericValue, IDataObject } from 'n8n-workflow';

import { readDate, readText } from '../../shared/halo/records/decode';
import type { HaloApi } from '../../shared/halo/api';
import { isOpen, openStatuses } from '../../shared/halo/ticket-open';
import type { TicketRecord } from '../../shared/halo/ticket-reads';
import { isRecord, withoutUnsafeKeys, type JsonRecord } from '../../shared/domain/values/json';
import { member, readInteger, readReference, recordsIn } from '../../shared/domain/values/read';

function plain(value: unknown): GenericValue {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (typeof value === 'boolean' || typeof value === 'object') return value;
	return null;
}

/** A ticket with every member that Halo sent, in its own spelling. */
export function rawTicket({ raw }: TicketRecord): IDataObject {
	const safe = withoutUnsafeKeys(raw);
	const members = isRecord(safe) ? Object.entries(safe) : [];
	return Object.fromEntries(members.map(([name, value]) => [name, plain(value)]));
}

/** Names of Halo's ids, from lists that are kept for 15 minutes. */
export interface TicketNames {
	statuses: ReadonlyMap<number, string>;
	openStatusIds: ReadonlySet<number>;
	ticketTypes: ReadonlyMap<number, string>;
}

/** Three requests where the lists are not known yet, else none. */
export async function ticketNames(api: HaloApi): Promise<TicketNames> {
	const statuses = await api.statuses();
	const openStatusIds = await openStatuses(api);
	const types = await api.ticketTypes();
	return {
		statuses: new Map(statuses.map(({ id, name }) => [id, name])),
		openStatusIds,
		ticketTypes: new Map(types.map(({ id, name }) => [id, name])),
	};
}

function customFields(raw: JsonRecord): IDataObject | null {
	if (!Array.isArray(raw.customfields)) return null;
	return Object.fromEntries(
		recordsIn(raw.customfields).map((field) => [
			readText(field.name) ?? String(readInteger(field.id) ?? ''),
			readText(field.display) ?? readText(field.value),
		]),
	);
}

function assets(raw: JsonRecord): IDataObject[] | null {
	if (!Array.isArray(raw.assets)) return null;
	return recordsIn(raw.assets).map((asset) => ({
		id: readReference(asset.id),
		name: readText(asset.inventory_number),
	}));
}

function tags(raw: JsonRecord): string[] | null {
	if (Array.isArray(raw.tags)) {
		return recordsIn(raw.tags).flatMap(({ text }) => readText(text) ?? []);
	}
	const text = member(raw, 'ticket_tags', 'tickettags');
	return typeof text === 'string' ? text.split(',').filter((tag) => tag.trim() !== '') : null;
}

function priorityName(raw: JsonRecord): string | null {
	const [priority] = recordsIn([raw.priority]);
	return priority === undefined ? null : readText(priority.name);
}

/**
 * A ticket with the members that workflows use, under names that say what they are; null where Halo does not say.
 * @param reference of a ticket of ours, see `OwnTickets`: what a stranger wrote into a title is not whose ticket it is
 * @param ticketUrl makes the address of its page
 */
export function simpleTicket(
	ticket: TicketRecord,
	names: TicketNames,
	reference: string | null,
	ticketUrl: (id: number) => string,
): IDataObject {
	const { raw, row } = ticket;
	return {
		id: row.id,
		ticketUrl: ticketUrl(row.id),
		summary: row.summary,
		details: row.details,
		reference,
		open: isOpen(ticket, names.openStatusIds),
		statusId: row.status_id,
		statusName: names.statuses.get(row.status_id) ?? null,
		ticketTypeId: row.tickettype_id,
		ticketTypeName: names.ticketTypes.get(row.tickettype_id) ?? null,
		clientId: row.client_id,
		clientName: row.client_name,
		siteId: row.site_id,
		siteName: readText(raw.site_name),
		userId: readReference(raw.user_id),
		userName: readText(raw.user_name),
		userEmail: readText(member(raw, 'user_email', 'useremail')),
		agentId: row.agent_id,
		agentName: row.agent_id === null ? null : readText(raw.agent_name),
		team: row.team,
		slaId: row.sla_id,
		priorityId: row.priority_id,
		priorityName: priorityName(raw),
		category: readText(member(raw, 'category_1', 'category1')),
		impactId: readReference(raw.impact),
		urgencyId: readReference(raw.urgency),
		sourceId: readReference(raw.source),
		tags: tags(raw),
		assets: assets(raw),
		customFields: customFields(raw),
		createdAt: row.dateoccurred,
		updatedAt: row.last_update,
		closedAt: readDate(raw.dateclosed),
		mergedIntoId: row.merged_into_id,
	};
}
