import type { JsonRecord } from '../domain/values/json';
import { memberText, readInteger } from '../domain/values/read';
import type { HaloApi } from './api';
import { HaloNotFoundError, HaloPermissionError } from './http/errors';
import { readFlag } from './records/decode';

/**
 * The list of clients that are inactive is short where that of all clients may be long, so one request in 15 minutes
 * tells it for all tickets. A tenant that lists active ones too does not know the filter: its list is not read on.
 */
async function inactiveRows(api: HaloApi): Promise<JsonRecord[]> {
	return await api.kept('inactive clients', async () => {
		const found: JsonRecord[] = [];
		for await (const { rows } of api.listClients({ onlyInactive: true })) {
			found.push(...rows.map(({ id, inactive, name }) => ({ id, inactive, name })));
			if (rows.some(({ inactive }) => !inactive)) break;
		}
		return found;
	});
}

/** The client itself, kept as lists are; null when there is none, which Halo says better when a ticket is made. */
async function clientRow(api: HaloApi, id: number): Promise<JsonRecord | null> {
	try {
		return await api.record({ method: 'GET', path: `/Client/${id}` }, 'clients');
	} catch (error) {
		if (error instanceof HaloNotFoundError) return null;
		return await Promise.reject(error);
	}
}

/**
 * Whether a client is inactive in Halo, which makes tickets there all the same. Halo's answer to a create does not say:
 * `inactive` on a ticket is about the ticket (Halo's published description, schema Faults).
 * @returns its name; null when it is active, or when the agent may not see clients, so that nobody can tell
 * @throws HaloError when Halo fails
 */
export async function inactiveClient(api: HaloApi, clientId: number): Promise<string | null> {
	try {
		const rows = await inactiveRows(api);
		const isFiltered = rows.every(({ inactive }) => readFlag(inactive));
		const row = isFiltered
			? rows.find(({ id }) => readInteger(id) === clientId)
			: await clientRow(api, clientId);
		if (row === undefined || row === null || !readFlag(row.inactive)) return null;
		return memberText(row, 'name') ?? '';
	} catch (error) {
		if (error instanceof HaloPermissionError) return null;
		return await Promise.reject(error);
	}
}
