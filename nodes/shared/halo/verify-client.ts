import { parseHaloClient } from '../domain/company/import-items';
import { readClientId } from '../domain/company/mapping';
import { createCompanyMatcher } from '../domain/company/match/match';
import { unusableBecause } from '../domain/company/match/candidates';
import type { HaloClient } from '../domain/company/types';
import type { HaloCompanyLists } from './company-lists';

/** A client that was found, or why it may not be used. */
export type Verified = { client: HaloClient } | { problem: string };

/** What stands in the field of a client. */
export interface WantedClient {
	text: string;
	byName: boolean;
}

/** More clients than this are looked up in Halo's list, 100 a request, in place of one by one. */
const MOST_SINGLE_LOOKUPS = 20;

/** Halo's clients, inactive ones too. @param search a part of the name; all when left out @throws HaloError when Halo refuses or fails */
export async function readClients(lists: HaloCompanyLists, search?: string): Promise<HaloClient[]> {
	const filter = { search, includeInactive: true, since: null, referenceField: null };
	const found: HaloClient[] = [];
	for await (const page of lists.read('clients', filter)) {
		found.push(...page.rows.flatMap((row) => parseHaloClient(row, 1) ?? []));
	}
	return found;
}

/** The longest word: Halo finds texts inside a name, so `Contoso, Limited` would not find Contoso Ltd. */
function longestWord(name: string): string {
	const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
	return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

async function clientByName(lists: HaloCompanyLists, name: string): Promise<Verified> {
	const word = longestWord(name);
	const found = [
		...(await readClients(lists, name)),
		...(word === '' || word === name ? [] : await readClients(lists, word)),
	];
	const match = createCompanyMatcher(found, [], { referenceFirst: false, integration: null });
	const empty = { integration: null, source: null, id: null, displayName: null };
	const verdict = match({ origin: name, ...empty, name, reference: null, domain: null });
	if (verdict.kind === 'mapped') return { client: verdict.client };
	if (verdict.kind === 'ambiguous' || verdict.kind === 'refused') {
		return { problem: verdict.reason.replace(/\.$/, '') };
	}
	const near = verdict.kind === 'suggested' ? verdict.candidates : [];
	const like = near.map((one) => `${one.haloClientName} (${one.haloClientId})`).join(', ');
	return {
		problem: `Halo has no client called "${name}"${like === '' ? '' : `; like it: ${like}`}`,
	};
}

/**
 * Clients by id, each read on its own before it counts as missing: a list may be short for other reasons. Many are
 * looked for in Halo's list first.
 * @returns those that Halo has and the agent may see, inactive, merged and deleted ones too
 * @throws HaloError when Halo refuses or fails
 */
export async function readClientsById(
	lists: HaloCompanyLists,
	ids: ReadonlySet<number>,
): Promise<Map<number, HaloClient>> {
	const found = new Map<number, HaloClient>();
	if (ids.size > MOST_SINGLE_LOOKUPS) {
		for (const client of await readClients(lists)) {
			if (ids.has(client.id)) found.set(client.id, client);
		}
	}
	for (const id of ids) {
		if (found.has(id)) continue;
		const row = await lists.client(id, null);
		const client = row === null ? null : parseHaloClient(row, 1);
		if (client !== null) found.set(id, client);
	}
	return found;
}

/**
 * Makes a function that looks clients up in Halo, each one once.
 * @param wanted all that will be asked for: many are read as a list
 * @returns the client, or why it may not receive tickets: not there, inactive, merged, deleted, of no clear name
 */
export function createClientVerifier(
	lists: HaloCompanyLists,
	wanted: readonly WantedClient[],
): (client: WantedClient) => Promise<Verified> {
	const ids = new Set(wanted.filter(({ byName }) => !byName).map(({ text }) => text));
	const isMany = ids.size > MOST_SINGLE_LOOKUPS;
	let list: Promise<Map<number, HaloClient>> | null = null;
	const known = new Map<string, Promise<Verified>>();

	async function find(id: number): Promise<HaloClient | null> {
		if (isMany) {
			list ??= readClients(lists).then((all) => new Map(all.map((one) => [one.id, one])));
			const listed = (await list).get(id);
			if (listed !== undefined) return listed;
		}
		const row = await lists.client(id, null);
		return row === null ? null : parseHaloClient(row, 1);
	}

	async function clientById(text: string): Promise<Verified> {
		const read = readClientId(text);
		if ('fault' in read) return { problem: `Halo client ${text}: ${read.fault.problem}` };
		if (read.value === null) return { problem: 'no Halo client is named' };
		const client = await find(read.value);
		if (client === null) {
			return { problem: `Halo client ${read.value} does not exist, or the agent may not see it` };
		}
		const problem = unusableBecause(client);
		return problem === null
			? { client }
			: { problem: `Halo client ${client.name} (${client.id}) ${problem}` };
	}

	return async ({ text, byName }) => {
		const key = `${byName ? 'name' : 'id'} ${text}`;
		const before = known.get(key);
		if (before !== undefined) return await before;
		const verified = byName ? clientByName(lists, text) : clientById(text);
		known.set(key, verified);
		return await verified;
	};
}
