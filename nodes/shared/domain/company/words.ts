import type { EventCompany } from '../event/event';
import { shortened } from '../values/cut';

/** A Halo client that was picked by hand. */
export interface PickedClient {
	haloClientId: number;
	haloClientName: string | null;
}

/** Names in reasons are cut here: enough to recognise them in a list. */
const LONGEST_SHOWN_NAME = 80;

/** A name for a reason, cut where it is longer than is needed to recognise it. */
export function shortName(name: string): string {
	return shortened(name, LONGEST_SHOWN_NAME);
}

/** A company as people recognise it, e.g. `"Contoso Ltd" (id 42)`; null when the event names none. */
export function describeCompany(company: EventCompany): string | null {
	const name = company.displayName ?? company.name;
	if (name === null) return company.id === null ? null : `with id ${shortName(company.id)}`;
	if (company.id === null || company.id === name) return `"${shortName(name)}"`;
	return `"${shortName(name)}" (id ${shortName(company.id)})`;
}

/** A client as people recognise it, e.g. `Contoso Ltd (12)`. */
export function describeClient(client: PickedClient): string {
	return client.haloClientName === null
		? `client ${client.haloClientId}`
		: `${client.haloClientName} (${client.haloClientId})`;
}
