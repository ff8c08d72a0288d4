import type { IExecuteFunctions } from 'n8n-workflow';

import type { CheckProfiles } from '../shared/domain/set-up/profile-rows';
import { readProfileRows } from '../shared/domain/set-up/profile-rows';
import { readFieldsOnClosing } from '../shared/n8n/closing-fields';
import { readLocator, readOption, readString } from '../shared/n8n/parameters';
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
 * @throws ParameterError for a field that holds something else
 */
export function readCheckProfiles(context: IExecuteFunctions): CheckProfiles {
	const from = readOption(context, 'profileFrom', 0, ['none', 'rows', 'typed']);
	if (from === 'none') return { profiles: [], faults: [] };
	if (from === 'rows') {
		const integration = readString(context, 'integration', 0);
		return readProfileRows(readRows(context, 1), integration === '' ? null : integration);
	}
	const value = (name: string): string | null => readLocator(context, name, 0)?.id ?? null;
	const profile = {
		...NOTHING,
		name: 'typed in',
		origin: 'typed into this node',
		isDefault: true,
		integration: null,
		sla: value('sla'),
		priority: value('priority'),
		ticketType: value('ticketType'),
		statusCreate: value('createStatus'),
		statusClose: value('closeStatus'),
		team: value('team'),
		...readFieldsOnClosing(context.getNodeParameter('fieldsClose', 0, {})),
	};
	return { profiles: [profile], faults: [] };
}
