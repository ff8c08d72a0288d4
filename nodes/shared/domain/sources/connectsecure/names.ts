import { entryOf } from '../../values/json';
import type { EventStatus, Severity } from '../../event/event';
import { EVENT_CATALOGUE } from '../../event/catalogue';

/** Codes by the vendor's label, lower case. */
const CODES_BY_LABEL: ReadonlyMap<string, string> = new Map(
	EVENT_CATALOGUE.map(({ code, label }) => [label.toLowerCase(), code]),
);

/** Categories whose events have no list of their own: the code is made from the event's name. */
const CODE_PREFIXES: Readonly<Record<string, string>> = {
	'job failed': 'job.failed',
	'entra id audit': 'entra.audit',
	'entra id error': 'entra.error',
};

function slug(text: string): string {
	return text
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '');
}

/** Code of an event by the label and category of the vendor's feed; null when it is not in the catalogue. */
export function codeOf(label: string | null, category: string | null): string | null {
	const known = CODES_BY_LABEL.get(label?.trim().toLowerCase() ?? '');
	if (known !== undefined) return known;
	const inCategory = category?.trim().toLowerCase() ?? '';
	if (inCategory.startsWith('certificate expire')) return 'cert.expiring_30d';
	const prefix = entryOf(CODE_PREFIXES, inCategory);
	return prefix === undefined || label === null ? null : `${prefix}.${slug(label)}`;
}

/** The vendor's label of a code; null for one that is not in the catalogue. */
export function labelOf(code: string): string | null {
	return EVENT_CATALOGUE.find((event) => event.code === code)?.label ?? null;
}

/** Code of a failed job by its type. */
export function jobCode(type: string | null): string {
	return `job.failed.${type === null ? 'unknown' : slug(type)}`;
}

/** One event of the AD audit, by the Windows id that a row carries. */
export interface AdEvent {
	code: string;
	status: EventStatus;
	severity: Severity;
}

function info(code: string): AdEvent {
	return { code, status: 'info', severity: 'unknown' };
}

function open(code: string, severity: Severity = 'unknown'): AdEvent {
	return { code, status: 'open', severity };
}

/** Several Windows ids mean one thing for local, global and universal groups. */
const AD_EVENTS: ReadonlyMap<number, AdEvent> = new Map<number, AdEvent>([
	[4720, info('ad.user.created')],
	[4726, info('ad.user.deleted')],
	[4738, info('ad.user.changed')],
	[4781, info('ad.user.renamed')],
	[4722, info('ad.user.enabled')],
	[4725, info('ad.user.disabled')],
	[4723, info('ad.user.pw_change')],
	[4724, info('ad.user.pw_reset')],
	[4740, open('ad.user.locked')],
	[4767, { code: 'ad.user.unlocked', status: 'resolved', severity: 'unknown' }],
	...[4728, 4732, 4756].map((id): [number, AdEvent] => [id, open('ad.group.member_added')]),
	...[4729, 4733, 4757].map((id): [number, AdEvent] => [id, info('ad.group.member_removed')]),
	...[4727, 4731, 4754].map((id): [number, AdEvent] => [id, info('ad.group.created')]),
	...[4730, 4734, 4758].map((id): [number, AdEvent] => [id, info('ad.group.deleted')]),
	...[4735, 4737, 4755].map((id): [number, AdEvent] => [id, info('ad.group.changed')]),
	[4741, info('ad.computer.created')],
	[4742, info('ad.computer.changed')],
	[4743, info('ad.computer.deleted')],
	[5136, info('ad.object.modified')],
	[5137, info('ad.object.created')],
	[5138, info('ad.object.undeleted')],
	[5139, info('ad.object.moved')],
	[5141, info('ad.object.deleted')],
	[4625, open('ad.logon.failed')],
	[4624, info('ad.logon.success')],
	[4648, info('ad.logon.explicit')],
	[4778, info('ad.session.reconnected')],
	[4779, info('ad.session.disconnected')],
	[1102, open('ad.audit.cleared', 'high')],
	[4719, open('ad.audit.policy_changed', 'high')],
]);

/** What a Windows event id means; null for one that the vendor's audit does not know. */
export function adEvent(windowsId: number): AdEvent | null {
	return AD_EVENTS.get(windowsId) ?? null;
}
