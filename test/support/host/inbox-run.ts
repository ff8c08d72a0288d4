import axios from 'axios';

import type { WorkflowFile } from '../../../sandbox/host';

const PATH = 'run-process-inbox';

/** process-inbox with a webhook beside its schedule, so that a test says when runs begin. */
export function withRunWebhook(template: WorkflowFile): WorkflowFile {
	const webhook = {
		id: '0c0b5b0e-6a7e-4d5b-8f0e-2f6c1d3a9b11',
		name: 'Run by webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [-400, 400],
		webhookId: 'run-process-inbox-0001',
		parameters: { path: PATH, httpMethod: 'POST', responseMode: 'onReceived', options: {} },
	};
	const connections = {
		...Object(template.connections),
		[webhook.name]: { main: [[{ node: 'Settings', type: 'main', index: 0 }]] },
	};
	return { ...template, nodes: [...template.nodes, webhook], connections };
}

/** Begins runs of process-inbox at one moment. */
export async function beginRuns(n8nUrl: string, count: number): Promise<void> {
	await Promise.all(
		Array.from({ length: count }, () =>
			axios.post(`${n8nUrl}/webhook/${PATH}`, {}, { proxy: false, timeout: 60_000 }),
		),
	);
}
