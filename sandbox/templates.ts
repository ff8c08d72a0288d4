import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { type JsonRecord, type WorkflowFile, asRecord, asRecords, asText } from './host';

const FOLDER = join(__dirname, '..', 'workflows');
const TRIGGER = 'n8n-nodes-halopsa-bridge.scannerTrigger';

/** A webhook of an imported template. */
export interface TemplateWebhook {
	source: string;
	workflowId: string;
	/** Below n8n's address; `:company` still stands in it where the path names the company. */
	path: string;
	/** Header that takes the secret. */
	header: string;
}

/** The templates by file name without its ending, as they would be imported by hand. */
export function readTemplates(): Map<string, WorkflowFile> {
	const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
	return new Map(
		files.map((file) => {
			const content = asRecord(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')), file);
			const template = {
				...content,
				id: asText(content.id, `${file}: id`),
				name: asText(content.name, `${file}: name`),
				nodes: asRecords(content.nodes, `${file}: nodes`),
			};
			return [file.replace(/\.json$/, ''), template];
		}),
	);
}

/** The template of that name. Throws when there is none. */
export function templateOf(templates: Map<string, WorkflowFile>, name: string): WorkflowFile {
	const template = templates.get(name);
	if (template === undefined) throw new Error(`There is no template workflows/${name}.json`);
	return template;
}

/** A copy whose nodes of one type have other parameters, as a user would type them. Throws when no node is of that type. */
export function withParameters(
	template: WorkflowFile,
	type: string,
	change: (parameters: JsonRecord) => JsonRecord,
): WorkflowFile {
	if (!template.nodes.some((entry) => entry.type === type)) {
		throw new Error(`${template.name} has no node ${type}`);
	}
	const nodes = template.nodes.map((entry) =>
		entry.type === type
			? { ...entry, parameters: change(asRecord(entry.parameters, `parameters of ${type}`)) }
			: entry,
	);
	return { ...template, nodes };
}

/** The name of the node of that type; the first, when there are several. */
export function nodeOfType(template: WorkflowFile, type: string): string {
	const found = template.nodes.find((entry) => entry.type === type);
	if (found === undefined) throw new Error(`${template.name} has no node ${type}`);
	return asText(found.name, 'node name');
}

/** The Scanner Triggers of a template. */
export function webhooksOf(template: WorkflowFile): TemplateWebhook[] {
	return template.nodes
		.filter((entry) => entry.type === TRIGGER)
		.map((entry) => {
			const parameters = asRecord(entry.parameters, 'parameters of a Scanner Trigger');
			const path = asText(parameters.path ?? '', 'path');
			const webhookId = asText(entry.webhookId, 'webhookId');
			const header = parameters.headerName ?? 'X-Webhook-Token';
			return {
				source: asText(parameters.source, 'source'),
				workflowId: template.id,
				// n8n puts the webhook's id before a path that has a placeholder in it.
				path:
					parameters.companyFrom === 'path'
						? `webhook/${webhookId}/${path}/:company`
						: `webhook/${path === '' ? webhookId : path}`,
				header: asText(header, 'headerName'),
			};
		});
}
