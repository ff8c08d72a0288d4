import type { IDataObject } from 'n8n-workflow';

import { OUTPUTS } from '../../../nodes/HaloApproval/description';
import { runApproval } from './support';

const SETTINGS = { callbackUrl: 'https://source.example/decisions', waitHours: 96 };

function item(ticketId: number, change: IDataObject = {}): IDataObject {
	return {
		dedupKey: `v1|idemeum|er-${ticketId}`,
		title: `Elevation requested: setup-${ticketId}.exe`,
		decision: 'created',
		reason: 'Made.',
		ticketId,
		ticketUrl: `https://halo.example/ticket?id=${ticketId}`,
		raw: { elevationRequestId: `er-${ticketId}` },
		...change,
	};
}

const held = { decision: 'held_unmapped', reason: 'No mapping.', ticketId: null };

describe('Ask', () => {
	it('asks about each new ticket, with what belongs to it, however the items are mixed', async () => {
		const tickets = [item(9), item(7, { decision: 'closed' }), item(8)];
		const { error, json, outputs } = await runApproval('ask', [tickets], SETTINGS);
		expect(error).toBeNull();
		expect(json[OUTPUTS.ask.questions]).toMatchObject([
			{ ticketId: 9, requestId: 'er-9', event: { title: 'Elevation requested: setup-9.exe' } },
			{ ticketId: 8, requestId: 'er-8', event: { title: 'Elevation requested: setup-8.exe' } },
		]);
		expect(json[OUTPUTS.ask.others]).toMatchObject([{ ticketId: 7, decision: 'closed' }]);
		const paired = outputs[OUTPUTS.ask.questions]?.map(({ pairedItem }) => pairedItem);
		expect(paired).toMatchObject([{ item: 0 }, { item: 2 }]);
	});

	it('reports what is held from every input, and passes on what is skipped as it is set', async () => {
		const skipped = item(3, { decision: 'skipped_no_notification', ticketId: null });
		const failed = item(5, { decision: 'failed', reason: 'No such category.' });
		const { json, responses } = await runApproval(
			'ask',
			[
				[failed],
				[item(1, held)],
				[item(2, held), skipped],
				[item(4, { decision: 'skipped_info' })],
			],
			SETTINGS,
		);
		expect(json[OUTPUTS.ask.errors]).toMatchObject([
			{ cause: 'failed', direction: 'incoming', workflow: 'Workflow under test' },
			{ cause: 'held_unmapped', message: 'Elevation requested: setup-1.exe; No mapping.' },
			{ cause: 'held_unmapped', message: 'Elevation requested: setup-2.exe; No mapping.' },
		]);
		expect(json[OUTPUTS.ask.others]).toHaveLength(2);
		expect(responses).toMatchObject([{ statusCode: 200, body: { received: 5, failed: 3 } }]);
	});

	it('tells the source what became of a request that Halo refused', async () => {
		const failed = item(5, { decision: 'failed', reason: 'No such category.', ticketId: null });
		const { responses } = await runApproval('ask', [[failed]], SETTINGS);
		expect(responses).toMatchObject([
			{ body: { failed: 1, requests: [{ decision: 'failed', reason: 'No such category.' }] } },
		]);
	});

	it('asks nobody without an address, and refuses one that is none', async () => {
		const { json } = await runApproval('ask', [[item(7)]]);
		expect(json[OUTPUTS.ask.questions]).toEqual([]);
		for (const callbackUrl of ['source.example', 'file:///etc/passwd']) {
			const { error, responses } = await runApproval('ask', [[item(7)]], { callbackUrl });
			expect(error?.message).toContain('"Callback Address" needs a web address');
			expect(responses).toEqual([]);
		}
	});
});
