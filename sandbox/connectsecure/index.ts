import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type FeedRow, pageOf, readQuery } from './feeds';

export type { FeedRow } from './feeds';

/** Connection values of the simulator; they open nothing but this program. */
export const CONNECTION = {
	tenant: 'sandbox',
	clientId: 'connectsecure-client',
	clientSecret: 'connectsecure-secret-9d1c6f',
	userId: '4711',
} as const;

/** One request and its answer. */
export interface PodRequest {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	status: number;
}

/** What happens to requests of a feed in place of its page. */
export type FeedFault = { refuse: string } | { status: number };

export interface ConnectSecureSimulator {
	/** `http://127.0.0.1:<port>` */
	readonly origin: string;
	/** Every request, in order of arrival. */
	readonly journal: PodRequest[];
	/** Rows by path, e.g. `/r/report_queries/get_remediation`; a path without rows is not there. */
	readonly feeds: Map<string, FeedRow[]>;
	readonly faults: Map<string, FeedFault>;
	readonly switches: {
		/** Larger pages are cut to this, without a word. */
		largestPage: number;
		/** Sign-ins are refused with HTTP 200 and `status: false` in place of 401. */
		refuseSignInPolitely: boolean;
	};
	/** Makes every token void. */
	forgetTokens(): void;
	stop(): Promise<void>;
}

interface Answer {
	status: number;
	body: unknown;
}

const refusal = (message: string): Answer => ({
	status: 200,
	body: { status: false, message },
});

/** Starts the simulator on a free port of this machine. */
export async function startConnectSecureSimulator(): Promise<ConnectSecureSimulator> {
	const journal: PodRequest[] = [];
	const feeds = new Map<string, FeedRow[]>();
	const faults = new Map<string, FeedFault>();
	const switches = { largestPage: 1000, refuseSignInPolitely: false };
	const tokens = new Set<string>();
	let signIns = 0;

	const { tenant, clientId, clientSecret, userId } = CONNECTION;
	const key = Buffer.from(`${tenant}+${clientId}:${clientSecret}`).toString('base64');

	function signIn({ headers }: IncomingMessage): Answer {
		if (headers['client-auth-token'] !== key) {
			const message = 'Invalid client credentials';
			return switches.refuseSignInPolitely
				? refusal(message)
				: { status: 401, body: { status: false, message } };
		}
		const token = `pod-token-${++signIns}`;
		tokens.add(token);
		return {
			status: 200,
			body: { status: true, data: { access_token: token, user_id: userId } },
		};
	}

	function page(request: IncomingMessage, url: URL): Answer {
		const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		if (!tokens.has(token) || request.headers['x-user-id'] !== userId) {
			return { status: 401, body: { status: false, message: 'Unauthorized' } };
		}
		const fault = faults.get(url.pathname);
		if (fault !== undefined) {
			if ('refuse' in fault) return refusal(fault.refuse);
			return {
				status: fault.status,
				body: { status: false, message: 'Internal error' },
			};
		}
		const rows = feeds.get(url.pathname);
		if (rows === undefined) return { status: 404, body: { status: false, message: 'Not found' } };
		const found = pageOf(rows, readQuery(url), switches.largestPage);
		return found === null
			? refusal('Invalid condition')
			: { status: 200, body: { status: true, data: found } };
	}

	function handle(request: IncomingMessage, response: ServerResponse): void {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const method = request.method ?? 'GET';
		const { status, body } =
			method === 'POST' && url.pathname === '/w/authorize'
				? signIn(request)
				: method === 'GET'
					? page(request, url)
					: {
							status: 405,
							body: { status: false, message: 'Method not allowed' },
						};
		const headers = Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		);
		const query = Object.fromEntries(url.searchParams);
		journal.push({ method, path: url.pathname, query, headers, status });
		request.resume();
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(body));
	}

	const server = createServer(handle);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		journal,
		feeds,
		faults,
		switches,
		forgetTokens: () => tokens.clear(),
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve, reject) =>
				server.close((error) => (error === undefined ? resolve() : reject(error))),
			);
		},
	};
}
