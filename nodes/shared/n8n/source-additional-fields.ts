import type { INodeProperties } from 'n8n-workflow';

/** No sender of a webhook has more to say at once: the largest batches of the tools hold a few hundred. */
export const MOST_RECORDS = 1_000;

const mostRecordsField: INodeProperties = {
	displayName: 'Most Records per Delivery',
	name: 'mostRecords',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: MOST_RECORDS,
	description: 'A delivery with more is refused with 413, and none of its records is read',
};

/** A tenth of what n8n gives to all its Data Tables: a sender that floods leaves the others room for hours. */
export const MOST_MEGABYTES = 20;

const mostMegabytesField: INodeProperties = {
	displayName: 'Most Megabytes per Hour',
	name: 'mostMegabytes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: MOST_MEGABYTES,
	description:
		'An integration that brought more events than that is told with 429 to send again later, so that no sender fills the Data Tables of all',
};

const firstFields: INodeProperties[] = [
	{
		displayName: 'Alert Labels',
		name: 'alertLabels',
		type: 'string',
		default: '',
		placeholder: '-pod +severity',
		description:
			'Alertmanager and Grafana: which labels name a problem. Blank: all but severity and what differs between replicas. Names take exactly these; -name leaves one more out, +name puts one back.',
	},
	{
		displayName: 'Keep the Source Record',
		name: 'keepRaw',
		type: 'boolean',
		default: false,
		description:
			'Whether to keep the record as the source sent it at "raw", passwords and tokens hidden',
	},
];

const moreFields: INodeProperties[] = [
	{
		displayName: 'Other Sources',
		name: 'namedSources',
		type: 'string',
		default: '',
		placeholder: 'nightly-scan, backup-check',
		description:
			'Opens: canonical bodies may name these sources, and with their keys update and close the tickets of these sources in this integration. Names separated by commas. Used with Source: Canonical JSON only.',
	},
	{
		displayName: 'Severity From',
		name: 'severityPrecedence',
		type: 'options',
		default: 'word',
		description: 'What counts when the word of a source and its score disagree',
		options: [
			{ name: "The Source's Word", value: 'word' },
			{ name: 'The Score', value: 'score' },
			{ name: 'The Higher of Both', value: 'highest' },
		],
	},
	{
		displayName: 'Time Zone of the Source',
		name: 'zone',
		type: 'string',
		default: 'UTC',
		placeholder: 'Europe/London',
		description: 'Zone of times that are written without one, by its IANA name',
	},
];

/**
 * The fields that nobody needs at first.
 * @param forWebhook true for a trigger, whose senders may be told to send less at once
 */
export function additionalFields(forWebhook: boolean): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			...firstFields,
			...(forWebhook ? [mostMegabytesField, mostRecordsField] : []),
			...moreFields,
		],
	};
}
