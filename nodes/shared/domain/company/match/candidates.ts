import { companyIdKey } from '../name';
import type { NameProfile } from './name-profile';
import { profileOfName } from './name-profile';
import { compareNames } from './likeness';
import type { HaloClient, LocalCompany, Suggestion } from '../types';

/** A block with more clients than this says little (`services`, `group`) and would make the work quadratic. */
const LARGEST_BLOCK = 64;
/** Clients that are compared letter by letter per company: those that share the rarest blocks. */
const MOST_COMPARED = 40;
/** Below this a suggestion wastes a person's time. */
const LEAST_SCORE = 0.6;
/** A person picks from a handful. */
const MOST_SUGGESTIONS = 5;
/** Letters of a name's beginning and end under which misspelt names still meet. */
const EDGE = 4;

/** A client with what is compared of it. */
export interface IndexedClient {
	client: HaloClient;
	name: NameProfile;
}

/** Finds clients by exact keys and by likeness; built once per list, asked once per company. */
export interface ClientIndex {
	byId(id: number): HaloClient | null;
	byFullName(name: NameProfile): IndexedClient[];
	byBareName(name: NameProfile): IndexedClient[];
	/** As by bare name, accents set aside. */
	byPlainName(name: NameProfile): IndexedClient[];
	byReference(reference: string): IndexedClient[];
	/** Usable clients that look like the company, best first, at most five. */
	suggest(company: LocalCompany): Suggestion[];
}

/** In Halo 0 and -1 stand for none, and 1 is the client "Unknown". */
const FIRST_CLIENT_ID = 2;

/** Whether a client may receive tickets. */
export function isUsable(client: HaloClient): boolean {
	return unusableBecause(client) === null;
}

/** Why a client may not receive tickets; null when it may. */
export function unusableBecause(client: HaloClient): string | null {
	if (client.id < FIRST_CLIENT_ID) {
		return 'is no client: Halo uses 0 and -1 for none and 1 for its client "Unknown"';
	}
	if (client.mergedInto !== null) return `was merged into client ${client.mergedInto}`;
	if (client.deleted) return 'is deleted in Halo';
	return client.inactive ? 'is inactive in Halo' : null;
}

/** `https://www.contoso.example/x` and `contoso.example` are one domain; '' when there is none. */
export function domainKey(domain: string | null): string {
	const host = (domain ?? '')
		.trim()
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/^www\./, '');
	return host.split(/[/:?#]/)[0] ?? '';
}

function blocksOf(name: NameProfile): string[] {
	const edges = [...new Set([name.latin.slice(0, EDGE), name.latin.slice(-EDGE)])];
	return [
		...new Set(name.words.map((word) => `word ${word}`)),
		`sorted ${name.sorted}`,
		`compact ${name.compact}`,
		`latin ${name.latin}`,
		...edges.map((edge) => `edge ${edge}`),
		...name.initials.map((initials) => `short ${initials}`),
		// Where the other name is nothing but these initials.
		`short ${name.compact}`,
	].filter((block) => !block.endsWith(' '));
}

type Blocks = Map<string, IndexedClient[]>;

function put(blocks: Blocks, key: string, client: IndexedClient): void {
	const block = blocks.get(key);
	if (block === undefined) blocks.set(key, [client]);
	else block.push(client);
}

function linkReasons(company: LocalCompany, client: HaloClient): string[] {
	const reasons: string[] = [];
	const domain = domainKey(company.domain);
	if (domain !== '' && domain === domainKey(client.domain)) reasons.push(`same domain ${domain}`);
	if (
		company.reference !== null &&
		client.reference !== null &&
		companyIdKey(company.reference) === companyIdKey(client.reference)
	) {
		reasons.push(`same reference ${client.reference}`);
	}
	return reasons;
}

/** One shared domain or reference is strong; groups of companies share one, so it is never exact. */
const LINK_SCORE = 0.9;

/**
 * Makes the index. Time and memory grow with the number of clients, not with its square.
 * @param clients every client of the tenant, unusable ones too, so that they can be named
 */
export function createClientIndex(clients: readonly HaloClient[]): ClientIndex {
	const byId = new Map<number, HaloClient>();
	const exact: Blocks = new Map();
	const blocks: Blocks = new Map();
	for (const client of clients) {
		if (byId.has(client.id)) continue;
		byId.set(client.id, client);
		const indexed = { client, name: profileOfName(client.name) };
		put(exact, `full ${indexed.name.full}`, indexed);
		put(exact, `bare ${indexed.name.bare}`, indexed);
		put(exact, `plain ${indexed.name.plainBare}`, indexed);
		if (client.reference !== null) {
			put(exact, `reference ${companyIdKey(client.reference)}`, indexed);
		}
		if (!isUsable(client)) continue;
		for (const block of blocksOf(indexed.name)) put(blocks, block, indexed);
		put(blocks, `domain ${domainKey(client.domain)}`, indexed);
	}

	const sizeOf = (block: string): number => blocks.get(block)?.length ?? 0;
	const weigh = (word: string): number => 1 / (1 + Math.log2(1 + sizeOf(`word ${word}`)));

	function nearest(names: readonly NameProfile[], company: LocalCompany): IndexedClient[] {
		const shared = new Map<IndexedClient, number>();
		const keys = new Set(names.flatMap(blocksOf));
		const links = [
			...(exact.get(`reference ${companyIdKey(company.reference ?? '')}`) ?? []),
			...(domainKey(company.domain) === ''
				? []
				: (blocks.get(`domain ${domainKey(company.domain)}`) ?? [])),
		].slice(0, LARGEST_BLOCK);
		for (const client of links) if (isUsable(client.client)) shared.set(client, 1);
		for (const key of keys) {
			const block = blocks.get(key) ?? [];
			if (block.length > LARGEST_BLOCK) continue;
			for (const client of block) {
				shared.set(client, (shared.get(client) ?? 0) + 1 / block.length);
			}
		}
		return [...shared]
			.toSorted((left, right) => right[1] - left[1] || left[0].client.id - right[0].client.id)
			.slice(0, MOST_COMPARED)
			.map(([client]) => client);
	}

	function suggestionFor(
		{ client, name }: IndexedClient,
		names: readonly NameProfile[],
		company: LocalCompany,
	): Suggestion {
		const best = names
			.map((own) => compareNames(own, name, weigh))
			.reduce((left, right) => (right.score > left.score ? right : left), {
				score: 0,
				reasons: [],
			});
		const links = linkReasons(company, client);
		return {
			haloClientId: client.id,
			haloClientName: client.name,
			score: links.length > 0 ? Math.max(LINK_SCORE, best.score) : best.score,
			reasons: [...links, ...best.reasons],
		};
	}

	return {
		byId: (id) => byId.get(id) ?? null,
		byFullName: (name) => exact.get(`full ${name.full}`) ?? [],
		byBareName: (name) => exact.get(`bare ${name.bare}`) ?? [],
		byPlainName: (name) => exact.get(`plain ${name.plainBare}`) ?? [],
		byReference: (reference) => exact.get(`reference ${companyIdKey(reference)}`) ?? [],
		suggest: (company) => {
			const names = [company.displayName, company.name]
				.filter((name) => name !== null)
				.map(profileOfName);
			return nearest(names, company)
				.map((client) => suggestionFor(client, names, company))
				.filter(({ score }) => score >= LEAST_SCORE)
				.toSorted((a, b) => b.score - a.score || a.haloClientId - b.haloClientId)
				.slice(0, MOST_SUGGESTIONS);
		},
	};
}
