import type { Draft } from '../http/body';
import type { HaloContext } from '../http/context';
import type { SimMail, SimTicket } from '../state/state';

/** Records a mail that an end user would have got. */
export function recordMail(context: HaloContext, ticket: SimTicket, cause: SimMail['cause']): void {
	const user = context.state.users.find(({ id }) => id === ticket.user_id);
	context.state.mails.push({
		at: new Date(context.clock.now()).toISOString(),
		ticketId: ticket.id,
		cause,
		to: user?.emailaddress === '' || user === undefined ? (user?.name ?? '') : user.emailaddress,
		subject: ticket.summary,
	});
}

/**
 * Would creating this ticket mail the user? The tenant acknowledges new tickets unless the request says
 * otherwise; `_prevent_outgoing` stops every mail, `sendack` and `createacknowledgement` the acknowledgement.
 */
export function createMails(context: HaloContext, draft: Draft): boolean {
	if (draft.flag('_prevent_outgoing') === true) return false;
	if (draft.flag('sendemail') === true || draft.flag('emailuser') === true) return true;
	const refused = draft.flag('sendack') === false || draft.flag('createacknowledgement') === false;
	return context.switches.tenantMails && !refused;
}

/** Would closing by this request mail the user? Only `_prevent_outgoing` is known to stop that one. */
export function closeMails(context: HaloContext, draft: Draft): boolean {
	if (draft.flag('_prevent_outgoing') === true) return false;
	return context.switches.tenantMails || draft.flag('sendemail') === true;
}

/** Would this note be mailed? `sendemail` decides, else the outcome's own default. */
export function noteMails(draft: Draft, outcomeSends: boolean): boolean {
	if (draft.flag('_prevent_outgoing') === true) return false;
	return draft.flag('sendemail') ?? outcomeSends;
}
