import type {
	EventAsset,
	EventCompany,
	EventResolution,
	EventScan,
	EventStatus,
	EventUser,
	ScannerEvent,
	Severity,
	TimeOrigin,
} from './event';
import { DEFAULT_INTEGRATION } from './integration';
import { EventInputError } from '../values/input-error';
import { withoutInvisible } from '../values/invisible';
import { hideSecrets } from '../values/secrets';
import { cleanName, cleanText, cleanTitle } from '../values/text';

/** What an adapter knows about a record; what it leaves out is unknown. Texts come as the source wrote them. */
export interface EventDraft {
	source: string;
	integration?: string;
	deliveryId?: string | null;
	dedupKey: string;
	recurrenceKey?: string | null;
	status: EventStatus;
	category?: string | null;
	event?: string | null;
	title: string | null;
	description?: string | null;
	url?: string | null;
	severity: Severity;
	rawSeverity?: string | null;
	cvss?: number | null;
	epss?: number | null;
	kev?: boolean;
	cves?: string[];
	company?: Partial<EventCompany>;
	companyBound?: boolean;
	asset?: Partial<EventAsset>;
	user?: Partial<EventUser>;
	application?: string | null;
	product?: string | null;
	remediation?: string | null;
	time: string;
	timeFrom?: TimeOrigin;
	firstSeen?: string | null;
	lastSeen?: string | null;
	resolution?: Partial<EventResolution> | null;
	scan?: EventScan | null;
	simulation?: boolean;
	raw?: unknown;
}

/** More CVEs than any bulletin names; a longer list is not a list of CVEs. */
const MOST_CVES = 500;
const CVE = /^CVE-\d{4}-\d{4,}$/i;
const WEB_ADDRESS = /^https?:\/\/[^\s"'<>\p{Cc}\p{Surrogate}]+$/iu;
/** What browsers and mail programs carry; half of an address leads nowhere, so a longer one is none. */
const LONGEST_ADDRESS = 2_000;

function name(value: string | null | undefined): string | null {
	return typeof value === 'string' ? cleanName(value) : null;
}

function text(value: string | null | undefined): string | null {
	return typeof value === 'string' ? cleanText(value) : null;
}

function webAddress(value: string | null | undefined): string | null {
	if (typeof value !== 'string' || value.length > LONGEST_ADDRESS) return null;
	const address = withoutInvisible(value).trim();
	return WEB_ADDRESS.test(address) ? hideSecrets(address) : null;
}

function within(value: number | null | undefined, highest: number): number | null {
	return typeof value === 'number' && value >= 0 && value <= highest ? value : null;
}

function company(value: Partial<EventCompany> | undefined): EventCompany {
	return {
		id: name(value?.id),
		name: name(value?.name),
		displayName: name(value?.displayName),
		reference: name(value?.reference),
		domain: name(value?.domain),
	};
}

function asset(value: Partial<EventAsset> | undefined): EventAsset {
	return {
		id: name(value?.id),
		name: name(value?.name),
		ip: name(value?.ip),
		mac: name(value?.mac),
		serial: name(value?.serial),
	};
}

function resolution(value: Partial<EventResolution> | null | undefined): EventResolution | null {
	if (value === null || value === undefined) return null;
	return {
		reason: value.reason ?? 'remediated',
		byName: name(value.byName),
		byEmail: name(value.byEmail),
		scope: name(value.scope),
		note: text(value.note),
	};
}

/** CVE ids out of a list, upper case, each once, in their order; anything else in it is left out. */
export function cvesOf(values: readonly unknown[]): string[] {
	const found = new Set<string>();
	for (const value of values) {
		if (typeof value !== 'string' || !CVE.test(value.trim())) continue;
		found.add(value.trim().toUpperCase());
		if (found.size === MOST_CVES) break;
	}
	return [...found];
}

/**
 * A whole event out of what an adapter knows: every member present, texts free of control characters and of what looks
 * like a secret, lengths bounded, scores in their range.
 * @throws EventInputError when no title is left
 */
export function buildEvent(draft: EventDraft): ScannerEvent {
	const title = typeof draft.title === 'string' ? cleanTitle(draft.title) : null;
	if (title === null) {
		throw new EventInputError('title', 'a text', 'nothing', 'Send a title with every record.');
	}
	return {
		source: draft.source,
		integration: draft.integration ?? DEFAULT_INTEGRATION,
		deliveryId: name(draft.deliveryId),
		dedupKey: draft.dedupKey,
		recurrenceKey: draft.recurrenceKey ?? null,
		groupKey: null,
		status: draft.status,
		category: name(draft.category),
		event: name(draft.event),
		title,
		description: text(draft.description),
		url: webAddress(draft.url),
		severity: draft.severity,
		rawSeverity: name(draft.rawSeverity),
		cvss: within(draft.cvss, 10),
		epss: within(draft.epss, 1),
		kev: draft.kev ?? false,
		cves: cvesOf(draft.cves ?? []),
		company: company(draft.company),
		companyBound: draft.companyBound ?? false,
		asset: asset(draft.asset),
		user: { name: name(draft.user?.name), email: name(draft.user?.email) },
		application: name(draft.application),
		product: name(draft.product),
		remediation: text(draft.remediation),
		time: draft.time,
		timeFrom: draft.timeFrom ?? 'source',
		firstSeen: draft.firstSeen ?? null,
		lastSeen: draft.lastSeen ?? null,
		resolution: resolution(draft.resolution),
		scan: draft.scan ?? null,
		simulation: draft.simulation ?? false,
		raw: draft.raw ?? null,
	};
}
