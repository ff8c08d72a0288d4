import type { IExecuteFunctions } from 'n8n-workflow';

import type { IntegrationProfile } from '../shared/domain/profile';
import { parseProfileRows } from '../shared/domain/profile-parse';
import { readLocator, readOption } from '../shared/n8n/parameters';
import { readRows } from '../shared/n8n/rows';

const NOTHING = {
	eventSet: null,
	severities: [],
	agent: null,
	client: null,
	user: null,
	category: null,
	urgency: null,
	impact: null,
};

/**
 * The profiles whose values are checked.
 * @throws ProfileError for a row that is no profile, ParameterError for a field that holds something else
 */
export function readCheckProfiles(context: IExecuteFunctions): IntegrationProfile[] {
	const from = readOption(context, 'profileFrom', 0, ['none', 'rows', 'typed']);
	if (from === 'none') return [];
	if (from === 'rows') return parseProfileRows(readRows(context, 1));
	const value = (name: string): string | null => readLocator(context, name, 0)?.id ?? null;
	return [
		{
			...NOTHING,
			name: 'typed in',
			origin: 'typed into this node',
			isDefault: true,
			sla: value('sla'),
			priority: value('priority'),
			ticketType: value('ticketType'),
			statusCreate: value('createStatus'),
			statusClose: value('closeStatus'),
			team: value('team'),
		},
	];
}
