import { type ConsoleOutcome, shown } from '../shared/domain/console/answer';
import { consolePage } from '../shared/domain/console/layout';
import { linkTo } from '../shared/domain/console/links';
import { overviewInput } from '../shared/domain/console/overview';
import { progressPart } from '../shared/domain/console/progress';
import { statusSections } from '../shared/domain/pages/status-page';
import { readOpenTickets } from '../shared/n8n/open-tickets';
import type { PageCall } from './page-call';

/** What needs a person, and how it goes. */
export async function overview({ context, asked, rows, now }: PageCall): Promise<ConsoleOutcome> {
	const { tickets, requests } = await readOpenTickets(context, 0);
	const input = overviewInput(rows, asked.faults, now);
	const ways = [
		`<a href="${linkTo('inbox', { filter: 'dead' })}">Dead findings</a>`,
		`<a href="${linkTo('inbox', { filter: 'failed' })}">Failed ones</a>`,
		`<a href="${linkTo('companies', { filter: 'unmapped' })}">Companies without a client</a>`,
	];
	const body = [
		`<p class="ways">${ways.join('')}</p>`,
		progressPart(rows.halo_sync_status, now),
		statusSections(input, tickets, requests, now),
	];
	return shown(consolePage('Overview', body.join(''), 'overview'));
}
