import { IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_INTEGRATION, readIntegration } from '../domain/event/integration';
import { SEVERITY_PRECEDENCES } from '../domain/event/severity';
import type { SeverityPrecedence } from '../domain/event/severity';
import { parseLabelRule } from '../domain/sources/alertmanager/labels';
import type { CompanyRule, LabelRule } from '../domain/sources/common/source';
import { DETECT, SOURCES } from '../domain/sources';
import { MOST_MEGABYTES, MOST_RECORDS } from './source-additional-fields';
import { canonical, isOpenableSource } from '../domain/sources/canonical';
import { ParameterError } from './parameters';

/** Reads a parameter of a trigger or of one item; undefined when it is not set. */
export type ReadParameter = (name: string) => unknown;

/** What the fields of this file say. */
export interface SourceSettings {
	sourceId: string;
	integration: string;
	namedSources: readonly string[];
	/** null = any number. */
	mostRecords: number | null;
	/** Of events, an hour and integration; counts for a webhook only. */
	mostMegabytes: number;
	company: CompanyRule;
	severityPrecedence: SeverityPrecedence;
	zone: string;
	keepRaw: boolean;
	alertLabels: LabelRule;
}

/** The list of sources. */
export const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	default: DETECT,
	description: 'What sends the payload. Detection is only used where the payload leaves no doubt.',
	options: [
		{
			name: 'Detect From the Payload',
			value: DETECT,
			description:
				'Takes the one source that the payload can be from, else reports that it must be picked',
		},
		...SOURCES.map(({ id, name, companyField }) => ({
			name,
			value: id,
			description:
				companyField === null
					? 'Names no company: set Company to a fixed one or to the path'
					: `Company by default: ${companyField}`,
		})),
	],
};

/** What a sender may touch: only what came in by the same name. */
export const integrationField: INodeProperties = {
	displayName: 'Integration',
	name: 'integration',
	type: 'string',
	default: DEFAULT_INTEGRATION,
	description:
		'Events of one integration reach only tickets of the same one. Give the webhook and the poll of one tool the same name, and each sender that is not to reach the others one of its own. Mapping rows of other integrations are not used.',
};

const fromPayload = {
	name: 'The Payload',
	value: 'payload',
	description: 'Where the source has it, or at a path that you type',
};
const fixed = {
	name: 'A Fixed Company',
	value: 'fixed',
	description: 'One company for everything that comes in',
};
const fromPath = {
	name: "The Webhook's Path",
	value: 'path',
	description: 'The last part of the address: one address per company',
};

/**
 * The fields that say where the company is.
 * @param withPath true for a webhook, whose address can name the company
 */
export function companyFields(withPath: boolean): INodeProperties[] {
	return [
		{
			displayName: 'Company From',
			name: 'companyFrom',
			type: 'options',
			noDataExpression: true,
			default: 'payload',
			description:
				'Where the name of the company stands. Nothing is guessed: an event without one is held.',
			options: withPath ? [fromPayload, fixed, fromPath] : [fromPayload, fixed],
		},
		{
			displayName: 'Company Path in the Payload',
			name: 'companyPath',
			type: 'string',
			default: '',
			placeholder: 'labels.customer',
			displayOptions: { show: { companyFrom: ['payload'] } },
			description: 'Members by dots. Blank takes it from where the source has it.',
		},
		{
			displayName: 'Company',
			name: 'fixedCompany',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'Contoso Ltd',
			displayOptions: { show: { companyFrom: ['fixed'] } },
			description: 'Name of the company as Halo Map Company is to find it',
		},
	];
}

function text(value: unknown, name: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
	throw new ParameterError(name, 'a text', value);
}

function companyRule(read: ReadParameter, pathSegment: string | null): CompanyRule {
	const from = text(read('companyFrom'), 'companyFrom') || 'payload';
	if (from === 'fixed') {
		const company = text(read('fixedCompany'), 'fixedCompany');
		if (company === '') throw new ParameterError('fixedCompany', 'the name of a company', company);
		return { from: 'fixed', company };
	}
	if (from === 'path') return { from: 'path', company: pathSegment };
	if (from !== 'payload') throw new ParameterError('companyFrom', 'payload, fixed or path', from);
	const path = text(read('companyPath'), 'companyPath').replace(/^\$\.?(json\.)?/, '');
	return { from: 'payload', path: path === '' ? null : path };
}

function integration(value: unknown): string {
	const typed = text(value, 'integration');
	const name = readIntegration(typed);
	if (name !== null) return name;
	throw new ParameterError(
		'integration',
		'at most 60 letters, digits, spaces, dots, dashes and underscores',
		typed,
	);
}

function labelRule(value: unknown): LabelRule {
	const typed = text(value, 'alertLabels');
	const rule = parseLabelRule(typed);
	if (rule !== null) return rule;
	throw new ParameterError(
		'alertLabels',
		'names of labels (alertname, instance), or names that each have - or + before them',
		typed,
	);
}

/** Sources that canonical bodies may name; none for any other source, and none for what is detected. */
function namedSources(value: unknown, sourceId: string): string[] {
	const typed = text(value, 'namedSources').toLowerCase();
	const names = typed.split(',').map((name) => name.trim());
	const listed = names.filter((name) => name !== '');
	const wrong = listed.find((name) => !isOpenableSource(name));
	if (wrong !== undefined) {
		const expected = 'short names of letters, digits and dashes, none of the pack itself';
		throw new ParameterError('namedSources', expected, wrong);
	}
	return sourceId === canonical.id ? listed : [];
}

function atLeastOne(value: unknown, name: string, otherwise: number): number {
	const most = value ?? otherwise;
	if (typeof most === 'number' && Number.isSafeInteger(most) && most >= 1) return most;
	throw new ParameterError(name, 'a whole number of at least 1', value);
}

/**
 * What the fields of this file are set to.
 * @param webhook the company in its address, null when there is none; null for a node that is no webhook
 * @throws ParameterError naming the field
 */
export function readSourceSettings(
	read: ReadParameter,
	webhook: { company: string | null } | null,
): SourceSettings {
	const additional = read('additionalFields');
	const member = (name: string): unknown =>
		typeof additional === 'object' && additional !== null
			? Reflect.get(additional, name)
			: undefined;
	const precedence = text(member('severityPrecedence'), 'severityPrecedence') || 'word';
	const severityPrecedence = SEVERITY_PRECEDENCES.find((known) => known === precedence);
	if (severityPrecedence === undefined) {
		throw new ParameterError(
			'severityPrecedence',
			`one of ${SEVERITY_PRECEDENCES.join(', ')}`,
			precedence,
		);
	}
	const zone = text(member('zone'), 'zone') || 'UTC';
	if (!IANAZone.isValidZone(zone))
		throw new ParameterError('zone', 'a zone like Europe/London', zone);
	const sourceId = text(read('source'), 'source') || DETECT;
	return {
		sourceId,
		integration: integration(read('integration')),
		namedSources: namedSources(member('namedSources'), sourceId),
		mostRecords:
			webhook === null ? null : atLeastOne(member('mostRecords'), 'mostRecords', MOST_RECORDS),
		mostMegabytes: atLeastOne(member('mostMegabytes'), 'mostMegabytes', MOST_MEGABYTES),
		company: companyRule(read, webhook?.company ?? null),
		severityPrecedence,
		zone,
		keepRaw: member('keepRaw') === true,
		alertLabels: labelRule(member('alertLabels')),
	};
}
