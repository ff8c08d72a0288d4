import type { Access } from '../state/rights';
import { forbidden } from './answers';

export type Area = 'tickets' | 'customers' | 'assets';

/** Throws an empty 403 unless the token has the scope. `all` and `all:standard` hold every area's. */
export function requireScope(access: Access, verb: 'read' | 'edit', area: Area): void {
	const held = new Set(access.scopes);
	if (held.has('all') || held.has('all:standard') || held.has(`${verb}:${area}`)) return;
	// The right to edit an area has always come with the right to see it.
	if (verb === 'read' && held.has(`edit:${area}`)) return;
	throw forbidden();
}

/** Webhooks, notifications, tabs: administration scope and an administrator's role, else an empty 403. */
export function requireAdministrator(access: Access): void {
	const scoped = access.scopes.includes('all') || access.scopes.includes('admin');
	if (!scoped || !access.rights.administrator) throw forbidden();
}
