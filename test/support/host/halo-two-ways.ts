import type { HaloSimulator } from '../../../sandbox/halo';
import {
	type CredentialFile,
	type Execution,
	type JsonRecord,
	type N8nSession,
	type WorkflowFile,
	waitFor,
} from '../../../sandbox/host';
import { nodeOfType, readTemplates, templateOf } from '../../../sandbox/templates';
import { haloCredential } from '.';

/** Long enough for n8n on a busy machine to start an execution and end it. */
const EXECUTION_LIMIT_MS = 60_000;

/** What `Halo Trigger` checks deliveries with, in these tests. */
export const HALO_SECRET = 'between Halo and n8n, for the tests only';

/** The credential whose application may register webhooks. @param changes of its fields */
export function adminCredential(halo: HaloSimulator, changes: JsonRecord = {}): CredentialFile {
	halo.rights.administrator = true;
	return haloCredential(halo, { scopePreset: 'all', ...changes });
}

/** The webhook credential that the templates with a Halo Trigger name. */
export function haloSecretCredential(): CredentialFile {
	return {
		name: 'Halo webhook secret',
		type: 'webhookSecretApi',
		data: { secret: HALO_SECRET },
	};
}

/** A template with other parameters on nodes of these names, as a user would type them. */
export function templateWith(
	name: string,
	changes: Record<string, (parameters: JsonRecord) => JsonRecord>,
): WorkflowFile {
	const template = templateOf(readTemplates(), name);
	const unknown = Object.keys(changes).filter(
		(node) => !template.nodes.some((entry) => entry.name === node),
	);
	if (unknown.length > 0) throw new Error(`${name} has no node ${unknown.join(', ')}`);
	const nodes = template.nodes.map((entry) => {
		const change = changes[String(entry.name)];
		return change === undefined
			? entry
			: { ...entry, parameters: change({ ...Object(entry.parameters) }) };
	});
	return { ...template, nodes };
}

/** A workflow with a credential chosen on a node, as a user does for what a template leaves open. */
export function withCredential(
	workflow: WorkflowFile,
	node: string,
	{ name, type }: CredentialFile,
): WorkflowFile {
	const nodes = workflow.nodes.map((entry) =>
		entry.name === node ? { ...entry, credentials: { [type]: { id: null, name } } } : entry,
	);
	return { ...workflow, nodes };
}

/** A workflow with a node that was off, switched on as a user does with D. */
export function switchedOn(workflow: WorkflowFile, node: string): WorkflowFile {
	const nodes = workflow.nodes.map((entry) =>
		entry.name === node ? { ...entry, disabled: false } : entry,
	);
	return { ...workflow, nodes };
}

/** Other values in a Set node called Settings. */
export function settings(values: JsonRecord): (parameters: JsonRecord) => JsonRecord {
	return (parameters) => {
		const text = JSON.stringify(parameters, (_, value: unknown) => {
			if (typeof value !== 'object' || value === null || !('name' in value)) return value;
			const name = String(value.name);
			return name in values ? { ...value, value: values[name] } : value;
		});
		return JSON.parse(text) as JsonRecord;
	};
}

/** Makes the Data Tables with the template setup. */
export async function makeTables(session: N8nSession): Promise<void> {
	const setup = templateOf(readTemplates(), 'setup');
	const run = await session.runWorkflow(
		setup.id,
		nodeOfType(setup, 'n8n-nodes-base.manualTrigger'),
	);
	if (run.status !== 'success') throw new Error(`The template setup failed: ${run.error}`);
}

/** Waits until a workflow has at least this many ended executions; oldest first, with their data. */
export async function endedExecutions(
	session: N8nSession,
	workflowId: string,
	count: number,
	withinMs = EXECUTION_LIMIT_MS,
): Promise<Execution[]> {
	const ended = await waitFor(
		`${count} executions of ${workflowId}`,
		async () => {
			const all = await session.executions(workflowId);
			const over = all.filter(({ status }) => !['new', 'running', 'waiting'].includes(status));
			return over.length >= count ? over : null;
		},
		{ withinMs },
	);
	const whole: Execution[] = [];
	for (const { id } of ended.reverse()) whole.push(await session.execution(id));
	return whole;
}

/** Waits until an execution of a workflow ended with an error that holds these words, and returns the error. */
export async function failureThatSays(
	session: N8nSession,
	workflowId: string,
	words: string,
): Promise<string> {
	const seen = new Set<string>();
	return await waitFor(
		`A failure of ${workflowId} that says "${words}"`,
		async () => {
			for (const { id, status } of await session.executions(workflowId)) {
				// The branch that stores the error is an execution of its own; what succeeded is not kept.
				if (status !== 'error' || seen.has(id)) continue;
				seen.add(id);
				const { error } = await session.execution(id);
				if (error?.includes(words) === true) return error;
			}
			return null;
		},
		{ withinMs: EXECUTION_LIMIT_MS },
	);
}

/** Waits until all deliveries of Halo were answered. */
export async function settled(halo: HaloSimulator): Promise<void> {
	await halo.deliveries.idle();
}
