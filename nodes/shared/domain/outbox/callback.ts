import { integrationKey } from '../event/integration';
import type { JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import { claimRow, type ClaimRow } from './call';
import type { HaloChange } from './change';

/** Enough for a digest; a body of more would be some hundred kilobytes. `findingsTotal` tells the whole number. */
const MOST_FINDINGS = 500;

/** Rows of calls and polls stand in halo_inbox beside those of findings. */
const NO_FINDING = 'halo-';

/** A problem as its source names it. */
interface Finding {
	source: string;
	dedupKey: string;
	deliveryId: string | null;
}

function changeOf({ ticket }: HaloChange): 'merged' | 'closed' | 'statusChanged' {
	if (ticket.merged_into_id !== null) return 'merged';
	return ticket.hasbeenclosed === true ? 'closed' : 'statusChanged';
}

/** The findings that became a ticket; another Halo has tickets of the same numbers, hence the integrations. */
function findingsOf(
	ticketId: number,
	rows: readonly JsonRecord[],
	integrations: readonly string[],
): Finding[] {
	const findings = new Map<string, Finding>();
	for (const row of rows) {
		const source = memberText(row, 'source') ?? '';
		const dedupKey = memberText(row, 'dedupKey') ?? '';
		const integration = integrationKey(memberText(row, 'integration') ?? '');
		const isOther = source.startsWith(NO_FINDING) || !integrations.includes(integration);
		if (isOther || readInteger(row.ticketId) !== ticketId) continue;
		findings.set(dedupKey, { source, dedupKey, deliveryId: memberText(row, 'deliveryId') });
	}
	return [...findings.values()];
}

/**
 * The call that tells the source of a ticket what became of it. The source knows its own names of the problem and not
 * Halo's: they stand on the rows that became this ticket.
 * @param rows rows of halo_inbox, those of the ticket among them
 * @param integrations whose rows count, as `integrationKey` has them
 * @param now milliseconds since the epoch
 */
export function callbackClaim(
	given: HaloChange,
	rows: readonly JsonRecord[],
	integrations: readonly string[],
	now: number,
): ClaimRow {
	const { agent, deliveryId, reference, ticket, ticketId, time } = given;
	const change = changeOf(given);
	const at = ticket.dateclosed ?? (change === 'statusChanged' ? time : ticket.last_update);
	const { status_id: statusId, merged_into_id: mergedIntoId } = ticket;
	const findings = findingsOf(ticketId, rows, integrations);
	const body = {
		change,
		at,
		reference,
		ticket: { id: ticketId, summary: ticket.summary, statusId, mergedIntoId },
		client: { id: ticket.client_id, name: ticket.client_name },
		agent: agent === null ? null : { name: agent.name, email: agent.email },
		findings: findings.slice(0, MOST_FINDINGS),
		findingsTotal: findings.length,
	};
	return claimRow(
		{
			source: 'halo-callback',
			deliveryId,
			dedupKey: ['halo', ticketId, change, statusId, mergedIntoId ?? '', at].join('|'),
			event: JSON.stringify(body),
			ticketId,
		},
		now,
	);
}
