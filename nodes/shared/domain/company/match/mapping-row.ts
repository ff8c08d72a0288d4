import type { AutoMapResult } from './auto-map';
import type { HaloClient, LocalCompany } from '../types';

/** A row of `halo_company_mappings` as it is written; '' = nothing. */
export interface MappingRow {
	integration: string;
	source: string;
	companyId: string;
	companyName: string;
	haloClientId: number;
	haloClientName: string;
	/** How it was found, in words. */
	method: string;
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string;
	profile: string;
	/** JSON object, or ''. */
	flags: string;
	/** ISO 8601 in UTC. */
	mappedAt: string;
}

/** What every new mapping row gets. */
export interface NewRowSettings {
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string;
	profile: string;
	/** Switches of other tools per company, e.g. `{"reportButton": true}`. */
	flags: Readonly<Record<string, unknown>>;
}

/** What the table has to do with the row. */
export type RowChange = 'insert' | 'update' | 'keep';

/**
 * The row that says that a company belongs to a client.
 * @param mappedAt ISO 8601 in UTC
 */
export function mappingRow(
	company: Omit<LocalCompany, 'origin'>,
	client: Pick<HaloClient, 'id' | 'name'>,
	method: string,
	settings: NewRowSettings,
	mappedAt: string,
): MappingRow {
	const { createTicket, noNotification, eventSet, profile } = settings;
	const flags = {
		...settings.flags,
		...(company.reference === null ? {} : { reference: company.reference }),
	};
	return {
		integration: company.integration ?? '',
		source: company.source ?? '',
		companyId: company.id ?? '',
		companyName: company.displayName ?? company.name ?? '',
		haloClientId: client.id,
		haloClientName: client.name,
		method,
		createTicket,
		noNotification,
		eventSet,
		profile,
		flags: Object.keys(flags).length === 0 ? '' : JSON.stringify(flags),
		mappedAt,
	};
}

/** Which change a result asks of the table; null for a company that is not mapped. */
export function rowChangeOf(result: AutoMapResult): RowChange | null {
	if (result.outcome === 'already_mapped') return 'keep';
	if (result.outcome !== 'mapped') return null;
	return result.existing === null ? 'insert' : 'update';
}
