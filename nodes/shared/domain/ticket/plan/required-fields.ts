import { shownField, type CustomField } from '../../profile/custom-fields';
import { CUSTOM, ownField, type OwnField, type RequiredField } from '../../profile/type-fields';
import { ProfileError } from '../../profile/profile';
import type { ResolvedProfile } from '../../profile/resolve';
import type { TicketExtras } from './types';

/** What a ticket type wants filled in when a ticket is made. */
export interface TicketTypeForm {
	typeId: number;
	name: string;
	required: readonly RequiredField[];
	/** True when making a ticket of it starts an approval. */
	startsApproval: boolean;
	/** What the type fills in by itself. */
	defaults: {
		team: string | null;
		agentId: number | null;
		impactId: number | null;
		urgencyId: number | null;
		category: string | null;
	};
}

export interface RequiredQuestion {
	/** Names the profile, for error texts. */
	where: string;
	form: TicketTypeForm;
	profile: ResolvedProfile;
	extras: TicketExtras;
	/** True when the asset of the event is looked up and the event names one. */
	linksAsset: boolean;
	/** True when types that start an approval are left to Halo. */
	allowApproval: boolean;
	fields: readonly CustomField[];
}

function isFilled(field: OwnField, { form, profile, linksAsset }: RequiredQuestion): boolean {
	const { defaults } = form;
	switch (field) {
		case 'asset':
			return linksAsset;
		case 'team':
			return (profile.team ?? defaults.team) !== null;
		case 'agent':
			return (profile.agentId ?? defaults.agentId) !== null;
		case 'impact':
			return (profile.impactId ?? defaults.impactId) !== null;
		case 'urgency':
			return (profile.urgencyId ?? defaults.urgencyId) !== null;
		case 'category':
			return (profile.category ?? defaults.category) !== null;
		default:
			return true;
	}
}

/** A field that stays empty, as an error text names it, with what may be picked. */
function missing(required: RequiredField, question: RequiredQuestion): string[] {
	const own = ownField(required);
	if (own !== null) return isFilled(own, question) ? [] : [required.label];
	const field = question.fields.find(({ id }) => id === required.id);
	// A field of Halo's own that is not known here: whether it is filled only Halo can say.
	if (field === undefined && !CUSTOM.test(required.name)) return [];
	if (question.extras.customFields.some(({ id }) => id === required.id)) return [];
	if (field === undefined) return [`${required.label} (${required.name})`];
	const allowed = field.options.map(({ name }) => name).join(', ');
	return [`${shownField(field)}${allowed === '' ? '' : `, one of ${allowed}`}`];
}

/**
 * Refuses a ticket that Halo would refuse, before anything is written.
 * @throws ProfileError naming the ticket type, the empty fields and what may be picked
 */
export function checkRequiredFields(question: RequiredQuestion): void {
	const { form, where } = question;
	if (form.startsApproval && !question.allowApproval) {
		throw new ProfileError(
			`${where}, Ticket Type: "${form.name}" (${form.typeId}) starts an approval, and Halo wants its approvers named by hand`,
			'Pick another type, or take the approval off it in Halo: Configuration > Tickets > Ticket Types. The option Ticket Types With Approval lets Halo decide.',
		);
	}
	const empty = form.required.flatMap((field) => missing(field, question));
	if (empty.length === 0) return;
	throw new ProfileError(
		`${where}: tickets of the type "${form.name}" need ${empty.join('; ')}, which nothing fills`,
		'Fill it in the profile or under Custom Fields, or make it optional in Halo: Configuration > Tickets > Ticket Types > Field List.',
	);
}
