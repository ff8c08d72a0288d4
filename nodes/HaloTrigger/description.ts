import type { INodeProperties } from 'n8n-workflow';

import { triggerAdditionalFields } from './additional-fields';
import { filterField } from './filter-fields';

/** Names of the menus are Halo's own. */
const STEPS_BY_HAND = [
	'<b>In Halo</b>, with the right of an administrator:',
	'1. <b>Configuration > Integrations > Webhooks > New</b>. Name: n8n. Payload URL: the production URL above. Method POST, content type application/json.',
	'2. Authentication: the same as below. Signature: header X-Halo-Signature, secret key as in the credential, HMAC-SHA256, Base64. Basic: user and password of the credential.',
	'3. Payload: full object. Enable the webhook and save.',
	'4. Tab <b>Events > Add</b>: one for each event chosen below. A webhook without an event is never called. "Ticket updated" needs a condition, e.g. summary is not empty.',
	'5. Publish this workflow, then change a ticket: the tab <b>Deliveries</b> in Halo shows what was answered.',
].join('<br/>');

const registrationFields: INodeProperties[] = [
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		description: 'How Halo comes to know the address of this workflow',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Publishing makes the webhook in Halo, unpublishing removes it',
			},
			{
				name: 'By Hand',
				value: 'byHand',
				description: 'An administrator enters it in Halo once; the credential needs no more rights',
			},
		],
	},
	{
		displayName:
			'Publishing and unpublishing take the scope <b>admin</b> of the application and the role <b>Administrator</b> of its agent. Without them choose By Hand.',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['automatic'] } },
	},
	{
		displayName: STEPS_BY_HAND,
		name: 'byHandNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['byHand'] } },
	},
];

const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	default: ['created', 'statusChanged', 'closed'],
	description: 'What must happen to a ticket. A closing is also a change of status and an update.',
	options: [
		{ name: 'Ticket Closed', value: 'closed' },
		{ name: 'Ticket Created', value: 'created' },
		{ name: 'Ticket Deleted', value: 'deleted' },
		{ name: 'Ticket Status Changed', value: 'statusChanged' },
		{
			name: 'Ticket Updated',
			value: 'updated',
			description: 'Any change, notes included: many deliveries on a busy Halo',
		},
	],
};

const authenticationFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'signature',
		description: 'How Halo shows that a delivery is its own. The secret is in the credential.',
		options: [
			{
				name: 'Basic Auth',
				value: 'basic',
				description: 'User and password of the credential',
			},
			{
				name: 'Bearer Token',
				value: 'bearer',
				description: 'Not offered by every version of Halo',
			},
			{
				name: 'Signature',
				value: 'signature',
				description: 'HMAC-SHA256 over the body; a changed byte is refused',
			},
		],
	},
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: 'X-Halo-Signature',
		required: true,
		displayOptions: { show: { authentication: ['signature'] } },
		description: 'Header that Halo writes the signature into',
	},
];

export const properties: INodeProperties[] = [
	...registrationFields,
	eventsField,
	...authenticationFields,
	{
		displayName: 'Read Ticket',
		name: 'readTicket',
		type: 'options',
		noDataExpression: true,
		default: 'always',
		description:
			'Whether the ticket is read from Halo. Deliveries can be late, twice or in another order.',
		options: [
			{
				name: 'Always',
				value: 'always',
				description: 'The ticket as it is now; one request per event',
			},
			{
				name: 'Never',
				value: 'never',
				description: 'The ticket as the delivery tells it',
			},
			{
				name: 'When Missing',
				value: 'whenMissing',
				description: 'Only for deliveries that hold no ticket',
			},
		],
	},
	filterField,
	{
		displayName: 'Respond',
		name: 'responseMode',
		type: 'options',
		noDataExpression: true,
		default: 'onReceived',
		description: 'When Halo gets its answer',
		options: [
			{
				name: 'Immediately',
				value: 'onReceived',
				description: 'Halo is told that the delivery arrived, whatever the workflow makes of it',
			},
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description: 'A workflow that fails shows as a failed delivery in Halo',
			},
		],
	},
	triggerAdditionalFields,
	{
		// n8n hands the body over unread only to a version 1 node whose options say so.
		displayName: 'Raw Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];
