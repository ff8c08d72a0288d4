import type { EventCompany, ScannerEvent } from '../../event/event';
import type { EventDraft } from '../../event/build';
import { buildEvent } from '../../event/build';
import { foldedName, joinedPart, problemKey } from '../../event/keys';
import { withoutSecrets } from '../../values/json';
import { companyOf, companyScope } from './company-rule';
import type { SourceContext, SourceTime } from './source';

/** What names a problem inside its source; see `problemKey` for what must stay out. */
export interface ProblemIdentity {
	/** Server, tenant or repository that makes the finding's id unique. */
	scope: string | number | null;
	finding: string | number | null;
	asset: string | number | null;
	discriminator?: string | number | null;
}

/** What an adapter knows about a record, with the parts that every source has in common left to `makeEvent`. */
export type SourceDraft = Omit<
	EventDraft,
	'company' | 'dedupKey' | 'recurrenceKey' | 'raw' | 'time' | 'timeFrom'
> & {
	identity: ProblemIdentity;
	/** What is watched, where the identity names one firing only; see `recurrenceKey` of the event. */
	recurrence?: ProblemIdentity | null;
	/** The company in the source's own words, where it names one. */
	company?: Partial<EventCompany>;
	/** When it happened at the source; the time of receipt when it does not say. */
	time: SourceTime | null;
};

/** When it happened, never after it was told. All times are ISO 8601 in UTC with milliseconds, which compare as texts. */
function notAfter(
	time: SourceTime | null,
	receivedAt: string,
): Pick<ScannerEvent, 'time' | 'timeFrom'> {
	if (time === null) return { time: receivedAt, timeFrom: 'receipt' };
	if (time.at > receivedAt) return { time: receivedAt, timeFrom: 'ahead' };
	return { time: time.at, timeFrom: time.from };
}

/**
 * An event of a source: company by the user's rule, key from the identity, the record itself when it is to be kept. Its
 * time is the time of receipt where the source gives none, and where its clock is ahead: nothing happens after it was
 * told, and a clock that runs ahead would let an old report win over a newer one.
 * @throws EventInputError when the draft has no title
 */
export function makeEvent(
	draft: SourceDraft,
	record: unknown,
	context: SourceContext,
	envelope: unknown,
): ScannerEvent {
	const { identity, recurrence, company, time, ...rest } = draft;
	const ruled = companyScope(context.company);
	const keyOf = (named: ProblemIdentity) =>
		problemKey({
			...named,
			integration: context.integration,
			tool: draft.source,
			scope: ruled === null ? named.scope : joinedPart(foldedName(ruled), named.scope),
		});
	return buildEvent({
		...rest,
		deliveryId: draft.deliveryId ?? context.deliveryId,
		integration: context.integration,
		dedupKey: keyOf(identity),
		// Another beginning than a problem's key, so that one is never taken for the other.
		recurrenceKey:
			recurrence === null || recurrence === undefined ? null : `again|${keyOf(recurrence)}`,
		companyBound: context.company.from !== 'payload',
		company: companyOf(context.company, record, envelope, company ?? {}),
		...notAfter(time, context.receivedAt),
		raw: context.keepRaw ? withoutSecrets(record) : null,
	});
}
