import type { ActionDraft, TicketChange, TicketDraft } from './drafts';

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
