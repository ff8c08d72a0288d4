import { MENU } from './menu';
import { differs, expected, notTried, PROBE_SETTINGS, wrong, type ProbeLine } from './probe-line';

/** What came of one way of setting a status. */
export type StatusTry =
	| { kind: 'moved' }
	/** Accepted, and the ticket is still open. */
	| { kind: 'kept'; status: string }
	| { kind: 'refused'; words: string }
	| { kind: 'not tried' };

function cameTo(way: string, one: StatusTry): string {
	switch (one.kind) {
		case 'moved':
			return `${way} closes it`;
		case 'kept':
			return `${way} is accepted and leaves it in ${one.status}`;
		case 'refused':
			return `${way} is refused (${one.words})`;
		case 'not tried':
			return `${way} was not tried`;
	}
}

/** Words by which Halo asks for fields, in small letters. */
const ASKS_FOR_FIELDS = 'complete the following fields';

export function closingLine(update: StatusTry, action: StatusTry, type: string): ProbeLine {
	const fact = 'Way of closing';
	const seen = `${cameTo('An update of the status', update)}; ${cameTo('an action with the new status', action)}.`;
	if (update.kind === 'moved') return expected(fact, seen);
	if (action.kind === 'moved') {
		return differs(
			fact,
			seen,
			`Nothing to set: what an update does not close is closed by an action. ${MENU.ticketTypes} > ${type}: "status after an agent's update" or a workflow takes it back.`,
		);
	}
	const asks = [update, action].find(
		(one) => one.kind === 'refused' && one.words.toLowerCase().includes(ASKS_FOR_FIELDS),
	);
	if (asks !== undefined) {
		return wrong(
			fact,
			seen,
			`Fill these fields under Fields on Closing of the profile, or make them optional on closing: ${MENU.ticketTypes} > ${type} > Field list.`,
			PROBE_SETTINGS.closingFields,
		);
	}
	return wrong(
		fact,
		seen,
		`Tickets of this type stay open and are reported as failed. ${MENU.ticketTypes} > ${type}: look at the workflow and at "status after an agent's update", or choose another close status.`,
		PROBE_SETTINGS.closeStatus,
	);
}

/**
 * The unit of `closure_time`, told by the time of the action that the close wrote, which Halo counts in hours.
 * @param sent value of the field @param hours times of the actions since; empty when there is none
 */
export function closureUnitLine(sent: number, hours: readonly number[]): ProbeLine {
	const fact = 'Unit of the closure time';
	const [booked] = hours.filter((time) => time > 0);
	if (booked === undefined) {
		return notTried(
			fact,
			'The close left no time on any action.',
			'Close one ticket with 5 minutes and look at its time in Halo: 5 hours there mean Minutes here.',
			PROBE_SETTINGS.closureUnit,
		);
	}
	// Half of the value lies far from it and from its sixtieth part alike, however Halo rounds.
	return booked >= sent / 2
		? expected(fact, `Hours: ${sent} became ${booked} hours of the action.`)
		: differs(
				fact,
				`Minutes: ${sent} became ${booked.toFixed(3)} hours of the action.`,
				'Set it to Minutes.',
				PROBE_SETTINGS.closureUnit,
			);
}

/** @param status name of the status after the reopening; null = Halo refused @param open whether it is an open one */
export function reopenLine(
	way: 'update' | 'action' | null,
	status: string,
	words: string | null,
): ProbeLine {
	const fact = 'Reopening';
	if (way === 'update') return expected(fact, `An update of the status reopens it: ${status}.`);
	if (way === 'action') {
		return differs(
			fact,
			`Only an action with the new status reopens it: ${status}.`,
			'Nothing to set: what an update does not reopen is reopened by an action.',
		);
	}
	return wrong(
		fact,
		`It stays in ${status}${words === null ? '' : ` (${words})`}.`,
		`A problem that comes back cannot reopen its ticket. ${MENU.agentRights}: "Can edit closed Tickets"; then the workflow of the ticket type.`,
	);
}

/** @param flag of the reopened ticket, as sent */
export function flagLine(flag: unknown): ProbeLine {
	const fact = 'Flag hasbeenclosed';
	if (typeof flag !== 'boolean') return notTried(fact, 'The ticket has no such member.');
	return flag
		? differs(
				fact,
				'It stays true after a reopening.',
				'Nothing to set: open or closed is told by the status.',
			)
		: expected(fact, 'It is false again after a reopening.');
}

/** @param url where people open the ticket @param left the status in which it stays; null = closed */
export function endLine(id: number, url: string, left: string | null): ProbeLine {
	const fact = 'End of the test ticket';
	return left === null
		? expected(fact, `Ticket ${id} is closed.`)
		: wrong(fact, `Ticket ${id} stays open in ${left}.`, `Close it by hand: ${url}`);
}
