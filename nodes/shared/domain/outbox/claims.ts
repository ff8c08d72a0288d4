import type { ErrorRow } from '../inbox/error-rows';
import type { JsonRecord } from '../values/json';
import type { ClaimRow } from './call';
import { ChangeError, type HaloChange, readHaloChange } from './change';
import { expectedError } from '../values/read';

/** Something that came of the item at this place; counts from 0. */
interface OfItem<Value> {
	item: number;
	value: Value;
}

/** Makes the claim of a change; null when nobody is told. @throws ChangeError */
export type ClaimOf = (change: HaloChange) => ClaimRow | null;

function claimIn(json: JsonRecord, claimOf: ClaimOf): ClaimRow | ChangeError | null {
	try {
		return claimOf(readHaloChange(json));
	} catch (error) {
		return expectedError(error, ChangeError);
	}
}

/**
 * What is told of several items of Halo Trigger: one claim for all items of one change, and what cannot be told, so that
 * one ticket does not keep the others back.
 */
export function claimsOf(
	items: readonly JsonRecord[],
	claimOf: ClaimOf,
): { claims: Array<OfItem<ClaimRow>>; failures: Array<OfItem<ChangeError>> } {
	const claims = new Map<string, OfItem<ClaimRow>>();
	const failures: Array<OfItem<ChangeError>> = [];
	for (const [item, json] of items.entries()) {
		const value = claimIn(json, claimOf);
		if (value instanceof ChangeError) failures.push({ item, value });
		else if (value !== null && !claims.has(value.dedupKey)) {
			claims.set(value.dedupKey, { item, value });
		}
	}
	return { claims: [...claims.values()], failures };
}

/**
 * The row of halo_errors for a change that could not be told.
 * @param where workflow and node
 * @param at ISO 8601
 */
export function changeErrorRow(
	{ message, nextStep }: ChangeError,
	where: Pick<ErrorRow, 'workflow' | 'node'>,
	at: string,
): ErrorRow {
	const said = `${message}. ${nextStep}`;
	return { ...where, direction: 'outgoing', cause: 'workflow', message: said, at };
}
