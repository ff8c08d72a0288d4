import axios from 'axios';

import { type HaloSimulator, startHaloSimulator } from './halo';
import { type CredentialFile, asRecord, asRecords, asText } from './host';
import { SAMPLE_COMPANIES } from './samples';

/** How a Halo is reached, as typed. */
export interface HaloConnection {
	resourceServer: string;
	authServer: string;
	tenant: string;
	clientId: string;
	clientSecret: string;
}

/** The Halo of this run: the simulator, or a tenant named by the environment. */
export interface HaloTarget extends HaloConnection {
	simulator: HaloSimulator | null;
	/** True when nothing may be written. */
	dryRun: boolean;
	/** Halo client per company of the samples. */
	clients: Map<string, { id: number; name: string }>;
	stop(): Promise<void>;
}

const VARIABLES = {
	resourceServer: 'HALO_RESOURCE_SERVER',
	authServer: 'HALO_AUTH_SERVER',
	tenant: 'HALO_TENANT',
	clientId: 'HALO_CLIENT_ID',
	clientSecret: 'HALO_CLIENT_SECRET',
} as const;

/** A tenant of Halo that does not answer for so long will not answer the workflows either. */
const REQUEST_LIMIT_MS = 30_000;

function withScheme(address: string): string {
	return /^https?:\/\//i.test(address) ? address : `https://${address}`;
}

function withPath(address: string, path: string): string {
	const url = new URL(withScheme(address));
	if (url.pathname === '/') url.pathname = path;
	return url.href.replace(/\/+$/, '');
}

/** The tenant that the environment names, or null when it names none. Throws when it names only half of one. */
export function readConnection(env: NodeJS.ProcessEnv): HaloConnection | null {
	const value = (name: string) => env[name]?.trim() ?? '';
	if (Object.values(VARIABLES).every((name) => value(name) === '')) return null;
	const missing = [VARIABLES.resourceServer, VARIABLES.clientId, VARIABLES.clientSecret].filter(
		(name) => value(name) === '',
	);
	if (missing.length > 0) {
		throw new Error(
			`${missing.join(', ')} not set. Next: set it beside the other HALO_ variables, or unset them all to use the simulator.`,
		);
	}
	return {
		resourceServer: value(VARIABLES.resourceServer),
		authServer: value(VARIABLES.authServer),
		tenant: value(VARIABLES.tenant),
		clientId: value(VARIABLES.clientId),
		clientSecret: value(VARIABLES.clientSecret),
	};
}

async function listClients(
	connection: HaloConnection,
	search: string | null,
): Promise<Array<{ id: number; name: string }>> {
	const http = axios.create({ timeout: REQUEST_LIMIT_MS, validateStatus: () => true });
	const base =
		connection.authServer === ''
			? `${new URL(withScheme(connection.resourceServer)).origin}/auth`
			: withPath(connection.authServer, '/auth');
	const tokenUrl = /\/token$/i.test(base) ? base : `${base}/token`;
	const token = await http.post<unknown>(
		tokenUrl,
		new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: connection.clientId,
			client_secret: connection.clientSecret,
			scope: 'read:customers',
		}),
		connection.tenant === '' ? {} : { params: { tenant: connection.tenant } },
	);
	if (token.status !== 200) {
		throw new Error(
			`Halo gave no token (${token.status} on ${tokenUrl}: ${JSON.stringify(token.data).slice(0, 300)}). Next: check HALO_AUTH_SERVER, HALO_TENANT, HALO_CLIENT_ID and HALO_CLIENT_SECRET against Configuration > Integrations > HaloPSA API.`,
		);
	}
	const accessToken = asText(asRecord(token.data, 'token').access_token, 'access_token');
	const url = `${withPath(connection.resourceServer, '/api')}/Client`;
	const answer = await http.get<unknown>(url, {
		params: { pageinate: true, page_size: 50, page_no: 1, ...(search === null ? {} : { search }) },
		headers: { Authorization: `Bearer ${accessToken}` },
	});
	if (answer.status !== 200) {
		throw new Error(
			`Halo answered ${answer.status} on ${url}. Next: check HALO_RESOURCE_SERVER and that the application may read customers (scope read:customers).`,
		);
	}
	return asRecords(asRecord(answer.data, url).clients, `${url}: clients`).map((row) => ({
		id: Number(row.id),
		name: asText(row.name, 'client name'),
	}));
}

async function tenantTarget(connection: HaloConnection, sampleClient: string): Promise<HaloTarget> {
	const dryRun = sampleClient === '';
	const found = await listClients(connection, dryRun ? null : sampleClient);
	// Clients 0 and 1 are Halo's own collection points and no customer.
	const usable = found.filter(({ id, name }) => id > 1 && (dryRun || name === sampleClient));
	const [client] = usable;
	if (client === undefined || (!dryRun && usable.length > 1)) {
		throw new Error(
			dryRun
				? 'This Halo shows no client to the application. Next: give its agent a role that may see customers.'
				: `HALO_SAMPLE_CLIENT: ${usable.length} clients are called "${sampleClient}". Next: write the name exactly as Halo shows it under Customers.`,
		);
	}
	return {
		...connection,
		simulator: null,
		dryRun,
		clients: new Map(Object.keys(SAMPLE_COMPANIES).map((company) => [company, client])),
		stop: async () => undefined,
	};
}

async function simulatorTarget(): Promise<HaloTarget> {
	const simulator = await startHaloSimulator();
	const clients = Object.entries(SAMPLE_COMPANIES).map(
		([company, name]): [string, { id: number; name: string }] => {
			const client = simulator.state.clients.find((row) => row.name === name);
			if (client === undefined) throw new Error(`The simulator has no client ${name}`);
			return [company, { id: client.id, name }];
		},
	);
	return {
		resourceServer: simulator.resourceServer,
		authServer: simulator.authServer,
		tenant: simulator.tenant,
		clientId: simulator.clientId,
		clientSecret: simulator.clientSecret,
		simulator,
		dryRun: false,
		clients: new Map(clients),
		stop: () => simulator.stop(),
	};
}

/** The Halo of this run. Starts the simulator unless the environment names a tenant. */
export async function openHalo(env: NodeJS.ProcessEnv): Promise<HaloTarget> {
	const connection = readConnection(env);
	if (connection === null) return await simulatorTarget();
	return await tenantTarget(connection, env.HALO_SAMPLE_CLIENT?.trim() ?? '');
}

/** The pack's credential for it; the templates find it by this name. */
export function haloCredential(target: HaloConnection): CredentialFile {
	return {
		name: 'HaloPSA Bridge account',
		type: 'haloPsaBridgeApi',
		data: {
			domain: target.resourceServer,
			authorisationServer: target.authServer,
			tenant: target.tenant,
			clientId: target.clientId,
			clientSecret: target.clientSecret,
			scopePreset: 'ticketsAndAssets',
		},
	};
}
