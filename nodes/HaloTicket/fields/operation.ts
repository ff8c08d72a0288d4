import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Every operation, in the order of the editor's list: what it is called, and what it does. */
const OPERATIONS = [
	{
		name: 'Add Note',
		value: 'addNote',
		action: 'Add a note to a ticket',
		description: 'Add a note to one ticket, private unless told otherwise',
	},
	{
		name: 'Close',
		value: 'close',
		action: 'Close a ticket',
		description: 'Close the ticket of each event, found by its reference',
	},
	{
		name: 'Create',
		value: 'create',
		action: 'Create a ticket',
		description: 'Make or update the ticket of each open event; leave resolved ones alone',
	},
	{
		name: 'Create or Close',
		value: 'createOrClose',
		action: 'Create or close a ticket',
		description: 'Make or update the ticket of an open event, close that of a resolved one',
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get a ticket',
		description: 'Read one ticket, by ID or by reference',
	},
	{
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many tickets',
		description: 'Read the tickets that fit filters, e.g. those updated since a time',
	},
	{
		name: 'Sync Scan',
		value: 'syncScan',
		action: 'Sync tickets with a scan',
		description:
			'Make and update the tickets of all findings of a scan, and close what the scan no longer names',
	},
] as const satisfies readonly INodePropertyOptions[];

export type OperationName = (typeof OPERATIONS)[number]['value'];

export const OPERATION_NAMES: readonly OperationName[] = OPERATIONS.map(({ value }) => value);

/** Operations that take events; the others take the number of a ticket, or filters. */
export const TAKES_EVENTS: OperationName[] = ['createOrClose', 'create', 'close', 'syncScan'];

/** Of those, the ones that make tickets. */
export const MAKES_TICKETS = TAKES_EVENTS.filter((name) => name !== 'close');

/** And the ones that close tickets. */
export const CLOSES_TICKETS = TAKES_EVENTS.filter((name) => name !== 'create');

/** What stands under the node on the canvas: the operation in small letters. */
const WORDS = Object.fromEntries(OPERATIONS.map(({ name, value }) => [value, name.toLowerCase()]));

export const subtitle = `={{ (${JSON.stringify(WORDS)})[$parameter["operation"]] || $parameter["operation"] }}`;

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'createOrClose',
	options: [...OPERATIONS],
};
