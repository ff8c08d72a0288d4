import type { CheckLine } from './line';
import { failedLine, okLine } from './line';
import { MENU } from './menu';
import type { IntegrationProfile, ProfileField } from '../profile/profile';
import { PROFILE_FIELDS, ProfileError, profileFieldLabel } from '../profile/profile';
import type { NamedId, ProfileLists } from '../profile/resolve';
import { resolveProfile } from '../profile/resolve';

/** Halo's lists, and what is known of them beside what a profile resolves to. */
export interface CheckLists extends ProfileLists {
	/** Ticket types that exist, also those of which the agent may make no ticket. */
	allTicketTypes: readonly NamedId[];
	/** Teams of the API's agent; null when Halo does not say. */
	ownTeams: readonly string[] | null;
}

/** The profile with only the named fields filled, so that one wrong field does not hide the others. */
function only(profile: IntegrationProfile, fields: readonly ProfileField[]): IntegrationProfile {
	const values = PROFILE_FIELDS.map(([field]) => [
		field,
		fields.includes(field) ? profile[field] : null,
	]);
	return { ...profile, ...Object.fromEntries(values) };
}

function namesOf(rows: readonly NamedId[], id: number | null): string {
	return rows.find((row) => row.id === id)?.name ?? String(id);
}

function attempt(
	profile: IntegrationProfile,
	fields: readonly ProfileField[],
	check: string,
	menu: string,
	lists: CheckLists,
	toSeen: (resolved: ReturnType<typeof resolveProfile>) => CheckLine | string,
): CheckLine {
	const title = `${check} of profile ${profile.name}`;
	try {
		const seen = toSeen(resolveProfile(only(profile, fields), lists));
		return typeof seen === 'string' ? okLine('Tickets', title, seen) : { ...seen, check: title };
	} catch (error) {
		if (!(error instanceof ProfileError)) {
			return failedLine('Tickets', title, String(error), `Correct the profile; see ${menu}.`);
		}
		return failedLine(
			'Tickets',
			title,
			`${error.message}.`,
			`${error.nextStep} ${menu} shows them.`,
		);
	}
}

function typeLine(profile: IntegrationProfile, lists: CheckLists): CheckLine {
	const value = profile.ticketType;
	const title = `Ticket type of profile ${profile.name}`;
	if (value === null) {
		return failedLine(
			'Tickets',
			title,
			`Profile ${profile.origin} names no ticket type.`,
			'Name one in the profile, e.g. Incident.',
		);
	}
	const same = ({ id, name }: NamedId): boolean =>
		String(id) === value || name.toLowerCase() === value.trim().toLowerCase();
	const hidden = lists.allTicketTypes.find(same);
	if (!lists.ticketTypes.some(same) && hidden !== undefined) {
		return failedLine(
			'Tickets',
			title,
			`${hidden.name} (${hidden.id}) exists, but the agent may make no ticket of it.`,
			`${MENU.ticketTypes} > ${hidden.name}: let agents choose it for new tickets; ${MENU.agentRights}: "Allow use of all Ticket Types".`,
		);
	}
	return attempt(
		profile,
		['ticketType'],
		'Ticket type',
		MENU.ticketTypes,
		lists,
		(found) => `${namesOf(lists.ticketTypes, found.ticketTypeId)} (${found.ticketTypeId}).`,
	);
}

function statusLine(
	profile: IntegrationProfile,
	field: 'statusCreate' | 'statusClose',
	lists: CheckLists,
): CheckLine {
	const label = profileFieldLabel(field);
	return attempt(profile, [field], label, MENU.statuses, lists, (found) => {
		const id = field === 'statusCreate' ? found.statusCreateId : found.statusCloseId;
		if (id === null) {
			return field === 'statusCreate'
				? "Blank: Halo's own for new tickets."
				: failedLine(
						'Tickets',
						'',
						`Profile ${profile.origin} names no close status.`,
						'Name one in the profile, e.g. Closed.',
					);
		}
		return `${namesOf(lists.statuses, id)} (${id}).`;
	});
}

function teamLine(profile: IntegrationProfile, lists: CheckLists): CheckLine {
	return attempt(
		profile,
		['team'],
		'Team',
		'Configuration > Teams & Agents > Teams',
		lists,
		({ team }) => {
			if (team === null) return "Blank: Halo's own for the ticket type.";
			const inIt = lists.ownTeams?.some((name) => name.toLowerCase() === team.toLowerCase());
			if (inIt !== false) return `${team}.`;
			return failedLine(
				'Tickets',
				'',
				`The API's agent is not in the team ${team}.`,
				`${MENU.agentTeams}: add ${team}, with "Can be assigned to", "Can see unassigned tickets for this Team" and "Can see Tickets assigned to other Agents in this Team".`,
			);
		},
	);
}

const OTHER_FIELDS: readonly ProfileField[] = ['agent', 'category', 'urgency', 'impact'];

/** Can tickets be made and closed as this profile says? One line per question. */
export function checkProfile(profile: IntegrationProfile, lists: CheckLists): CheckLine[] {
	const filled = OTHER_FIELDS.filter((field) => profile[field] !== null);
	return [
		typeLine(profile, lists),
		statusLine(profile, 'statusCreate', lists),
		statusLine(profile, 'statusClose', lists),
		attempt(
			profile,
			['ticketType', 'sla', 'priority'],
			'SLA and priority',
			MENU.slas,
			lists,
			({ slaId, priorityId }) =>
				`SLA ${slaId === null ? "as Halo's ticket type has it" : namesOf(lists.slas, slaId)}, priority ${priorityId ?? "as Halo's SLA has it"}.`,
		),
		teamLine(profile, lists),
		...filled.map((field) =>
			attempt(profile, [field], profileFieldLabel(field), 'Configuration', lists, () =>
				String(profile[field]),
			),
		),
	];
}
