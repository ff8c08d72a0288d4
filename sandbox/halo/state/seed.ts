import { textToHtml } from './html';
import { DEFAULT_RIGHTS } from './rights';
import { SYSTEM_OUTCOMES, seedLookups } from './seed-lookups';
import { generalUserIdOf, seedClients, siteIdOf } from './seed-clients';
import type { HaloState, SimApplication, SimAsset, SimClient, SimSite, SimTicket } from './state';
import { noWebhooks } from './webhook-state';

/** `default` is the full tenant; `small` has the named clients and three tickets, for quick tests. */
export type SeedName = 'default' | 'small';

/** More than 250 of each, so that three pages of 100 are needed. */
const SIZES: Record<SeedName, { clients: number; tickets: number }> = {
	default: { clients: 260, tickets: 280 },
	small: { clients: 0, tickets: 3 },
};

const FIRST_TICKET_ID = 1001;
const HOUR_MS = 3_600_000;

const SUBJECTS = [
	'Printer on the second floor jams',
	'New starter needs a mailbox',
	'VPN drops every afternoon',
	'Laptop does not wake from sleep',
	'Shared folder is read-only',
	'Backup job ended with warnings',
	'Phone line crackles',
];

function seedTicket(index: number, client: SimClient, now: number): SimTicket {
	const closed = index % 3 === 0;
	const at = now - (index + 2) * 5 * HOUR_MS;
	const subject = SUBJECTS[index % SUBJECTS.length] ?? '';
	const details = `${subject}. Reported by telephone.`;
	const agentId = closed || index % 2 === 0 ? 2 : 1;
	return {
		id: FIRST_TICKET_ID + index,
		summary: `${subject} (${index + 1})`,
		details,
		details_html: textToHtml(details),
		tickettype_id: 1 + (index % 2),
		client_id: client.id,
		site_id: siteIdOf(client.id),
		user_id: generalUserIdOf(client.id),
		status_id: closed ? 9 : 1 + (index % 2),
		priority_id: 1 + (index % 4),
		sla_id: 1,
		team: 'Service Desk',
		agent_id: agentId,
		category_1: '',
		category_2: '',
		category_3: '',
		category_4: '',
		impact: 3,
		urgency: 3,
		source: 3,
		parent_id: 0,
		createdfrom_id: 0,
		merged_into_id: 0,
		reportedby: '',
		supplier_reference: '',
		client_reference: '',
		third_party_id_string: '',
		closure_note: closed ? 'Done.' : '',
		closure_time: 0,
		closure_agent_id: closed ? 2 : 0,
		assets: [],
		customfields: [],
		tags: [],
		deleted: false,
		dateoccurred: at,
		lastUpdate: closed ? at + HOUR_MS : at,
		dateClosed: closed ? at + HOUR_MS : null,
		everClosed: closed,
		startdate: null,
		targetdate: null,
		deadlinedate: null,
		createdByApplication: '',
		actions: [
			{
				id: 1,
				outcome: 'Ticket Logged',
				outcome_id: SYSTEM_OUTCOMES.logged,
				who: 'Alex Rivera',
				who_agentid: 2,
				at,
				note: details,
				note_html: textToHtml(details),
				hiddenfromuser: false,
				important: false,
				timetaken: 0,
				system: false,
				actionby_agent_id: 2,
				actionby_application_id: '',
				old_status: 0,
				new_status: 1,
				attachment_count: 0,
			},
		],
	};
}

function seedAssets(sites: readonly SimSite[], at: number): SimAsset[] {
	const names = ['SRV-01', 'SRV-02', 'LAPTOP-117', 'FW-EDGE'];
	const [contoso, fabrikam, northwind] = [11, 12, 13].map((id) => siteIdOf(id));
	const placed = [contoso, fabrikam, northwind].filter((id) =>
		sites.some((site) => site.id === id),
	);
	return placed.flatMap((siteId, place) =>
		names.map((name, index) => ({
			id: 317 + place * names.length + index,
			inventory_number: name,
			key_field: `${name}.corp`,
			site_id: siteId ?? 0,
			assettype_id: index === 3 ? 102 : 101,
			assettype_name: index === 3 ? 'Firewall' : 'Computer',
			inactive: false,
			fields: [{ id: 117, name: 'Serial Number', value: `SN${place}${index}4711` }],
			lastUpdate: at,
		})),
	);
}

/** A fresh tenant; `now` in milliseconds is the moment its youngest records are measured from. */
export function seedState(seed: SeedName, now: number, application: SimApplication): HaloState {
	const size = SIZES[seed];
	const year = 365 * 24 * HOUR_MS;
	const people = seedClients(size.clients, now - year);
	const warehouse = { ...siteOf(people.sites, 11), id: 3011, name: 'Warehouse' };
	people.sites.push(warehouse);
	const active = people.clients.filter((client) => client.id !== 1 && !client.inactive);
	const tickets = Array.from({ length: size.tickets }, (_, index) => {
		const client = active[index % active.length];
		if (client === undefined) throw new Error('The seed holds no active client.');
		return seedTicket(index, client, now);
	});
	return {
		...people,
		...seedLookups(),
		assets: seedAssets(people.sites, now - year),
		tickets,
		attachments: [],
		mails: [],
		application: { ...application, scopes: [...application.scopes] },
		rights: { ...DEFAULT_RIGHTS },
		tokens: new Map(),
		tokenCount: 0,
		requestTimes: [],
		nextTicketId: FIRST_TICKET_ID + size.tickets,
		hooks: noWebhooks(),
	};
}

function siteOf(sites: readonly SimSite[], clientId: number): SimSite {
	const site = sites.find((candidate) => candidate.client_id === clientId);
	if (site === undefined) throw new Error(`The seed holds no site of client ${clientId}.`);
	return site;
}
