import type { IDataObject } from 'n8n-workflow';

import { decidedBy } from '../../../nodes/shared/domain/approval/decided';
import { endOfForm } from '../../../nodes/shared/domain/approval/page';
import { questionOf } from '../../domain/approval/question';
import { compareWithMembers } from '../../support/schemas';
import { OUTPUT_MEMBERS } from '../../support/schemas/members';
import { runApproval, waitingQuestion } from './support';

const CHOICE = { decision: 'approved', scope: 'user', email: 'sam@msp.example' } as const;
const DECIDED = decidedBy(questionOf(), CHOICE, 'Sam Okafor', { decidedAt: '', secret: 's' });
const RESUME = { resumeUrl: 'https://n8n.example/webhook-waiting/1?signature=ab12' };
const TICKET: IDataObject = {
	title: 'T',
	decision: 'created',
	reason: 'Made.',
	ticketId: 7,
	raw: { id: 'er-1' },
};

/** Members that an output has and its schema has not; the request itself is whatever came. */
async function beyond(operation: string, run: ReturnType<typeof runApproval>): Promise<string[]> {
	const { error, json } = await run;
	if (error !== null) throw new Error(error.message);
	const values = json.flat();
	expect(values.length).toBeGreaterThan(0);
	return compareWithMembers(OUTPUT_MEMBERS.HaloApproval?.[operation] ?? {}, values).beyond;
}

test('every operation gives out members of its schema alone', async () => {
	const given = {
		ask: runApproval('ask', [[TICKET, { ...TICKET, decision: 'failed' }]], {
			callbackUrl: 'https://source.example',
		}),
		word: runApproval('word', [[waitingQuestion()]], { formPath: 'decide', ...RESUME }),
		record: runApproval('record', [[], [{ error: 'no' }]], { decided: JSON.stringify(DECIDED) }),
		answer: runApproval('answer', [[], [{ noted: true }]]),
		decide: runApproval('decide', [[{ headers: {}, body: {} }]], {
			question: JSON.stringify(waitingQuestion()),
		}),
		handOver: runApproval('handOver', [[{}]], RESUME),
	};
	for (const [operation, run] of Object.entries(given)) {
		expect([operation, await beyond(operation, run)]).toEqual([operation, []]);
	}
	expect(Object.keys(given).sort()).toEqual(Object.keys(OUTPUT_MEMBERS.HaloApproval ?? {}).sort());
	const members = OUTPUT_MEMBERS.HaloApproval ?? {};
	expect(compareWithMembers(members.decide ?? {}, [{ ...DECIDED }]).beyond).toEqual([]);
	expect(compareWithMembers(members.handOver ?? {}, [endOfForm(null, null, 0)]).never).toEqual([]);
});
