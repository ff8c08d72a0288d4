import type { N8nSession, WorkflowFile } from './host';
import { type Webhook } from './run-samples';
import { COMPANY_IN_PATH, FIXED_COMPANY } from './samples';
import {
	type TemplateWebhook,
	nodeOfType,
	readTemplates,
	templateOf,
	webhooksOf,
	withParameters,
} from './templates';

const TICKET_NODE = 'n8n-nodes-halopsa-bridge.haloTicket';
const TRIGGER_NODE = 'n8n-nodes-halopsa-bridge.scannerTrigger';

/** The templates as a user would have set them up for the samples. */
export interface Flow {
	/** All of them, to import. */
	workflows: WorkflowFile[];
	setup: WorkflowFile;
	intake: WorkflowFile;
	processInbox: WorkflowFile;
}

/** Reads the templates and fills in what a user would; with `dryRun` nothing is written to Halo. */
export function prepareFlow(dryRun: boolean): Flow {
	const templates = readTemplates();
	const intake = withParameters(templateOf(templates, 'intake'), TRIGGER_NODE, (parameters) =>
		parameters.companyFrom === 'fixed'
			? { ...parameters, fixedCompany: FIXED_COMPANY }
			: parameters,
	);
	const processInbox = withParameters(
		templateOf(templates, 'process-inbox'),
		TICKET_NODE,
		(parameters) => (dryRun ? { ...parameters, options: { dryRun } } : parameters),
	);
	templates.set('intake', intake).set('process-inbox', processInbox);
	return {
		workflows: [...templates.values()],
		setup: templateOf(templates, 'setup'),
		intake,
		processInbox,
	};
}

function address(n8nUrl: string, secret: string, webhook: TemplateWebhook): Webhook {
	const path = webhook.path.replace(':company', encodeURIComponent(COMPANY_IN_PATH));
	return { url: `${n8nUrl}/${path}`, headers: { [webhook.header]: secret } };
}

/** The webhooks of the intake template by source, with what a sender needs. */
export function flowWebhooks(flow: Flow, n8nUrl: string, secret: string): Record<string, Webhook> {
	return Object.fromEntries(
		webhooksOf(flow.intake).map((webhook) => [webhook.source, address(n8nUrl, secret, webhook)]),
	);
}

/**
 * Brings imported templates to work: runs `setup`, maps the companies, publishes intake and process-inbox.
 * Resolves to the webhooks. Throws with n8n's words when setup fails.
 */
export async function openFlow(
	session: N8nSession,
	flow: Flow,
	{
		n8nUrl,
		secret,
		clients,
	}: { n8nUrl: string; secret: string; clients: Map<string, { id: number; name: string }> },
	print: (line: string) => void = () => undefined,
): Promise<Record<string, Webhook>> {
	print('making the Data Tables with the template setup');
	const trigger = nodeOfType(flow.setup, 'n8n-nodes-base.manualTrigger');
	const setup = await session.runWorkflow(flow.setup.id, trigger);
	if (setup.status !== 'success') throw new Error(`The template setup failed: ${setup.error}`);
	await session.insertRows(
		'halo_company_mappings',
		[...clients].map(([companyName, client]) => ({
			companyName,
			haloClientId: client.id,
			haloClientName: client.name,
			method: 'sandbox',
			createTicket: true,
			noNotification: false,
		})),
	);
	print('publishing intake and process-inbox');
	await session.publish(flow.intake.id);
	await session.publish(flow.processInbox.id);
	return flowWebhooks(flow, n8nUrl, secret);
}
