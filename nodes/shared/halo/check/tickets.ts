import { MENU } from '../../domain/set-up/menu';
import type { CheckLine } from '../../domain/set-up/line';
import { failedLine, okLine, untestableLine } from '../../domain/set-up/line';
import { closingFieldsLine } from '../../domain/set-up/closing-fields-line';
import { checkProfile } from '../../domain/set-up/profile';
import type { CheckLists } from '../../domain/set-up/profile';
import type { NamedId } from '../../domain/profile/resolve';
import type { IntegrationProfile, ProfileField } from '../../domain/profile/profile';
import type { RequiredField } from '../../domain/profile/type-fields';
import { requiredInActions } from '../ticket-fields';
import type { OwnAgent, SignedIn } from './agent';
import { rowsOf } from './session';
import { readFlag, readText } from '../records/decode';
import { isRecord, type JsonRecord } from '../../domain/values/json';
import {
	decodeAgent,
	decodeCategory,
	decodeNamed,
	decodeOutcome,
	decodePriority,
	decodeStatus,
	decodeTicketType,
} from '../records/decode-rows';
import { decodeKnown } from '../records/answers';
import { LOOKUP_IDS } from '../lookups';
import type { HaloQuery } from '../http/transport';
import { readInteger, readReference } from '../../domain/values/read';

/** More names than this in a line help nobody. */
const SHOWN_NAMES = 8;

async function rows(at: SignedIn, path: string, query: HaloQuery = {}): Promise<JsonRecord[]> {
	const key = `${path.slice(1).toLowerCase()}s`;
	const found = rowsOf(await at.session.get(at.resourceServer, path, query), key)?.rows ?? [];
	return found.filter((row) => !readFlag(row.inactive));
}

/** The lists that every profile needs. Four requests. */
export async function loadCoreLists(
	at: SignedIn,
): Promise<Pick<CheckLists, 'ticketTypes' | 'allTicketTypes' | 'statuses' | 'openStatusIds'>> {
	const creatable = await rows(at, '/TicketType', { can_create_only: true });
	const all = await rows(at, '/TicketType', { showall: true });
	const statuses = await rows(at, '/Status');
	const open = await rows(at, '/Status', { excludeclosed: true });
	return {
		ticketTypes: decodeKnown(creatable, decodeTicketType).map((row) => ({
			...row,
			defaultSla: row.default_sla,
		})),
		allTicketTypes: decodeKnown(all, decodeNamed),
		statuses: decodeKnown(statuses, decodeStatus),
		openStatusIds: new Set(decodeKnown(open, decodeStatus).map(({ id }) => id)),
	};
}

/** The lists behind the fields that a profile fills: a request for each, none for the others. */
async function loadProfileLists(
	at: SignedIn,
	core: Awaited<ReturnType<typeof loadCoreLists>>,
	profiles: readonly IntegrationProfile[],
	agent: OwnAgent,
): Promise<CheckLists> {
	const filled = (field: ProfileField): boolean =>
		profiles.some((profile) => profile[field] !== null);
	const lookup = async (id: number) =>
		decodeKnown(await rows(at, '/Lookup', { lookupid: id }), decodeNamed);
	const priorities = filled('priority') ? await rows(at, '/Priority') : [];
	const categories = filled('category') ? await rows(at, '/Category', { type_id: 1 }) : [];
	const agents = filled('agent') ? await rows(at, '/Agent', { includeapiagents: true }) : [];
	return {
		...core,
		slas: filled('sla') ? decodeKnown(await rows(at, '/SLA'), decodeNamed) : [],
		priorities: decodeKnown(priorities, decodePriority).map((row) => ({
			priorityId: row.priorityid,
			slaId: row.slaid,
			name: row.name,
			hidden: row.ishidden,
		})),
		teams: filled('team') ? decodeKnown(await rows(at, '/Team'), decodeNamed) : [],
		agents: decodeKnown(agents, decodeAgent).filter(({ isdisabled }) => !isdisabled),
		clients: [],
		categories: decodeKnown(categories, decodeCategory).map(({ id, value }) => ({
			id,
			name: value,
		})),
		urgencies: filled('urgency') ? await lookup(LOOKUP_IDS.urgency) : [],
		impacts: filled('impact') ? await lookup(LOOKUP_IDS.impact) : [],
		ownTeams: agent.teams,
	};
}

function listed(names: string[]): string {
	const rest = names.length - SHOWN_NAMES;
	return [...names.slice(0, SHOWN_NAMES), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function withoutProfile(core: Awaited<ReturnType<typeof loadCoreLists>>): CheckLine[] {
	const types = core.ticketTypes.map(({ name }) => name);
	const typeLine =
		types.length === 0
			? failedLine(
					'Tickets',
					'Ticket types',
					'There is no ticket type that the agent may make tickets of.',
					`${MENU.agentRights}: "Can add new Tickets" and "Allow use of all Ticket Types".`,
				)
			: okLine('Tickets', 'Ticket types', `The agent may make tickets of: ${listed(types)}.`);
	const advice = 'Set Profile to Typed In or to Rows, and each of its values is checked.';
	return [
		typeLine,
		untestableLine('Tickets', 'Status, SLA and priority', 'No profile was given.', advice),
	];
}

/** Ticket types, statuses, SLA with priority, teams: as the profiles name them. */
export async function checkProfiles(
	at: SignedIn,
	core: Awaited<ReturnType<typeof loadCoreLists>>,
	profiles: readonly IntegrationProfile[],
	agent: OwnAgent,
): Promise<CheckLine[]> {
	if (profiles.length === 0) return withoutProfile(core);
	const lists = await loadProfileLists(at, core, profiles, agent);
	const lines = profiles.flatMap((profile) => checkProfile(profile, lists));
	for (const type of core.ticketTypes.filter((row) => isNamed(row, profiles))) {
		const its = profiles.filter((profile) => isNamed(type, [profile]));
		lines.push(...(await typeLines(at, type, lists.statuses, its)));
	}
	return lines;
}

function isNamed({ id, name }: NamedId, profiles: readonly IntegrationProfile[]): boolean {
	return profiles.some(({ ticketType }) =>
		[String(id), name.toLowerCase()].includes((ticketType ?? '').trim().toLowerCase()),
	);
}

/**
 * What a ticket type does to tickets by itself, and what of it each of its profiles lacks: told by its own record,
 * members as Halo's published description names them. One request.
 */
async function typeLines(
	at: SignedIn,
	{ id, name }: NamedId,
	statuses: readonly NamedId[],
	profiles: readonly IntegrationProfile[],
): Promise<CheckLine[]> {
	const check = `Rules of ticket type ${name}`;
	const query = { includedetails: true };
	const answer = await at.session.get(at.resourceServer, `/TicketType/${id}`, query);
	const row =
		answer.kind === 'answer' && answer.status < 300 && isRecord(answer.body) ? answer.body : null;
	if (row === null) {
		return [
			untestableLine('Tickets', check, `Halo does not show it (${at.session.words(answer)}).`),
		];
	}
	const asked = requiredInActions(row);
	return [
		typeRulesLine(check, row, asked, statuses),
		...profiles.flatMap((profile) => closingFieldsLine(profile, name, asked)),
	];
}

function typeRulesLine(
	check: string,
	row: JsonRecord,
	asked: readonly RequiredField[],
	statuses: readonly NamedId[],
): CheckLine {
	const after = readReference(row.statusaftertechupdate);
	const status = statuses.find((one) => one.id === after)?.name ?? `status ${after ?? ''}`;
	const workflow = readReference(row.workflow_id);
	const rules = [
		...(after === null ? [] : [`an agent's update sets it to ${status}`]),
		...(workflow === null ? [] : [`workflow ${readText(row.workflow_name) ?? workflow} holds it`]),
		...(readFlag(row.mustclosechildbeforeclosurebool) ? ['its children must be closed first'] : []),
		...(asked.length === 0
			? []
			: [
					`actions, the closing one too, need ${listed(asked.map(({ name, label }) => name || label))}`,
				]),
	];
	if (rules.length === 0) return okLine('Tickets', check, 'None that would keep it open.');
	return okLine(
		'Tickets',
		check,
		`${rules.join('; ')}.`,
		'Such a rule can keep a ticket open: Try on a Test Client says whether it does.',
	);
}

/** Does Halo want fields on a new ticket that nothing fills? One request. */
export async function requiredFieldsLine(at: SignedIn): Promise<CheckLine> {
	const check = 'Required fields';
	const fields = await rows(at, '/FieldInfo', { typeid: 1 });
	const wanted = fields
		.filter((row) => readFlag(row.mandatory))
		.map(
			(row) =>
				`${readText(row.label) ?? readText(row.name) ?? 'a field'} (${readInteger(row.id) ?? '?'})`,
		);
	if (wanted.length > 0) {
		return failedLine(
			'Tickets',
			check,
			`Halo marks custom fields of tickets as mandatory: ${listed(wanted)}. A ticket without them can be refused.`,
			`${MENU.ticketTypes} > Field list: make them optional for the ticket type of the profile, or give them a default value.`,
		);
	}
	return okLine(
		'Tickets',
		check,
		'No custom field of tickets is marked as mandatory.',
		`A ticket type's own field list cannot be read: when the first ticket is refused, Halo names the field (${MENU.ticketTypes} > Field list).`,
	);
}

/** May the agent write notes? One request. @param outcomeId of the note's action, 7 unless a tenant changed it */
export async function checkOutcome(at: SignedIn, outcomeId: number): Promise<CheckLine> {
	const check = 'Action for notes';
	const outcomes = decodeKnown(await rows(at, '/Outcome'), decodeOutcome);
	const found = outcomes.find(({ id }) => id === outcomeId);
	const have = listed(
		outcomes.filter(({ hidden }) => !hidden).map(({ id, name }) => `${name} (${id})`),
	);
	if (found !== undefined && !found.hidden) {
		return okLine('Tickets', check, `${found.name} (${outcomeId}). The agent sees: ${have}.`);
	}
	return failedLine(
		'Tickets',
		check,
		`Halo shows the agent no action with id ${outcomeId}; it shows: ${have === '' ? 'none' : have}.`,
		`${MENU.actions}: allow the action Internal Note for the agent's role, or write the id of another one under Note Action ID.`,
	);
}
