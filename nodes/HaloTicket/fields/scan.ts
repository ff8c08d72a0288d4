import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../shared/n8n/locator';

const SHOWN = { show: { operation: ['syncScan'] } };

/** What a scan covered: only tickets inside it are closed when the scan no longer names their problem. */
export const scanFields: INodeProperties[] = [
	{
		displayName:
			'Send all findings of one scan at once, those on the Ignored output of Halo Evaluate Event Set too: what is missing is taken as gone. For a scan that found nothing, switch on "Always Output Data" in the node before, and fill in source and client here.',
		name: 'scanNotice',
		type: 'notice',
		default: '',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Source',
		name: 'scanSource',
		type: 'string',
		default: '',
		placeholder: 'e.g. tenable',
		description:
			'Scanner whose tickets are compared; those of other sources are never touched. Empty means the source that the findings name.',
		displayOptions: SHOWN,
	},
	locator({
		displayName: 'Client',
		name: 'scanClient',
		what: 'client',
		list: 'searchClients',
		description: 'Client that was scanned. Empty means the clients of the findings.',
		displayOptions: SHOWN,
	}),
	{
		displayName: 'Assets',
		name: 'scanAssets',
		type: 'string',
		default: '',
		typeOptions: { rows: 2 },
		placeholder: 'e.g. SRV-01, 10.20.0.0/16',
		description:
			'Names, IDs, addresses or ranges (CIDR) of the assets that were scanned, separated by commas or lines. Tickets about other assets stay as they are. Empty means the assets with a finding: one that was off has none, and its tickets stay.',
		displayOptions: SHOWN,
	},
	{
		displayName: 'Scan Is Complete',
		name: 'scanComplete',
		type: 'options',
		default: 'findings',
		description: 'Whether the scan covered all that it was to cover. Only then tickets are closed.',
		options: [
			{
				name: 'As the Findings Say',
				value: 'findings',
				description: 'Every finding that names its scan must call it complete',
			},
			{ name: 'No', value: 'no' },
			{ name: 'Yes', value: 'yes' },
		],
		displayOptions: SHOWN,
	},
];
