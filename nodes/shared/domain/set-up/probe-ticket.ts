import { MENU } from './menu';
import { differs, expected, notTried, PROBE_SETTINGS, wrong, type ProbeLine } from './probe-line';

/** A record with its name, e.g. `Contoso Ltd (11)`. */
export function named(name: string | null, id: number | null): string {
	return name === null ? String(id ?? 'none') : `${name} (${id ?? '?'})`;
}

/** Where a new ticket stands. */
export interface Landing {
	clientId: number;
	client: string | null;
	siteId: number | null;
	site: string | null;
	userId: number | null;
	user: string | null;
}

/** @param askedForPerson true when Halo refused the ticket until a user and a site were named */
export function landingLine(
	wanted: { id: number; name: string },
	landed: Landing,
	askedForPerson: boolean,
): ProbeLine {
	const fact = 'Where the ticket landed';
	const place = `client ${named(landed.client, landed.clientId)}, site ${named(landed.site, landed.siteId)}, user ${named(landed.user, landed.userId)}`;
	if (landed.clientId !== wanted.id) {
		return wrong(
			fact,
			`Sent to ${named(wanted.name, wanted.id)}, it stands on ${place}.`,
			`Tickets would go to a foreign client. ${MENU.agentRights}: "Allow use of all Customers"; then the default client of the ticket type and the ticket rules.`,
		);
	}
	if (askedForPerson) {
		return differs(
			fact,
			`Halo asks for a user and a site; it stands on ${place}.`,
			"Nothing to set: the client's General User and main site are taken where an event names nobody. Another one for all clients is a user of the profile.",
			PROBE_SETTINGS.profileUser,
		);
	}
	return expected(fact, `It stands on ${place}.`);
}

/** Times that differ by less are one clock's drift, not a zone: zones are whole quarters of an hour. */
const QUARTER_MS = 15 * 60_000;

/**
 * @param written the time of the new ticket as Halo wrote it
 * @param read what it is taken for, ISO 8601 in UTC; null when it is no time
 * @param now when it was made, milliseconds
 */
export function timesLine(written: unknown, read: string | null, now: number): ProbeLine {
	const fact = 'Times';
	if (read === null) return notTried(fact, 'The new ticket has no time of its own.');
	const quarters = Math.round((Date.parse(read) - now) / QUARTER_MS);
	const form = String(written).endsWith('Z') ? 'with a Z' : 'without a zone';
	if (quarters === 0) return expected(fact, `They are UTC, written ${form}.`);
	const hours = Math.abs(quarters) / 4;
	return differs(
		fact,
		`They stand ${hours} hours ${quarters > 0 ? 'ahead of' : 'behind'} UTC, written ${form}.`,
		`Reopen window and note interval are off by these ${hours} hours; let Halo's server write UTC where that matters.`,
	);
}

/** An action that nobody of ours made. */
export interface ForeignAction {
	who: string | null;
	outcome: string | null;
}

export function rulesLine(actions: readonly ForeignAction[]): ProbeLine {
	const fact = 'Rules on new tickets';
	if (actions.length === 0) return expected(fact, 'Nobody else acted on the new ticket.');
	const names = [...new Set(actions.map(({ who }) => who ?? 'nobody named'))];
	const what = [...new Set(actions.map(({ outcome }) => outcome ?? 'an action'))];
	return differs(
		fact,
		`${names.join(', ')} acted on the new ticket at once: ${what.join(', ')}.`,
		`Set it to ${names.join(', ')} if rules act under that name later than two minutes after the ticket is made, too.`,
		PROBE_SETTINGS.ignoreActionsOf,
	);
}

/** @param stored details after they were sent again; null when they could not be read */
export function rewriteLine(sentMarker: string, stored: string | null): ProbeLine {
	const fact = 'Rewriting the details';
	if (stored === null) return notTried(fact, 'The ticket could not be read afterwards.');
	return stored.includes(sentMarker)
		? expected(fact, 'Details that are sent replace the old ones.')
		: differs(
				fact,
				'Halo keeps the first details and says nothing.',
				'Nothing to set: what is recorded then stands in a private note, a request more for each look at such a ticket.',
			);
}

/** @param sent characters that were sent @param stored characters that stand there; null when they did not change at all */
export function longDetailsLine(sent: number, stored: number | null): ProbeLine {
	const fact = 'Longest details';
	if (stored === null) return notTried(fact, 'Details do not change.');
	return stored >= sent
		? expected(fact, `${sent} characters are kept.`)
		: differs(
				fact,
				`They are cut at ${stored} of ${sent} characters.`,
				'Nothing to set: what is recorded then stands in a private note. Long descriptions end early.',
			);
}

/** The action that wrote the note. */
export interface NoteSeen {
	wanted: { id: number; name: string | null };
	used: { id: number; name: string | null };
	/** False = the end user sees it. */
	isPrivate: boolean;
	/** True = the action mails the end user unless it is told not to. */
	mails: boolean;
}

export function noteLine({ isPrivate, mails, used, wanted }: NoteSeen): ProbeLine {
	const fact = 'Action for notes';
	const mail = mails ? 'mails the end user unless told not to' : 'mails nobody by itself';
	const seen = `${named(used.name, used.id)} writes a ${isPrivate ? 'private' : 'VISIBLE'} note and ${mail}.`;
	if (!isPrivate) {
		return wrong(
			fact,
			seen,
			`${MENU.actions} > ${used.name ?? used.id}: hide it from users, or allow the agent's role another action for notes.`,
			PROBE_SETTINGS.noteOutcome,
		);
	}
	if (used.id === wanted.id) return expected(fact, seen);
	return differs(
		fact,
		`The role may not use ${named(wanted.name, wanted.id)}. ${seen}`,
		`${MENU.actions}: allow ${named(wanted.name, wanted.id)} for the agent's role, or set it to ${named(used.name, used.id)}.`,
		PROBE_SETTINGS.noteOutcome,
	);
}

export function recipientsLine(recipients: readonly string[]): ProbeLine {
	const fact = 'Recipients of mail';
	if (recipients.length === 0) return expected(fact, 'No action of the ticket names a recipient.');
	return wrong(
		fact,
		`Actions of the ticket name recipients: ${[...new Set(recipients)].join(', ')}.`,
		`${MENU.ticketTypes}: switch the acknowledgement and the closing mail off for this type, and look at the ticket rules.`,
	);
}
