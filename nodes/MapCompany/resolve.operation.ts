import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';

import {
	createMapDecider,
	type MapOutcome,
	type MapSettings,
} from '../shared/domain/company/decide';
import {
	type CompanyResolver,
	createCompanyResolver,
	fixedResolver,
	type ResolveOptions,
} from '../shared/domain/company/resolve';
import type { CompanyMapping } from '../shared/domain/company/mapping';
import type { ScannerEvent } from '../shared/domain/event/event';
import { parseEvent } from '../shared/domain/event/parse';
import { isRecord } from '../shared/domain/values/json';
import { readAssociatedCompany } from '../shared/n8n/associated-company';
import { decideItems, withEvent } from '../shared/n8n/decide-items';
import { hasExpression, readOption } from '../shared/n8n/parameters';
import type { Emission } from '../shared/n8n/items';
import { OUTPUTS } from './description';
import { readClient, readMappingRows, readPairs } from './mapping-parameters';

/** More refused rows than this are counted, not listed. */
const MOST_LISTED_ROWS = 5;

function unmappedRule(context: IExecuteFunctions, itemIndex: number): MapSettings['unmapped'] {
	const policy = readOption(context, 'unmapped', itemIndex, [
		'hold',
		'catchAll',
		'profile',
		'error',
	] as const);
	if (policy !== 'catchAll') return { policy };
	const client = readClient(context, 'catchAllClient', 'Catch-All Client', itemIndex);
	return { policy, client };
}

function readOptions(context: IExecuteFunctions, itemIndex: number): ResolveOptions {
	const value: unknown = context.getNodeParameter('options', itemIndex, {});
	const isOn = (name: string): boolean => isRecord(value) && value[name] === true;
	return {
		referenceFirst: isOn('referenceFirst'),
		accentsDoNotCount: isOn('accentsDoNotCount'),
	};
}

type Mappings = (itemIndex: number) => readonly CompanyMapping[];

/** Mappings and the resolvers made of them, each read once per run unless an expression may change it per item. */
function settingsReader(
	context: IExecuteFunctions,
	mappings: Mappings,
	associatedCompany: string | null,
): (itemIndex: number) => MapSettings {
	const resolvers = new Map<string, CompanyResolver>();
	const pairsChange = hasExpression(context.getNode().parameters.pairs);

	return (itemIndex) => {
		const from = readOption(context, 'mappingFrom', itemIndex, ['pairs', 'rows', 'fixed'] as const);
		if (from === 'fixed') {
			const resolve = fixedResolver(readClient(context, 'client', 'Halo Client', itemIndex));
			return { resolve, associatedCompany, unmapped: { policy: 'hold' } };
		}
		const options = readOptions(context, itemIndex);
		const key = JSON.stringify(options);
		const known = from === 'pairs' && pairsChange ? undefined : resolvers.get(key);
		const resolve = known ?? createCompanyResolver(mappings(itemIndex), options);
		resolvers.set(key, resolve);
		return { resolve, associatedCompany, unmapped: unmappedRule(context, itemIndex) };
	};
}

function hintAboutRefusedRows(context: IExecuteFunctions, rows: readonly CompanyMapping[]): void {
	const refusals = rows.flatMap(({ refusal }) => refusal ?? []);
	if (refusals.length === 0) return;
	const more = refusals.length - MOST_LISTED_ROWS;
	const listed = refusals.slice(0, MOST_LISTED_ROWS).join('; ');
	context.addExecutionHints({
		message: `Mapping rows that cannot be used: ${listed}${more > 0 ? `; and ${more} more` : ''}. Events of their companies are held.`,
		location: 'outputPane',
	});
}

function emissionOf(json: IDataObject, event: ScannerEvent, outcome: MapOutcome): Emission {
	const mapping = outcome.mapping;
	if (outcome.output === 'mapped') {
		// What the source itself advises goes first.
		const remediation = event.remediation ?? outcome.advice;
		return {
			json: { ...withEvent(json, { ...event, remediation }), mapping },
			output: OUTPUTS.mapped,
		};
	}
	const { decision, reason, candidates } = outcome;
	const review = outcome.output === 'review';
	return {
		json: {
			...withEvent(json, event),
			mapping,
			decision,
			reason,
			...(review ? { candidates } : {}),
		},
		output: review ? OUTPUTS.review : OUTPUTS.unmapped,
	};
}

/**
 * Gives each event its Halo client, or the decision why it has none. Sends nothing to Halo.
 * @throws NodeOperationError for a setting that cannot be used, and for an unmapped company when told to stop there
 */
export async function resolve(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const associatedCompany = await readAssociatedCompany(context);
	const fromRows = context.getNodeParameter('mappingFrom', 0) === 'rows';
	const rows = fromRows ? readMappingRows(context) : [];
	hintAboutRefusedRows(context, rows);
	const settingsOf = settingsReader(
		context,
		(itemIndex) => (fromRows ? rows : readPairs(context, itemIndex)),
		associatedCompany,
	);
	const { pairs, client, catchAllClient, options } = context.getNode().parameters;
	const perItem = hasExpression([pairs, client, catchAllClient, options]);
	let decide: ReturnType<typeof createMapDecider> | null = null;

	return decideItems(context, { count: 3, decided: OUTPUTS.unmapped }, (json, itemIndex) => {
		const event = parseEvent(json);
		if (decide === null || perItem) decide = createMapDecider(settingsOf(itemIndex));
		const outcome = decide(event);
		if (outcome.output === 'error') {
			throw new NodeOperationError(context.getNode(), outcome.reason, { itemIndex });
		}
		return emissionOf(json, event, outcome);
	});
}
