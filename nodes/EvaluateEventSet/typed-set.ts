import type { IExecuteFunctions } from 'n8n-workflow';

import { EVENT_CATEGORIES } from '../shared/domain/event/catalogue';
import type { JsonRecord } from '../shared/domain/values/json';
import { isRecord } from '../shared/domain/values/json';
import { readBoolean, readOption, readString } from '../shared/n8n/parameters';
import { fieldOfCategory } from './category-fields';

function texts(value: unknown): string[] {
	const list: unknown[] = Array.isArray(value) ? value : [];
	return list.filter((entry) => typeof entry === 'string');
}

function divided(value: unknown): string[] {
	return String(value ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function chosenEvents(
	context: IExecuteFunctions,
	itemIndex: number,
): { events: string[]; categories: string[] } {
	if (readOption(context, 'events', itemIndex, ['all', 'categories'] as const) === 'all') {
		return { events: ['*'], categories: [] };
	}
	const names = texts(context.getNodeParameter('categories', itemIndex, []));
	const events: string[] = [];
	const whole: string[] = [];
	for (const category of EVENT_CATEGORIES.filter(({ name }) => names.includes(name))) {
		const field = fieldOfCategory(category);
		const ticked = texts(context.getNodeParameter(field, itemIndex, []));
		if (ticked.length === 0) whole.push(category.name);
		events.push(...ticked);
	}
	return { events, categories: whole };
}

function windowsOf(value: unknown): JsonRecord[] {
	const list: unknown[] = isRecord(value) && Array.isArray(value.window) ? value.window : [];
	return list
		.filter(isRecord)
		.map((window) => ({ ...window, companies: divided(window.companies) }));
}

/**
 * The event set of the node's fields, written as a row of `halo_event_sets`, so that one reader checks both.
 * @throws ParameterError when a field holds something else than its type says
 */
export function readTypedSet(context: IExecuteFunctions, itemIndex: number): JsonRecord {
	const given: unknown = context.getNodeParameter('options', itemIndex, {});
	const options = isRecord(given) ? given : {};
	const chosen = chosenEvents(context, itemIndex);
	const rule = {
		...chosen,
		asset: options.asset,
		kevOnly: options.kevOnly,
		minEpss: options.minEpss,
		companies: divided(options.companies),
		notCompanies: divided(options.notCompanies),
		includeInfo: options.includeInfo,
	};
	return {
		name: options.name ?? 'Default',
		isDefault: true,
		grouping: readString(context, 'grouping', itemIndex),
		minSeverity: readString(context, 'minSeverity', itemIndex),
		includeUnknown: readBoolean(context, 'includeUnknown', itemIndex),
		rules: chosen.events.length + chosen.categories.length === 0 ? [] : [rule],
		maintenance: windowsOf(context.getNodeParameter('maintenance', itemIndex, {})),
	};
}
