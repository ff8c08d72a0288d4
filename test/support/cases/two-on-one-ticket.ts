import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import type { ResolvedProfile } from '../../../nodes/shared/domain/profile/resolve';
import {
	afterPlan,
	imaginedTicket,
	planEvent,
} from '../../../nodes/shared/domain/ticket/plan/event';
import type {
	Actual,
	Desired,
	Plan,
	PlanOptions,
} from '../../../nodes/shared/domain/ticket/plan/types';
import { referenceOf } from '../own-ticket';
import { meet } from './identity';

/** After every time that a case holds. */
const NOW = Date.parse('2026-06-30T12:00:00.000Z');

const PROFILE: ResolvedProfile = {
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

const OPTIONS: PlanOptions = {
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

function desired(event: ScannerEvent): Desired {
	const wants = { open: 'open', resolved: 'closed', suppressed: 'suppressed' } as const;
	if (event.status === 'info') throw new Error('An event that informs is never planned');
	return {
		want: wants[event.status],
		event,
		reference: referenceOf(event.dedupKey),
		references: [referenceOf(event.dedupKey)],
		clientId: 11,
		clientName: 'Contoso Ltd',
		profile: PROFILE,
	};
}

function planned(event: ScannerEvent, actual: Actual): Plan {
	const plan = planEvent(desired(event), actual, OPTIONS, NOW);
	if (plan.kind !== 'plan') throw new Error(`Another ${plan.kind} is needed`);
	return plan;
}

/**
 * The decision about an event when the one before it made a ticket. The two meet on it only when they are one problem.
 * @returns the name of the decision, or `info` for an event that is never planned
 */
export function secondDecision(first: ScannerEvent, second: ScannerEvent): string {
	if (second.status === 'info') return 'info';
	const nothing: Actual = {
		wanted: [referenceOf(first.dedupKey)],
		tickets: [],
		others: new Map(),
		actions: new Map([[0, []]]),
		agents: [],
		ownAgentId: 9,
	};
	const made = planned(first, nothing);
	const ticket = imaginedTicket(made, desired(first), NOW);
	const after = { ...afterPlan(made, nothing, ticket, NOW), actions: nothing.actions };
	return planned(second, meet(first, second) ? after : nothing).decision;
}
