import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { handleAdmin } from './admin';
import { HaloRefusal, type HaloAnswer, dotNetError, toJsonText } from './http/answers';
import { accessOf, issueToken } from './http/auth';
import type { ActiveFault } from './http/faults';
import { answerAfter, survivesFilterLoss, throwInstead } from './http/fault-answers';
import { authInfo } from './lists/instance';
import { parseBody, readText, send } from './http/http';
import { type JournalEntry, masked, maskedQuery } from './http/journal';
import { Query } from './http/query';
import { countRequest } from './http/rate-limit';
import { notModelled } from './known-types';
import { findRoute } from './routes';
import type { Simulation } from './simulation';

/** One request while it is being answered. */
interface Exchange {
	request: IncomingMessage;
	response: ServerResponse;
	url: URL;
	method: string;
	text: string;
	body: unknown;
	faults: ActiveFault[];
	entry: JournalEntry;
	startedAt: number;
}

/** The HTTP server of a simulation; it is not listening yet. */
export function createSimulatorServer(simulation: Simulation): Server {
	return createServer((request, response) => {
		void handle(simulation, request, response).catch((error: unknown) => {
			const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
			simulation.reportFailure(message);
			if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' });
			response.end(`The simulator itself failed: ${message}`);
		});
	});
}

async function handle(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = new URL(request.url ?? '/', 'http://127.0.0.1');
	const text = await readText(request);
	if (text === null) return;
	if (url.pathname.startsWith('/__admin')) {
		send(response, handleAdmin(simulation, request.method ?? 'GET', url, parseBody(request, text)));
		return;
	}
	const exchange = open(simulation, request, response, url, text);
	await answer(simulation, exchange);
}

function open(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	text: string,
): Exchange {
	const body = parseBody(request, text);
	const method = (request.method ?? 'GET').toUpperCase();
	const query = Object.fromEntries(url.searchParams);
	const faults = simulation.faults.take({ method, path: url.pathname, query, body });
	const entry: JournalEntry = {
		sequence: simulation.nextSequence(),
		at: new Date(simulation.context.clock.now()).toISOString(),
		method,
		path: url.pathname,
		query: maskedQuery(query),
		body: masked(body),
		status: 0,
		durationMs: 0,
		unhandled: false,
		fault: faults.length === 0 ? null : faults.map(({ name }) => name).join(' '),
	};
	simulation.journal.push(entry);
	const startedAt = performance.now();
	return { request, response, url, method, text, body, faults, entry, startedAt };
}

async function answer(simulation: Simulation, exchange: Exchange): Promise<void> {
	const { faults, response, entry } = exchange;
	const has = (name: string) => faults.some((fault) => fault.name === name);
	const delay = faults.find(({ name }) => name === 'slow' || name === 'slow-token');
	// A second is long enough to be seen, short enough for a test.
	const wait =
		simulation.context.switches.latencyMs + (delay === undefined ? 0 : (delay.ms ?? 1000));
	if (wait > 0) await sleep(wait);
	if (has('reset-before')) return cut(simulation, exchange);
	if (has('timeout-before')) return simulation.finished(entry, exchange.startedAt);
	let result = await carryOut(simulation, exchange);
	if (has('reset-after-commit')) return cut(simulation, exchange);
	if (has('timeout-after-commit')) return simulation.finished(entry, exchange.startedAt);
	for (const fault of faults) {
		result = answerAfter(fault, result.raw?.text ?? toJsonText(result.body ?? null)) ?? result;
	}
	entry.status = result.status;
	simulation.finished(entry, exchange.startedAt);
	send(response, result);
}

/** Ends the connection as a broken network does: without an answer. */
function cut(simulation: Simulation, exchange: Exchange): void {
	simulation.finished(exchange.entry, exchange.startedAt);
	exchange.request.socket.resetAndDestroy();
}

async function carryOut(simulation: Simulation, exchange: Exchange): Promise<HaloAnswer> {
	try {
		const { body, faults } = exchange;
		throwInstead(faults, simulation.context.clock.now(), { body, dump: dumpOf(exchange) });
		return await dispatch(simulation, exchange);
	} catch (error) {
		if (error instanceof HaloRefusal) return error.answer;
		throw error;
	}
}

function dumpOf({ method, request, text, url }: Exchange): string {
	const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
	return [`${method} ${url.pathname}${url.search}`, ...headers, text].join(' | ');
}

async function dispatch(simulation: Simulation, exchange: Exchange): Promise<HaloAnswer> {
	const { context, tenant } = simulation;
	const { url, method, text, entry } = exchange;
	const path = url.pathname.toLowerCase();
	if (method === 'POST' && (path === '/auth/token' || path === '/token')) {
		return issueToken(context, url.searchParams, new URLSearchParams(text), tenant);
	}
	if (method === 'GET' && /^(\/auth)?\/\.well-known\/openid-configuration$/.test(path)) {
		return {
			status: 200,
			body: { issuer: context.origin, token_endpoint: `${context.origin}/auth/token` },
		};
	}
	if (path !== '/api' && !path.startsWith('/api/')) return unknownRoute(entry);
	const below = url.pathname.slice('/api'.length);
	if (method === 'GET' && below.toLowerCase() === '/authinfo') {
		countRequest(context);
		return authInfo(context, tenant);
	}
	const found = findRoute(method, below);
	const missing = found === null ? notModelled(below) : null;
	if (missing !== null) {
		entry.unhandled = true;
		const message = `Halo has ${missing}, the simulator has not: ${method} ${below}`;
		simulation.reportFailure(message);
		return { status: 501, body: { Message: message } };
	}
	if (found === null) return unknownRoute(entry);
	if (found === 'other-method') {
		entry.unhandled = true;
		return {
			status: 405,
			body: { Message: `The requested resource does not support http method '${method}'.` },
		};
	}
	countRequest(context);
	const access = accessOf(context, exchange.request.headers.authorization);
	if (method === 'POST' && typeof exchange.body === 'string') return unreadable();
	return await found.handler(context, {
		method,
		query: queryFor(exchange),
		body: bodyFor(exchange),
		access,
		ids: found.ids,
	});
}

function unknownRoute(entry: JournalEntry): HaloAnswer {
	entry.unhandled = true;
	return {
		status: 404,
		body: { Message: 'No HTTP resource was found that matches the request URI.' },
	};
}

function unreadable(): HaloAnswer {
	return dotNetError(
		'Newtonsoft.Json.JsonReaderException',
		'The body could not be read as JSON.',
		400,
	);
}

function queryFor(exchange: Exchange): Query {
	const has = (name: string) => exchange.faults.some((fault) => fault.name === name);
	let query = new Query(exchange.url.searchParams);
	if (has('ignore-filters')) query = query.only(survivesFilterLoss);
	if (has('repeat-page')) query = query.with('page_no', '1');
	return query;
}

/** The body as Halo takes it: `drop-details` is the tenant that lets nobody change a ticket's details. */
function bodyFor(exchange: Exchange): unknown {
	const { body, faults } = exchange;
	if (!faults.some(({ name }) => name === 'drop-details') || !Array.isArray(body)) return body;
	return body.map((record: unknown) => {
		if (typeof record !== 'object' || record === null || !('id' in record)) return record;
		const kept = Object.entries(record).filter(([name]) => !/^details(_html)?$/.test(name));
		return Object.fromEntries(kept);
	});
}
