import { type ConsoleOutcome, refusalPage, shown, written } from '../shared/domain/console/answer';
import { fieldsOfFilter, inboxFilterIn } from '../shared/domain/console/inbox-filter';
import { findingsIn, isInFilter } from '../shared/domain/console/inbox/findings';
import { inboxPage } from '../shared/domain/console/inbox/list-page';
import { replayWrites } from '../shared/domain/console/inbox/replay';
import { rowPage } from '../shared/domain/console/inbox/row-page';
import { valueOf } from '../shared/domain/console/fields';
import { consoleAddress } from '../shared/domain/console/links';
import { MOST_FOUND } from '../shared/domain/console/reads';
import { saying } from '../shared/domain/console/said';
import { readTicketUrl } from '../shared/n8n/ticket-url';
import { type PageCall, tableOf } from './page-call';

/** The list of findings; its forms make those of a cause or of a company due. */
export async function inbox(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, context, now, rows } = call;
	const filter = inboxFilterIn(asked.query);
	const findings = findingsIn(rows.halo_inbox).filter((finding) => isInFilter(finding, filter));
	let refused: string | null = null;
	if (asked.isPost) {
		const decided = replayWrites(findings, asked.form, new Date(now).toISOString());
		if (!('problem' in decided)) {
			const said = saying('released', decided.count);
			const to = consoleAddress('inbox', { ...fieldsOfFilter(filter), ...said });
			return written(tableOf(asked, 'halo_inbox'), decided.writes, to);
		}
		refused = decided.problem;
	}
	const urlOf = await readTicketUrl(context);
	const capped = rows.halo_inbox.length >= MOST_FOUND;
	const page = inboxPage(asked, filter, findings, {
		capped,
		faults: asked.faults,
		now,
		refused,
		urlOf,
	});
	return shown(page, refused === null ? 200 : 409);
}

/** One finding. */
export async function inboxRow(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, context, now, rows } = call;
	const id = valueOf(asked.query, 'id');
	const findings = findingsIn(rows.halo_inbox);
	const finding = findings.find((one) => String(one.id) === id);
	if (finding === undefined) {
		return refusalPage(404, 'This row is not there any more: it was pruned. Nothing was changed.');
	}
	let refused: string | null = null;
	if (asked.isPost) {
		const decided = replayWrites([finding], asked.form, new Date(now).toISOString());
		if (!('problem' in decided)) {
			const to = consoleAddress('row', { id, key: finding.dedupKey });
			return written(tableOf(asked, 'halo_inbox'), decided.writes, to);
		}
		refused = decided.problem;
	}
	const urlOf = await readTicketUrl(context);
	const others = findings.filter(
		(one) => one.id !== finding.id && finding.dedupKey !== '' && one.dedupKey === finding.dedupKey,
	);
	return shown(
		rowPage(asked, finding, others, { now, refused, urlOf }),
		refused === null ? 200 : 409,
	);
}
