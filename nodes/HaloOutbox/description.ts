import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Values of the parameter Operation. */
export const OUTBOX_OPERATIONS = ['callbacks', 'claim', 'jitAccounts', 'settle'] as const;

/** Credential type that signs. */
export const SECRET = 'webhookSecretApi';

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	write: { claims: 0, tryAgain: 1, errors: 2 },
	claim: { calls: 0, repeats: 1 },
	settle: { rows: 0, status: 1, errors: 2 },
} as const;

/** Order of the inputs. */
export const INPUTS = {
	// Start carries nothing that is read: it lets a run without a change begin.
	callbacks: { events: 0, changes: 1, start: 2 },
	jitAccounts: { changes: 0, start: 1 },
	claim: { claimed: 0, found: 1 },
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ({ callbacks: ['Events', 'Changes', 'Start'], jitAccounts: ['Changes', 'Start'], claim: ['Claimed', 'Found'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ callbacks: ['Claims', 'Try Again', 'Errors'], jitAccounts: ['Claims', 'Try Again', 'Errors'], claim: ['Calls', 'Repeats'], settle: ['Rows', 'Status', 'Errors'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

function only(operation: (typeof OUTBOX_OPERATIONS)[number]): IDisplayOptions {
	return { show: { operation: [operation] } };
}

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'callbacks',
		options: [
			{
				name: 'Callbacks',
				value: 'callbacks',
				action: 'Write callbacks to the sources of tickets',
				description: 'Turn changes of tickets into rows, each with the body that its source gets',
			},
			{
				name: 'Claim',
				value: 'claim',
				action: 'Claim calls',
				description: 'Say which calls are made now: each change once, and failed ones again',
			},
			{
				name: 'JIT Accounts',
				value: 'jitAccounts',
				action: 'Write calls that end JIT accounts',
				description: 'Turn closed tickets into rows, each with the body that idemeum gets',
			},
			{
				name: 'Settle',
				value: 'settle',
				action: 'Settle what became of calls',
				description: 'Turn answers into what is to be written: rows, status and errors',
			},
		],
	},
	{
		displayName: 'Integrations',
		name: 'integrations',
		type: 'string',
		required: true,
		default: 'default',
		placeholder: 'e.g. default, office',
		description:
			'Whose findings are named: the integrations that work with this Halo, with commas between them',
		displayOptions: only('callbacks'),
	},
	{
		displayName: 'Customer Names',
		name: 'customerNames',
		type: 'json',
		default: '{}',
		description: 'Customers that idemeum calls otherwise than Halo does, by their names in Halo',
		displayOptions: only('jitAccounts'),
	},
	{
		displayName: 'Signature',
		name: 'signature',
		type: 'options',
		noDataExpression: true,
		default: 'none',
		description: 'How the receiver can tell that a call is yours',
		options: [
			{
				name: 'HMAC-SHA256',
				value: 'hmacSha256',
				description: 'Over the bytes of the body, as sha256=hex, with the secret of the credential',
			},
			{
				name: 'None',
				value: 'none',
				description: 'The call proves itself otherwise, e.g. by OAuth2',
			},
		],
		displayOptions: only('claim'),
	},
	{
		displayName: 'Call',
		name: 'call',
		type: 'json',
		required: true,
		default: '',
		placeholder: "e.g. {{ $('Which calls').item.json }}",
		description: 'The call that was made, as Claim gave it out',
		displayOptions: only('settle'),
	},
	{
		displayName: 'Called By',
		name: 'calledBy',
		type: 'string',
		default: 'Send',
		description: 'Name of the node that calls, for halo_errors',
		displayOptions: only('settle'),
	},
];
