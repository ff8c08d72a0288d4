import type { ScannerEvent } from '../../nodes/shared/domain/event/event';
import { ownerOf } from '../../nodes/shared/domain/event/owner';
import { inEventOrder } from '../../nodes/shared/domain/event/order';
import { memberKey } from '../../nodes/shared/domain/ticket/member';
import type { ResolvedProfile } from '../../nodes/shared/domain/profile/resolve';
import { lastWins } from '../../nodes/shared/domain/ticket/group/now';
import { planGroup } from '../../nodes/shared/domain/ticket/group/plan';
import { problemSubject } from '../../nodes/shared/domain/ticket/plan/event';
import { triage } from '../../nodes/shared/domain/ticket/plan/triage';
import type {
	Actual,
	Desired,
	MemberChange,
	Need,
	Plan,
	PlanOptions,
} from '../../nodes/shared/domain/ticket/plan/types';
import { noteBlock, sealDetails } from '../../nodes/shared/domain/ticket/recognise';
import { planRoster } from '../../nodes/shared/domain/ticket/roster/plan';
import { digestReferences, rosterKey } from '../../nodes/shared/domain/ticket/roster/roster';
import { Seal } from '../../nodes/shared/domain/ticket/seal';
import { Sightings } from '../../nodes/shared/domain/ticket/sightings';
import { toHtml } from '../../nodes/shared/domain/ticket/text/details';
import { viewOfAction, viewOfDetail, viewOfRow } from '../../nodes/HaloTicket/run/views';
import type { ActionRow, TicketDetail } from '../../nodes/shared/halo/records/records';
import { htmlToText } from '../../sandbox/halo/state/html';

export const PROFILE: ResolvedProfile = {
	name: 'Default',
	ticketTypeId: 1,
	statusCreateId: 1,
	statusCloseId: 9,
	slaId: null,
	priorityId: 2,
	team: null,
	agentId: null,
	category: null,
	urgencyId: null,
	impactId: null,
	clientId: null,
	user: null,
};

export const OPTIONS: PlanOptions = {
	reopenWindowDays: 14,
	doNotReopen: new Set(),
	noteIntervalHours: 24,
	reopenStatusId: 1,
	closureMinutes: 5,
	closureUnit: 'hours',
	closingAgent: 'approver',
	closeTouched: false,
	ignoreActionsOf: new Set(),
};

const KNOWN = { openIds: new Set([1, 2]), allIds: new Set([1, 2, 9]), closeIds: new Set([9]) };
const OWN_AGENT = 5;

/** How an event's ticket is made: alone, with its group, or as an entry of a roster. */
export type Kind = 'single' | 'group' | 'roster';

export interface Decided {
	decision: string;
	reason: string;
	ticketId: number | null;
}

interface Stored {
	detail: TicketDetail;
	actions: ActionRow[];
}

/** Halo's records, with plans carried out on them at once: for histories of many thousands of events. */
export class PlannedHalo {
	readonly tickets: Stored[] = [];

	constructor(
		readonly seal = new Seal({ current: 'a signing key of the tests', previous: '' }),
		public now = Date.parse('2026-05-20T12:00:00.000Z'),
		/** What becomes of plain text on its way back to whoever reads it. */
		private readonly shows: (text: string) => string = (text) => text,
	) {}

	/** Ids of the open tickets. */
	get open(): number[] {
		return this.tickets
			.filter(({ detail }) => detail.status_id !== 9)
			.map(({ detail }) => detail.id);
	}

	/** A ticket that somebody else makes. @param reporter who sent it as a mail; null = an agent typed it */
	strange(
		summary: string,
		details: string,
		clientId: number,
		reporter: string | null = null,
	): void {
		const { detail } = this.stored(this.add(summary, details, toHtml(details), clientId, ''));
		detail.reporter = reporter;
	}

	/** One delivery: events about one ticket, decided as a run decides them. */
	send(kind: Kind, events: readonly ScannerEvent[], about: Partial<Desired> = {}): Decided[] {
		const items = inEventOrder(events.map((event, index) => ({ event, index })));
		if (kind === 'single') {
			const decided = new Map<number, Decided>();
			for (const { event, index } of items) {
				decided.set(index, this.single(this.desired(event, event.dedupKey, about)));
			}
			return events.map((_, index) => decided.get(index) ?? missing());
		}
		const groupKey = items[0]?.event.groupKey ?? 'v1|group';
		const lead = this.desired(
			items.find(({ event }) => event.status === 'open')?.event ?? this.first(items),
			groupKey,
			about,
		);
		const changes = items.map(({ event, index }): MemberChange => {
			const want = triage(event, 'createOrClose');
			if (typeof want !== 'string') throw new Error('An event that is never planned');
			const [reference] = this.seal.referencesOf(event.dedupKey, null);
			const key = kind === 'group' ? memberKey(event.dedupKey) : rosterKey(reference, null);
			return { index, key, want, event };
		});
		return kind === 'group' ? this.group(lead, groupKey, changes) : this.roster(lead, changes);
	}

	private first(items: ReadonlyArray<{ event: ScannerEvent }>): ScannerEvent {
		const [first] = items;
		if (first === undefined) throw new Error('A delivery without events');
		return first.event;
	}

	private desired(event: ScannerEvent, key: string, about: Partial<Desired>): Desired {
		const want = triage(event, 'createOrClose');
		if (typeof want !== 'string') throw new Error('An event that is never planned');
		const references = this.seal.referencesOf(key, ownerOf(event));
		return {
			want,
			event,
			reference: references[0],
			references,
			clientId: 11,
			clientName: 'Contoso Ltd',
			profile: PROFILE,
			...about,
		};
	}

	private single(desired: Desired): Decided {
		const { plan } = this.carryOut(desired, (actual) =>
			problemSubject(desired).plan(actual, OPTIONS, this.now),
		);
		return plan;
	}

	private group(lead: Desired, groupKey: string, changes: MemberChange[]): Decided[] {
		const { plan } = this.carryOut(lead, (actual) =>
			planGroup({ ...lead, groupKey, changes }, actual, OPTIONS, this.now),
		);
		return eachOf(plan, changes);
	}

	private roster(lead: Desired, changes: MemberChange[]): Decided[] {
		const references = digestReferences(this.seal, lead.clientId ?? 0);
		const { accepted, closes, opens, overruled } = lastWins(changes);
		const list = {
			...lead,
			clientId: lead.clientId ?? 0,
			reference: references[0],
			references,
			title: 'More findings',
			text: 'Others stand in the notes.',
			adds: opens,
			strikes: closes,
			told: accepted,
			overruled,
			gone: [],
			closing: null,
			reopens: true,
		};
		const { plan } = this.carryOut(list, (actual) => planRoster(list, actual, OPTIONS, this.now));
		return eachOf(plan, changes);
	}

	private carryOut(
		desired: Pick<Desired, 'reference' | 'references' | 'clientId'>,
		planner: (actual: Actual) => Plan | Need,
	): { plan: Plan } {
		const { reference, references } = desired;
		const sightings = new Sightings<TicketDetail>([{ reference, references }], this.seal);
		sightings.take(this.tickets.map(({ detail }) => detail));
		const rows = sightings.found().get(reference) ?? [];
		let actual: Actual = {
			wanted: references,
			tickets: rows.map((row) => viewOfRow(row, KNOWN, this.seal)),
			others: new Map(),
			actions: new Map(),
			agents: [],
			ownAgentId: OWN_AGENT,
		};
		for (let reads = 0; reads < 60; reads += 1) {
			const plan = planner(actual);
			if (plan.kind === 'plan') {
				this.write(plan, desired, actual);
				return { plan };
			}
			actual = this.supply(plan, actual);
		}
		throw new Error('A plan that reads for ever');
	}

	private stored(id: number): Stored {
		const found = this.tickets.find(({ detail }) => detail.id === id);
		if (found === undefined) throw new Error(`There is no ticket ${id}`);
		return found;
	}

	private supply(need: Need, actual: Actual): Actual {
		if (need.kind === 'own agent') throw new Error('The own agent is known');
		const { actions, detail } = this.stored(need.ticketId);
		if (need.kind === 'actions') {
			const views = actions.map((action) => viewOfAction(action, this.seal));
			return { ...actual, actions: new Map([...actual.actions, [need.ticketId, views]]) };
		}
		const view = viewOfDetail(detail, KNOWN, this.seal);
		return {
			...actual,
			tickets: actual.tickets.map((ticket) =>
				ticket.id === need.ticketId && view !== null ? view : ticket,
			),
		};
	}

	private write(
		plan: Plan,
		{ clientId, reference }: Pick<Desired, 'reference' | 'clientId'>,
		actual: Actual,
	): void {
		let made = 0;
		for (const write of plan.writes) {
			if (write.kind === 'create') {
				const bound = { clientId: clientId ?? 0, userId: null };
				const html = sealDetails(write.detailsHtml, reference, bound, this.seal);
				made = this.add(this.shows(write.summary), this.plain(html), html, clientId ?? 0, 'Bridge');
			} else if (write.kind === 'change') {
				const { detail } = this.stored(write.ticket.id);
				const { detailsHtml, statusId } = write.fields;
				if (detailsHtml !== undefined) {
					const own = write.ticket.reference ?? reference;
					const bound = { ...write.ticket, mappedTo: clientId ?? write.ticket.mappedTo };
					detail.details_html = sealDetails(detailsHtml, own, bound, this.seal);
					detail.details = this.plain(detail.details_html);
				}
				if (statusId !== undefined) {
					detail.status_id = statusId;
					detail.hasbeenclosed = statusId === 9;
					detail.dateclosed = statusId === 9 ? this.time() : null;
				}
				detail.last_update = this.time();
			} else {
				const id = write.ticketId === 0 ? made : write.ticketId;
				const own = actual.tickets.find((ticket) => ticket.id === id)?.reference ?? reference;
				const words = write.machine === undefined ? '' : noteBlock(own, write.machine, this.seal);
				const html = `<p>${toHtml(write.text)}</p><p>(scannote ${write.mark}) ${words}</p>`;
				this.note(id, this.plain(html), 'Bridge');
			}
		}
	}

	/** A note on a ticket. @param application '' = a person wrote it */
	note(ticketId: number, note: string, application: string): void {
		const { actions } = this.stored(ticketId);
		actions.push({
			id: actions.length + 1,
			ticket_id: ticketId,
			outcome: null,
			outcome_id: null,
			who: application === '' ? 'Alex' : 'Bridge',
			who_agentid: application === '' ? 2 : OWN_AGENT,
			datetime: this.time(),
			note,
			hiddenfromuser: true,
			actionby_agent_id: application === '' ? 2 : OWN_AGENT,
			actionby_application_id: application === '' ? null : application,
			old_status: null,
			new_status: null,
		});
	}

	private plain(html: string): string {
		return this.shows(htmlToText(html));
	}

	private time(): string {
		return new Date(this.now).toISOString();
	}

	private add(
		summary: string,
		details: string,
		html: string,
		clientId: number,
		application: string,
	): number {
		const id = 1001 + this.tickets.length;
		this.tickets.push({
			actions: [],
			detail: {
				id,
				summary,
				details,
				details_html: html,
				client_id: clientId,
				client_name: `Client ${clientId}`,
				site_id: null,
				user_id: null,
				status_id: 1,
				tickettype_id: 1,
				priority_id: 2,
				sla_id: null,
				agent_id: null,
				team: null,
				last_update: this.time(),
				dateoccurred: this.time(),
				merged_into_id: null,
				reporter: null,
				hasbeenclosed: false,
				dateclosed: null,
				agent_name: null,
				assets: [],
				customfields: [],
				deleted: false,
			},
		});
		this.note(id, details, application);
		return id;
	}
}

function missing(): never {
	throw new Error('An event without a decision');
}

function eachOf(plan: Plan, changes: readonly MemberChange[]): Decided[] {
	return [...changes]
		.sort((left, right) => left.index - right.index)
		.map(({ index }) => {
			const { decision, reason } = plan.outcomes?.get(index) ?? plan;
			return { decision, reason, ticketId: plan.ticketId };
		});
}
