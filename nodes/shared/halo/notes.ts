import type { HaloApi } from './api';
import { HaloPermissionError, HaloValidationError } from './http/errors';
import type { ActionDraft } from './records/drafts';
import type { OutcomeRow } from './records/records';

/** Halo's built-in outcome "Internal Note". */
export const INTERNAL_NOTE = 7;

/** Roles seldom allow more note actions than this; further tries would only cost requests. */
const MOST_OTHERS = 4;

/** Halo's words when the role of the agent may not use an action; seen on live tenants. */
const NO_ACCESS = /do not have access to this action/i;

const HINT = 'note action ';

/**
 * Adds a note with the action that this tenant allows. Where the role may not use the wanted one, the other actions
 * whose name says that they are notes are tried, private ones first; what worked is remembered for the process.
 * @param draft its `outcome_id` is the action that is wanted; Internal Note when left out
 * @param alreadyThere tells whether an unanswered try stored the note
 * @returns id of the action that wrote it
 * @throws HaloError of the wanted action when no other may be used either
 */
export async function addAllowedNote(
	api: HaloApi,
	draft: ActionDraft,
	alreadyThere: () => Promise<boolean>,
): Promise<number> {
	const wanted = draft.outcome_id ?? INTERNAL_NOTE;
	const known = [...api.hints].find((hint) => hint.startsWith(`${HINT}${wanted} `));
	const first = known === undefined ? wanted : Number(known.split(' ').at(-1));
	try {
		await api.addAction({ ...draft, outcome_id: first }, alreadyThere);
		return first;
	} catch (error) {
		if (!isRefusedAction(error)) return await Promise.reject(error);
		for (const { id } of others(await api.outcomes(), first)) {
			if (!(await tried(api, { ...draft, outcome_id: id }, alreadyThere))) continue;
			if (known !== undefined) api.hints.delete(known);
			api.hints.add(`${HINT}${wanted} ${id}`);
			return id;
		}
		return await Promise.reject(error);
	}
}

/** @returns false when this action may not be used either */
async function tried(
	api: HaloApi,
	draft: ActionDraft,
	alreadyThere: () => Promise<boolean>,
): Promise<boolean> {
	try {
		await api.addAction(draft, alreadyThere);
		return true;
	} catch (error) {
		if (isRefusedAction(error)) return false;
		return await Promise.reject(error);
	}
}

function isRefusedAction(error: unknown): boolean {
	if (error instanceof HaloPermissionError) return true;
	return error instanceof HaloValidationError && NO_ACCESS.test(error.haloMessage ?? '');
}

/** Actions that are notes by their name; none that mails, closes or books by its name. */
function others(outcomes: readonly OutcomeRow[], refused: number): OutcomeRow[] {
	const isPrivate = ({ name }: OutcomeRow): boolean => /\b(private|internal)\b/i.test(name);
	return outcomes
		.filter(({ hidden, id }) => !hidden && id !== refused)
		.filter(({ name }) => /\bnotes?\b/i.test(name) && !/mail|user|customer|client/i.test(name))
		.sort((left, right) => Number(isPrivate(right)) - Number(isPrivate(left)))
		.slice(0, MOST_OTHERS);
}
