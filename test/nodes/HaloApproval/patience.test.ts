import type { IDataObject } from 'n8n-workflow';

import { OUTPUTS } from '../../../nodes/HaloApproval/description';
import { handOver } from '../../../nodes/shared/domain/approval/choice';
import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import { SECRET } from '../../domain/approval/question';
import { ownTime } from '../../support/engine/own-time';
import { EXECUTION, runApproval, waitingQuestion } from './support';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../../support/engine/own-time')>('../../support/engine/own-time')
		.workflowWithOwnTime(),
);

let halo: HaloSimulator;
beforeAll(async () => {
	ownTime.takeOver();
	halo = await startHaloSimulator();
});
afterAll(async () => {
	await halo.stop();
});
beforeEach(() => {
	halo.reset();
	ownTime.forgetWaits();
	ownTime.advance(6 * 60_000);
});

/** Halo that asks for a pause of four minutes. */
async function withoutRoom(resumed: IDataObject, question: IDataObject) {
	halo.faults.add({
		name: 'rate-limit-429',
		times: 'always',
		retryAfter: 'seconds',
		retryAfterSeconds: 240,
	});
	const parameters = { question: JSON.stringify(question) };
	const run = await runApproval('decide', [[resumed]], parameters, { halo });
	halo.faults.clear();
	return { ...run, waited: ownTime.waits.reduce((sum, wait) => sum + wait, 0) };
}

describe('Decide, while Halo has no room', () => {
	it('tells whoever sent the form within half a minute, and nothing is decided later', async () => {
		const form = { decision: 'Approve', scope: 'This user', ticket: 1002 };
		const user = { email: 'sam.okafor@msp.example' };
		const body = handOver({ ...form, user }, EXECUTION, SECRET);
		const run = await withoutRoom({ headers: {}, body }, waitingQuestion());
		expect(run.responses).toMatchObject([{ body: { title: 'Try again' } }]);
		expect(run.json[OUTPUTS.decide.decided]).toEqual([]);
		expect(run.waited).toBeGreaterThan(0);
		expect(run.waited).toBeLessThanOrEqual(30_000);
	});

	it('waits longer at the end of the time, where nobody stands at a form', async () => {
		const expiresAt = new Date(Date.now() - 1).toISOString();
		const { error, waited } = await withoutRoom({ ticketId: 1002 }, waitingQuestion({ expiresAt }));
		expect(error?.message).toContain('is over, but Halo could not be read');
		expect(waited).toBeGreaterThan(60_000);
	});
});
