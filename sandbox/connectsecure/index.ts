import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { type FeedRow, feedPageOf, readQuery } from './feeds';

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
	/** What was sent, as text. */
	body: string;
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
		/** Companies are made, and the answer is this status, or the connection breaks; null = answered as made. */
		loseAnswerOfCreate: number | 'reset' | null;
	};
	/** Makes every token void. */
	forgetTokens(): void;
	stop(): Promise<void>;
}

interface Answer {
	/** 0 = the connection breaks. */
	status: number;
	body: unknown;
}

/** Companies, read and made. */
const COMPANIES = '/r/company/companies';
const CREATE = '/w/company/companies';

/** What a request to make a company holds; null when it holds none with a name. */
function companyIn(sent: string): FeedRow | null {
	let parsed: unknown;
	try {
		parsed = JSON.parse(sent);
	} catch {
		return null;
	}
	const data: unknown =
		typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'data') : null;
	if (typeof data !== 'object' || data === null) return null;
	const row: FeedRow = { ...data };
	const { name } = row;
	return typeof name === 'string' && name.trim() !== '' && name.length <= 255 ? row : null;
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
	const switches: ConnectSecureSimulator['switches'] = {
		largestPage: 1000,
		refuseSignInPolitely: false,
		loseAnswerOfCreate: null,
	};
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

	/** Why a signed request is not answered as asked; null when it is. */
	function refused(request: IncomingMessage, url: URL): Answer | null {
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
		return null;
	}

	function page(request: IncomingMessage, url: URL): Answer {
		const problem = refused(request, url);
		if (problem !== null) return problem;
		const rows = feeds.get(url.pathname);
		if (rows === undefined) return { status: 404, body: { status: false, message: 'Not found' } };
		const found = feedPageOf(rows, readQuery(url), switches.largestPage);
		return found === null
			? refusal('Invalid condition')
			: { status: 200, body: { status: true, data: found } };
	}

	function create(request: IncomingMessage, url: URL, sent: string): Answer {
		const problem = refused(request, url);
		if (problem !== null) return problem;
		const company = companyIn(sent);
		if (company === null) return refusal('data needs a name of at most 255 characters');
		const companies = feeds.get(COMPANIES) ?? [];
		const id = 1 + Math.max(0, ...companies.map((row) => Number(row.id)));
		feeds.set(COMPANIES, [...companies, { ...company, id, is_deleted: false }]);
		const lost = switches.loseAnswerOfCreate;
		if (lost === null) return { status: 200, body: { status: true, data: { id } } };
		return { status: lost === 'reset' ? 0 : lost, body: { status: false, message: 'Lost' } };
	}

	function answer(method: string, request: IncomingMessage, url: URL, sent: string): Answer {
		if (method === 'GET') return page(request, url);
		if (method === 'POST' && url.pathname === '/w/authorize') return signIn(request);
		if (method === 'POST' && url.pathname === CREATE) return create(request, url, sent);
		return { status: 405, body: { status: false, message: 'Method not allowed' } };
	}

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://localhost');
		const method = request.method ?? 'GET';
		const sent = await text(request);
		const { status, body } = answer(method, request, url, sent);
		const headers = Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
		);
		const query = Object.fromEntries(url.searchParams);
		journal.push({ method, path: url.pathname, query, headers, body: sent, status });
		if (status === 0) {
			response.destroy();
			return;
		}
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(body));
	}

	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) =>
			response.destroy(error instanceof Error ? error : undefined),
		);
	});
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
