import { MENU } from '../../domain/set-up/menu';
import type { CheckLine } from '../../domain/set-up/line';
import { failedLine, okLine } from '../../domain/set-up/line';
import type { CheckSession } from './session';
import { textIn } from './session';
import type { ClientKeys, SignIn } from './token';
import { askToken, oauthErrorIn, tokenIn } from './token';

/** What the pack is used for, and so which rights it needs. */
export const CHECK_USES = ['tickets', 'assets', 'companySync', 'webhooks'] as const;
export type CheckUse = (typeof CHECK_USES)[number];

/** Scopes per use. Webhooks are registered with `admin`, which `all` holds too. */
const SCOPES: Readonly<Record<CheckUse, readonly string[]>> = {
	tickets: ['read:tickets', 'edit:tickets', 'read:customers'],
	assets: ['read:assets'],
	companySync: ['read:customers'],
	webhooks: ['admin'],
};

export interface ScopesResult {
	lines: CheckLine[];
	/** Scopes that the token at hand carries; null when there is no token. */
	granted: ReadonlySet<string> | null;
}

function wordsOf(scope: string): string[] {
	return scope.split(/\s+/).filter((word) => word !== '');
}

/** True when one of the held scopes gives what the wanted one does. */
export function covers(held: ReadonlySet<string>, wanted: string): boolean {
	return held.has('all') || held.has(wanted) || (wanted !== 'admin' && held.has('all:standard'));
}

function notAsked(scope: string): CheckLine {
	return failedLine(
		'Scopes',
		`Scope ${scope}`,
		'The credential does not ask for it.',
		`In the n8n credential choose a Scope Preset that holds ${scope}, and grant it in Halo: ${MENU.scopes}.`,
	);
}

function refused(scope: string, words: string): CheckLine {
	return failedLine(
		'Scopes',
		`Scope ${scope}`,
		`The application does not grant it (${words}).`,
		`${MENU.scopes}: tick ${scope}, save.`,
	);
}

/**
 * Which scopes does the application grant? When it grants all that the credential asks for, this sends nothing;
 * else each is asked for alone, and then those that are granted together.
 */
export async function checkScopes(
	session: CheckSession,
	keys: ClientKeys,
	signIn: SignIn,
	asked: string,
	uses: readonly CheckUse[],
): Promise<ScopesResult> {
	const wanted = [...new Set(uses.flatMap((use) => SCOPES[use]))];
	const askedFor = wordsOf(asked);
	const refusals = new Map<string, string>();
	let token = tokenIn(signIn.answer);
	let carried = askedFor;
	if (token === null && oauthErrorIn(signIn.answer) === 'invalid_scope') {
		for (const scope of askedFor) {
			const answer = await askToken(session, keys, signIn.tokenUrl, scope);
			if (tokenIn(answer) === null) refusals.set(scope, session.words(answer));
		}
		carried = askedFor.filter((scope) => !refusals.has(scope));
		if (carried.length > 0) {
			const answer = await askToken(session, keys, signIn.tokenUrl, carried.join(' '));
			token = tokenIn(answer);
		}
	} else {
		// A sign-in may grant less than was asked for and say so.
		const said = textIn(signIn.answer, 'scope');
		if (said !== null) carried = wordsOf(said);
	}
	if (token !== null) session.useToken(token);
	const held = new Set(carried);
	const lines = [...new Set([...wanted, ...askedFor])].map((scope) => {
		const words = refusals.get(scope);
		if (words !== undefined) return refused(scope, words);
		if (covers(held, scope)) return okLine('Scopes', `Scope ${scope}`, 'Granted.');
		if (!covers(new Set(askedFor), scope)) return notAsked(scope);
		return refused(scope, 'the token came without it');
	});
	return { lines, granted: token === null ? null : held };
}
