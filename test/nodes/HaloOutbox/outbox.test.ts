import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { HaloOutbox } from '../../../nodes/HaloOutbox/HaloOutbox.node';
import { signHmac, verifyHmac } from '../../../nodes/shared/domain/webhook/signature';
import { changeJson } from '../../domain/outbox/changes';
import { type NodeRun, runNode } from '../../support/engine';

const SECRET = 'between n8n and the receiver';

async function run(
	operation: string,
	inputs: Array<Array<IDataObject | INodeExecutionData>>,
	parameters: INodeParameters = {},
	secret = SECRET,
): Promise<NodeRun> {
	return await runNode({
		node: new HaloOutbox(),
		inputs,
		executionOrder: 'v1',
		parameters: { operation, ...parameters },
		credentials: { webhookSecretApi: { user: '', secret, previousSecret: '' } },
	});
}

/** An item of Halo Trigger as n8n hands it on. */
const item = (...given: Parameters<typeof changeJson>): IDataObject =>
	JSON.parse(JSON.stringify(changeJson(...given)));

const claimed = (id: number, more: IDataObject = {}): IDataObject => ({
	id,
	source: 'halo-callback',
	dedupKey: 'halo|7|closed',
	event: '{"change":"closed","ä":1}',
	state: 'sending',
	ticketId: 7,
	tries: 0,
	receivedAt: new Date().toISOString(),
	...more,
});

describe('Callbacks', () => {
	const event = { id: 1, source: 'wazuh', dedupKey: 'disk', integration: 'office', ticketId: 7 };

	it('makes one row of the items of one change, with the findings of the ticket', async () => {
		const { error, json, outputs } = await run(
			'callbacks',
			[[event], [item(), item()], [{ callbackUrl: 'x' }]],
			{ integrations: 'default, Office' },
		);
		expect(error).toBeNull();
		expect(json.map(({ length }) => length)).toEqual([1, 0, 0]);
		expect(json[0]).toMatchObject([{ source: 'halo-callback', ticketId: 7, state: 'sending' }]);
		expect(JSON.parse(String(json[0]?.[0]?.event))).toMatchObject({
			findings: [{ source: 'wazuh', dedupKey: 'disk' }],
		});
		expect(outputs[0]?.[0]?.pairedItem).toEqual({ item: 0, input: 1 });
	});

	it('without a change it asks for the calls that were not made', async () => {
		const { json } = await run('callbacks', [[], [], [{ callbackUrl: 'x' }]]);
		expect(json).toEqual([
			[],
			[{ source: 'halo-callback', column: 'state', condition: 'neq', value: 'done' }],
			[],
		]);
	});

	it('a ticket that cannot be read is an error row beside the others, and fails the run alone', async () => {
		const unread = item({}, { ticket: null, ticketId: 8, problem: 'Halo shows no ticket 8' });
		const both = await run('callbacks', [[], [unread, item()], []]);
		expect(both.error).toBeNull();
		expect(both.json[0]).toMatchObject([{ ticketId: 7 }]);
		expect(both.json[2]).toMatchObject([
			{ node: 'Halo Outbox', direction: 'outgoing', message: expect.stringContaining('Ticket 8') },
		]);
		const alone = await run('callbacks', [[], [unread], []]);
		expect(alone.error).toMatchObject({
			message: expect.stringContaining('Halo shows no ticket 8'),
			description: 'Send the delivery again from the tab Deliveries of the webhook in Halo.',
			itemIndex: 0,
		});
	});
});

describe('JIT Accounts', () => {
	it('makes a row with the body for idemeum, and none for a ticket that is open again', async () => {
		const open = item({ id: 8, hasbeenclosed: false, dateclosed: null }, { ticketId: 8 });
		const names = '{ "Contoso Ltd": "Contoso PAM" }';
		const { error, json } = await run('jitAccounts', [[item(), open], [{}]], {
			customerNames: names,
		});
		expect(error).toBeNull();
		expect(json[0]).toHaveLength(1);
		expect(JSON.parse(String(json[0]?.[0]?.event))).toEqual({
			customerDisplayName: 'Contoso PAM',
			technicianEmailAddress: 'sam.okafor@msp.example',
		});
	});

	it('customer names that are no object are refused by name', async () => {
		const { error } = await run('jitAccounts', [[item()], []], { customerNames: '[1' });
		expect(error?.message).toContain('"customerNames" needs an object');
	});
});

describe('Claim', () => {
	it('signs the bytes of the body of the first row; the other is a repeat', async () => {
		const { error, json } = await run('claim', [[claimed(4), claimed(5)], [claimed(4)]], {
			signature: 'hmacSha256',
		});
		expect(error).toBeNull();
		const [call] = json[0] ?? [];
		expect(call).toMatchObject({ rowId: 4, key: 'halo|7|closed', tries: 0 });
		const scheme = { encoding: 'hex', prefix: 'sha256=' } as const;
		const body = Buffer.from(String(call?.body), 'utf8');
		expect(verifyHmac(body, String(call?.signature), [SECRET], scheme)).toBe(true);
		expect(call?.signature).toBe(signHmac(String(call?.body), SECRET, scheme));
		expect(json[1]).toMatchObject([{ id: 5, state: 'done', decision: 'skipped_replay' }]);
	});

	it('without a signature it needs no secret', async () => {
		const { json } = await run('claim', [[claimed(4)], [claimed(4)]], {}, '');
		expect(json[0]).toMatchObject([{ rowId: 4, signature: '' }]);
	});

	it('a blank secret makes no call that nobody can check', async () => {
		const { error, json } = await run(
			'claim',
			[[claimed(4)], [claimed(4)]],
			{ signature: 'hmacSha256' },
			'   ',
		);
		expect(error?.message).toContain('"Secret" needs a text in its credential');
		expect(json.flat()).toEqual([]);
	});

	it('a person who runs it has the calls made that were given up', async () => {
		const { json } = await run('claim', [[], [claimed(4, { state: 'dead', tries: 400 })]]);
		expect(json[0]).toMatchObject([{ rowId: 4, tries: 400 }]);
	});
});

describe('Settle', () => {
	const call = { rowId: 4, ticketId: 7, tries: 0 };
	const parameters = { call: '={{ $json.call }}', calledBy: 'Send' };

	it('turns answers into rows, Last Sync and one error', async () => {
		const { error, json } = await run(
			'settle',
			[
				[
					{ statusCode: 200, call },
					{ error: { message: 'Service unavailable' }, call: { ...call, rowId: 5 } },
				],
			],
			parameters,
		);
		expect(error).toBeNull();
		expect(json[0]).toMatchObject([
			{ id: 4, state: 'done', decision: 'sent', tries: 1 },
			{ id: 5, state: 'dead', decision: 'failed', tries: 1 },
		]);
		expect(json[1]).toMatchObject([{ integration: '(all)', enabled: true }]);
		expect(json[2]).toMatchObject([
			{ node: 'Send', message: 'Ticket 7: the call failed: Service unavailable' },
		]);
	});

	it('an answer without its call is refused, and says what to enter', async () => {
		const { error } = await run('settle', [[{ statusCode: 200, call: {} }]], parameters);
		expect(error).toMatchObject({
			message: 'Call needs the call that was made, got {}',
			description: expect.stringContaining('.item.json'),
		});
	});
});
