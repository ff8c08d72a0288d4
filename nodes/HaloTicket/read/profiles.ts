import type { IExecuteFunctions } from 'n8n-workflow';

import type { IntegrationProfile, ProfileField } from '../../shared/domain/profile/profile';
import { parseProfileRows } from '../../shared/domain/profile/parse';
import { isRecord } from '../../shared/domain/values/json';
import { readFieldsOnClosing } from '../../shared/n8n/closing-fields';
import { pickedRow, readLocator } from '../../shared/n8n/parameters';
import { readRows } from '../../shared/n8n/rows';

/** Name of the parameter behind each field of a typed profile; those with a dot stand under More Fields. */
const TYPED: Readonly<Record<ProfileField, string>> = {
	ticketType: 'ticketType',
	statusClose: 'closeStatus',
	sla: 'moreFields.sla',
	priority: 'moreFields.priority',
	statusCreate: 'moreFields.createStatus',
	team: 'moreFields.team',
	agent: 'moreFields.agent',
	client: 'moreFields.client',
	user: 'moreFields.user',
	category: 'moreFields.category',
	urgency: 'moreFields.urgency',
	impact: 'moreFields.impact',
};

/** Where this run's profiles come from. */
export interface ProfileSource {
	/** True when the profile is typed into the node. */
	typed: boolean;
	/** True when the typed profile may differ from item to item, so that a fault in it is one item's. */
	perItem: boolean;
	/** Profiles for an item: the same for every item unless an expression in the node says otherwise. */
	profilesFor(itemIndex: number): readonly IntegrationProfile[];
}

function typedValue(
	context: IExecuteFunctions,
	more: Record<string, unknown>,
	path: string,
	itemIndex: number,
): string | null {
	const [group, member] = path.split('.');
	if (group === undefined) return null;
	if (member !== undefined) return pickedRow(path, more[member])?.id ?? null;
	// The operation Close shows no ticket type, Create no close status: a hidden field has no say.
	return context.getNodeParameter(group, itemIndex, null) === null
		? null
		: (readLocator(context, group, itemIndex)?.id ?? null);
}

function typedProfile(context: IExecuteFunctions, itemIndex: number): IntegrationProfile {
	const given: unknown = context.getNodeParameter('moreFields', itemIndex, {});
	const more = isRecord(given) ? given : {};
	const value = (field: ProfileField): string | null =>
		typedValue(context, more, TYPED[field], itemIndex);
	const text = (member: string): string | null => {
		const typed = more[member];
		return typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null;
	};
	const eventSet = text('eventSet');
	return {
		name: text('name') ?? 'typed in',
		origin: 'typed into this node',
		isDefault: eventSet === null,
		integration: null,
		eventSet,
		severities: [],
		sla: value('sla'),
		priority: value('priority'),
		ticketType: value('ticketType'),
		statusCreate: value('statusCreate'),
		statusClose: value('statusClose'),
		team: value('team'),
		agent: value('agent'),
		client: value('client'),
		user: value('user'),
		category: value('category'),
		urgency: value('urgency'),
		impact: value('impact'),
		...readFieldsOnClosing(more.fieldsClose),
	};
}

function hasExpression(context: IExecuteFunctions): boolean {
	const { ticketType, closeStatus, moreFields } = context.getNode().parameters;
	return (JSON.stringify([ticketType, closeStatus, moreFields]) ?? '').includes('"=');
}

/**
 * The profile typed into the node, or the rows on the second input.
 * @throws ProfileError naming row and column, or that no row came
 */
export function readProfileSource(context: IExecuteFunctions): ProfileSource {
	if (context.getNodeParameter('profileFrom', 0, 'typed') === 'rows') {
		const profiles = parseProfileRows(readRows(context, 1));
		return { typed: false, perItem: false, profilesFor: () => profiles };
	}
	if (hasExpression(context)) {
		return {
			typed: true,
			perItem: true,
			profilesFor: (itemIndex) => [typedProfile(context, itemIndex)],
		};
	}
	const profile = [typedProfile(context, 0)];
	return { typed: true, perItem: false, profilesFor: () => profile };
}
