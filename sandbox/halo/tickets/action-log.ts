import type { HaloContext } from '../http/context';
import { textToHtml } from '../state/html';
import type { SimAction, SimTicket } from '../state/state';
import type { Actor } from '../state/ticket-change';
import { agentName } from '../http/visibility';

/** Adds an action to a ticket. Action ids count per ticket: 1 is the ticket's opening. */
export function logAction(
	context: HaloContext,
	ticket: SimTicket,
	actor: Actor,
	outcomeId: number,
	content: Partial<SimAction> & { note: string },
): SimAction {
	const outcome = context.state.outcomes.find(({ id }) => id === outcomeId);
	const last = ticket.actions.reduce((highest, { id }) => Math.max(highest, id), 0);
	const action: SimAction = {
		id: last + 1,
		outcome: outcome?.outcome ?? '',
		outcome_id: outcomeId,
		who: agentName(context, actor.agentId),
		who_agentid: actor.agentId,
		at: context.clock.now(),
		note_html: textToHtml(content.note),
		hiddenfromuser: outcome?.hidefromuser ?? true,
		important: false,
		timetaken: 0,
		system: (outcome?.systemid ?? 0) > 1,
		actionby_agent_id: actor.agentId,
		actionby_application_id: actor.application,
		old_status: ticket.status_id,
		new_status: ticket.status_id,
		attachment_count: 0,
		...content,
	};
	ticket.actions.push(action);
	ticket.lastUpdate = context.clock.now();
	return action;
}
