import type { INodeProperties } from 'n8n-workflow';

/** What public sources do not tell about Halo is a setting here, never a guess in the code. */
const numbersOfHalo: INodeProperties[] = [
	{
		displayName: 'Algorithm Number',
		name: 'algorithm',
		type: 'number',
		default: 0,
		description: 'Number of the signing algorithm in Halo; 0 is HMAC-SHA256',
	},
	{
		displayName: 'Authentication Number',
		name: 'authenticationType',
		type: 'number',
		default: 0,
		description:
			'Number of the authentication in Halo. 0 takes 1 for basic, 2 for bearer, 3 for signature; 2 is a guess.',
	},
	{
		displayName: 'Batch Delay (Seconds)',
		name: 'batchDelay',
		type: 'number',
		default: 0,
		description: 'How long Halo gathers events before it sends them together',
	},
	{
		displayName: 'Batch Limit',
		name: 'batchLimit',
		type: 'number',
		default: 0,
		description: 'Most events of one delivery; 0 leaves it to Halo',
	},
	{
		displayName: 'Batch Number',
		name: 'batchMethod',
		type: 'number',
		default: 0,
		description: 'Number of the batch method in Halo; 0 sends every event alone',
	},
	{
		displayName: 'Digest Number',
		name: 'digest',
		type: 'number',
		default: 0,
		description: 'Number of the digest in Halo; 0 is Base64',
	},
];

export const triggerAdditionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		...numbersOfHalo,
		{
			displayName: 'Include Own Writes',
			name: 'includeOwnWrites',
			type: 'boolean',
			default: false,
			description:
				'Whether changes that this pack makes start the workflow too. They can answer each other for ever.',
		},
		{
			displayName: 'More Event Numbers',
			name: 'moreEvents',
			type: 'string',
			default: '',
			placeholder: '42, 46',
			description:
				'Numbers of further events of Halo to register, parted by commas, e.g. 42 for the first SLA warning',
		},
		{
			displayName: 'Own Agent ID',
			name: 'ownAgentId',
			type: 'number',
			default: 0,
			description: 'Agent whose changes are our own. 0 asks Halo for the agent of the credential.',
		},
		{
			displayName: 'Own Application',
			name: 'ownApplication',
			type: 'string',
			default: '',
			description: 'Name of an API application whose notes are our own as well',
		},
		{
			displayName: 'Payload Number',
			name: 'payloadType',
			type: 'number',
			default: -1,
			description: 'Number of the payload in Halo; -1 leaves it to Halo. All kinds are understood.',
		},
		{
			displayName: 'Signature Prefix',
			name: 'signaturePrefix',
			type: 'string',
			default: '',
			placeholder: 'sha256=',
			description: 'What stands before the signature in its header',
		},
	],
};
