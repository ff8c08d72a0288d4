import { waitFor } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { templateWith } from '../support/host/halo-two-ways';
import { beginRuns, withRunWebhook } from '../support/host/inbox-run';
import { type Operations, finding, openOperations, rowsWhen } from './operations-support';

const ROUNDS = 8;
const PROBLEMS = 3;
const RUN_LIMIT_MS = 120_000;

describeWith('Runs of process-inbox that begin at one moment, in one n8n', pinnedN8n(), (host) => {
	let at: Operations;

	beforeAll(async () => {
		at = await openOperations('lease', host, {
			prepare: (templates) =>
				templates.set('process-inbox', withRunWebhook(templateWith('process-inbox', {}))),
		});
		await at.session.publish(at.flow.processInbox.id);
		await waitFor(
			'The published webhook',
			async () =>
				await beginRuns(at.n8n.url, 1).then(
					() => true,
					() => null,
				),
			{ withinMs: 60_000 },
		);
	}, START_LIMIT_MS);
	afterAll(async () => await at?.stop(), START_LIMIT_MS);

	const made = (text: string) =>
		at.halo.state.tickets.filter(({ summary }) => summary.includes(`Finding ${text}`));

	it(
		'three at once, eight times: one ticket for each problem, none made twice and closed as a duplicate',
		async () => {
			at.halo.switches.latencyMs = 60;
			for (let round = 0; round < ROUNDS; round += 1) {
				const keys = Array.from({ length: PROBLEMS }, (_, index) => `race-${round}-${index}`);
				expect(await at.post(keys.map((key) => finding(key)))).toBe(200);
				await beginRuns(at.n8n.url, 3);
				await rowsWhen(
					at,
					`race-${round}-`,
					(rows) => rows.every(({ state }) => state === 'done'),
					RUN_LIMIT_MS,
				);
			}
			at.halo.switches.latencyMs = 0;
			// Another run may still be writing.
			await waitFor(
				'The end of the runs',
				async () => {
					const all = await at.session.executions(at.flow.processInbox.id);
					return all.some(({ status }) => ['new', 'running'].includes(status)) ? null : true;
				},
				{ withinMs: RUN_LIMIT_MS },
			);

			process.stdout.write(`Tickets of ${ROUNDS * PROBLEMS} problems: ${made('race-').length}\n`);
			expect(made('race-')).toHaveLength(ROUNDS * PROBLEMS);
			const decisions = (await at.inbox('race-')).map(({ decision }) => decision);
			expect(decisions).toEqual(decisions.map(() => 'created'));
			expect(at.halo.failures).toEqual([]);
		},
		ROUNDS * RUN_LIMIT_MS,
	);

	it(
		'the lease is free afterwards, held by nobody, in one row',
		async () => {
			const rows = (await at.session.tableRows('halo_sync_status')).filter(
				({ integration, flow }) => integration === '(run)' && flow === 'process-inbox',
			);
			expect(rows).toHaveLength(1);
			expect(String(rows[0]?.checkpoint)).toMatch(/^free /);
			expect(JSON.parse(String(rows[0]?.counts))).toMatchObject({ busy: false });
		},
		RUN_LIMIT_MS,
	);
});
