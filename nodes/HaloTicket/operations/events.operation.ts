import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createScopeTest } from '../../shared/domain/company/scope';
import { triage, type EventOperation } from '../../shared/domain/ticket/plan/triage';
import type { Seal } from '../../shared/domain/ticket/seal';
import { decisionWithout, type TicketDecision } from '../../shared/domain/ticket/outcome';
import { readAssociatedCompany } from '../../shared/n8n/associated-company';
import { noteAction } from '../read/note-action';
import { connectHalo } from '../../shared/n8n/create-halo-api';
import { toNodeError } from '../../shared/n8n/errors';
import { loadLists } from '../run/set-up-lists';
import { TicketEnricher } from '../run/enrich';
import { failedDecision } from '../run/failures';
import { choose, planOptions, ProfileResolver, scanProfile, toWork } from '../run/prepare';
import type { Chosen, Work } from '../run/work';
import { blankActual, runEvents } from '../run/run-events';
import { closeAbsent, type ScanFinding } from '../run/run-scan';
import { ProfileUsers } from '../run/find-user';
import { companyOfItem, readInput, type EventItem, type InputItem } from '../read/input';
import { readContentSettings, typedCustomFields } from '../read/content';
import { readOptions } from '../read/options';
import { readProfileSource, type ProfileSource } from '../read/profiles';
import { readScan, withNamedClient, type ScanRequest } from '../read/scan';
import { readTicketUrl } from '../../shared/n8n/ticket-url';
import { ExtrasReader } from '../run/extras';
import { emit, emitFindings } from './emit';
import { asError } from '../../shared/domain/values/read';

type Decisions = Map<number, TicketDecision>;

/**
 * An operation of the editor's list that handles events.
 * @param operation `close` closes each event's ticket whatever the event's status: who wires it decided so
 * @param isScan the items are all findings of one scan: what it no longer names within its scope is closed
 */
export function eventOperation(
	operation: EventOperation,
	{ isScan }: { isScan: boolean } = { isScan: false },
): (context: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async (context) => await runBatch(context, operation, isScan);
}

/**
 * Makes every event true in Halo: one decision per event, in the order in which they came. An event that fails gets
 * the decision `failed` and the others go on.
 * @throws NodeApiError, NodeOperationError when the run as a whole cannot work: credential or Halo refuse, a profile
 *   that every event needs cannot be used, no profile row came
 */
async function runBatch(
	context: IExecuteFunctions,
	operation: EventOperation,
	isScan: boolean,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData(0);
	const decisions: Decisions = new Map();
	let input: InputItem[] = [];
	let absent: ScanFinding[] = [];
	try {
		const source = readProfileSource(context);
		const clientPicked = source.profilesFor(0).some(({ client }) => client !== null);
		input = readInput(items, clientPicked);
		// A scan that found nothing comes as n8n's one empty item.
		const named = isScan ? input.filter(({ json }) => Object.keys(json).length > 0) : input;
		refuseWhatCannotBeUsed(named, decisions);
		const told = withinScope(named, await readAssociatedCompany(context), decisions);
		const chosen = chooseAll(told, operation, source, decisions);
		const scan = isScan ? readScan(context, told) : null;
		const batch = { operation, source, chosen, decisions, scan };
		if (chosen.length > 0 || scan !== null) absent = await carryOutBatch(context, batch);
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		for (const [index] of items.entries()) {
			if (!decisions.has(index)) decisions.set(index, failedDecision(error));
		}
	}
	return [[...emit(context, input, decisions), ...emitFindings(context, absent)]];
}

/** @throws the first refusal when no item at all can be used: then the wiring is wrong */
function refuseWhatCannotBeUsed(input: readonly InputItem[], decisions: Decisions): void {
	const refused = input.filter((item) => item.kind === 'refused');
	const usable = input.some(({ kind }) => kind === 'event');
	for (const item of refused) decisions.set(item.index, failedDecision(item.error));
	const [first] = refused;
	if (first !== undefined && !usable) throw first.error;
}

/** Leaves alone what the credential is not for, also as the end of a problem and as part of a scan. */
function withinScope(
	input: readonly InputItem[],
	associatedCompany: string | null,
	decisions: Decisions,
): InputItem[] {
	const outside = createScopeTest(associatedCompany);
	return input.filter((item) => {
		const reason = outside(companyOfItem(item));
		if (reason === null) return true;
		if (item.kind === 'event') decisions.set(item.index, decisionWithout('skipped_scope', reason));
		return false;
	});
}

function chooseAll(
	input: readonly InputItem[],
	operation: EventOperation,
	source: ProfileSource,
	decisions: Decisions,
): Chosen[] {
	const chosen: Chosen[] = [];
	for (const item of input) {
		if (item.kind !== 'event') continue;
		const want = triage(item.event, operation);
		if (typeof want !== 'string') {
			decisions.set(item.index, decisionWithout(want.decision, want.reason));
			continue;
		}
		try {
			chosen.push(choose(item, want, source.profilesFor(item.index), source.typed));
		} catch (error) {
			decisions.set(item.index, failedDecision(error));
		}
	}
	return chosen;
}

interface BatchInput {
	operation: EventOperation;
	source: ProfileSource;
	chosen: readonly Chosen[];
	decisions: Decisions;
	/** Null = no scan: nothing is closed because it is missing. */
	scan: ScanRequest | null;
}

/** @returns what a scan's silence led to */
async function carryOutBatch(
	context: IExecuteFunctions,
	{ chosen, decisions, operation, scan, source }: BatchInput,
): Promise<ScanFinding[]> {
	const options = readOptions(context);
	const halo = await connectHalo(context);
	const { api, seal } = halo;
	const ticketUrl = await readTicketUrl(context);
	const closing = scan === null ? null : scanProfile(source, chosen);
	const profiles = [
		...new Set([...chosen.map(({ profile }) => profile), ...(closing === null ? [] : [closing])]),
	];
	const lists = await loadLists(api, profiles, chosen.some(namesApprover));
	const resolver = new ProfileResolver(lists, operation);
	const settings = readContentSettings(context);
	const typeIds = chosen.flatMap((one) => typeIdOf(one, resolver));
	const rowFields = profiles.some(({ fields }) => fields !== undefined);
	const extras = await ExtrasReader.load(halo, settings, typeIds, {
		typed: (index) => typedCustomFields(context, index),
		rows: rowFields,
	});
	const alike = source.typed && !source.perItem && !settings.perItem;
	const works: Work[] = [];
	for (const one of chosen) {
		const work = resolveOne(one, resolver, extras, seal, alike);
		if ('desired' in work) works.push(work);
		else decisions.set(one.item.index, work);
	}
	const users = new ProfileUsers(api);
	const action = await noteAction(api, options.noteAction);
	const enricher = new TicketEnricher(api, users, settings, action);
	const run = {
		api,
		seal,
		writer: { api, seal, users, enricher, notifyEndUser: options.notifyEndUser, ...action },
		known: {
			openIds: lists.openStatusIds,
			allIds: lists.statusIds,
			closeIds: resolver.closeStatusIds,
		},
		options: planOptions(options, lists),
		dryRun: options.dryRun,
		holdInactive: options.inactiveClients === 'hold',
		now: () => Date.now(),
	};
	const agents = lists.agents;
	const profile = closing === null ? null : resolver.resolve(closing);
	const named = scan === null ? null : await withNamedClient(api, scan);
	const { noteReporters } = settings;
	await runEvents(run, works, { options, noteReporters, agents, ticketUrl, decisions });
	if (named === null || profile === null) return [];
	const blank = blankActual(agents);
	const { closePercent: mostPercent, misses } = options;
	return await closeAbsent(run, named, { blank, profile, mostPercent, misses, ticketUrl });
}

/** The type that an event's ticket would be made of; none when its profile cannot be used, which is told later. */
function typeIdOf({ profile, want }: Chosen, resolver: ProfileResolver): number[] {
	if (want !== 'open') return [];
	try {
		const { ticketTypeId } = resolver.resolve(profile);
		return ticketTypeId === null ? [] : [ticketTypeId];
	} catch {
		return [];
	}
}

/**
 * @param alike true when every event has the same profile and content: then what fails one fails all
 * @throws ProfileError when every event fails alike, before anything is written
 */
function resolveOne(
	one: Chosen,
	resolver: ProfileResolver,
	extras: ExtrasReader,
	seal: Seal,
	alike: boolean,
): Work | TicketDecision {
	try {
		return toWork(one, resolver.resolve(one.profile), extras, seal);
	} catch (error) {
		if (alike) throw asError(error);
		return failedDecision(error, null, one.profile.name);
	}
}

function namesApprover({ item }: { item: EventItem }): boolean {
	return (item.event.resolution?.byEmail ?? null) !== null;
}
