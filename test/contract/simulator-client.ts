import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

import type { HaloSimulator } from '../../sandbox/halo';

export type Row = Record<string, unknown>;

/** Asks for a token by axios, without any code of the pack's; every status is an answer. */
export async function askToken(
	simulator: HaloSimulator,
	form: Record<string, string> = {},
	address = `${simulator.authServer}/token?tenant=${simulator.tenant}`,
): Promise<AxiosResponse<unknown>> {
	const fields = {
		grant_type: 'client_credentials',
		client_id: simulator.clientId,
		client_secret: simulator.clientSecret,
		scope: 'all',
		...form,
	};
	return await axios.post(address, new URLSearchParams(fields), { validateStatus: () => true });
}

/** An axios client for the simulated API, with a token of these scopes. */
export async function connect(simulator: HaloSimulator, scope = 'all'): Promise<AxiosInstance> {
	const { data } = await askToken(simulator, { scope });
	return axios.create({
		baseURL: simulator.resourceServer,
		headers: { Authorization: `Bearer ${String(member(data, 'access_token'))}` },
		validateStatus: () => true,
	});
}

/** A member of an answer; undefined when the answer is no object. */
export function member(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The rows of an answer, bare or in an envelope; throws when there are none, so that no test passes over nothing. */
export function rowsOf(data: unknown, key?: string): Row[] {
	const list: unknown = key === undefined ? data : member(data, key);
	if (!Array.isArray(list)) throw new TypeError(`No rows in ${JSON.stringify(data)}`);
	return list.map((row: unknown) => ({ ...(typeof row === 'object' ? row : {}) }));
}

/** The ids of rows, in their order. */
export function idsOf(data: unknown, key?: string): unknown[] {
	return rowsOf(data, key).map((row) => row.id);
}
