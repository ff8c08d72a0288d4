import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { DeliveryEvent } from '../shared/domain/webhook/delivery';
import { DELIVERY_EVENTS } from '../shared/domain/webhook/delivery';
import { isRecord } from '../shared/domain/values/json';
import { ParameterError, pickedRow } from '../shared/n8n/parameters';

type Context = IHookFunctions | IWebhookFunctions;

export const AUTHENTICATIONS = ['signature', 'basic', 'bearer'] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

const READS = ['always', 'whenMissing', 'never'] as const;

/** Everything that the node is set to. */
export interface TriggerSettings {
	automatic: boolean;
	events: DeliveryEvent[];
	/** Numbers of further events of Halo. */
	moreEvents: number[];
	authentication: Authentication;
	signatureHeader: string;
	signaturePrefix: string;
	readTicket: (typeof READS)[number];
	clients: number[];
	statuses: number[];
	ticketTypes: number[];
	onlyReferenced: boolean;
	includeOwnWrites: boolean;
	/** Null: Halo is asked. */
	ownAgentId: number | null;
	ownApplication: string | null;
	/** Halo's numbers; undefined leaves them to Halo. */
	authenticationType: number | undefined;
	payloadType: number | undefined;
	algorithm: number;
	digest: number;
	batchMethod: number;
	batchDelay: number;
	batchLimit: number;
}

function text(name: string, value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	throw new ParameterError(name, 'a text', value);
}

function whole(name: string, value: unknown, fallback: number): number {
	if (value === undefined || value === null || value === '') return fallback;
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
	throw new ParameterError(name, 'a whole number', value);
}

function oneOf<Value extends string>(
	name: string,
	value: unknown,
	allowed: readonly Value[],
): Value {
	const found = allowed.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw new ParameterError(name, `one of ${allowed.join(', ')}`, value);
}

function record(context: Context, name: string): Record<string, unknown> {
	const value: unknown = context.getNodeParameter(name, {});
	return isRecord(value) ? value : {};
}

/** Ids picked in one of the lists under Only. */
function pickedIds(only: Record<string, unknown>, name: string, one: string): number[] {
	const group = only[name];
	const rows: unknown = isRecord(group) ? group.picked : undefined;
	if (!Array.isArray(rows)) return [];
	return rows.filter(isRecord).flatMap((row) => {
		const picked = pickedRow(`${name}.${one}`, row[one]);
		if (picked === null) return [];
		const id = Number(picked.id);
		if (!Number.isSafeInteger(id)) throw new ParameterError(`${name}.${one}`, 'an id', picked.id);
		return [id];
	});
}

function eventsOf(context: Context): DeliveryEvent[] {
	const value: unknown = context.getNodeParameter('events', []);
	const names: unknown[] = Array.isArray(value) ? value : [value];
	return names.map((name) => oneOf('events', name, DELIVERY_EVENTS));
}

function eventNumbers(value: unknown): number[] {
	const words = text('moreEvents', value)
		.split(/[\s,;]+/)
		.filter((word) => word !== '');
	return words.map((word) => {
		const number = whole('moreEvents', word, 0);
		if (number > 0) return number;
		throw new ParameterError('moreEvents', 'numbers above 0, parted by commas', word);
	});
}

function headerName(context: Context): string {
	const header = text('signatureHeader', context.getNodeParameter('signatureHeader', ''));
	if (/^[\w-]+$/.test(header)) return header;
	throw new ParameterError('signatureHeader', 'the name of a header', header);
}

/** The node's parameters, read once. @throws ParameterError naming the field */
export function readTriggerSettings(context: Context): TriggerSettings {
	const only = record(context, 'only');
	const more = record(context, 'additionalFields');
	const number = (name: string, fallback = 0) => whole(name, more[name], fallback);
	const authentication = oneOf(
		'authentication',
		context.getNodeParameter('authentication', 'signature'),
		AUTHENTICATIONS,
	);
	const positive = (value: number) => (value > 0 ? value : undefined);
	const payloadType = number('payloadType', -1);
	const ownApplication = text('ownApplication', more.ownApplication);
	return {
		automatic: context.getNodeParameter('registration', 'automatic') !== 'byHand',
		events: eventsOf(context),
		moreEvents: eventNumbers(more.moreEvents),
		authentication,
		signatureHeader: authentication === 'signature' ? headerName(context) : '',
		signaturePrefix: text('signaturePrefix', more.signaturePrefix),
		readTicket: oneOf('readTicket', context.getNodeParameter('readTicket', 'always'), READS),
		clients: pickedIds(only, 'clients', 'client'),
		statuses: pickedIds(only, 'statuses', 'status'),
		ticketTypes: pickedIds(only, 'ticketTypes', 'ticketType'),
		onlyReferenced: only.onlyReferenced === true,
		includeOwnWrites: more.includeOwnWrites === true,
		ownAgentId: positive(number('ownAgentId')) ?? null,
		ownApplication: ownApplication === '' ? null : ownApplication,
		authenticationType: positive(number('authenticationType')),
		payloadType: payloadType < 0 ? undefined : payloadType,
		algorithm: number('algorithm'),
		digest: number('digest'),
		batchMethod: number('batchMethod'),
		batchDelay: number('batchDelay'),
		batchLimit: number('batchLimit'),
	};
}
