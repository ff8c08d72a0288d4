import type { INodeParameters } from 'n8n-workflow';

import { HaloCheckSetup } from '../../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import { haloCredentialOf, runNode } from '../../support/engine';

let halo: HaloSimulator;
beforeAll(async () => {
	halo = await startHaloSimulator();
});
afterAll(async () => await halo.stop());

async function failing(parameters: INodeParameters, clientSecret = '') {
	const run = await runNode({
		node: new HaloCheckSetup(),
		parameters,
		inputs: [[{}]],
		settings: { onError: 'continueRegularOutput' },
		credentials: {
			haloPsaBridgeApi: {
				...haloCredentialOf(halo),
				...(clientSecret === '' ? {} : { clientSecret }),
			} as never,
		},
	});
	expect(run.error).toBeNull();
	return run.json.at(-1)?.[0] ?? {};
}

describe('a page that cannot be made', () => {
	it('the check page says what failed, escaped', async () => {
		const { error, page } = await failing({
			operation: 'check',
			profileFrom: 'none',
			usedFor: ['<img src=x>'],
		});
		expect(error).toContain('usedFor');
		expect(page).toContain('The page could not be made');
		expect(page).toContain('&lt;img src=x&gt;');
		expect(page).not.toContain('<img');
	});

	it('the test page says what failed and the next step', async () => {
		const { error, details, page } = await failing({ operation: 'tryPage' }, 'wrong');
		expect(error).toEqual(expect.any(String));
		expect(page).toContain('The page could not be made');
		expect(details).toEqual(expect.any(String));
		expect(page).toContain('class="fix"');
	});
});
