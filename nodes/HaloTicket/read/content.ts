import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../../shared/domain/values/json';
import {
	parseBodyTemplate,
	parseTitleTemplate,
	type Template,
} from '../../shared/domain/ticket/text/template';
import { hasExpression, ParameterError, pickedRow } from '../../shared/n8n/parameters';

/** What the fields of fields/content.ts say; the same for all items of a run. */
export interface ContentSettings {
	titleTemplate: Template | null;
	bodyTemplate: Template | null;
	/** Id or name; null = Halo's default. */
	requestSource: string | null;
	tags: string[];
	linkAsset: boolean;
	affectedUser: boolean;
	/** True when whoever reported something gets a note on its ticket. */
	noteReporters: boolean;
	allowApproval: boolean;
	/** True when custom fields are filled in the node. */
	fillsFields: boolean;
	/** True when their values may differ from item to item. */
	perItem: boolean;
}

/** A text field that takes no expression: n8n hands it over as it was written. */
function templateText(options: Record<string, unknown>, name: string): string | null {
	const text = options[name];
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

function flag(options: Record<string, unknown>, name: string): boolean {
	const value = options[name];
	if (value === undefined || value === null || value === '') return false;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new ParameterError(name, 'true or false', value);
}

/**
 * @throws ProfileError for a template with an unknown placeholder, ParameterError for a value that a field does not take
 */
export function readContentSettings(context: IExecuteFunctions): ContentSettings {
	const value: unknown = context.getNodeParameter('content', 0, {});
	const options = isRecord(value) ? value : {};
	const title = templateText(options, 'titleTemplate');
	const body = templateText(options, 'detailsTemplate');
	const tags = typeof options.tags === 'string' ? options.tags.split(',') : [];
	return {
		titleTemplate: title === null ? null : parseTitleTemplate('Title Template', title),
		bodyTemplate: body === null ? null : parseBodyTemplate('Details Template', body),
		requestSource: pickedRow('Request Source', options.requestSource)?.id ?? null,
		tags: [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))],
		linkAsset: flag(options, 'linkAsset'),
		affectedUser: flag(options, 'affectedUser'),
		noteReporters: flag(options, 'noteReporters'),
		allowApproval: options.approvalTypes === 'allow',
		fillsFields: context.getNodeParameter('fillCustomFields', 0, false) === true,
		perItem: hasExpression(context.getNode().parameters.customFields),
	};
}

/** A custom field as it was typed; `template` when its text may hold placeholders. */
export interface TypedField {
	value: unknown;
	template: boolean;
}

/**
 * Custom fields that the node fills, by name. What an expression gave is taken as it is: a source could have written
 * braces into it.
 */
export function typedCustomFields(
	context: IExecuteFunctions,
	itemIndex: number,
): Map<string, TypedField> {
	const values: unknown = context.getNodeParameter('customFields.value', itemIndex, {});
	const raw: unknown = context.getNode().parameters.customFields;
	const written = isRecord(raw) && isRecord(raw.value) ? raw.value : {};
	return new Map(
		Object.entries(isRecord(values) ? values : {}).map(([name, value]) => {
			const text = written[name];
			const template = typeof text === 'string' && !text.startsWith('=');
			return [name, { value, template }];
		}),
	);
}
