import { type Lease, askForLease } from '../../../nodes/shared/domain/inbox/lease';
import { type InboxRow, readInboxRow } from '../../../nodes/shared/domain/inbox/row';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';

export const NOW = Date.parse('2026-05-04T09:00:00.000Z');

export const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();

export const TABLES = Object.fromEntries(
	[
		'halo_inbox',
		'halo_company_mappings',
		'halo_event_sets',
		'halo_profiles',
		'halo_sync_status',
		'halo_errors',
	].map((name) => [name, `id of ${name}`]),
);

/** A row of halo_inbox as n8n gives it out: an open event of Contoso, new, unless told otherwise. */
export function inboxJson(
	id: number,
	{ company = 'Contoso', status = 'open', ...given }: JsonRecord = {},
): JsonRecord {
	const dedupKey = given.dedupKey ?? 'disk';
	return {
		id,
		createdAt: at(-60),
		updatedAt: at(-60),
		integration: 'default',
		source: 'canonical',
		company,
		deliveryId: '',
		dedupKey,
		event: JSON.stringify({ dedupKey, status, company: { name: company } }),
		state: 'new',
		decision: '',
		reason: '',
		cause: '',
		tries: 0,
		ticketId: null,
		receivedAt: at(-60),
		notBefore: null,
		doneAt: null,
		...given,
	};
}

/** The same, read. */
export function inboxRow(id: number, given: JsonRecord = {}): InboxRow {
	const row = readInboxRow(inboxJson(id, given));
	if (row === null) throw new Error('no row');
	return row;
}

/** The row of halo_sync_status that holds the lease. */
export function runJson(given: JsonRecord = {}): JsonRecord {
	return {
		id: 1,
		integration: '(run)',
		flow: 'process-inbox',
		enabled: true,
		lastSync: null,
		lastError: null,
		lastErrorAt: null,
		counts: null,
		checkpoint: null,
		...given,
	};
}

/** The lease of a run that began at NOW, with these rows of halo_sync_status beside its own. */
export function leaseOf(run: JsonRecord = {}, beside: JsonRecord[] = []): Lease {
	const asking = { byHand: false, startedAt: '', own: '7-1', now: NOW };
	const lease = askForLease([runJson(run), ...beside], asking, 3);
	if (lease === null) throw new Error('no lease');
	return lease;
}
