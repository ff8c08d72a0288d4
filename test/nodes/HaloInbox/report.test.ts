import type { IDataObject } from 'n8n-workflow';

import { runInbox } from './support';

const mail = (decision: string | null, more: IDataObject = {}): IDataObject => ({
	title: 'Invoice 4711',
	user: { name: 'Grace', email: 'grace@contoso.example' },
	...(decision === null ? {} : { decision }),
	reason: `It is ${decision}.`,
	...more,
});

async function reported(...inputs: IDataObject[][]) {
	const { json, error } = await runInbox('report', inputs);
	expect(error).toBeNull();
	const [remember = [], failed = []] = json;
	return { errors: remember.slice(0, -1), status: remember.at(-1), failed };
}

describe('Report', () => {
	it('a ticket moves Last Sync; nobody is told of it', async () => {
		for (const decision of ['created', 'unchanged', 'reopened']) {
			const { errors, failed, status } = await reported(
				[],
				[],
				[],
				[mail(decision, { ticketId: 7 })],
			);
			expect([errors, failed]).toEqual([[], []]);
			expect(status).toMatchObject({ integration: '(all)', lastSync: expect.any(String) });
		}
	});

	it('what is left out on purpose is told to nobody, and is no success', async () => {
		const { errors, failed, status } = await reported(
			[],
			[],
			[mail('ignored'), mail('mapping_only'), mail('skipped_suppressed')],
			[],
		);
		expect([errors, failed]).toEqual([[], []]);
		expect(status).not.toHaveProperty('lastSync');
	});

	it('what is held is a row for a person, and comes again by itself', async () => {
		const { errors, failed } = await reported([mail('held_ambiguous')], [mail('held_unmapped')]);
		expect(errors).toMatchObject([
			{ cause: 'held_ambiguous', node: 'Halo Map Company', direction: 'incoming' },
			{
				cause: 'held_unmapped',
				message: 'Invoice 4711; grace@contoso.example; It is held_unmapped.',
			},
		]);
		expect(failed).toEqual([]);
	});

	it('what failed is a row, and has to come again', async () => {
		const { errors, failed, status } = await reported(
			[],
			[],
			[],
			[mail('failed', { ticketId: 7 }), mail(null, { reason: '', error: { message: 'Refused' } })],
		);
		const messages = [
			'Invoice 4711; grace@contoso.example; It is failed.',
			'Invoice 4711; grace@contoso.example; Refused',
		];
		expect(errors.map(({ cause, message, node }) => [cause, node, message])).toEqual(
			messages.map((message) => ['failed', 'Halo Ticket', message]),
		);
		expect(failed).toEqual(messages.map((message) => ({ message })));
		expect(status).not.toHaveProperty('lastSync');
	});

	it('the words of an event are the same each time, so that its row is found again', async () => {
		const [once, again] = [
			await reported([mail('held_unmapped')]),
			await reported([mail('held_unmapped')]),
		];
		expect(once.errors[0]?.message).toBe(again.errors[0]?.message);
		const { errors } = await reported([mail('failed', { title: 'x'.repeat(3_000) })]);
		expect(String(errors[0]?.message)).toHaveLength(1_000);
	});
});
