import type { IDataObject } from 'n8n-workflow';

import { OUTPUTS } from '../../../nodes/HaloApproval/description';
import { decidedBy } from '../../../nodes/shared/domain/approval/decided';
import { questionOf } from '../../domain/approval/question';
import { runApproval } from './support';

const CHOICE = { decision: 'approved', scope: 'tenant', email: 'sam@msp.example' } as const;
const DECIDED = decidedBy(questionOf(), CHOICE, 'Sam Okafor', { decidedAt: '', secret: 's' });
const PARAMETERS = { decided: JSON.stringify(DECIDED) };

describe('Record Decision', () => {
	it.each([
		['a body', { ok: true }],
		['nothing', {}],
		['a word for an error', { error: 'none' }],
	])(
		'closes the ticket when the source took the decision and answered with %s',
		async (_, answer) => {
			const { error, json } = await runApproval('record', [[answer]], PARAMETERS);
			expect(error).toBeNull();
			expect(json[OUTPUTS.record.close]).toMatchObject([
				{
					dedupKey: 'v1|idemeum|er-1',
					mapping: { haloClientId: 11 },
					status: 'resolved',
					resolution: { reason: 'approved', byName: 'Sam Okafor', scope: 'whole tenant' },
				},
			]);
			expect([json[OUTPUTS.record.errors], json[OUTPUTS.record.note]]).toEqual([[], []]);
		},
	);

	it('reports and notes what the source did not take, and closes nothing', async () => {
		const failure = { error: { message: 'The service is down' } };
		const { json } = await runApproval('record', [[], [failure]], PARAMETERS);
		expect(json[OUTPUTS.record.close]).toEqual([]);
		expect(json[OUTPUTS.record.errors]).toMatchObject([
			{ direction: 'outgoing', message: 'Ticket 7: The service is down' },
		]);
		expect(json[OUTPUTS.record.note]).toMatchObject([{ ticketId: 7 }]);
	});
});

describe('Answer Form', () => {
	const closed = (change: IDataObject = {}): IDataObject => ({
		ticketId: 7,
		decision: 'closed',
		resolution: { reason: 'approved' },
		...change,
	});

	it('says what became of the ticket, and ends', async () => {
		const { json, responses } = await runApproval('answer', [[closed()]]);
		expect(json.flat()).toEqual([]);
		expect(responses).toMatchObject([
			{ statusCode: 200, body: { title: 'Approved', message: expect.stringContaining('closed.') } },
		]);
	});

	it('says what was not carried out, and lets it be decided again', async () => {
		for (const noted of [{ ticketId: 7, noted: true }, { error: 'No note' }, {}]) {
			const { json, responses } = await runApproval('answer', [[], [noted]]);
			expect(responses).toMatchObject([{ body: { title: 'Not carried out' } }]);
			expect(json[0]).toHaveLength(1);
		}
	});

	it('answers nobody about a request that expired', async () => {
		const expired = closed({ resolution: { reason: 'expired' } });
		const { error, responses } = await runApproval('answer', [[expired]]);
		expect([error, responses]).toEqual([null, []]);
	});
});
