import type { HaloApi } from '../../shared/halo/api';
import type { UserRow } from '../../shared/halo/records/records';

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
