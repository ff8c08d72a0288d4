import type { INodeProperties } from 'n8n-workflow';

const forCheck = { show: { operation: ['check'] } };

/** Fields of Check. */
export const checkFields: INodeProperties[] = [
	{
		displayName:
			'Mappings: rows of halo_company_mappings. Halo Clients: the output Companies of Halo Import Companies, inactive ones included. Profiles and Event Sets are optional. Rows that are right come out on Mapped, the others on Needs Review with what has changed; nothing is written.',
		name: 'checkNotice',
		type: 'notice',
		default: '',
		displayOptions: forCheck,
	},
	{
		displayName: 'Check Profile Values in Halo',
		name: 'checkProfileValues',
		type: 'boolean',
		default: true,
		description:
			'Whether to compare statuses, teams, agents and the like of the profiles with the lists in Halo. Needs the credential.',
		displayOptions: forCheck,
	},
];
