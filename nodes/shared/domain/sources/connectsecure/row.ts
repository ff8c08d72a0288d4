import type { EventStatus, ScannerEvent, Severity } from '../../event/event';
import { hostPart } from '../../event/keys';
import { EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import type { RowParts } from './feeds';
import type { ProblemIdentity } from '../common/make-event';
import type { SourceContext, SourceTime } from '../common/source';

/** What the kinds of rows differ in. */
export interface RowDraft {
	identity: ProblemIdentity;
	status: EventStatus;
	category: string;
	event: string | null;
	title: string;
	severity: Severity;
	extra?: Partial<
		Pick<
			ScannerEvent,
			| 'description'
			| 'url'
			| 'cvss'
			| 'epss'
			| 'kev'
			| 'cves'
			| 'product'
			| 'remediation'
			| 'user'
			| 'firstSeen'
			| 'lastSeen'
			| 'deliveryId'
		>
	>;
	time: SourceTime | null;
}

/**
 * Reads a row of one kind.
 * @param feed name of the feed that it is from; '' when the flow does not say
 * @throws EventInputError when it lacks what names its problem
 */
export type Reader = (
	row: JsonRecord,
	status: EventStatus,
	context: SourceContext,
	feed: string,
) => RowDraft;

/** Words for where a row's problem is; '' when the row does not say. */
export function on(parts: RowParts): string {
	const where = parts.hostName ?? parts.ip;
	return where === null ? '' : ` on ${where}`;
}

/** What names the asset in a key: the vendor's id, which stays when a host is renamed. */
export function assetKey(parts: RowParts): string | null {
	return parts.assetId ?? hostPart(parts.hostName) ?? parts.ip;
}

/**
 * Company and asset of a row, as parts of its key.
 * @throws EventInputError for a row that names neither, as those do that add up several customers: all of their
 * problems would be one
 */
export function companyAndAsset(parts: RowParts): { scope: string | null; asset: string | null } {
	const asset = assetKey(parts);
	if (asset === null && parts.companyId === null && parts.companyName === null) {
		throw new EventInputError(
			'company_id',
			'a company or an asset',
			'neither',
			'Read a feed that has a row for each asset (asset_wise_vulnerabilities, get_remediation), or put company_id or asset_id of the request into the row.',
		);
	}
	return { scope: parts.companyId, asset };
}

/** Lines of a label and a value, those without a value left out. */
export function lines(entries: ReadonlyArray<[string, string | number | null]>): string {
	return entries
		.filter(([, value]) => value !== null)
		.map(([label, value]) => `${label}: ${value}`)
		.join('\n');
}
