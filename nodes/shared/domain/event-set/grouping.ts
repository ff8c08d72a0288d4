import { companyNameKeys } from '../company/name';
import type { ScannerEvent } from '../event/event';
import type { Grouping } from './event-set';
import type { GroupField } from '../sources/common/source';
import { SOURCES } from '../sources/index';
import { foldedName, hostPart, problemKey } from '../event/keys';

const FIELDS: Readonly<Record<Grouping, readonly GroupField[]>> = {
	problem: [],
	company: ['company'],
	asset: ['company', 'asset'],
	product: ['company', 'product'],
	'asset and product': ['company', 'asset', 'product'],
};

/**
 * Why a source cannot be grouped so: its resolves lack a field that its opens may have, so a grouped ticket would never
 * close. Null when it can.
 */
export function refuseGrouping(source: string, grouping: Grouping): string | null {
	// A source that only canonical JSON names decides by itself what it sends.
	const carried = SOURCES.find(({ id }) => id === source)?.resolvesCarry;
	const missing = FIELDS[grouping].filter(
		(field) => carried !== undefined && !carried.includes(field),
	);
	return missing.length === 0
		? null
		: `grouping by ${grouping} does not work for ${source}: its resolves name no ${missing.join(' and no ')}, so the ticket would never close`;
}

function fieldOf(event: ScannerEvent, field: GroupField): string | null {
	if (field === 'product') return foldedName(event.product);
	if (field === 'asset') return event.asset.id ?? hostPart(event.asset.name) ?? event.asset.ip;
	const { id, name, displayName } = event.company;
	const named = name ?? displayName;
	return id ?? (named === null ? null : companyNameKeys(named).full);
}

/**
 * Key of the ticket that an event belongs to: `v1|source|company|grouping|…`, or its own key for one ticket per
 * problem. An event that lacks the field of the grouping gets a ticket of its own, as does its resolve.
 */
export function groupKeyOf(event: ScannerEvent, grouping: Grouping): string {
	if (grouping === 'problem') return event.dedupKey;
	const values = new Map(FIELDS[grouping].map((field) => [field, fieldOf(event, field)]));
	if ([...values.values()].some((value) => value === null || value.trim() === '')) {
		return event.dedupKey;
	}
	return problemKey({
		integration: event.integration,
		tool: event.source,
		scope: values.get('company') ?? null,
		finding: `by ${grouping}`,
		asset: values.get('asset') ?? null,
		discriminator: values.get('product') ?? null,
	});
}
