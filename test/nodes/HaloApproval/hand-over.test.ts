import type { IDataObject } from 'n8n-workflow';

import { readResumed } from '../../../nodes/shared/domain/approval/choice';
import { questionOf, SECRET } from '../../domain/approval/question';
import { type Receiver, startReceiver } from '../../support/receiver';
import { runApproval } from './support';

let n8n: Receiver;
beforeAll(async () => {
	n8n = await startReceiver();
});
afterAll(async () => {
	await n8n.stop();
});
beforeEach(() => {
	n8n.answers(200);
	n8n.replies.clear();
	n8n.received.length = 0;
});

const FORM = {
	decision: 'Approve',
	scope: 'This user',
	ticket: 7,
	execution: '42',
	signature: 'ab12',
	until: String(Date.now() + 60_000),
	user: { email: 'sam@msp.example' },
};

async function handOver(change: IDataObject = {}, resumeUrl = `${n8n.url}/webhook-waiting/9`) {
	return await runApproval('handOver', [[{ ...FORM, ...change }]], { resumeUrl });
}

describe('Hand Over', () => {
	it('hands the login and the choice to the run of the link, proved, and shows its page', async () => {
		n8n.replies.set('/webhook-waiting/42', { title: 'Approved', message: '<b>Told</b>' });
		const { error, json } = await handOver();
		expect(error).toBeNull();
		expect(json[0]).toEqual([{ title: 'Approved', message: '&lt;b&gt;Told&lt;/b&gt;' }]);
		const [sent] = n8n.received;
		expect(sent).toMatchObject({
			method: 'POST',
			path: '/webhook-waiting/42?signature=ab12',
		});
		const body: unknown = JSON.parse(String(sent?.text));
		const waiting = { question: questionOf(), execution: '42', secrets: [SECRET], now: 0 };
		expect(readResumed({ headers: {}, body }, waiting)).toMatchObject({
			choice: { decision: 'approved', email: 'sam@msp.example' },
		});
	});

	it.each([
		['../../rest/login', 'ab12'],
		['42', '..%2Fx'],
		['', ''],
	])('calls nobody for a link that names no run: %s %s', async (execution, signature) => {
		const { json } = await handOver({ execution, signature });
		expect(json[0]).toMatchObject([{ message: expect.stringContaining('changed or cut') }]);
		expect(n8n.received).toEqual([]);
	});

	it.each([
		['forged', 401, {}, 'changed or cut'],
		['used', 409, {}, 'decided already'],
		['over', 404, { until: '1' }, 'its time is over'],
		['broken off', 500, {}, 'n8n failed on the way'],
	])('says of a link that is %s what it is', async (_, status, change, words) => {
		n8n.answers(status);
		const { json } = await handOver(change);
		expect(json[0]).toMatchObject([{ message: expect.stringContaining(words) }]);
	});

	it('says that nobody could be reached', async () => {
		const { json } = await handOver({}, 'http://127.0.0.1:1/webhook-waiting/9');
		expect(json[0]).toMatchObject([{ title: 'Try again' }]);
	});

	it('follows no redirect with the proof', async () => {
		n8n.answers(302);
		const { json } = await handOver();
		expect(json[0]).toMatchObject([{ title: 'Already decided' }]);
		expect(n8n.received).toHaveLength(1);
	});
});
