import type { ScannerEvent } from '../../event/event';

/** What the placeholders of a template may name. */
export interface TemplateScope {
	event: ScannerEvent;
	reference: string;
	/** Name of the Halo client; null when the mapping brought none. */
	client: string | null;
	profile: string;
	eventSet: string | null;
	/** Problems that the ticket stands for, at least the event itself. */
	members: readonly ScannerEvent[];
}

type Read = (scope: TemplateScope) => string | number | null;

function first(...values: Array<string | null>): string | null {
	return values.find((value) => value !== null && value.trim() !== '') ?? null;
}

/** A web address; anything else could be a script behind a link. */
function webAddress(url: string | null): string | null {
	return url !== null && /^https?:\/\/[^\s"'<>]+$/i.test(url.trim()) ? url.trim() : null;
}

/** Placeholders by name. Members of the event carry the event's own names, so that the panel of items shows them. */
export const TEMPLATE_FIELDS: ReadonlyMap<string, Read> = new Map<string, Read>([
	['title', ({ event }) => event.title],
	['description', ({ event }) => event.description],
	['severity', ({ event }) => event.severity],
	['rawSeverity', ({ event }) => event.rawSeverity],
	['cvss', ({ event }) => event.cvss],
	['epss', ({ event }) => event.epss],
	['kev', ({ event }) => (event.kev ? 'yes' : 'no')],
	['cves', ({ event }) => event.cves.join(', ')],
	['category', ({ event }) => event.category],
	['event', ({ event }) => event.event],
	['source', ({ event }) => event.source],
	['product', ({ event }) => event.product],
	['application', ({ event }) => event.application],
	['remediation', ({ event }) => event.remediation],
	['url', ({ event }) => webAddress(event.url)],
	['time', ({ event }) => event.time],
	['firstSeen', ({ event }) => event.firstSeen],
	['lastSeen', ({ event }) => event.lastSeen],
	['company', ({ event: { company } }) => first(company.displayName, company.name, company.id)],
	['company.id', ({ event }) => event.company.id],
	['company.name', ({ event }) => event.company.name],
	['company.displayName', ({ event }) => event.company.displayName],
	['company.reference', ({ event }) => event.company.reference],
	['company.domain', ({ event }) => event.company.domain],
	['asset', ({ event: { asset } }) => first(asset.name, asset.ip, asset.id)],
	['asset.id', ({ event }) => event.asset.id],
	['asset.name', ({ event }) => event.asset.name],
	['asset.ip', ({ event }) => event.asset.ip],
	['asset.mac', ({ event }) => event.asset.mac],
	['asset.serial', ({ event }) => event.asset.serial],
	['user', ({ event: { user } }) => first(user.name, user.email)],
	['user.name', ({ event }) => event.user.name],
	['user.email', ({ event }) => event.user.email],
	['client', ({ client }) => client],
	['profile', ({ profile }) => profile],
	['eventSet', ({ eventSet }) => eventSet],
	['reference', ({ reference }) => reference],
	['count', ({ members }) => members.length],
]);

/** Placeholders that are whole pieces of HTML; they stand in details only. */
export const TEMPLATE_BLOCKS = ['facts', 'link', 'remediations'] as const;
export type TemplateBlock = (typeof TEMPLATE_BLOCKS)[number];
