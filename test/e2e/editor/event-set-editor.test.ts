import { statSync } from 'node:fs';

import { waitFor } from '../../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	node,
	openStage,
} from '../../support/host';
import { Editor, browserAndN8n } from '../../support/host/editor';

const WORKFLOW = 'eventSetEditor01';
const NODE = 'Halo Evaluate Event Set';
const MINUTES = 60_000;

/** Smaller than this a screenshot shows an empty page. */
const SMALLEST_SCREENSHOT_BYTES = 20_000;

describeWith('The event set in the n8n editor', browserAndN8n(), ({ host, chromium }) => {
	let stage: Stage;
	let editor: Editor;

	const field = (name: string) => editor.page.getByTestId(`parameter-input-${name}`);
	const option = (text: string) =>
		editor.page
			.locator('.el-select-dropdown:visible .el-select-dropdown__item')
			.filter({ hasText: text })
			.first();
	const tick = async (name: string, ...labels: string[]) => {
		await field(name).locator('.el-select').click();
		for (const label of labels) await option(label).click();
		// The open list lies over the fields below it.
		await editor.page.keyboard.press('Tab');
		await editor.page.locator('.el-select-dropdown:visible').waitFor({ state: 'hidden' });
	};

	beforeAll(async () => {
		stage = await openStage('event-set-editor', host, () => ({
			editor: true,
			workflows: [
				chain(WORKFLOW, 'Event set', [
					node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
					node(
						NODE,
						'n8n-nodes-halopsa-bridge.evaluateEventSet',
						1,
						{ events: 'categories' },
						{ position: [300, 0] },
					),
				]),
			],
		}));
		editor = await Editor.open(chromium, stage.n8n.url, stage.n8n.owner);
	}, START_LIMIT_MS);

	afterEach(async () => {
		await editor?.page.screenshot({ path: 'test/.artifacts/event-set-editor.png' });
	});

	afterAll(async () => {
		await editor?.close();
		await stage?.stop();
	}, START_LIMIT_MS);

	it(
		'CS-20 CN-12 a chosen category expands to its events, and each can be ticked',
		async () => {
			await editor.openWorkflow(WORKFLOW);
			await editor.openNode(NODE);
			expect(await field('eventsPorts').count()).toBe(0);

			await tick('categories', 'System Changes', 'Ports');
			await field('eventsPorts').waitFor();
			await field('eventsSystemChanges').waitFor();
			await tick('eventsSystemChanges', 'Probe Went Down', 'Server Agent Went Down');
			await tick('eventsPorts', 'New Open Port Discovered (External Scan)');

			expect(await field('eventsSystemChanges').innerText()).toContain('Probe Went Down');
			expect(await field('eventsPorts').innerText()).toContain('External Scan');
			// The open list shows what is ticked beside what is not.
			await field('eventsSystemChanges').locator('.el-select').click();
			await option('New Asset Added').waitFor();
			const list = editor.page
				.locator('.el-popper:visible', { hasText: 'New Asset Added' })
				.first();
			await waitFor(
				'The list, which fades in',
				async () =>
					(await list.evaluate((shown) => getComputedStyle(shown).opacity)) === '1' ? true : null,
				{ withinMs: 10_000 },
			);
			const path = await editor.screenshot('evaluate-event-set');
			expect(statSync(path).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
		},
		MINUTES,
	);
});
