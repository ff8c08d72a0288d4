import type { CompanyMapping } from './mapping';
import { companyIdKey, companyNameKeys } from './name';
import type { EventMapping, MappingMethod } from '../event/decision';
import type { EventCompany } from '../event/event';
import { servingRows } from '../event/integration';
import { formsConflict, nameWithForm } from './name-with-form';
import type { PickedClient } from './words';

/** The mapping that a picked client stands for. @param origin `fixed client` or `catch-all client` */
export function fixedMapping(client: PickedClient, origin: string): EventMapping {
	return {
		...client,
		method: 'fixed client',
		origin,
		createTicket: true,
		noNotification: false,
		eventSet: null,
		profile: null,
	};
}

/** A resolver for "all to one client": every event belongs to it, also one that names no company. */
export function fixedResolver(client: PickedClient): CompanyResolver {
	const mapping: CompanyMapping = {
		...fixedMapping(client, 'fixed client'),
		integration: null,
		source: null,
		companyId: null,
		companyName: null,
		reference: null,
		reportPhishing: true,
		phinboxIq: null,
		refusal: null,
	};
	return () => ({
		kind: 'mapped',
		mapping,
		haloClientId: client.haloClientId,
		method: 'fixed client',
	});
}

export interface ResolveOptions {
	/** Look for the company's reference before everything else. */
	referenceFirst: boolean;
	/** A name that is another one's but for its accents is the same where only one client has it; off when left out. */
	accentsDoNotCount?: boolean;
}

/** What the mappings say about a company. `unmapped` carries the rows that name it and no client. */
export type CompanyMatch =
	| { kind: 'mapped'; mapping: CompanyMapping; haloClientId: number; method: MappingMethod }
	| { kind: 'ambiguous'; candidates: CompanyMapping[]; sameNameOtherId: boolean }
	| { kind: 'refused'; mapping: CompanyMapping; refusal: string }
	| {
			kind: 'unmapped';
			known: CompanyMapping | null;
			/** Mappings of that name with another legal form: Acme Ltd is not Acme GmbH. */
			otherLegalForm: CompanyMapping[];
			/** Mappings of that name but for its accents: Møller is not Moller. */
			otherAccents: CompanyMapping[];
	  };

/** Whose company it is: mappings of other integrations and other sources say nothing about it. */
export interface CompanyOrigin {
	/** Only mappings of this integration, and those that name none; null = all. */
	integration: string | null;
	source: string;
}

export type CompanyResolver = (origin: CompanyOrigin, company: EventCompany) => CompanyMatch;

type Index = Map<string, CompanyMapping[]>;

function put(index: Index, key: string, mapping: CompanyMapping): void {
	const bucket = index.get(key);
	if (bucket === undefined) index.set(key, [mapping]);
	else bucket.push(mapping);
}

function sameWord(one: string, other: string): boolean {
	return one.trim().toLowerCase() === other.trim().toLowerCase();
}

interface Indexes {
	byId: Index;
	byReference: Index;
	byFullName: Index;
	byBareName: Index;
	byPlainName: Index;
}

function indexOf(mappings: readonly CompanyMapping[]): Indexes {
	const indexes: Indexes = {
		byId: new Map(),
		byReference: new Map(),
		byFullName: new Map(),
		byBareName: new Map(),
		byPlainName: new Map(),
	};
	for (const mapping of mappings) {
		if (mapping.companyId !== null) put(indexes.byId, companyIdKey(mapping.companyId), mapping);
		if (mapping.reference !== null) {
			put(indexes.byReference, companyIdKey(mapping.reference), mapping);
		}
		if (mapping.companyName !== null) {
			const keys = companyNameKeys(mapping.companyName);
			put(indexes.byFullName, keys.full, mapping);
			put(indexes.byBareName, keys.bare, mapping);
			put(indexes.byPlainName, keys.plainBare, mapping);
		}
	}
	return indexes;
}

/** A row of this very source with the same name and another id speaks of another company. */
function namesOtherCompany(mapping: CompanyMapping, company: EventCompany): boolean {
	return (
		mapping.source !== null &&
		mapping.companyId !== null &&
		mapping.companyId !== mapping.companyName &&
		company.id !== null &&
		companyIdKey(mapping.companyId) !== companyIdKey(company.id)
	);
}

/** True when both carry a legal form and not the same one. @param name null = matched by something else */
function hasOtherLegalForm(mapping: CompanyMapping, name: string | null): boolean {
	if (name === null || mapping.companyName === null) return false;
	return formsConflict(nameWithForm(name), nameWithForm(mapping.companyName));
}

/** @param name the name by which they were found; null = found by id or reference */
function judge(
	found: readonly CompanyMapping[],
	company: EventCompany,
	method: MappingMethod,
	name: string | null,
): CompanyMatch {
	const refused = found.find(({ refusal }) => refusal !== null);
	if (refused !== undefined && refused.refusal !== null) {
		return { kind: 'refused', mapping: refused, refusal: refused.refusal };
	}
	const withClient = found.filter(({ haloClientId }) => haloClientId !== null);
	const clients = new Set(withClient.map(({ haloClientId }) => haloClientId));
	const mapping = withClient[0];
	if (mapping === undefined || mapping.haloClientId === null) {
		return { kind: 'unmapped', known: found[0] ?? null, otherLegalForm: [], otherAccents: [] };
	}
	const sameNameOtherId =
		name !== null && withClient.every((candidate) => namesOtherCompany(candidate, company));
	if (withClient.every((candidate) => hasOtherLegalForm(candidate, name))) {
		return { kind: 'unmapped', known: null, otherLegalForm: withClient, otherAccents: [] };
	}
	if (clients.size > 1 || sameNameOtherId) {
		return { kind: 'ambiguous', candidates: withClient, sameNameOtherId };
	}
	return { kind: 'mapped', mapping, haloClientId: mapping.haloClientId, method };
}

/**
 * Makes a function that finds the mapping of a company. The order: reference (when asked for), company id, display
 * name, name; the first step at which any mapping answers decides. Names are compared with their legal form first,
 * then without it; accents count unless told otherwise. Two mappings to different clients are ambiguous and never decided; the same client twice is fine,
 * and then the first mapping's flags count.
 * @param mappings in the order in which they stand
 */
export function createCompanyResolver(
	mappings: readonly CompanyMapping[],
	options: ResolveOptions,
): CompanyResolver {
	const indexes = indexOf(mappings);
	// A batch names few companies and many events; each company is looked up once.
	const known = new Map<string, CompanyMatch>();

	function lookUp({ integration, source }: CompanyOrigin, company: EventCompany): CompanyMatch {
		const ofSource = (bucket: CompanyMapping[] | undefined): CompanyMapping[] => {
			const rows = (bucket ?? []).filter(
				(mapping) => mapping.source === null || sameWord(mapping.source, source),
			);
			if (integration === null) return rows;
			const placing = ({ haloClientId, refusal }: CompanyMapping): boolean =>
				haloClientId !== null || refusal !== null;
			const serving = servingRows(rows, integration, placing);
			return serving.length > 0 ? serving : servingRows(rows, integration);
		};
		const likeByName = (name: string): CompanyMapping[] =>
			ofSource(indexes.byPlainName.get(companyNameKeys(name).plainBare));
		const byName = (name: string): CompanyMapping[] => {
			const keys = companyNameKeys(name);
			const full = ofSource(indexes.byFullName.get(keys.full));
			if (full.length > 0) return full;
			const bare = ofSource(indexes.byBareName.get(keys.bare));
			return bare.length === 0 && options.accentsDoNotCount === true ? likeByName(name) : bare;
		};
		const byKey = (index: Index, key: string): CompanyMapping[] =>
			ofSource(index.get(companyIdKey(key)));
		const byReference = (key: string): CompanyMapping[] => {
			const found = byKey(indexes.byReference, key);
			return found.length > 0 ? found : byKey(indexes.byId, key);
		};

		const steps: Array<[MappingMethod, string | null, (key: string) => CompanyMapping[]]> = [
			['reference', options.referenceFirst ? company.reference : null, byReference],
			['explicit', company.id, (key) => byKey(indexes.byId, key)],
			['display name', company.displayName, byName],
			['name', company.name, byName],
		];
		for (const [method, key, find] of steps) {
			if (key === null || key.trim() === '') continue;
			const found = find(key);
			const byItsName = find === byName ? key : null;
			if (found.length > 0) return judge(found, company, method, byItsName);
		}
		const otherAccents = [company.displayName, company.name]
			.flatMap((name) => (name === null || name.trim() === '' ? [] : likeByName(name)))
			.filter(({ haloClientId, refusal }) => haloClientId !== null && refusal === null);
		return { kind: 'unmapped', known: null, otherLegalForm: [], otherAccents };
	}

	return (origin, company) => {
		const { id, name, displayName, reference } = company;
		const { integration, source } = origin;
		const key = JSON.stringify([integration, source, id, name, displayName, reference]);
		const before = known.get(key);
		if (before !== undefined) return before;
		const match = lookUp(origin, company);
		known.set(key, match);
		return match;
	};
}
