import type { INodeProperties } from 'n8n-workflow';

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	ask: { questions: 0, errors: 1, others: 2 },
	decide: { decided: 0, expired: 1, again: 2 },
	record: { errors: 0, close: 1, note: 2 },
} as const;

/** Order of the inputs. */
export const INPUTS = {
	ask: { tickets: 0, ignored: 1, needsReview: 2, unmapped: 3 },
	answer: { closed: 0, noted: 1 },
	record: { told: 0, notTold: 1 },
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ({ ask: ['Tickets', 'Ignored', 'Needs Review', 'Unmapped'], answer: ['Closed', 'Noted'], record: ['Told', 'Not Told'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ ask: ['Questions', 'Errors', 'Others'], answer: ['Ask Again'], decide: ['Decided', 'Expired', 'Ask Again'], handOver: ['Page'], record: ['Errors', 'Close', 'Note'], word: ['Question'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'ask',
		options: [
			{
				name: 'Answer Form',
				value: 'answer',
				action: 'Answer the form that decided',
				description:
					'Tell who sent the form what became of it, once the ticket is closed or noted on',
			},
			{
				name: 'Ask',
				value: 'ask',
				action: 'Ask for decisions about requests',
				description:
					'Say which new tickets are asked about, and answer the source what became of its requests',
			},
			{
				name: 'Decide',
				value: 'decide',
				action: 'Decide about a request',
				description:
					'Check who answered, and the ticket in Halo, before anything is told to anybody',
			},
			{
				name: 'Hand Over',
				value: 'handOver',
				action: 'Hand the form to the request that waits',
				description:
					'Prove the login to the run that waits, and give out the page that ends the form',
			},
			{
				name: 'Record Decision',
				value: 'record',
				action: 'Record what the source said to a decision',
				description:
					'Say how the ticket is closed; or, when the source did not take it, what is reported',
			},
			{
				name: 'Word Question',
				value: 'word',
				action: 'Word the question about a request',
				description: 'Make the link to the form, and the private note that holds it',
			},
		],
	},
	{
		displayName: 'Callback Address',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://portal.example/api/decisions',
		description:
			'Where the source takes decisions. Empty: nobody is asked, it is decided in its own portal.',
		displayOptions: { show: { operation: ['ask'] } },
	},
	{
		displayName: 'Wait (Hours)',
		name: 'waitHours',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 96,
		description: 'A request that nobody decides about for so long is closed as expired',
		displayOptions: { show: { operation: ['ask'] } },
	},
	{
		displayName: 'Approve Own Requests',
		name: 'approveOwnRequests',
		type: 'boolean',
		default: false,
		description: 'Whether the one who asks for an elevation may decide about it',
		displayOptions: { show: { operation: ['ask'] } },
	},
	{
		displayName: 'Form Path',
		name: 'formPath',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. halo-elevation-decide',
		description: 'Path of the Form Trigger that the link opens',
		displayOptions: { show: { operation: ['word'] } },
	},
	{
		displayName: 'Resume Address',
		name: 'resumeUrl',
		type: 'string',
		required: true,
		default: '={{ $execution.resumeUrl }}',
		description: 'Where this run waits, as n8n says it',
		displayOptions: { show: { operation: ['word', 'handOver'] } },
	},
	{
		displayName: 'Question',
		name: 'question',
		type: 'json',
		required: true,
		default: '{}',
		description: 'The item that Word Question gave out in this run',
		displayOptions: { show: { operation: ['decide'] } },
	},
	{
		displayName: 'Decided',
		name: 'decided',
		type: 'json',
		required: true,
		default: '{}',
		description: 'The item that Decide gave out on Decided',
		displayOptions: { show: { operation: ['record'] } },
	},
];
