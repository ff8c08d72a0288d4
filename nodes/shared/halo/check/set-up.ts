import { MENU } from '../../domain/set-up/menu';
import type { CheckLine, CheckSummary } from '../../domain/set-up/line';
import { failedLine, okLine, summarise, untestableLine } from '../../domain/set-up/line';
import type { IntegrationProfile } from '../../domain/profile/profile';
import { checkAddress } from './address';
import type { SignedIn } from './agent';
import { checkClients, checkFeatures, checkLogin, checkTeams, checkTicketRights } from './agent';
import type { CheckUse } from './scopes';
import { checkScopes, covers } from './scopes';
import type { CheckHttp } from './session';
import { CheckSession } from './session';
import { checkOutcome, checkProfiles, requiredFieldsLine, loadCoreLists } from './tickets';
import { checkClient, checkSignIn } from './token';
import { scopesFor } from '../sign-in/scopes';
import type { CredentialFields } from '../sign-in/token';
import type { SigningKeyError } from '../sign-in/signing-keys';
import { SETUP_FAILED } from '../sign-in/token-errors';

export interface SetupQuestion {
	fields: CredentialFields;
	/** The signing key of the credential; an error where it cannot be used. */
	signingKey: string | SigningKeyError;
	uses: readonly CheckUse[];
	/** Profiles whose values are checked against Halo's lists; may be empty. */
	profiles: readonly IntegrationProfile[];
	/** What is wrong with rows that are no profiles at all. */
	profileFaults: readonly CheckLine[];
	/** Id of the action that notes are written with. */
	noteOutcomeId: number;
}

export interface SetupReport {
	lines: CheckLine[];
	summary: CheckSummary;
}

/** Halo counts 300 requests in any 5 minutes, of all integrations together. */
const HALO_LIMIT = 300;

/**
 * Goes through the set-up layer by layer, in the order in which Halo would refuse, and says what is wrong and where to
 * correct it. Sends reads and token requests only, about 20. Never rejects for anything that Halo answers.
 * @param now milliseconds since the epoch
 */
export async function checkSetup(
	http: CheckHttp,
	question: SetupQuestion,
	now: () => number,
): Promise<SetupReport> {
	const session = new CheckSession(http, [question.fields.clientSecret]);
	const lines = await checkLayers(session, question);
	lines.push(
		...question.profileFaults,
		closureLine(),
		signingKeyLine(question.signingKey),
		budgetLine(session),
	);
	return {
		lines,
		summary: summarise(lines, SETUP_FAILED, session.requests, new Date(now()).toISOString()),
	};
}

function stopped(lines: readonly CheckLine[]): CheckLine {
	const failed = lines.filter(({ state }) => state === 'failed').at(-1);
	return untestableLine(
		'Other',
		'Everything else',
		`Not looked at, since "${failed?.check ?? 'sign-in'}" failed.`,
		'Correct that, then check again.',
	);
}

async function checkLayers(session: CheckSession, question: SetupQuestion): Promise<CheckLine[]> {
	const { fields, uses } = question;
	const { lines, address } = await checkAddress(session, fields);
	if (address === null) return [...lines, stopped(lines)];
	const missing = [
		...(fields.clientId === '' ? ['Client ID'] : []),
		...(fields.clientSecret === '' ? ['Client Secret'] : []),
	];
	if (missing.length > 0) {
		const seen = `${missing.join(' and ')} of the credential ${missing.length > 1 ? 'are' : 'is'} empty.`;
		const fix = `${MENU.application}: copy them from the saved application.`;
		lines.push(failedLine('Sign-in', 'Client ID and secret', seen, fix));
		return [...lines, stopped(lines)];
	}
	const scope = scopesFor(fields.scopePreset, fields.scopes);
	const found = await checkSignIn(session, address, fields, scope);
	const { tenantLine } = found;
	const withTenant = lines.map((line) =>
		tenantLine !== null && line.check === 'Tenant' && line.state === 'ok' ? tenantLine : line,
	);
	const soFar = [...withTenant, ...found.lines];
	if (found.signIn === null) return [...soFar, stopped(soFar)];
	const client = checkClient(session, fields, found.signIn);
	soFar.push(...client.lines);
	if (!client.known) return [...soFar, stopped(soFar)];
	const scopes = await checkScopes(session, fields, found.signIn, scope, uses);
	if (scopes.granted === null) {
		const all = [...soFar, ...scopes.lines];
		return [...all, stopped(all)];
	}
	const at = { session, resourceServer: address.resourceServer, granted: scopes.granted, uses };
	const signedIn = await checkSignedIn(at, question, scopes.lines);
	return [...soFar, ...signedIn];
}

async function checkSignedIn(
	at: SignedIn,
	{ profiles, noteOutcomeId, uses }: SetupQuestion,
	scopeLines: CheckLine[],
): Promise<CheckLine[]> {
	const login = await checkLogin(at);
	const soFar = [...login.lines, ...scopeLines];
	const { agent } = login;
	if (agent === null) return [...soFar, stopped(login.lines)];
	const core = await loadCoreLists(at);
	const features = await checkFeatures(at);
	const listsEmpty = core.ticketTypes.length === 0 && core.statuses.length === 0;
	const teams = await checkTeams(at, agent, listsEmpty);
	const clients = await checkClients(at);
	const agentLines = [
		...features.lines,
		...(uses.includes('tickets') ? checkTicketRights(features.tickets, agent) : []),
		...teams,
		clients,
	];
	if (listsEmpty || !uses.includes('tickets')) {
		const why = listsEmpty
			? 'Halo shows the agent no lists.'
			: 'Not needed for what was chosen under Used For.';
		const skipped = untestableLine('Tickets', 'Ticket types, statuses, fields and actions', why);
		return [...soFar, ...agentLines, skipped, await webhookLine(at)];
	}
	return [
		...soFar,
		...agentLines,
		...(await checkProfiles(at, core, profiles, agent)),
		await requiredFieldsLine(at),
		await checkOutcome(at, noteOutcomeId),
		await webhookLine(at),
	];
}

async function webhookLine(at: SignedIn): Promise<CheckLine> {
	const check = 'Right to register webhooks';
	if (!at.uses.includes('webhooks')) {
		return untestableLine(
			'Other',
			check,
			'Not asked for. It needs an administrator; webhooks can be made by hand in Halo instead.',
		);
	}
	if (!covers(at.granted, 'admin')) {
		return untestableLine('Other', check, 'Without the scope admin Halo says nothing.');
	}
	const answer = await at.session.get(at.resourceServer, '/Webhook');
	if (answer.kind === 'answer' && answer.status < 300) {
		return okLine('Other', check, 'Halo shows the agent its webhooks.');
	}
	return failedLine(
		'Other',
		check,
		`Halo refused the list of webhooks (${at.session.words(answer)}).`,
		`${MENU.agents}: give the agent the role Administrator while webhooks are registered, or make them by hand under Configuration > Integrations > Webhooks.`,
	);
}

function closureLine(): CheckLine {
	return untestableLine(
		'Other',
		'Unit of the closure time',
		'Halo does not say whether its field counts hours or minutes.',
		'Close one ticket with 5 minutes and look at its time in Halo. When it says 5 hours, change Closure Time Unit in Halo of the node Halo Ticket.',
	);
}

function signingKeyLine(key: SetupQuestion['signingKey']): CheckLine {
	const check = 'Signing Key';
	if (typeof key !== 'string') return failedLine('Other', check, `${key.message}.`, key.nextStep);
	if (key !== '') {
		return okLine(
			'Other',
			check,
			'Tickets are marked with it: only who has this key can make marks.',
		);
	}
	return okLine(
		'Other',
		check,
		'None: the marks on tickets can be computed by whoever knows what a source reports.',
		'Make one with "openssl rand -base64 32", put it under Signing Key into every credential that shares this Halo, and none under Previous Signing Key.',
	);
}

function budgetLine(session: CheckSession): CheckLine {
	const check = 'Request budget';
	if (session.limited > 0) {
		return failedLine(
			'Other',
			check,
			`Halo refused ${session.limited} of ${session.requests} requests: its limit is reached.`,
			`Wait 5 minutes and check again. When it stays, another integration uses up the ${HALO_LIMIT} requests per 5 minutes that Halo allows in all.`,
		);
	}
	return okLine(
		'Other',
		check,
		`${session.requests} requests of this check, none refused. Halo allows ${HALO_LIMIT} in any 5 minutes.`,
	);
}
