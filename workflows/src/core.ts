/** Nodes of n8n itself, in the versions that the templates use, with their parameters by name. */
import type { NodeParameterValueType as Json } from 'n8n-workflow';

import { coreNode, type NodeSettings, type Parameters, type TemplateNode } from './builder';

type Interval =
	| { field: 'seconds'; secondsInterval: number }
	| { field: 'minutes'; minutesInterval: number }
	| { field: 'days'; daysInterval: number; triggerAtHour: number; triggerAtMinute: number };

/** Schedule Trigger. */
export function schedule(name: string, interval: Interval): TemplateNode {
	return coreNode(name, 'scheduleTrigger', 1.3, { rule: { interval: [interval] } });
}

/** Manual Trigger, under the name that the pages use unless told otherwise. */
export function runByHand(name = 'Run by hand'): TemplateNode {
	return coreNode(name, 'manualTrigger', 1, {});
}

/** n8n Trigger, for the start of the instance. */
export function n8nStarted(): TemplateNode {
	return coreNode('n8n started', 'n8nTrigger', 1, { events: ['init'] });
}

/** Error Trigger of the workflow itself. */
export function failure(): TemplateNode {
	return coreNode('When this workflow fails', 'errorTrigger', 1, {});
}

/** No Operation: where several wires become one. */
export function gather(name: string): TemplateNode {
	return coreNode(name, 'noOp', 1, {});
}

type Value = string | number | boolean | string[] | { [name: string]: string };

function typeOf(value: Value): string {
	return Array.isArray(value) ? 'array' : typeof value;
}

type Values = { [name: string]: Value };

/** Edit Fields (Set): these fields and no others. An expression that gives a number is one of type number. */
export function fields(name: string, values: Values, node: NodeSettings = {}): TemplateNode {
	const assignments = Object.entries(values).map(([field, value]) => ({
		id: field,
		name: field,
		type: String(value).endsWith('.length }}') ? 'number' : typeOf(value),
		value: typeof value === 'object' ? JSON.stringify(value) : value,
	}));
	const parameters = {
		mode: 'manual',
		duplicateItem: false,
		includeOtherFields: false,
		options: {},
		assignments: { assignments },
	};
	return coreNode(name, 'set', 3.4, parameters, node);
}

/** What people change in a template; on the left, and run once. */
export function settings(values: Values): TemplateNode {
	return fields('Settings', values, { executeOnce: true });
}

/** Data Table: the list of all tables, read once. */
export function listTables(name = 'List tables'): TemplateNode {
	return coreNode(
		name,
		'dataTable',
		1.1,
		{ resource: 'table', operation: 'list', returnAll: true, options: {} },
		{ executeOnce: true, alwaysOutputData: true },
	);
}

/** A table by an expression that gives its id, or by its literal name; n8n inserts in bulk only by the latter. */
type Table = { id: string } | { name: string };

function locator(table: Table): Json {
	return 'id' in table
		? { __rl: true, mode: 'id', value: table.id }
		: { __rl: true, mode: 'name', value: table.name };
}

/** A condition of a Data Table node; each member may be an expression. */
export interface Where {
	column: string;
	condition: string;
	value?: Json;
}

function filters(where: readonly Where[]): Json {
	return {
		conditions: where.map(({ column, condition, value }) => ({
			keyName: column,
			condition,
			...(value === undefined ? {} : { keyValue: value }),
		})),
	};
}

/** Columns that a node writes: those of the item by their names, or those that are named. */
type Columns = 'ofTheItem' | { [column: string]: Json };

function columnsOf(columns: Columns): Json {
	return columns === 'ofTheItem'
		? { mappingMode: 'autoMapInputData', value: {}, schema: [], matchingColumns: [] }
		: { mappingMode: 'defineBelow', value: columns, schema: [], matchingColumns: [] };
}

interface Matching {
	/** All conditions hold, or any. */
	match?: 'allConditions' | 'anyCondition';
	where: readonly Where[];
}

function rowNode(
	name: string,
	operation: string,
	table: Table,
	more: Parameters,
	node: NodeSettings,
): TemplateNode {
	const parameters = { resource: 'row', operation, dataTableId: locator(table), ...more };
	return coreNode(name, 'dataTable', 1.1, parameters, node);
}

/** Data Table: rows that match, as many as `limit` says or `'all'`, sorted. */
export function getRows(
	name: string,
	table: Table,
	{
		match = 'allConditions',
		where,
		limit,
		orderBy,
		direction,
	}: Matching & { limit: Json; orderBy: string; direction: string },
	node: NodeSettings = {},
): TemplateNode {
	const sorted = { orderBy: true, orderByColumn: orderBy, orderByDirection: direction };
	const asMany = limit === 'all' ? { returnAll: true } : { returnAll: false, limit };
	const more = { matchType: match, filters: filters(where), ...asMany, ...sorted };
	return rowNode(name, 'get', table, more, node);
}

/** The three conditions that an item names, as the nodes of the pack give out what is to be read or deleted. */
export const OF_THE_ITEM: readonly Where[] = [0, 1, 2].map((line) => ({
	column: `={{ $json.where[${line}].column }}`,
	condition: `={{ $json.where[${line}].condition }}`,
	value: `={{ $json.where[${line}].value }}`,
}));

/** Data Table: the rows that each item asks for. */
export function rowsOfTheItem(name: string, table: Table, node: NodeSettings = {}): TemplateNode {
	const order = { orderBy: '={{ $json.orderBy }}', direction: '={{ $json.direction }}' };
	return getRows(name, table, { where: OF_THE_ITEM, limit: '={{ $json.limit }}', ...order }, node);
}

/** Data Table: the items for which no row matches go on. */
export function withoutRow(
	name: string,
	table: Table,
	{ match = 'allConditions', where }: Matching,
): TemplateNode {
	return rowNode(name, 'rowNotExists', table, { matchType: match, filters: filters(where) }, {});
}

/** Data Table: every row. */
export function allRows(name: string, table: Table, node: NodeSettings = {}): TemplateNode {
	return rowNode(name, 'get', table, { matchType: 'allConditions', returnAll: true }, node);
}

/** Data Table: a new row for each item. */
export function insertRows(
	name: string,
	table: Table,
	columns: Columns,
	{ bulk = false, ...node }: NodeSettings & { bulk?: boolean } = {},
): TemplateNode {
	const more = { columns: columnsOf(columns), options: bulk ? { optimizeBulk: true } : {} };
	return rowNode(name, 'insert', table, more, node);
}

/** Data Table: rows that match get other values. */
export function updateRows(
	name: string,
	table: Table,
	{ match = 'allConditions', where }: Matching,
	columns: Columns,
	node: NodeSettings = {},
): TemplateNode {
	const more = {
		matchType: match,
		filters: filters(where),
		columns: columnsOf(columns),
		options: {},
	};
	return rowNode(name, 'update', table, more, node);
}

/** Data Table: as `updateRows`, and a new row where none matches. */
export function upsertRows(
	name: string,
	table: Table,
	{ match = 'allConditions', where }: Matching,
	columns: Columns,
	node: NodeSettings = {},
): TemplateNode {
	const { parameters, ...rest } = updateRows(name, table, { match, where }, columns, node);
	return { ...rest, parameters: { ...parameters, operation: 'upsert' } };
}

/** Data Table: rows that match go. */
export function deleteRows(
	name: string,
	table: Table,
	{ match = 'allConditions', where }: Matching,
	node: NodeSettings = {},
): TemplateNode {
	const more = { matchType: match, filters: filters(where), options: {} };
	return rowNode(name, 'deleteRows', table, more, node);
}

/** If: the first output when the expression is true. */
export function ifTrue(name: string, expression: string): TemplateNode {
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const operator = { type: 'boolean', operation: 'true', singleValue: true };
	const condition = { id: name, leftValue: expression, rightValue: true, operator };
	return coreNode(name, 'if', 2.3, {
		conditions: { options, conditions: [condition], combinator: 'and' },
		options: {},
	});
}

/** Switch: one output for each word that the expression may give. */
export function switchOn(name: string, expression: string, words: readonly string[]): TemplateNode {
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const operator = { type: 'string', operation: 'equals' };
	const values = words.map((word) => ({
		conditions: {
			options,
			conditions: [
				{ id: `${name} ${word}`, leftValue: expression, rightValue: word, operator },
			],
			combinator: 'and',
		},
		renameOutput: true,
		outputKey: word,
	}));
	return coreNode(name, 'switch', 3.4, { mode: 'rules', rules: { values }, options: {} });
}

/** Stop and Error: ends the run red. */
export function stopWith(name: string, errorMessage: string): TemplateNode {
	return coreNode(name, 'stopAndError', 1, { errorType: 'errorMessage', errorMessage });
}

/** Form: the last page. */
export function completion(
	name: string,
	webhookId: string,
	title: string,
	message: string,
): TemplateNode {
	const parameters = {
		operation: 'completion',
		respondWith: 'text',
		completionTitle: title,
		completionMessage: message,
		options: {},
	};
	return coreNode(name, 'form', 2.5, parameters, { webhookId });
}
