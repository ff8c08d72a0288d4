import type { CompanyMapping } from './mapping';

/** A company on the source's side, as `halo_companies` holds it. Empty members are null. */
export interface LocalCompany {
	/** Where it stands, for people: `company 3`. */
	origin: string;
	integration: string | null;
	source: string | null;
	id: string | null;
	name: string | null;
	displayName: string | null;
	reference: string | null;
	domain: string | null;
}

/** A client in Halo, as far as matching asks. */
export interface HaloClient {
	id: number;
	name: string;
	/** Client Reference in Halo (`$CLIENT_REFERENCE`), or the field that was chosen instead. */
	reference: string | null;
	domain: string | null;
	inactive: boolean;
	deleted: boolean;
	/** Client that this one was merged into; null when it was not. */
	mergedInto: number | null;
}

/** A client that a company may belong to. Approved by a person, never by itself. */
export interface Suggestion {
	haloClientId: number;
	haloClientName: string;
	/** 0 to 1 in hundredths; 1 only for a name that is the same. */
	score: number;
	/** Strongest first, in words for people. */
	reasons: string[];
}

/** How a company was matched, as the mapping row's `method` says it. */
export type ClientMatchMethod = 'explicit' | 'reference' | 'display name' | 'name';

/** What matching says about one company. Only `mapped` may be written. */
export type CompanyVerdict =
	| {
			kind: 'mapped';
			client: HaloClient;
			method: ClientMatchMethod;
			/** The row that says so already; null when an exact rule found it. */
			existing: CompanyMapping | null;
			/** A row that names the company and no client yet, to be filled; null when there is none. */
			toFill: CompanyMapping | null;
	  }
	| { kind: 'ambiguous'; reason: string; candidates: Suggestion[] }
	| { kind: 'refused'; reason: string; candidates: Suggestion[] }
	| { kind: 'suggested'; reason: string; candidates: Suggestion[] }
	| { kind: 'unmatched'; reason: string };

export interface MatchOptions {
	/** Compare the client's reference before the names. */
	referenceFirst: boolean;
	/** A name that is another one's but for its accents is the same where only one client has it; off when left out. */
	accentsDoNotCount?: boolean;
	/** Only mappings of this integration, and those that name none; null = all. */
	integration: string | null;
}
