import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../shared/n8n/locator';
import { MAKES_TICKETS } from './operation';

/** Operations that make tickets. */
const making = { operation: MAKES_TICKETS };

const PLACEHOLDERS =
	'Placeholders in braces: {title}, {severity}, {asset.name}, {company}, {user.email}, {product}, {cves}, {client} and other members of the event; a word behind a bar stands for an empty value: {asset.name|no asset}. An unknown one is refused with the whole list.';

/** What tickets say and carry beyond the profile. Everything is optional; read/content.ts holds the same defaults. */
export const contentFields: INodeProperties[] = [
	{
		displayName: 'Ticket Content',
		name: 'content',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: making },
		description: 'What new tickets say and carry beyond the profile',
		options: [
			{
				displayName: 'Affected User',
				name: 'affectedUser',
				type: 'boolean',
				default: false,
				description:
					"Whether to put the person of the event on the ticket, found by e-mail address among the users of the client; else the profile's user, else the client's General User. One request more per new ticket.",
			},
			{
				displayName: 'Details Template',
				name: 'detailsTemplate',
				type: 'string',
				noDataExpression: true,
				typeOptions: { rows: 6 },
				default: '',
				placeholder:
					'e.g. <p>{user|Somebody} asks for {application} on {asset.name}</p>{facts}{link}',
				description: `Body of new tickets, as text or HTML; values are escaped. ${PLACEHOLDERS} {facts} is the table of what is known, {remediations} what to do by product, {link} the link to the source. The table of a grouped ticket and our reference always follow. Empty means the built-in text.`,
			},
			{
				displayName: 'Link Asset',
				name: 'linkAsset',
				type: 'boolean',
				default: false,
				description:
					"Whether to link the asset of the event: looked up by name, serial number or MAC address among the client's own assets. None found: the ticket is made without, and the decision says so. Several: a private note lists them. One request more per new asset; needs the scope read:assets.",
			},
			{
				displayName: 'Note Each Reporter',
				name: 'noteReporters',
				type: 'boolean',
				default: false,
				description:
					'Whether to put the person of each event on its ticket in a private note, once: for mails and requests that people report. One request more per ticket, and one per new person.',
			},
			locator({
				displayName: 'Request Source',
				name: 'requestSource',
				what: 'request source',
				list: 'searchRequestSources',
				description: 'Source of new tickets, for reports',
			}),
			{
				displayName: 'Tags',
				name: 'tags',
				type: 'string',
				default: '',
				placeholder: 'e.g. scanner, vulnerability',
				description: 'Tags of new tickets, separated by commas',
			},
			{
				displayName: 'Ticket Types With Approval',
				name: 'approvalTypes',
				type: 'options',
				default: 'refuse',
				options: [
					{
						name: 'Let Halo Decide',
						value: 'allow',
						description: 'For approvals that name their approvers by themselves',
					},
					{
						name: 'Refuse Before Anything Is Written',
						value: 'refuse',
						description: 'Halo wants the members of a change board named by hand',
					},
				],
				description: 'What to do about a ticket type that starts an approval',
			},
			{
				displayName: 'Title Template',
				name: 'titleTemplate',
				type: 'string',
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. [{severity}] {title} on {asset.name|an unknown asset}',
				description: `Summary of new tickets; our reference follows. ${PLACEHOLDERS} Empty means the title of the event.`,
			},
		],
	},
	{
		displayName: 'Fill Custom Fields',
		name: 'fillCustomFields',
		type: 'boolean',
		default: false,
		displayOptions: { show: making },
		description: 'Whether to fill custom fields of new tickets',
	},
	{
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: { show: { ...making, fillCustomFields: [true] } },
		typeOptions: {
			loadOptionsDependsOn: ['ticketType.value'],
			resourceMapper: {
				resourceMapperMethod: 'getCustomFields',
				mode: 'add',
				fieldWords: { singular: 'custom field', plural: 'custom fields' },
				addAllFields: false,
				multiKeyMatch: false,
				supportAutoMap: false,
				noFieldsError: 'Halo has no custom fields on tickets that this credential may see.',
			},
		},
		description:
			'Custom fields of new tickets; those that the ticket type requires are marked. A text that is no expression may hold the placeholders of the templates, e.g. {reference}. Rich-text fields take HTML; values and results of expressions are escaped in them.',
	},
];
