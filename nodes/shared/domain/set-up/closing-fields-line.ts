import { FIELDS_ON_CLOSING, ownClosingField } from '../profile/closing-fields';
import type { IntegrationProfile } from '../profile/profile';
import { CUSTOM, ownField, type RequiredField } from '../profile/type-fields';
import { type CheckLine, failedLine, okLine } from './line';
import { MENU } from './menu';

/** True when a word of a profile means this custom field: its id, its name with or without `CF`, or its label. */
function means(word: string, { id, label, name }: RequiredField): boolean {
	const known = name.toLowerCase();
	const wanted = word.trim().toLowerCase();
	return [String(id), known, known.replace(CUSTOM, ''), label.toLowerCase()].includes(wanted);
}

/** True when the profile leaves the field empty on tickets that it closes; false where only Halo can say. */
function isLacking(field: RequiredField, profile: IntegrationProfile): boolean {
	const closing = Object.keys(profile.fieldsClose ?? {});
	switch (ownField(field)) {
		case 'category':
			return profile.category === null && !closing.some(isOwn('category_1'));
		case 'impact':
			return profile.impact === null && !closing.some(isOwn('impact'));
		case 'urgency':
			return profile.urgency === null && !closing.some(isOwn('urgency'));
		case null:
			return (
				CUSTOM.test(field.name) &&
				![...closing, ...Object.keys(profile.fields ?? {})].some((word) => means(word, field))
			);
		default:
			return false;
	}
}

function isOwn(field: ReturnType<typeof ownClosingField>): (word: string) => boolean {
	return (word) => ownClosingField(word) === field;
}

/**
 * Does the profile fill what its ticket type wants before a ticket is closed?
 * @param asked fields that the type requires in actions, the closing one too
 * @returns no line where the type asks for nothing
 */
export function closingFieldsLine(
	profile: IntegrationProfile,
	typeName: string,
	asked: readonly RequiredField[],
): CheckLine[] {
	if (asked.length === 0) return [];
	const check = `${FIELDS_ON_CLOSING} of profile ${profile.name}`;
	const lacking = asked.filter((field) => isLacking(field, profile)).map(({ label }) => label);
	if (lacking.length === 0) {
		return [okLine('Tickets', check, `What ${typeName} wants filled on closing is filled.`)];
	}
	return [
		failedLine(
			'Tickets',
			check,
			`${typeName} wants ${lacking.join(', ')} filled before a ticket is closed; profile ${profile.origin} leaves it empty.`,
			`Fill it under ${FIELDS_ON_CLOSING} (column fieldsClose of halo_profiles), or make it optional in actions: ${MENU.ticketTypes} > ${typeName} > Field list.`,
		),
	];
}
