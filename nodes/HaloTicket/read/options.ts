import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../../shared/domain/values/json';
import type { ClosingAgentOrder } from '../../shared/domain/ticket/plan/closing-agent';
import { ParameterError, pickedRow } from '../../shared/n8n/parameters';

/** What the node's Options say, with their defaults: n8n gives none for members of a collection. */
export interface TicketOptions {
	dryRun: boolean;
	reopenWindowDays: number;
	/** Names or ids of statuses. */
	doNotReopen: string[];
	noteIntervalHours: number;
	secondLookup: 'critical' | 'always' | 'never';
	duplicateCheck: boolean;
	notifyEndUser: boolean;
	closureMinutes: number;
	closureUnit: 'hours' | 'minutes';
	closingAgent: ClosingAgentOrder;
	closeTouched: boolean;
	/** What is done about a new ticket on a client that is inactive in Halo. */
	inactiveClients: 'say' | 'hold';
	/** Names of agents. */
	ignoreActionsOf: string[];
	/** Id or name; null = Internal Note. */
	noteAction: string | null;
	/** New tickets per client in a rolling hour before the rest goes to a digest; 0 = no limit. */
	stormCap: number;
	/** Critical and exploited ones beside those. */
	stormExemptCap: number;
	/** Sync Scan: the first scan of a source at a client is recorded as known. */
	baseline: boolean;
	/** Sync Scan: largest share of the open problems, in per cent, that one scan may end. */
	closePercent: number;
	/** Sync Scan: complete scans in a row that must not name a problem before its ticket is closed. */
	misses: number;
}

function numberOf(options: Record<string, unknown>, name: string, fallback: number): number {
	const value = options[name];
	if (value === undefined || value === null || value === '') return fallback;
	const number = Number(value);
	if (!Number.isFinite(number) || number < 0) {
		throw new ParameterError(name, 'a number of 0 or more', value);
	}
	return number;
}

function flagOf(options: Record<string, unknown>, name: string, fallback: boolean): boolean {
	const value = options[name];
	if (value === undefined || value === null || value === '') return fallback;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new ParameterError(name, 'true or false', value);
}

function oneOf<Value extends string>(
	options: Record<string, unknown>,
	name: string,
	allowed: readonly [Value, ...Value[]],
): Value {
	const value = options[name];
	if (value === undefined || value === null || value === '') return allowed[0];
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) throw new ParameterError(name, `one of ${allowed.join(', ')}`, value);
	return found;
}

/** What was typed into one field, separated by commas. */
function wordsOf(value: unknown): string[] {
	return (typeof value === 'string' ? value : '')
		.split(',')
		.map((word) => word.trim())
		.filter((word) => word !== '');
}

/** @throws ParameterError for a value that is none of those allowed */
export function readOptions(context: IExecuteFunctions): TicketOptions {
	const value: unknown = context.getNodeParameter('options', 0, {});
	const options = isRecord(value) ? value : {};
	return {
		dryRun: flagOf(options, 'dryRun', false),
		reopenWindowDays: numberOf(options, 'reopenWindowDays', 14),
		doNotReopen: wordsOf(options.doNotReopen),
		noteIntervalHours: numberOf(options, 'noteIntervalHours', 24),
		secondLookup: oneOf(options, 'secondLookup', ['critical', 'always', 'never']),
		duplicateCheck: flagOf(options, 'duplicateCheck', true),
		notifyEndUser: flagOf(options, 'notifyEndUser', false),
		closureMinutes: numberOf(options, 'closureMinutes', 5),
		closureUnit: oneOf(options, 'closureUnit', ['hours', 'minutes']),
		closingAgent: oneOf<ClosingAgentOrder>(options, 'closingAgent', [
			'approver',
			'ticket',
			'profile',
		]),
		closeTouched: flagOf(options, 'closeTouched', false),
		inactiveClients: oneOf(options, 'inactiveClients', ['say', 'hold']),
		ignoreActionsOf: wordsOf(options.ignoreActionsOf),
		noteAction: pickedRow('Note Action', options.noteAction)?.id ?? null,
		stormCap: numberOf(options, 'stormCap', 25),
		stormExemptCap: numberOf(options, 'stormExemptCap', 100),
		baseline: flagOf(options, 'baseline', false),
		closePercent: numberOf(options, 'closePercent', 50),
		misses: Math.max(1, Math.round(numberOf(options, 'misses', 2))),
	};
}
