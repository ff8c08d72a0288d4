import type { HaloApi } from '../../shared/halo/api';
import { HaloValidationError } from '../../shared/halo/http/errors';
import type { TicketDraft } from '../../shared/halo/records/drafts';
import type { TicketRow, UserRow } from '../../shared/halo/records/records';

/** Halo's own name for it; a client's main site has one from the start. */
const GENERAL_USER = 'General User';

/** A user with the site that must be sent with him, or Halo refuses the ticket. */
export interface UserChoice {
	userId: number;
	siteId: number;
}

/**
 * Finds a profile's user among the users of a client: by id, e-mail address or whole name. Users belong to one client,
 * so a profile for many clients finds him on some; elsewhere Halo takes the client's General User.
 * Kept for one run.
 */
export class ProfileUsers {
	private readonly known = new Map<string, UserChoice | null>();

	constructor(private readonly api: HaloApi) {}

	/** @returns null when the client has no such user, or several */
	async find(clientId: number, value: string): Promise<UserChoice | null> {
		const key = `${clientId} ${value.toLowerCase()}`;
		const known = this.known.get(key);
		if (known !== undefined) return known;
		const choice = await this.search(clientId, value);
		this.known.set(key, choice);
		return choice;
	}

	/** As `find`, by e-mail address alone: the person that an event is about. */
	async findByEmail(clientId: number, email: string): Promise<UserChoice | null> {
		const key = `${clientId} @ ${email.toLowerCase()}`;
		const known = this.known.get(key);
		if (known !== undefined) return known;
		const users = await this.api.users({ clientId, search: email });
		const wanted = email.trim().toLowerCase();
		const choice = onlyOne(users, clientId, ({ emailaddress }) => isText(emailaddress, wanted));
		this.known.set(key, choice);
		return choice;
	}

	/** The user that Halo itself keeps at every client for tickets that are about nobody. */
	async general(clientId: number): Promise<UserChoice | null> {
		return await this.find(clientId, GENERAL_USER);
	}

	private async search(clientId: number, value: string): Promise<UserChoice | null> {
		const isId = /^\d+$/.test(value);
		const users = await this.api.users(isId ? { clientId } : { clientId, search: value });
		const wanted = value.trim().toLowerCase();
		return onlyOne(users, clientId, (user) => is(user, wanted));
	}
}

/** The one active user of the client that fits; null for none, and for several: nobody is guessed. */
function onlyOne(
	users: readonly UserRow[],
	clientId: number,
	fits: (user: UserRow) => boolean,
): UserChoice | null {
	const [user, second] = users.filter(
		(row) => row.client_id === clientId && !row.inactive && fits(row),
	);
	if (user === undefined || second !== undefined || user.site_id === null) return null;
	return { userId: user.id, siteId: user.site_id };
}

function isText(text: string | null, wanted: string): boolean {
	return (text ?? '').trim().toLowerCase() === wanted;
}

function is({ id, name, emailaddress }: UserRow, wanted: string): boolean {
	return String(id) === wanted || isText(name, wanted) || isText(emailaddress, wanted);
}

/** Kept as a hint of the credential, so that the next ticket is not refused first. */
const PERSON_NEEDED = 'tickets need a user and a site';

/** Halo's words when a ticket has none; each tenant names its fields itself, so the nouns decide. */
const ASKS_FOR_PERSON = /\b(user|end-user|contact|site)\b/i;

/**
 * Creates a ticket, on the client's General User and his site where this tenant wants a person on every ticket and the
 * draft names none.
 * @param findLost finds the ticket that an unanswered try may have stored
 * @throws HaloError as Halo said it when the client has no General User
 */
export async function createForClient(
	api: HaloApi,
	users: ProfileUsers,
	draft: TicketDraft,
	findLost: () => Promise<TicketRow | null>,
): Promise<TicketRow> {
	const isNamed = draft.user_id !== undefined;
	const first =
		!isNamed && api.hints.has(PERSON_NEEDED) ? await onGeneralUser(users, draft) : draft;
	try {
		return await api.createTicket(first ?? draft, findLost);
	} catch (error) {
		if (isNamed || !asksForPerson(error)) return await Promise.reject(error);
		const whole = await onGeneralUser(users, draft);
		if (whole === null) return await Promise.reject(error);
		api.hints.add(PERSON_NEEDED);
		return await api.createTicket(whole, findLost);
	}
}

function asksForPerson(error: unknown): boolean {
	return error instanceof HaloValidationError && ASKS_FOR_PERSON.test(error.haloMessage ?? '');
}

async function onGeneralUser(users: ProfileUsers, draft: TicketDraft): Promise<TicketDraft | null> {
	const user = await users.general(draft.client_id);
	return user === null ? null : { ...draft, user_id: user.userId, site_id: user.siteId };
}
