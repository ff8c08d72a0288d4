import axios from 'axios';

import type { HaloTarget } from './halo-target';
import { type JsonRecord, type N8nSession, waitFor } from './host';
import { type Sample, type SampleExpectation, sampleWaves } from './samples';

/** A webhook that a scanner can call. */
export interface Webhook {
	url: string;
	headers: Record<string, string>;
}

/** What became of one event of a sample. */
export interface SampleResult {
	title: string;
	source: string;
	expected: string;
	decision: string;
	reason: string;
	ticketId: number | null;
	/** Client, type, priority, status and team of the ticket, by name; empty without the simulator. */
	ticket: string;
	/** What is not as expected; empty when all is well. */
	faults: string[];
}

/** process-inbox starts every 15 seconds; a run of these few rows takes one or two. */
const DECIDED_LIMIT_MS = 120_000;

/** In a dry run nothing is written: findings stay unknown to Halo, and a resolve finds no ticket. */
const DRY_DECISIONS: Record<string, string> = {
	created: 'would_create',
	unchanged: 'would_create',
	closed: 'not_found',
};

interface Sent {
	sample: Sample;
	expected: SampleExpectation;
	rowId: number;
}

async function send(
	session: N8nSession,
	webhooks: Record<string, Webhook>,
	sample: Sample,
): Promise<Sent[]> {
	const webhook = webhooks[sample.source];
	if (webhook === undefined) throw new Error(`No template has a trigger for ${sample.source}`);
	const before = (await session.tableRows('halo_inbox')).length;
	const { status, data } = await axios.post<unknown>(webhook.url, sample.body, {
		headers: webhook.headers,
		validateStatus: () => true,
		proxy: false,
	});
	if (status !== 200) {
		throw new Error(
			`The webhook for ${sample.source} answered ${status}: ${JSON.stringify(data).slice(0, 300)}`,
		);
	}
	// The webhook answers when its events are stored, and nobody else sends: the new rows are this sample's, in order.
	const rows = (await session.tableRows('halo_inbox')).slice(before);
	if (rows.length !== sample.expected.length) {
		throw new Error(
			`"${sample.title}" put ${rows.length} rows into halo_inbox instead of ${sample.expected.length}`,
		);
	}
	return sample.expected.map((expected, index) => ({
		sample,
		expected,
		rowId: Number(rows[index]?.id),
	}));
}

async function decided(session: N8nSession, sent: Sent[]): Promise<Map<number, JsonRecord>> {
	const ids = new Set(sent.map(({ rowId }) => rowId));
	return await waitFor(
		'A decision on every sample',
		async () => {
			const rows = (await session.tableRows('halo_inbox')).filter(({ id }) => ids.has(Number(id)));
			const open = rows.filter(({ state }) => state === 'new');
			if (open.length > 0) throw new Error(`${open.length} rows of halo_inbox are still new`);
			return new Map(rows.map((row) => [Number(row.id), row]));
		},
		{ withinMs: DECIDED_LIMIT_MS, everyMs: 1000 },
	);
}

/** The ticket as a person would read it in Halo, by names. */
function describeTicket(target: HaloTarget, ticketId: number): JsonRecord | null {
	const { simulator } = target;
	if (simulator === null) return null;
	const ticket = simulator.state.tickets.find(({ id }) => id === ticketId);
	if (ticket === undefined) return null;
	const { state } = simulator;
	return {
		client: state.clients.find(({ id }) => id === ticket.client_id)?.name ?? '',
		ticketType: state.ticketTypes.find(({ id }) => id === ticket.tickettype_id)?.name ?? '',
		priority:
			state.priorities.find(
				({ slaid, priorityid }) => slaid === ticket.sla_id && priorityid === ticket.priority_id,
			)?.name ?? '',
		status: state.statuses.find(({ id }) => id === ticket.status_id)?.name ?? '',
		team: ticket.team,
		closureNote: ticket.closure_note,
	};
}

function compareTicket(
	ticket: JsonRecord,
	expected: SampleExpectation,
	client: string | undefined,
	profile: JsonRecord | undefined,
): string[] {
	if (profile === undefined)
		return [`no row of halo_profiles is for severity ${expected.severity}`];
	const closed = expected.decision === 'closed';
	const wanted: JsonRecord = {
		client,
		ticketType: profile.ticketType,
		priority: profile.priority,
		status: closed ? profile.statusClose : profile.statusCreate,
		team: profile.team,
	};
	const faults = Object.entries(wanted)
		.filter(([name, value]) => value !== '' && value !== null && ticket[name] !== value)
		.map(([name, value]) => `${name} is "${String(ticket[name])}", not "${String(value)}"`);
	if (closed && ticket.closureNote === '') faults.push('no closure note');
	return faults;
}

function profileFor(profiles: JsonRecord[], severity: string): JsonRecord | undefined {
	return profiles.find(({ severities }) =>
		String(severities)
			.split(',')
			.map((word) => word.trim())
			.includes(severity),
	);
}

/**
 * Sends every sample through the real webhooks, waits for the decisions in halo_inbox and compares them, and the
 * tickets where the simulator can be asked, with what is expected.
 */
export async function runSamples(
	session: N8nSession,
	target: HaloTarget,
	webhooks: Record<string, Webhook>,
	report: (result: SampleResult) => void,
): Promise<SampleResult[]> {
	const profiles = await session.tableRows('halo_profiles');
	const tickets = new Map<string, number>();
	const results: SampleResult[] = [];
	for (const wave of sampleWaves(Date.now().toString(36))) {
		const sent: Sent[] = [];
		for (const sample of wave) sent.push(...(await send(session, webhooks, sample)));
		const rows = await decided(session, sent);
		for (const { sample, expected, rowId } of sent) {
			const row = rows.get(rowId) ?? {};
			const ticketId = typeof row.ticketId === 'number' && row.ticketId > 0 ? row.ticketId : null;
			const wanted = target.dryRun
				? (DRY_DECISIONS[expected.decision] ?? expected.decision)
				: expected.decision;
			const faults = row.decision === wanted ? [] : [`decision is not ${wanted}`];
			const needsTicket = !target.dryRun && expected.company !== null;
			if (needsTicket && ticketId === null) faults.push('no ticket number');
			if (expected.company === null && ticketId !== null)
				faults.push('a ticket, where none may be');
			const ticket = ticketId === null ? null : describeTicket(target, ticketId);
			if (ticketId !== null) {
				const earlier = tickets.get(expected.finding);
				if (earlier !== undefined && earlier !== ticketId) {
					faults.push(`ticket ${ticketId} for a finding that has ticket ${earlier}`);
				}
				tickets.set(expected.finding, ticketId);
			}
			if (ticket !== null && expected.company !== null) {
				const client = target.clients.get(expected.company)?.name;
				faults.push(
					...compareTicket(ticket, expected, client, profileFor(profiles, expected.severity)),
				);
			}
			const result = {
				title: sample.title,
				source: sample.source,
				expected: wanted,
				decision: String(row.decision ?? ''),
				reason: String(row.reason ?? ''),
				ticketId,
				ticket:
					ticket === null
						? ''
						: ['client', 'ticketType', 'priority', 'status', 'team']
								.map((name) => String(ticket[name]))
								.join(' · '),
				faults,
			};
			results.push(result);
			report(result);
		}
	}
	return results;
}
