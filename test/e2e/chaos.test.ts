import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { openFlow, prepareFlow } from '../../sandbox/flow';
import { type JsonRecord, type WorkflowFile, waitFor } from '../../sandbox/host';
import { withParameters } from '../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';
import { settings } from '../support/host/halo-two-ways';
import { Scanner } from '../support/host/scanner';
import { type FaultyHalo, makeFaulty } from '../support/host/storm-of-faults';
import { createRandom } from '../support/random';
import {
	FATES,
	type Fate,
	type HaloMoment,
	KILLS,
	type Life,
	REPEATED,
	makePlan,
} from './chaos-plan';

const SECRET = 'a-secret-for-the-tests-only';

/** The same plan again: HALO_BRIDGE_CHAOS_SEED=<the number that was printed>. */
const SEED = Number(process.env.HALO_BRIDGE_CHAOS_SEED ?? randomInt(1, 1_000_000));

/** A moment that does not come, because nothing is left to do, is over after this; a busy machine needs a minute. */
const LIFE_LIMIT_MS = 180_000;

/** Rows that failed wait up to two minutes for their third try; a busy machine takes several times that. */
const END_LIMIT_MS = 600_000;

/** process-inbox more often and in smaller runs, so that a kill finds one at work and what was decided before stays. */
function hurried(workflow: WorkflowFile): WorkflowFile {
	const often = withParameters(workflow, 'n8n-nodes-base.scheduleTrigger', () => ({
		rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] },
	}));
	return withParameters(often, 'n8n-nodes-base.set', settings({ rowsPerRun: 100 }));
}

function words(counts: Map<string, number>): string {
	const parts = [...counts].sort().map(([name, count]) => `${name} ${count}`);
	return parts.length === 0 ? 'none' : parts.join(', ');
}

function table(lines: Array<[string, string | number]>): string {
	const width = Math.max(...lines.map(([name]) => name.length));
	return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}

describeWith('n8n killed again and again while Halo fails', pinnedN8n(), (host) => {
	const random = createRandom(SEED);
	const plan = makePlan(random);
	let stage: Stage;
	let scanner: Scanner;
	let faulty: FaultyHalo;
	let rows: JsonRecord[] = [];
	let kills = 0;
	let starts = 0;
	let cutOff = 0;
	let seconds = 0;

	const keyOf = ({ dedupKey }: JsonRecord) => /chaos-\d{3}/.exec(String(dedupKey))?.[0] ?? '';
	const rowsOf = (key: string) => rows.filter((row) => keyOf(row) === key);
	const withFate = (fate: Fate) => plan.findings.filter((finding) => finding.fate === fate);
	const ticketsOf = (key: string) =>
		stage.halo.state.tickets.filter(({ summary }) => summary.includes(`Finding ${key} of`));
	const openTicketsOf = (key: string) => {
		const closed = stage.halo.state.statuses.filter((status) => status.closed);
		return ticketsOf(key).filter(
			(ticket) => !ticket.deleted && !closed.some(({ id }) => id === ticket.status_id),
		);
	};
	const having = (key: string, decision: string) =>
		rowsOf(key).some((row) => row.decision === decision);

	/** Resolves when Halo is at it, or when that does not come. */
	const comes = async (moment: HaloMoment): Promise<void> => {
		const limit = new AbortController();
		const late = delay(LIFE_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined);
		if (moment.kind === 'hanging') {
			const hang = faulty.hangCreate(moment.fault, moment.skip);
			await Promise.race([hang.arrived, late]);
			hang.withdraw();
		} else if (moment.kind === 'creating') {
			await Promise.race([faulty.after(moment.creates, 'creates'), late]);
		} else if (moment.kind === 'down') {
			faulty.setDown(true);
			await Promise.race([faulty.after(moment.requests, 'requests'), late]);
		}
		limit.abort();
	};

	const live = async ({ answered, first, halo, second }: Life): Promise<void> => {
		scanner.send(first);
		await comes(halo);
		await scanner.answered(scanner.send(second), answered);
		cutOff += scanner.inFlight;
		await stage.n8n.kill();
		kills += 1;
		faulty.setDown(false);
		await stage.n8n.start();
		starts += 1;
	};

	const report = (): string => {
		const { findings, deliveries } = plan;
		const stored = `${rows.length} for ${deliveries.flatMap(({ events }) => events).length} events`;
		return table([
			['seed', SEED],
			['findings', findings.length],
			['webhooks accepted', `${scanner.accepted.size} of ${deliveries.length}`],
			['answers to the sender', words(scanner.answers)],
			['rows stored', stored],
			['ticketed', withFate('ticket').filter(({ key }) => openTicketsOf(key).length === 1).length],
			['held, not mapped', findings.filter(({ key }) => having(key, 'held_unmapped')).length],
			['ignored, severity', findings.filter(({ key }) => having(key, 'skipped_severity')).length],
			['with two open tickets', findings.filter(({ key }) => openTicketsOf(key).length > 1).length],
			['duplicates closed again', findings.filter(({ key }) => ticketsOf(key).length > 1).length],
			['kills with SIGKILL', kills],
			['restarts', starts],
			['webhooks cut off', cutOff],
			['faults of Halo', words(faulty.given())],
			['requests to Halo', faulty.arrived()],
			['duration', `${seconds} s`],
		]);
	};

	beforeAll(async () => {
		process.stdout.write(`Seed of kills and faults: ${SEED}\n`);
		const flow = prepareFlow(false);
		const workflows = flow.workflows.map((workflow) =>
			workflow.id === flow.processInbox.id ? hurried(workflow) : workflow,
		);
		stage = await openStage('chaos', host, (halo) => ({
			credentials: [
				// Room for the last life, which has most tickets left to make: a pause for Halo's limit proves nothing here.
				haloCredential(halo, { requestsPerWindow: 1000 }),
				webhookCredential(SECRET),
			],
			workflows,
		}));
		const { canonical } = await openFlow(stage.session, flow, {
			n8nUrl: stage.n8n.url,
			secret: SECRET,
			clients: plan.clients,
		});
		if (canonical === undefined) throw new Error('intake has no trigger for canonical JSON');
		scanner = new Scanner(canonical);
		faulty = makeFaulty(stage.halo, random);
	}, START_LIMIT_MS);

	afterAll(async () => {
		scanner?.stop();
		if (faulty !== undefined) process.stdout.write(report());
		await stage?.stop();
	}, START_LIMIT_MS);

	it(
		'every webhook is accepted in the end and every row decided, by the schedule alone',
		async () => {
			const began = Date.now();
			for (const life of plan.lives) await live(life);
			scanner.send(plan.rest);
			await scanner.done();
			stage.session = await stage.n8n.login();
			rows = await waitFor(
				'A decision on every row',
				async () => {
					rows = await stage.session.tableRows('halo_inbox');
					const open = rows.filter(({ state }) => state === 'new' || state === 'failed');
					if (open.length === 0) return rows;
					throw new Error(`${open.length} open, first ${JSON.stringify(open[0]).slice(0, 500)}`);
				},
				{ withinMs: END_LIMIT_MS, everyMs: 2000 },
			);
			seconds = Math.round((Date.now() - began) / 1000);

			expect(scanner.accepted.size).toBe(plan.deliveries.length);
			expect([kills, starts]).toEqual([KILLS, KILLS]);
			expect(cutOff).toBeGreaterThan(0);
		},
		KILLS * START_LIMIT_MS + END_LIMIT_MS,
	);

	it('every event of every accepted webhook is stored, with a decision and its reason', () => {
		// The pack numbers the events of one delivery: `delivery-7#2`.
		const stored = new Set(
			rows.map((row) => `${String(row.deliveryId).replace(/#\d+$/, '')} ${keyOf(row)}`),
		);
		const events = plan.deliveries.flatMap(({ id, events: sent }) =>
			sent.map(({ dedupKey }) => `${id} ${String(dedupKey)}`),
		);
		expect(events).toHaveLength(FATES.ticket + FATES.hold + FATES.ignore + REPEATED);
		expect(events.filter((event) => !stored.has(event))).toEqual([]);
		expect(rows.filter(({ state }) => state !== 'done' && state !== 'held')).toEqual([]);
		expect(rows.filter(({ decision, reason }) => !decision || !reason)).toEqual([]);
	});

	it('every finding that asks for a ticket has exactly one that is open, on the client of its company', () => {
		const wanted = withFate('ticket');
		expect(wanted).toHaveLength(FATES.ticket);
		const open = wanted.map(({ key }) => [
			key,
			openTicketsOf(key).map(({ client_id }) => client_id),
		]);
		expect(open).toEqual(wanted.map(({ key, clientId }) => [key, [clientId]]));
		const astray = wanted.filter(({ key, clientId }) =>
			ticketsOf(key).some(({ client_id }) => client_id !== clientId),
		);
		expect(astray).toEqual([]);
		const elsewhere = wanted.flatMap(({ key }) =>
			rowsOf(key)
				.filter(({ ticketId }) => typeof ticketId === 'number')
				.filter(({ ticketId }) => !openTicketsOf(key).some(({ id }) => id === ticketId)),
		);
		expect(elsewhere).toEqual([]);
	});

	it('a finding of a company that is not mapped is held, one below the severity ignored, each with its reason and without a ticket', () => {
		const without = [...withFate('hold'), ...withFate('ignore')];
		expect(without).toHaveLength(FATES.hold + FATES.ignore);
		expect(without.filter(({ key }) => ticketsOf(key).length > 0)).toEqual([]);
		expect(withFate('hold').filter(({ key }) => !having(key, 'held_unmapped'))).toEqual([]);
		expect(withFate('ignore').filter(({ key }) => !having(key, 'skipped_severity'))).toEqual([]);
	});

	it('Halo failed in every way that was planned, mailed nobody and knew every request', () => {
		expect([...faulty.given().keys()].sort()).toEqual([
			'html-502',
			'rate-limit-429',
			'reset-after-commit',
			'reset-before',
			'status-500',
			'status-500-after-commit',
			'status-503',
			'timeout-after-commit',
			'timeout-before',
		]);
		expect(stage.halo.mails).toEqual([]);
		expect(stage.halo.failures).toEqual([]);
		expect(stage.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
	});
});
