import type { IExecuteFunctions } from 'n8n-workflow';

import { findCustomField } from '../../shared/domain/profile/custom-fields';
import { ProfileError } from '../../shared/domain/profile/profile';
import { REFERENCE_WORD } from '../../shared/domain/ticket/reference';
import type { HaloApi } from '../../shared/halo/api';
import { ticketFields } from '../../shared/halo/ticket-fields';
import type { TicketListFilter } from '../../shared/halo/ticket-reads';
import { ParameterError, pickedRow, readCollection } from '../../shared/n8n/parameters';

/** What Halo's filters are checked by again, since it ignores those that it does not know. */
export interface TicketCheck extends TicketListFilter {
	onlyOurs: boolean;
	openStatusIds: ReadonlySet<number>;
}

interface Named {
	id: number;
	name: string;
}

const SHOWN = 15;

/** The id behind a pick: an id as it is, a name by a list. @throws ProfileError naming what is allowed */
async function idOf(
	label: string,
	value: unknown,
	load: (search: string) => Promise<readonly Named[]>,
): Promise<number | undefined> {
	const picked = pickedRow(label, value);
	if (picked === null) return undefined;
	if (/^\d+$/.test(picked.id)) return Number(picked.id);
	const rows = await load(picked.id);
	const wanted = picked.id.toLowerCase();
	const [found, second] = rows.filter(({ name }) => name.trim().toLowerCase() === wanted);
	if (found !== undefined && second === undefined) return found.id;
	const names = rows.slice(0, SHOWN).map(({ id, name }) => `${name} (${id})`);
	throw new ProfileError(
		second === undefined
			? `Filter ${label}: "${picked.id}" is not in Halo. Allowed: ${names.join(', ') || 'none'}`
			: `Filter ${label}: "${picked.id}" is the name of several records (${found?.id}, ${second.id})`,
		'Correct the filter, or write the ID.',
	);
}

async function clientsNamed(api: HaloApi, search: string): Promise<Named[]> {
	const rows: Named[] = [];
	for await (const page of api.listClients({ search, includeInactive: true })) {
		rows.push(...page.rows);
	}
	return rows;
}

function stateOf(value: unknown): 'open' | 'closed' | 'any' {
	if (value === 'open' || value === 'closed') return value;
	if (value === undefined || value === '' || value === 'any') return 'any';
	throw new ParameterError('State', 'one of any, open, closed', value);
}

function timeOf(value: unknown): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const text = typeof value === 'number' ? new Date(value).toISOString() : String(value);
	const time = Date.parse(text);
	if (Number.isNaN(time)) {
		throw new ParameterError('Updated Since', 'a time like 2026-05-04T09:12:33Z', value);
	}
	return new Date(time).toISOString();
}

async function fieldIds(api: HaloApi, value: unknown): Promise<number[]> {
	const keys = typeof value === 'string' ? value.split(',').filter((key) => key.trim() !== '') : [];
	if (keys.length === 0) return [];
	const fields = await ticketFields(api);
	return keys.map((key) => findCustomField('Custom Fields to Include', key, fields).id);
}

/**
 * The filters of one item, with Halo's ids.
 * @param newestFirst true when only the first ones are wanted
 * @throws ParameterError, ProfileError naming the filter and what it takes; HaloError
 */
export async function readTicketFilter(
	context: IExecuteFunctions,
	api: HaloApi,
	itemIndex: number,
	newestFirst: boolean,
): Promise<TicketCheck> {
	const filters = readCollection(context, 'filters', itemIndex);
	const options = readCollection(context, 'getManyOptions', itemIndex);
	const summary = typeof filters.summary === 'string' ? filters.summary.trim() : '';
	const onlyOurs = filters.onlyOurs === true;
	const state = stateOf(filters.state);
	const statuses = async (): Promise<Named[]> => await api.statuses();
	const open = state === 'any' ? [] : await api.openStatusIds();
	const everything = state === 'any' ? 0 : (await api.statuses()).length;
	return {
		clientId: await idOf('Client', filters.client, async (name) => await clientsNamed(api, name)),
		statusId: await idOf('Status', filters.status, statuses),
		ticketTypeId: await idOf(
			'Ticket Type',
			filters.ticketType,
			async () => await api.ticketTypes(),
		),
		agentId: await idOf('Agent', filters.agent, async () => await api.agents()),
		summary: summary !== '' ? summary : onlyOurs ? REFERENCE_WORD : undefined,
		state,
		updatedSince: timeOf(filters.updatedSince),
		customFieldIds: await fieldIds(api, options.customFields),
		newestFirst,
		onlyOurs,
		openStatusIds: new Set(open.length < everything ? open : []),
	};
}
