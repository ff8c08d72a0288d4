import type { INodeProperties } from 'n8n-workflow';

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	request: { asked: 0, lookUp: 1 },
	answer: {
		page: 0,
		insert: 1,
		update: 2,
		insertCompanies: 3,
		updateCompanies: 4,
		remove: 5,
	},
} as const;

/** Order of the inputs. */
export const INPUTS = {
	request: { call: 0, tables: 1 },
	answer: { asked: 0, rows: 1 },
	done: {
		page: 0,
		insert: 1,
		update: 2,
		insertCompanies: 3,
		updateCompanies: 4,
		remove: 5,
	},
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ({ request: ['Call', 'Tables'], answer: ['Asked', 'Rows'], done: ['Page', 'Inserted', 'Updated', 'New Companies', 'Changed Companies', 'Deleted'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ request: ['Asked', 'Look Up'], answer: ['Page', 'Insert', 'Update', 'New Companies', 'Changed Companies', 'Delete'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'request',
		options: [
			{
				name: 'Answer',
				value: 'answer',
				action: 'Make the page or decide about the form',
				description: 'Make the page, or say which rows are written for the form that was sent',
			},
			{
				name: 'Done',
				value: 'done',
				action: 'Say what was stored',
				description: 'Give out the answer once the rows are written, or say what was not stored',
			},
			{
				name: 'Request',
				value: 'request',
				action: 'Read what is asked of the console',
				description: 'Check the call of the webhook, and say which rows are read for its page',
			},
		],
	},
];
