import { MENU } from '../../domain/set-up/menu';
import type { CheckLine } from '../../domain/set-up/line';
import { failedLine, okLine, untestableLine } from '../../domain/set-up/line';
import { readPages } from '../../domain/set-up/probe-lists';
import type { CheckAnswer, CheckSession } from './session';
import { rowsOf } from './session';
import { isRecord, type JsonRecord } from '../../domain/values/json';
import { readFlag, readText } from '../records/decode';
import type { CheckUse } from './scopes';
import { covers } from './scopes';
import { readInteger } from '../../domain/values/read';

/** The agent that the application acts as. */
export interface OwnAgent {
	id: number;
	name: string;
	/** Names of its teams; null when Halo does not say. */
	teams: string[] | null;
}

/** How the API is asked once a token is there. */
export interface SignedIn {
	session: CheckSession;
	resourceServer: string;
	granted: ReadonlySet<string>;
	uses: readonly CheckUse[];
}

const AGAIN = 'Run the check again in a few minutes; nothing is known about the login type yet.';
const LOGIN_FIX = `${MENU.application}: open the application, set Login Type to Agent, pick the agent to log in as, save.`;

function teamsOf(row: JsonRecord): string[] | null {
	if (!Array.isArray(row.teams)) return null;
	return row.teams
		.filter(isRecord)
		.map((team) => readText(team.team_name) ?? readText(team.name) ?? String(team.team_id ?? ''));
}

/** Whom does the application log in as? One request. */
export async function checkLogin({ session, resourceServer }: SignedIn): Promise<{
	lines: CheckLine[];
	agent: OwnAgent | null;
}> {
	const check = 'Login type Agent';
	const answer = await session.get(resourceServer, '/Agent/me');
	const row = answer.kind === 'answer' && isRecord(answer.body) ? answer.body : null;
	const id = row === null ? null : readInteger(row.id);
	if (answer.kind === 'none' || answer.status === 429 || answer.status >= 500) {
		const seen = `Halo gave a token and did not say whom it belongs to (${session.words(answer)} on /Agent/me).`;
		return { lines: [failedLine('Sign-in', check, seen, AGAIN)], agent: null };
	}
	if (answer.status >= 300 || row === null || id === null) {
		const seen = `Halo gave a token with no agent behind it (${session.words(answer)} on /Agent/me).`;
		return { lines: [failedLine('Sign-in', check, seen, LOGIN_FIX)], agent: null };
	}
	const name = readText(row.name) ?? `agent ${id}`;
	if (readFlag(row.isdisabled)) {
		const seen = `The agent ${name} (${id}) is disabled.`;
		const fix = `${MENU.agents}: open ${name} and enable it, or pick another agent in the application.`;
		return { lines: [failedLine('Sign-in', check, seen, fix)], agent: null };
	}
	const own = row.isapiagent !== undefined && !readFlag(row.isapiagent);
	const advice = own
		? `${name} is no API-only agent: it uses a licence, and people cannot tell its work from a person's. ${MENU.agents}: tick Is an API-only Agent.`
		: null;
	return {
		lines: [okLine('Sign-in', check, `Signed in as ${name} (agent ${id}).`, advice)],
		agent: { id, name, teams: teamsOf(row) },
	};
}

interface Feature {
	name: string;
	path: string;
	key: string;
	scope: string;
	use: CheckUse;
	level: string;
}

const FEATURES: readonly Feature[] = [
	{
		name: 'Tickets',
		path: '/Tickets',
		key: 'tickets',
		scope: 'read:tickets',
		use: 'tickets',
		level: 'Read and Modify',
	},
	{
		name: 'Clients',
		path: '/Client',
		key: 'clients',
		scope: 'read:customers',
		use: 'tickets',
		level: 'Read Only',
	},
	{
		name: 'Users',
		path: '/Users',
		key: 'users',
		scope: 'read:customers',
		use: 'tickets',
		level: 'Read Only',
	},
	{
		name: 'Assets',
		path: '/Asset',
		key: 'assets',
		scope: 'read:assets',
		use: 'assets',
		level: 'Read Only',
	},
];

/** Enough to meet tickets of nobody and of others in any tenant that is in use; Halo's largest page. */
const PAGE = 100;

/** Lists that a tenant can have nothing in; of clients and users Halo keeps some itself. */
const MAY_BE_EMPTY: readonly string[] = ['tickets', 'assets'];

function needs(uses: readonly CheckUse[], { name, use }: Feature): boolean {
	return uses.includes(use) || (name === 'Clients' && uses.includes('companySync'));
}

function featureLine(feature: Feature, at: SignedIn, answer: CheckAnswer): CheckLine {
	const { name, level, scope, key } = feature;
	const check = `Feature access: ${name}`;
	const fix = `${MENU.agentRights}: set ${name} to ${level}${name === 'Assets' ? ', and allow the use of all Asset Types' : ''}. New rights count from the next token on.`;
	const page = rowsOf(answer, key);
	if (page === null) {
		const words = at.session.words(answer);
		return failedLine(
			'Agent',
			check,
			`Halo refused the list of ${key} (${words}), although ${scope} is granted.`,
			fix,
		);
	}
	if (page.total === 0 && MAY_BE_EMPTY.includes(key)) {
		const seen = `None seen: Halo shows the agent not one of its ${key}, or there are none.`;
		return untestableLine('Agent', check, seen, `Where there are some: ${fix}`);
	}
	if (page.total === 0) {
		return failedLine('Agent', check, `Halo shows the agent not one of its ${key}.`, fix);
	}
	return okLine('Agent', check, `The agent sees ${page.total} ${key}.`);
}

function pageOf(page: ReturnType<typeof rowsOf>): ReturnType<typeof readPages> {
	if (page === null) return null;
	const ids = page.rows.flatMap(({ id }) => readInteger(id) ?? []);
	return readPages(PAGE, { ids, count: page.counted ? page.total : null }, null);
}

function pagesLineOf(pages: ReadonlyArray<{ seen: string; usual: boolean }>): CheckLine {
	const check = 'Pages and counts of lists';
	if (pages.length === 0) return untestableLine('Agent', check, 'No list held a row.');
	const advice =
		'Nothing to set: lists are read until a page brings nothing new, and counts are only a hint.';
	return okLine(
		'Agent',
		check,
		`${pages.map(({ seen }) => seen).join('. ')}.`,
		pages.every(({ usual }) => usual) ? null : advice,
	);
}

/** What may the agent see? One request per feature. Resolves to the first page of tickets too. */
export async function checkFeatures(
	at: SignedIn,
): Promise<{ lines: CheckLine[]; tickets: JsonRecord[] }> {
	const lines: CheckLine[] = [];
	const pages: Array<{ seen: string; usual: boolean }> = [];
	let tickets: JsonRecord[] = [];
	for (const feature of FEATURES) {
		const check = `Feature access: ${feature.name}`;
		if (!needs(at.uses, feature)) {
			lines.push(untestableLine('Agent', check, 'Not needed for what was chosen under Used For.'));
			continue;
		}
		if (!covers(at.granted, feature.scope)) {
			lines.push(
				untestableLine('Agent', check, `Without the scope ${feature.scope} Halo says nothing.`),
			);
			continue;
		}
		const answer = await at.session.get(at.resourceServer, feature.path, {
			pageinate: true,
			page_size: PAGE,
			page_no: 1,
		});
		if (feature.name === 'Tickets') tickets = rowsOf(answer, 'tickets')?.rows ?? [];
		lines.push(featureLine(feature, at, answer));
		const page = pageOf(rowsOf(answer, feature.key));
		if (page !== null) pages.push({ ...page, seen: `${feature.name}: ${page.seen}` });
	}
	return { lines: [...lines, pagesLineOf(pages)], tickets };
}

/** What the agent may see of tickets, told from the newest ones; what only a write shows is named. Sends nothing. */
export function checkTicketRights(tickets: readonly JsonRecord[], agent: OwnAgent): CheckLine[] {
	const agents = tickets.map((row) => readInteger(row.agent_id) ?? 0);
	// Agent 1 is Halo's "Unassigned".
	const unassigned = agents.filter((id) => id <= 1).length;
	const others = agents.filter((id) => id > 1 && id !== agent.id).length;
	const seen = (count: number, what: string): string =>
		`${count} of the newest ${tickets.length} tickets ${what}.`;
	const view = (check: string, count: number, what: string): CheckLine =>
		count > 0
			? okLine('Agent', check, seen(count, what))
			: untestableLine(
					'Agent',
					check,
					seen(0, what),
					`${MENU.agentRights}: check that "${check}" is on. Without it the look-up misses tickets, and a duplicate can be made.`,
				);
	return [
		view('Can view Unassigned Tickets', unassigned, 'have no agent'),
		view('Can view Tickets that are assigned to other Agents', others, 'belong to others'),
		untestableLine(
			'Agent',
			'Ticket permissions for writing',
			'Only a write shows them, and this check writes nothing.',
			`${MENU.agentRights}: compare "Can add new Tickets", "Can edit closed Tickets", "Can Re-assign Tickets", "Can Edit Tickets Which Are Not Assigned To Them" and "Can always update Ticket Statuses and re-assign Tickets outside of actions".`,
		),
	];
}

/** Role, default team and teams. Two requests. */
export async function checkTeams(
	{ session, resourceServer }: SignedIn,
	agent: OwnAgent,
	listsEmpty: boolean,
): Promise<CheckLine[]> {
	const role = listsEmpty
		? failedLine(
				'Agent',
				'Role',
				'Halo shows the agent no ticket type and no status, as it does without a role.',
				`${MENU.agents}: open ${agent.name} and give it a role.`,
			)
		: okLine('Agent', 'Role', 'Halo shows the agent its lists.');
	const agents = rowsOf(await session.get(resourceServer, '/Agent'), 'agents')?.rows ?? [];
	const others = agents.filter((row) => readInteger(row.id) !== agent.id);
	const team = listsEmpty
		? untestableLine('Agent', 'Default team', 'Without a role Halo shows no agents.')
		: others.length === 0
			? failedLine(
					'Agent',
					'Default team',
					'The agent sees no other agent, as it does without a default team.',
					`${MENU.agents}: open ${agent.name} and choose a Default team.`,
				)
			: okLine('Agent', 'Default team', `The agent sees ${others.length} other agents.`);
	return [role, team, membershipLine(agent)];
}

function membershipLine({ name, teams }: OwnAgent): CheckLine {
	const check = 'Team membership';
	const steps = `${MENU.agentTeams}: for each team that gets scanner tickets tick "Can be assigned to", "Can see unassigned tickets for this Team" and "Can see Tickets assigned to other Agents in this Team".`;
	if (teams === null) {
		return untestableLine('Agent', check, 'Halo does not say which teams the agent is in.', steps);
	}
	return teams.length === 0
		? failedLine('Agent', check, `${name} is in no team.`, steps)
		: okLine('Agent', check, `${name} is in ${teams.join(', ')}.`);
}

/** Halo's own client "Unknown": every agent sees it unless held to some clients. */
const UNKNOWN_CLIENT = 1;

/** May the agent use all clients? One request. */
export async function checkClients(at: SignedIn): Promise<CheckLine> {
	const check = 'Allow use of all Customers';
	if (!covers(at.granted, 'read:customers')) {
		return untestableLine('Agent', check, 'Without the scope read:customers Halo says nothing.');
	}
	const answer = await at.session.get(at.resourceServer, `/Client/${UNKNOWN_CLIENT}`);
	if (answer.kind === 'answer' && answer.status < 300) {
		return okLine(
			'Agent',
			check,
			'The agent sees the client Unknown (1), which a restriction would hide.',
		);
	}
	return failedLine(
		'Agent',
		check,
		`The agent does not see Halo's own client Unknown (1) (${at.session.words(answer)}): it is held to some clients.`,
		`${MENU.agentRights}: set "Allow use of all Customers" to Yes. Tickets of the other clients cannot be found or made.`,
	);
}
