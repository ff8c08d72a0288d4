import { RequestBudget } from './budget';
import { LookupCache } from './cache';
import type { JsonRecord } from '../../domain/values/json';
import { SerialQueue } from './serial';

/** What all clients of one credential share in this process. No result depends on it: it saves and orders requests. */
export interface ProcessState {
	budget: RequestBudget;
	/** Halo can give two tickets one id when they are created at the same time. */
	creates: SerialQueue;
	lists: LookupCache<JsonRecord[]>;
	/** What was learnt about the cheapest way to ask, e.g. which lists are long. Never an answer. */
	hints: Set<string>;
	/** By path of a list: whether its counts were seen to be the list's, which saves a request at its end. */
	counts: Map<string, { areOfLists: boolean }>;
}

const states = new Map<string, ProcessState>();

function newState(): ProcessState {
	return {
		budget: new RequestBudget(),
		creates: new SerialQueue(),
		lists: new LookupCache(),
		hints: new Set(),
		counts: new Map(),
	};
}

/** @param cacheKey names the credential; without one nothing is shared */
export function processStateFor(cacheKey: string | undefined): ProcessState {
	if (cacheKey === undefined) return newState();
	const known = states.get(cacheKey);
	if (known !== undefined) return known;
	const state = newState();
	states.set(cacheKey, state);
	return state;
}
