import type { Page } from 'playwright-core';

import type { JsonRecord, WorkflowFile } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith } from '../support/host';
import { Editor, browserAndN8n } from '../support/host/editor';
import { type Operations, finding, openOperations } from './operations-support';

/** Several pages of a form and several runs by hand, on a busy machine. */
const RUN_LIMIT_MS = 300_000;
const DAY_MS = 86_400_000;

/** The template with other numbers in its node Settings, under an id of its own. */
function withSettings(template: WorkflowFile, id: string, values: JsonRecord): WorkflowFile {
	const nodes = template.nodes.map((entry) =>
		entry.name === 'Settings'
			? {
					...entry,
					parameters: {
						mode: 'raw',
						jsonOutput: JSON.stringify(values),
						options: {},
					},
				}
			: entry,
	);
	return { ...template, id, name: `${template.name} ${id}`, nodes };
}

describeWith('Replay and pruning in a real n8n', browserAndN8n(), ({ host: n8nHost, chromium }) => {
	let at: Operations;
	let editor: Editor;

	const states = async (key: string) =>
		(await at.inbox(key)).map(({ state, decision }) => `${String(state)} ${String(decision)}`);
	const tickets = (text: string) =>
		at.halo.tickets().filter(({ summary }) => String(summary).includes(text));
	/** A Halo that refuses what holds the word. */
	const refuse = (word: string) =>
		at.halo.faults.add({
			name: 'error-text',
			method: 'POST',
			path: '/Tickets$',
			times: 'always',
			when: ({ body }) => JSON.stringify(body).includes(word),
			message: 'Please complete the field Asset tag',
		});

	/** Opens the form as a person who is logged in, picks which findings, and shows the next page. */
	const open = async (which: string): Promise<Page> => {
		const { page } = editor;
		await page.goto(`${at.n8n.url}/form/replay`);
		const next = page.getByRole('button', { name: 'Next' });
		const allow = page.getByRole('button', { name: 'Allow access' });
		await next.or(allow).waitFor();
		if (await allow.isVisible()) await allow.click();
		await next.waitFor();
		await page.locator('select').first().selectOption({ label: which });
		await next.click();
		return page;
	};
	const DEAD = 'Dead: they wait for a person';
	/** Choices of the second page. */
	const choices = async (page: Page): Promise<string[]> => {
		await page.getByRole('button', { name: 'Handle again' }).waitFor();
		return (await page.locator('select option').allInnerTexts()).filter((text) => /^\d/.test(text));
	};
	const replay = async (which: string, choice: RegExp): Promise<string> => {
		const page = await open(which);
		const label = (await choices(page)).find((text) => choice.test(text));
		if (label === undefined) throw new Error(`no choice ${String(choice)}`);
		await page.locator('select').first().selectOption({ label });
		await page.getByRole('button', { name: 'Handle again' }).click();
		const said = page.getByText(/handled again/);
		await said.waitFor();
		return await page.locator('body').innerText();
	};

	beforeAll(async () => {
		at = await openOperations('replay-prune', n8nHost, {
			editor: true,
			prepare: (templates) => {
				const prune = templates.get('prune-inbox');
				if (prune === undefined) throw new Error('There is no template prune-inbox');
				const keep = {
					keepDays: 30,
					keepDeadDays: 30,
					keepHeldDays: 90,
					keepRows: 50_000,
					keepErrorDays: 30,
				};
				templates.set('few', withSettings(prune, 'pruneFew', { ...keep, keepRows: 3 }));
				templates.set('odd', withSettings(prune, 'pruneOdd', { ...keep, keepDays: 'all' }));
			},
		});
		await at.session.publish(at.template('replay-form').id);
		editor = await Editor.open(chromium, at.n8n.url, at.n8n.owner);
	}, START_LIMIT_MS);
	afterAll(async () => {
		await editor?.close();
		await at?.stop();
	}, START_LIMIT_MS);
	beforeEach(() => at.halo.faults.clear());

	it(
		'nothing waits: the form says so',
		async () => {
			const page = await open(DEAD);
			await page.getByText('Nothing waits').waitFor();
			expect(await page.locator('body').innerText()).toContain('No finding is dead.');
		},
		RUN_LIMIT_MS,
	);

	it(
		'one finding, all of a company, all of a cause: each is handled again and becomes a ticket, the others stay',
		async () => {
			refuse('again-');
			await at.post([
				finding('again-1'),
				finding('again-2', { company: 'Fabrikam' }),
				finding('again-3', { company: 'Fabrikam' }),
				finding('again-4', { company: 'Northwind' }),
			]);
			await at.session.insertRows('halo_inbox', [
				{
					integration: 'default',
					source: 'canonical',
					dedupKey: 'again-odd',
					event: '{',
					state: 'new',
					tries: 0,
				},
			]);
			await at.process();
			expect(new Set(await states('again-'))).toEqual(new Set(['dead failed']));
			const [first] = await at.inbox('again-1');

			// The cause is not mended: it ends where it was, and is tried once.
			await replay(DEAD, new RegExp(`Row ${String(first?.id)},`));
			await at.process();
			expect(await states('again-1')).toEqual(['dead failed']);

			at.halo.faults.clear();
			const offered = await choices(await open(DEAD));
			expect(await editor.page.locator('body').innerText()).toContain('5 findings:');
			await editor.screenshot('replay-form');
			expect(offered[0]).toBe('1. All: 5 findings');
			expect(offered).toEqual(
				expect.arrayContaining([
					expect.stringMatching(/Cause halo_refused \(Halo refused it\): 4 findings$/),
					expect.stringMatching(/Cause damaged \(row cannot be read\): 1 finding$/),
					expect.stringMatching(/Company Fabrikam: 2 findings$/),
					expect.stringMatching(/Row \d+, dead, Northwind: .*Asset tag/),
				]),
			);

			expect(await replay(DEAD, new RegExp(`Row ${String(first?.id)},`))).toContain(
				'1 finding is handled again',
			);
			await at.process();
			expect(await states('again-1')).toEqual(['done created']);
			expect(await states('again-2')).toEqual(['dead failed']);

			expect(await replay(DEAD, /Company Fabrikam/)).toContain('2 findings are handled again');
			await at.process();
			expect([...(await states('again-2')), ...(await states('again-3'))]).toEqual([
				'done created',
				'done created',
			]);
			expect(await states('again-4')).toEqual(['dead failed']);

			expect(await replay(DEAD, /Cause halo_refused/)).toContain('1 finding is handled again');
			await at.process();
			expect(await states('again-4')).toEqual(['done created']);
			expect(await states('again-odd')).toEqual(['dead failed']);
			expect(tickets('Finding again-').map(({ client_id }) => client_id)).toEqual([11, 12, 12, 13]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'Halo down: the form works all the same, and its findings are tried until Halo answers',
		async () => {
			at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
			await at.post([finding('outage-1'), finding('outage-2')]);
			await at.process();
			expect(await states('outage-')).toEqual(['failed failed', 'failed failed']);
			expect(await replay('All of these', /^1\. All/)).toContain('3 findings are handled again');
			await at.process();
			expect(await states('outage-')).toEqual(['failed failed', 'failed failed']);
			at.halo.faults.clear();
			await at.process();
			expect(await states('outage-')).toEqual(['done created', 'done created']);
			expect(await states('again-odd')).toEqual(['dead failed']);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a finding that was resolved while it waited makes no ticket when it is replayed',
		async () => {
			refuse('stale-');
			await at.post([finding('stale-1')]);
			await at.process();
			at.halo.faults.clear();
			await at.post([finding('stale-1', { status: 'resolved' })]);
			await at.process();
			expect(await states('stale-1')).toEqual(['dead failed', 'done not_found']);
			await replay(DEAD, /Cause halo_refused/);
			await at.process();
			expect(await states('stale-1')).toEqual(['done unchanged', 'done not_found']);
			expect(tickets('Finding stale-1')).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'an event that is markup stays text on the form, and a row that names no company is offered',
		async () => {
			await at.session.insertRows('halo_inbox', [
				{
					integration: 'default',
					source: 'canonical',
					company: '<img src=x onerror=alert(1)>',
					dedupKey: 'markup',
					event: '{}',
					state: 'dead',
					cause: 'halo_refused',
					reason: '<script>alert(1)</script>',
					tries: 1,
				},
				{ source: 'canonical', dedupKey: 'bare', state: 'dead' },
			]);
			const page = await open(DEAD);
			const offered = await choices(page);
			expect(offered.filter((text) => /Row \d+, dead/.test(text))).toHaveLength(3);
			expect(await page.locator('img[src=x]').count()).toBe(0);
			expect(await page.locator('body').innerText()).toContain('<script>alert(1)</script>');
			expect(await replay(DEAD, /Company .*img/)).toContain('1 finding is handled again');
			await at.process();
			expect(await states('markup')).toEqual(['dead failed']);
		},
		RUN_LIMIT_MS,
	);

	it(
		'who is not logged in does not see the form',
		async () => {
			const answer = await fetch(`${at.n8n.url}/form/replay`, { redirect: 'manual' });
			expect(answer.status).toBe(302);
			expect(await answer.text()).not.toContain('Which findings');
		},
		RUN_LIMIT_MS,
	);

	it(
		'pruning takes done, dead and held rows that are old and no others, and errors that people were told of',
		async () => {
			const old = new Date(Date.now() - 31 * DAY_MS).toISOString();
			const recent = new Date(Date.now() - 29 * DAY_MS).toISOString();
			const [older, younger] = [91, 89].map((days) =>
				new Date(Date.now() - days * DAY_MS).toISOString(),
			);
			const row = (key: string, state: string, doneAt: string | null) => ({
				source: 'canonical',
				dedupKey: key,
				event: '{',
				state,
				tries: 1,
				receivedAt: old,
				doneAt,
			});
			const kept = [
				...['failed', 'new', 'waiting'].map((state) => ({
					...row(`prune-${state}`, state, old),
					receivedAt: older,
				})),
				{ ...row('prune-held', 'held', null), receivedAt: younger },
			];
			await at.session.insertRows('halo_inbox', [
				...Array.from({ length: 905 }, (_, index) => row(`prune-done-${index}`, 'done', old)),
				...kept,
				row('prune-dead', 'dead', null),
				{ ...row('prune-held-long', 'held', null), receivedAt: older },
				{ ...row('prune-dead-lately', 'dead', null), receivedAt: recent },
				row('prune-recent', 'done', recent),
				row('prune-never', 'done', null),
			]);
			const before = (await at.session.tableRows('halo_errors')).length;
			await at.session.insertRows('halo_errors', [
				{ workflow: 'told', at: old, noticedAt: old },
				{ workflow: 'not told', at: old },
			]);
			const prune = at.template('prune-inbox').id;

			const ran = await at.session.runWorkflow(prune, 'Run by hand', RUN_LIMIT_MS);
			expect(ran.error).toBeNull();
			// 900 in one run: a large table does not fill n8n's memory.
			expect(await at.inbox('prune-done-')).toHaveLength(5);
			await at.session.runWorkflow(prune, 'Run by hand', RUN_LIMIT_MS);
			expect(await at.inbox('prune-done-')).toEqual([]);
			expect((await at.inbox('prune-')).map(({ dedupKey }) => dedupKey)).toEqual([
				...kept.map(({ dedupKey }) => dedupKey),
				'prune-dead-lately',
				'prune-recent',
				'prune-never',
			]);
			expect(await states('again-1')).toEqual(['done created']);
			const errors = await at.session.tableRows('halo_errors');
			expect(errors).toHaveLength(before + 1);
			expect(errors.at(-1)).toMatchObject({ workflow: 'not told' });
		},
		RUN_LIMIT_MS,
	);

	it(
		'pruning keeps the newest rows that the setting names, and what was held for less than a week; a setting that is no number is refused by name',
		async () => {
			const requests = at.halo.journal.length;
			const held = (days: number) => ({
				source: 'canonical',
				dedupKey: `held-for-${days}`,
				state: 'held',
				receivedAt: new Date(Date.now() - days * DAY_MS).toISOString(),
			});
			const done = { source: 'canonical', dedupKey: 'newer', state: 'done' };
			await at.session.insertRows('halo_inbox', [held(6), held(8), done, done, held(8)]);
			const all = await at.session.tableRows('halo_inbox');
			const newest = Math.max(...all.map(({ id }) => Number(id)));
			const weekAgo = new Date(Date.now() - 7 * DAY_MS).toISOString();
			const expected = all.filter(
				({ id, state, receivedAt }) =>
					Number(id) > newest - 3 ||
					(state === 'held'
						? String(receivedAt) > weekAgo
						: !['done', 'dead'].includes(`${state}`)),
			);
			expect(expected.map(({ dedupKey }) => dedupKey)).toContain('held-for-6');
			expect(expected.filter(({ dedupKey }) => dedupKey === 'held-for-8')).toHaveLength(1);
			expect(expected.length).toBeLessThan(all.length);
			const ran = await at.session.runWorkflow('pruneFew', 'Run by hand', RUN_LIMIT_MS);
			expect(ran.error).toBeNull();
			expect((await at.session.tableRows('halo_inbox')).map(({ id }) => id)).toEqual(
				expected.map(({ id }) => id),
			);

			const odd = await at.session.runWorkflow('pruneOdd', 'Run by hand', RUN_LIMIT_MS);
			expect(odd.error).toContain('Settings: keepDays needs a number that is not negative');
			expect(await at.session.tableRows('halo_inbox')).toHaveLength(expected.length);
			// Halo is not asked, so that it may be down.
			expect(at.halo.journal).toHaveLength(requests);
		},
		RUN_LIMIT_MS,
	);
});
