import axios from 'axios';

import { flowWebhooks, prepareFlow } from '../../sandbox/flow';
import type { Flow } from '../../sandbox/flow';
import {
	type CredentialFile,
	type JsonRecord,
	type N8nHost,
	type WorkflowFile,
	waitFor,
} from '../../sandbox/host';
import type { Webhook } from '../../sandbox/run-samples';
import { readTemplates, templateOf } from '../../sandbox/templates';
import { type Stage, haloCredential, openStage, webhookCredential } from '../support/host';

const SECRET = 'a-secret-for-the-tests-only';

export const CLIENTS = {
	Contoso: { id: 11, name: 'Contoso Ltd' },
	Fabrikam: { id: 12, name: 'Fabrikam Inc' },
	Northwind: { id: 13, name: 'Northwind Traders' },
} as const;

/** A person at an n8n whose templates are imported, with tables made and companies mapped. */
export interface Operations extends Stage {
	flow: Flow;
	intake: Webhook;
	/** A template of the pack by its file name. */
	template(name: string): WorkflowFile;
	/** Rows of halo_inbox whose key holds the text. */
	inbox(key: string): Promise<JsonRecord[]>;
	/** Posts events to the intake; resolves to the status. */
	post(events: JsonRecord[], headers?: Record<string, string>): Promise<number>;
	/** Runs process-inbox once, as a person does. */
	process(): Promise<void>;
	/** Logs in again, after n8n was started again. */
	loginAgain(): Promise<void>;
}

export interface OperationsOrder {
	/** Changes templates before they are imported. */
	prepare?: (templates: Map<string, WorkflowFile>) => void;
	credentials?: CredentialFile[];
	env?: Record<string, string>;
	/** With n8n's editor, for a browser. */
	editor?: boolean;
}

function stripped(flow: Flow, prepare: OperationsOrder['prepare']): WorkflowFile[] {
	const templates = readTemplates();
	templates.set('intake', flow.intake);
	prepare?.(templates);
	return [...templates.values()];
}

/** Brings simulator, n8n, tables, mappings and intake to work; process-inbox is not published. */
export async function openOperations(
	name: string,
	host: N8nHost,
	order: OperationsOrder = {},
): Promise<Operations> {
	const flow = prepareFlow(false);
	const workflows = stripped(flow, order.prepare);
	const stage = await openStage(name, host, (halo) => ({
		credentials: [haloCredential(halo), webhookCredential(SECRET), ...(order.credentials ?? [])],
		workflows,
		editor: order.editor ?? false,
		...(order.env === undefined ? {} : { env: order.env }),
	}));
	try {
		const { n8n, session } = stage;
		const setup = await session.runWorkflow(flow.setup.id, 'Run once by hand');
		if (setup.status !== 'success') throw new Error(`setup failed: ${setup.error}`);
		await session.insertRows(
			'halo_company_mappings',
			Object.entries(CLIENTS).map(([companyName, client]) => ({
				companyName,
				haloClientId: client.id,
				haloClientName: client.name,
				createTicket: true,
				noNotification: false,
			})),
		);
		await session.publish(flow.intake.id);
		const { canonical } = flowWebhooks(flow, n8n.url, SECRET);
		if (canonical === undefined) throw new Error('intake has no trigger for canonical JSON');
		return assemble(stage, flow, canonical);
	} catch (error) {
		await stage.stop();
		throw error;
	}
}

function assemble(stage: Stage, flow: Flow, intake: Webhook): Operations {
	const templates = readTemplates();
	const operations: Operations = {
		...stage,
		flow,
		intake,
		template: (name) => templateOf(templates, name),
		inbox: async (key) =>
			(await operations.session.tableRows('halo_inbox')).filter(({ dedupKey }) =>
				String(dedupKey).includes(key),
			),
		post: async (events, headers = {}) => {
			const { status } = await axios.post<unknown>(
				intake.url,
				{ events },
				{
					headers: { 'content-type': 'application/json', ...intake.headers, ...headers },
					validateStatus: () => true,
					proxy: false,
					timeout: 60_000,
				},
			);
			return status;
		},
		process: async () => {
			const run = await operations.session.runWorkflow(
				flow.processInbox.id,
				'Run by hand',
				180_000,
			);
			if (run.status !== 'success') throw new Error(`process-inbox failed: ${run.error}`);
		},
		loginAgain: async () => {
			operations.session = await operations.n8n.login();
		},
	};
	return operations;
}

/** An open finding of severity high at Contoso, unless told otherwise. */
export function finding(dedupKey: string, more: JsonRecord = {}): JsonRecord {
	return { dedupKey, title: `Finding ${dedupKey}`, severity: 'high', company: 'Contoso', ...more };
}

/** Waits until `test` holds for the rows; resolves to them. */
export async function rowsWhen(
	operations: Operations,
	key: string,
	test: (rows: JsonRecord[]) => boolean,
	withinMs: number,
): Promise<JsonRecord[]> {
	let last = '';
	try {
		return await waitFor(
			`The rows of ${key}`,
			async () => {
				const rows = await operations.inbox(key);
				last = JSON.stringify(
					rows.map(({ id, state, decision, reason }) => [id, state, decision, reason]),
				);
				return test(rows) ? rows : null;
			},
			{ withinMs, everyMs: 1000 },
		);
	} catch (error) {
		throw new Error(
			`${error instanceof Error ? error.message : String(error)} ${last.slice(0, 2000)}`,
		);
	}
}
