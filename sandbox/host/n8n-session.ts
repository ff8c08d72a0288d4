import { randomUUID } from 'node:crypto';

import axios, { type AxiosInstance } from 'axios';

import { type JsonRecord, asRecord, asRecords, asText } from './json';
import type { N8nOwner } from './n8n-environment';
import { waitFor } from './wait';

/** An answer of n8n with an error status. */
export class N8nRequestError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly status: number,
		readonly body: unknown,
	) {
		super(`n8n answered ${status} on ${method} ${path}: ${JSON.stringify(body).slice(0, 600)}`);
		this.name = 'N8nRequestError';
	}
}

/** A finished or running execution, with its run data when asked for. */
export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	/** Per node name its runs, as n8n stores them. */
	runData: Record<string, unknown>;
	/** The message of the error that ended it, or null. */
	error: string | null;
}

/** A credential, its data plain; n8n gives it an id and stores it encrypted. */
export interface CredentialFile {
	name: string;
	type: string;
	data: JsonRecord;
}

/** A workflow as a template holds it; it keeps its id, and finds its credentials by their names. */
export interface WorkflowFile extends JsonRecord {
	id: string;
	name: string;
	nodes: JsonRecord[];
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** n8n answers at once here; a minute means that it hangs. */
const REQUEST_LIMIT_MS = 60_000;

/** n8n tries a trigger that does not start five times, with growing pauses. */
const PUBLISHED_LIMIT_MS = 60_000;

function readExecution(value: unknown): Execution {
	const row = asRecord(value, 'execution');
	const data =
		row.data === undefined || row.data === null ? {} : asRecord(row.data, 'execution.data');
	const result =
		data.resultData === undefined ? {} : asRecord(data.resultData, 'execution.data.resultData');
	const error = result.error === undefined ? null : asRecord(result.error, 'execution error');
	return {
		id: asText(row.id, 'execution.id'),
		status: asText(row.status, 'execution.status'),
		workflowId: asText(row.workflowId, 'execution.workflowId'),
		runData: result.runData === undefined ? {} : asRecord(result.runData, 'execution runData'),
		error: error === null ? null : asText(error.message, 'execution error message'),
	};
}

/** One person at the editor, over HTTP: the editor's own API (/rest) and the public one (/api/v1). */
export class N8nSession {
	private readonly http: AxiosInstance;

	private cookie = '';

	private apiKey = '';

	constructor(
		readonly url: string,
		private readonly owner: N8nOwner,
	) {
		this.http = axios.create({
			baseURL: url,
			timeout: REQUEST_LIMIT_MS,
			validateStatus: () => true,
			// n8n ties its cookie to the browser that logged in.
			headers: { 'browser-id': randomUUID() },
			proxy: false,
			// axios leaves `:` as it is, and n8n's public API refuses that.
			paramsSerializer: { serialize: (params) => new URLSearchParams(params).toString() },
		});
	}

	/** Logs in and makes an API key with every scope that the owner may have. */
	async login(): Promise<void> {
		const answer = await this.http.post('/rest/login', {
			emailOrLdapLoginId: this.owner.email,
			password: this.owner.password,
		});
		if (answer.status !== 200) {
			throw new N8nRequestError('POST', '/rest/login', answer.status, answer.data);
		}
		this.cookie = (answer.headers['set-cookie'] ?? [])
			.map((entry) => entry.split(';')[0] ?? '')
			.join('; ');
		const scopes = await this.rest('GET', '/api-keys/scopes');
		const key = asRecord(
			await this.rest('POST', '/api-keys', {
				label: `sandbox ${randomUUID().slice(0, 8)}`,
				scopes,
				expiresAt: null,
			}),
			'POST /rest/api-keys',
		);
		this.apiKey = asText(key.rawApiKey, 'rawApiKey');
	}

	/** A call as the editor makes it; resolves to the `data` of the answer. Throws `N8nRequestError`. */
	async rest(method: Method, path: string, body?: unknown): Promise<unknown> {
		const { status, data } = await this.http.request<unknown>({
			method,
			url: `/rest${path}`,
			data: body,
			headers: { cookie: this.cookie },
		});
		if (status >= 400) throw new N8nRequestError(method, `/rest${path}`, status, data);
		return asRecord(data, `${method} /rest${path}`).data;
	}

	/** A call of the public API; resolves to the answer's body. Throws `N8nRequestError`. */
	async api(method: Method, path: string, body?: unknown, params?: JsonRecord): Promise<unknown> {
		const { status, data } = await this.http.request<unknown>({
			method,
			url: `/api/v1${path}`,
			data: body,
			params,
			headers: { 'X-N8N-API-KEY': this.apiKey },
		});
		if (status >= 400) throw new N8nRequestError(method, `/api/v1${path}`, status, data);
		return data;
	}

	/** Stores a credential. */
	async addCredential({ name, type, data }: CredentialFile): Promise<void> {
		await this.rest('POST', '/credentials', { name, type, data });
	}

	/** The id of the one credential of that name. Throws when there is none, or several. */
	async credentialId(name: string): Promise<string> {
		const all = asRecords(await this.rest('GET', '/credentials'), 'credentials');
		const found = all.filter((entry) => entry.name === name);
		if (found.length !== 1) throw new Error(`${found.length} credentials are called ${name}`);
		return asText(found[0]?.id, 'credential id');
	}

	/** Stores a workflow under its own id, unpublished. */
	async addWorkflow(workflow: WorkflowFile): Promise<void> {
		await this.rest('POST', '/workflows', workflow);
	}

	/** Stores a workflow and resolves to its id. */
	async createWorkflow(workflow: JsonRecord): Promise<string> {
		const { name, nodes, connections, settings } = workflow;
		const made = await this.api('POST', '/workflows', { name, nodes, connections, settings });
		return asText(asRecord(made, 'POST /workflows').id, 'workflow id');
	}

	/**
	 * Publishes a workflow and waits until its webhooks answer and its schedules run: n8n starts triggers later than it
	 * answers. Throws with the words of a trigger that could not be started.
	 */
	async publish(workflowId: string): Promise<void> {
		await this.api('POST', `/workflows/${workflowId}/publish`, {});
		const path = `/workflows/${workflowId}/publication-status`;
		const state = await waitFor(
			`The publication of workflow ${workflowId}`,
			async () => {
				const found = asRecord(await this.rest('GET', path), path);
				return found.status === 'in_progress' || found.status === 'not_published' ? null : found;
			},
			{ withinMs: PUBLISHED_LIMIT_MS },
		);
		if (state.status === 'published') return;
		const reasons = asRecords(state.triggers, path).map(({ errorMessage }) => errorMessage);
		throw new Error(
			`Workflow ${workflowId} is ${asText(state.status, path)}: ${reasons.filter(Boolean).join('; ')}`,
		);
	}

	/** Stops the triggers of a workflow. */
	async unpublish(workflowId: string): Promise<void> {
		await this.api('POST', `/workflows/${workflowId}/unpublish`, {});
	}

	/** Runs a workflow by hand from `trigger` (a node's name) and resolves to the finished execution. */
	async runWorkflow(workflowId: string, trigger: string, withinMs = 60_000): Promise<Execution> {
		const started = asRecord(
			await this.rest('POST', `/workflows/${workflowId}/run`, {
				triggerToStartFrom: { name: trigger },
			}),
			'run',
		);
		return await this.finishedExecution(asText(started.executionId, 'executionId'), withinMs);
	}

	/** Waits until an execution has ended, in whatever way. */
	async finishedExecution(id: string, withinMs = 60_000): Promise<Execution> {
		return await waitFor(
			`The end of execution ${id}`,
			async () => {
				const execution = await this.execution(id);
				return ['new', 'running', 'waiting'].includes(execution.status) ? null : execution;
			},
			{ withinMs },
		);
	}

	/** One execution with its run data. */
	async execution(id: string): Promise<Execution> {
		return readExecution(
			await this.api('GET', `/executions/${id}`, undefined, { includeData: true }),
		);
	}

	/** The latest executions, newest first, without run data; 100 at most. */
	async executions(workflowId?: string): Promise<Execution[]> {
		const answer = await this.api('GET', '/executions', undefined, {
			limit: 100,
			...(workflowId === undefined ? {} : { workflowId }),
		});
		return asRecords(asRecord(answer, 'executions').data, 'executions.data').map(readExecution);
	}

	/** Data Tables by name: name to id. */
	async dataTables(): Promise<Map<string, string>> {
		const answer = asRecord(
			await this.api('GET', '/data-tables', undefined, { limit: 100 }),
			'data tables',
		);
		return new Map(
			asRecords(answer.data, 'data tables').map((table) => [
				asText(table.name, 'table name'),
				asText(table.id, 'table id'),
			]),
		);
	}

	/** All rows of a Data Table, oldest first. Throws when there is no table of that exact name. */
	async tableRows(name: string): Promise<JsonRecord[]> {
		const rows: JsonRecord[] = [];
		const path = `/data-tables/${await this.tableId(name)}/rows`;
		let cursor: string | null = null;
		do {
			const page: JsonRecord = asRecord(
				await this.api('GET', path, undefined, {
					limit: 100,
					sortBy: 'id:asc',
					...(cursor === null ? {} : { cursor }),
				}),
				path,
			);
			rows.push(...asRecords(page.data, path));
			cursor = typeof page.nextCursor === 'string' ? page.nextCursor : null;
		} while (cursor !== null);
		return rows;
	}

	/** Adds rows to a Data Table. */
	async insertRows(name: string, rows: JsonRecord[]): Promise<void> {
		await this.api('POST', `/data-tables/${await this.tableId(name)}/rows`, {
			data: rows,
			returnType: 'count',
		});
	}

	private async tableId(name: string): Promise<string> {
		const tables = await this.dataTables();
		const id = tables.get(name);
		if (id === undefined) {
			throw new Error(
				`There is no Data Table ${name}; there are: ${[...tables.keys()].join(', ')}`,
			);
		}
		return id;
	}
}
