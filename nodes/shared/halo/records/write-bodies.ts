import { sameBlock } from '../../domain/ticket/block';
import type { ClosingFields } from '../../domain/profile/closing-fields';
import { STATE_BLOCK } from '../../domain/ticket/state';
import type { ActionDraft, TicketChange, TicketDraft } from './drafts';
import type { TicketRow } from './records';

/** Halo's built-in outcome "Internal Note"; every action needs an outcome. */
const INTERNAL_NOTE = 7;

/**
 * The body of a ticket write: an array of one, as Halo takes no bare object. Members that are undefined fall away in
 * JSON. Unless the end user is to be told, Halo is asked to send no acknowledgement and no other mail.
 */
export function ticketBody({ notifyUser, ...fields }: TicketDraft | TicketChange): object[] {
	const assigning = fields.agent_id === undefined ? {} : ASSIGN_ANYWAY;
	const quiet = notifyUser === true ? {} : { sendack: false, _prevent_outgoing: true };
	return [{ ...fields, ...assigning, ...quiet }];
}

/**
 * The answers to "is this agent to have it all the same?": live clients send them with every assignment, since Halo
 * refuses a busy agent, or warns and does not save.
 */
const ASSIGN_ANYWAY = { _forcereassign: true, _agent01_ok: true, _agent02_ok: true };

/** The body of a new action. Private and without mail unless told otherwise. */
export function actionBody({ notifyUser, ...fields }: ActionDraft): object[] {
	const quiet =
		notifyUser === true ? { sendemail: true } : { sendemail: false, _prevent_outgoing: true };
	return [
		{
			...fields,
			outcome_id: fields.outcome_id ?? INTERNAL_NOTE,
			hiddenfromuser: fields.hiddenfromuser ?? true,
			...(fields.new_agent === undefined ? {} : ASSIGN_ANYWAY),
			...quiet,
		},
	];
}

/** Fields on closing as members of the change that closes. */
export function closingMembers(closing: ClosingFields | undefined): Partial<TicketChange> {
	if (closing === undefined) return {};
	const customfields = closing.customFields.map((field) => ({ ...field }));
	return { ...closing.own, ...(customfields.length === 0 ? {} : { customfields }) };
}

/** Members of a ticket that a decision may rest on and that a tenant may overrule: by a rule, a workflow, a right. */
const JUDGED = [
	'status_id',
	'client_id',
	'priority_id',
	'sla_id',
	'agent_id',
	'team',
	'summary',
] as const;

export type Judged = (typeof JUDGED)[number] | 'details';

const NAMES: Readonly<Record<Judged, string>> = {
	status_id: 'status',
	client_id: 'client',
	priority_id: 'priority',
	sla_id: 'SLA',
	agent_id: 'agent',
	team: 'team',
	summary: 'summary',
	details: 'details',
};

/** Says of each member that Halo kept what stands there instead; empty for none. */
export function keptWords(
	kept: readonly Judged[],
	sent: TicketDraft | TicketChange,
	row: TicketRow,
): string[] {
	return kept.flatMap((name) => {
		if (name === 'details' || name === 'status_id' || name === 'summary') return [];
		const why =
			name === 'priority_id'
				? ': it may be computed from impact and urgency, which the profile can set'
				: ': a rule or a right in Halo decides otherwise';
		return [
			`Halo keeps ${NAMES[name]} ${row[name] ?? 'none'} on ticket ${row.id} instead of ${sent[name]}${why}.`,
		];
	});
}

/** What of a write a ticket does not show afterwards; details count by the block of our own words at their end. */
export function keptFrom(sent: TicketDraft | TicketChange, row: TicketRow): Judged[] {
	const kept: Judged[] = JUDGED.filter(
		(name) => sent[name] !== undefined && sent[name] !== row[name],
	);
	const { details_html } = sent;
	if (details_html === undefined || sameBlock(details_html, row.details, STATE_BLOCK)) return kept;
	return [...kept, 'details'];
}
