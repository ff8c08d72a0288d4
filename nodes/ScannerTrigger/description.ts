import type { INodeProperties } from 'n8n-workflow';

import { SOURCES } from '../shared/domain/sources';
import { forHtml } from '../shared/domain/values/escape';
import { additionalFields } from '../shared/n8n/source-additional-fields';
import { companyFields, integrationField, sourceField } from '../shared/n8n/source-fields';
import { authenticationFields } from './authentication';

/** A line for a shell that sends the sample of a source; a quote inside it is closed, escaped and opened again. */
export function curlLine(sample: Record<string, unknown>): string {
	const body = JSON.stringify(sample).replace(/'/g, "'\\''");
	return `curl -X POST '<address above>' -H 'X-Webhook-Token: <secret>' -H 'Content-Type: application/json' -d '${body}'`;
}

const samples: INodeProperties[] = SOURCES.map(({ id, name, sample }) => ({
	displayName: `Try it with a sample of ${name}:<br/><code>${forHtml(curlLine(sample))}</code>`,
	name: `sample_${id}`,
	type: 'notice',
	default: '',
	displayOptions: { show: { source: [id] } },
}));

export const properties: INodeProperties[] = [
	sourceField,
	...samples,
	integrationField,
	...companyFields(true),
	...authenticationFields,
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'scanner/wazuh',
		description:
			'Path of the address. Blank takes one of its own. With the company from the path, its name is the last part.',
	},
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'lastNode',
		description: 'When the sender gets its answer',
		options: [
			{
				name: 'By Halo Approval',
				value: 'responseNode',
				description: 'The node Halo Approval answers what became of each request',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'A sender that retries on 5xx sends again what could not be worked off',
			},
			{
				name: 'Immediately',
				value: 'onReceived',
				description:
					'For senders that give up after a few seconds. They do not send again when the workflow fails.',
			},
		],
	},
	additionalFields(true),
	{
		// n8n hands the body over unread only to a version 1 node whose options say so.
		displayName: 'Raw Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
