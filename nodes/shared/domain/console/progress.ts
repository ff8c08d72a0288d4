import { sinceOf } from '../pages/ago';
import { forHtml } from '../values/escape';
import { isRecord, type JsonRecord } from '../values/json';
import { jsonRecordIn, memberText, readInteger } from '../values/read';

/** Shorter than this no rate can be told. */
const LEAST_SECONDS = 5;

function rowsSoFar(counts: JsonRecord): number {
	const rows = isRecord(counts.rows) ? Object.values(counts.rows) : [];
	return rows.reduce<number>((sum, count) => sum + (readInteger(count) ?? 0), 0);
}

function progressLine(row: JsonRecord, now: number): string | null {
	const counts = jsonRecordIn(row.counts);
	if (counts.running !== true) return null;
	const startedAt = memberText(counts, 'startedAt') ?? '';
	const rows = rowsSoFar(counts);
	const total = readInteger(jsonRecordIn(row.checkpoint).total);
	const seconds = (now - Date.parse(startedAt)) / 1_000;
	const rate = seconds >= LEAST_SECONDS ? rows / seconds : 0;
	const left = total === null || total < rows ? null : total - rows;
	const parts = [
		`batch ${readInteger(counts.batch) ?? 1}`,
		left === null ? `${rows} rows so far` : `${rows} of ${total} rows`,
		...(rate > 0 ? [`${Number(rate.toPrecision(2))} rows a second`] : []),
		...(rate > 0 && left !== null
			? [`about ${Math.max(1, Math.round(left / rate / 60))} min left`]
			: []),
	];
	const name = [memberText(row, 'flow'), memberText(row, 'integration')].filter(Boolean).join(', ');
	return `<li><b>${forHtml(name)}</b>, begun ${forHtml(sinceOf(startedAt, now))}: ${forHtml(parts.join(', '))}</li>`;
}

/**
 * Syncs that are at work, by what they wrote into halo_sync_status with their last batch; '' when none is.
 * @param now milliseconds since the epoch
 */
export function progressPart(sync: readonly JsonRecord[], now: number): string {
	const lines = sync.flatMap((row) => progressLine(row, now) ?? []);
	if (lines.length === 0) return '';
	return `<section><h2>At work</h2><ul>${lines.join('')}</ul><p class="soft">Reload for the newest. A run that n8n stopped stands here until the next one goes on where it was.</p></section>`;
}
