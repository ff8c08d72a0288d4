import type { HaloState, SimClient, SimSite, SimUser } from './state';

/** Clients with fixed names and ids, which samples and tests may rely on. */
export const NAMED_CLIENTS = [
	{ id: 1, name: 'Unknown', contact: null },
	{ id: 11, name: 'Contoso Ltd', contact: 'Robin Vale' },
	{ id: 12, name: 'Fabrikam Inc', contact: 'Dana Whitlock' },
	{ id: 13, name: 'Northwind Traders', contact: 'Ines Marlow' },
	{ id: 14, name: 'Adatum Corporation', contact: 'Lee Castor' },
	{ id: 15, name: 'Adatum Corporation Europe', contact: 'Lea Norden' },
	{ id: 16, name: 'Wingtip Toys & Games', contact: 'Pat Summers' },
	{ id: 17, name: 'Müller Präzision GmbH', contact: 'Jörg Müller' },
	{ id: 18, name: 'Tailspin Travel', contact: 'Max Ferrer', inactive: true },
] as const;

/** Ids that follow from a client's id. */
export const siteIdOf = (clientId: number): number => 1000 + clientId;
export const generalUserIdOf = (clientId: number): number => 2000 + clientId;
export const contactIdOf = (clientId: number): number => 4000 + clientId;

/** Generated clients start here, so that named ones can be added below. */
const FIRST_GENERATED_ID = 101;

function domainOf(name: string): string {
	const letters = name
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '');
	return `${letters}.example`;
}

function addClient(
	state: Pick<HaloState, 'clients' | 'sites' | 'users'>,
	record: { id: number; name: string; contact: string | null; inactive: boolean },
	at: number,
): void {
	const { id, name, contact, inactive } = record;
	const domain = domainOf(name);
	const client: SimClient = {
		id,
		name,
		inactive,
		ref: id === 1 ? '' : `ACC${String(id).padStart(4, '0')}`,
		domain: id === 1 ? '' : domain,
		website: id === 1 ? '' : `https://www.${domain}`,
		notes: '',
		main_site_id: siteIdOf(id),
		lastUpdate: at,
		customfields: [],
	};
	const site: SimSite = {
		id: siteIdOf(id),
		name: 'Main',
		client_id: id,
		inactive,
		phonenumber: '',
		lastUpdate: at,
	};
	const user = { site_id: site.id, inactive, linked_agent_id: 0, lastUpdate: at };
	const users: SimUser[] = [
		{ id: generalUserIdOf(id), name: 'General User', emailaddress: '', generalUser: true, ...user },
	];
	if (contact !== null) {
		const local = contact
			.normalize('NFD')
			.toLowerCase()
			.replace(/[^a-z ]+/g, '')
			.replace(/ /g, '.');
		users.push({
			id: contactIdOf(id),
			name: contact,
			emailaddress: `${local}@${domain}`,
			generalUser: false,
			...user,
		});
	}
	state.clients.push(client);
	state.sites.push(site);
	state.users.push(...users);
}

/** The named clients and `generated` more, each with main site, General User and one contact. */
export function seedClients(
	generated: number,
	at: number,
): Pick<HaloState, 'clients' | 'sites' | 'users'> {
	const state = { clients: [], sites: [], users: [] };
	for (const named of NAMED_CLIENTS) {
		addClient(state, { ...named, inactive: 'inactive' in named }, at);
	}
	for (let index = 0; index < generated; index += 1) {
		const number = String(index + 1).padStart(3, '0');
		const record = { id: FIRST_GENERATED_ID + index, name: `Example Client ${number}` };
		addClient(state, { ...record, contact: `Contact ${number}`, inactive: false }, at);
	}
	return state;
}
