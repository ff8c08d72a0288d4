import type { ActionDraft, TicketChange, TicketDraft } from './drafts';

/** Halo's built-in outcome "Internal Note"; every action needs an outcome. */
const INTERNAL_NOTE = 7;

/**
 * The body of a ticket write: an array of one, as Halo takes no bare object. Members that are undefined fall away in
 * JSON. Unless the end user is to be told, Halo is asked to send no acknowledgement and no other mail.
 */
export function ticketBody({ notifyUser, ...fields }: TicketDraft | TicketChange): object[] {
	return [notifyUser === true ? fields : { ...fields, sendack: false, _prevent_outgoing: true }];
}

/** The body of a new action. Private and without mail unless told otherwise. */
export function actionBody({ notifyUser, ...fields }: ActionDraft): object[] {
	const quiet =
		notifyUser === true ? { sendemail: true } : { sendemail: false, _prevent_outgoing: true };
	return [
		{
			...fields,
			outcome_id: fields.outcome_id ?? INTERNAL_NOTE,
			hiddenfromuser: fields.hiddenfromuser ?? true,
			...quiet,
		},
	];
}
