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
 * Adds a note with the action that was picked. Where none was and the role may not use Internal Note, the other actions
 * whose name says that they are notes are tried, private ones first; what worked is remembered for the process.
 * @param alreadyThere tells whether an unanswered try stored the note
 * @returns id of the action that wrote it
 * @throws HaloError of the picked action, or of Internal Note when no other may be used either
 */
export async function addAllowedNote(
	{ api, noteAction }: { api: HaloApi; noteAction?: number },
	draft: ActionDraft,
	alreadyThere: () => Promise<boolean>,
): Promise<number> {
	const known = [...api.hints].find((hint) => hint.startsWith(HINT));
	const wanted = draft.outcome_id ?? INTERNAL_NOTE;
	const worked = wanted === INTERNAL_NOTE ? known?.slice(HINT.length) : undefined;
	const first = noteAction ?? (worked === undefined ? wanted : Number(worked));
	try {
		await api.addAction({ ...draft, outcome_id: first }, alreadyThere);
		return first;
	} catch (error) {
		if (noteAction !== undefined || !isRefusedAction(error)) return await Promise.reject(error);
		for (const { id } of others(await api.outcomes(), first)) {
			if (!(await tried(api, { ...draft, outcome_id: id }, alreadyThere))) continue;
			if (known !== undefined) api.hints.delete(known);
			api.hints.add(`${HINT}${id}`);
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

/** Halo's words decide: a 403 without them is a right that is missing for every action. */
function isRefusedAction(error: unknown): boolean {
	const answered = error instanceof HaloValidationError || error instanceof HaloPermissionError;
	return answered && NO_ACCESS.test(error.haloMessage ?? '');
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
