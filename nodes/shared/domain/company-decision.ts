import type { CompanyMapping } from './company-mapping';
import { companyIdKey, companyNameKeys } from './company-name';
import type { DecisionName, EventMapping } from './decision';
import type { EventCompany, ScannerEvent } from './event';
import type { CompanyMatch, CompanyResolver } from './resolve-company';

/** A Halo client that was picked by hand. */
export interface PickedClient {
	haloClientId: number;
	haloClientName: string | null;
}

export interface MapSettings {
	resolve: CompanyResolver;
	/** Company of the credential; events of other companies are left alone. null = all companies. */
	associatedCompany: string | null;
	unmapped: { policy: 'hold' } | { policy: 'error' } | { policy: 'catchAll'; client: PickedClient };
}

/** A Halo client that an ambiguous company may belong to. */
export type Candidate = PickedClient & { origin: string; companyName: string | null };

/** What Map Company does with an event. */
export type MapOutcome =
	| { output: 'mapped'; mapping: EventMapping | null }
	| {
			output: 'review' | 'unmapped' | 'error';
			decision: DecisionName;
			reason: string;
			mapping: EventMapping | null;
			candidates: Candidate[];
	  };

/** Names in reasons are cut here: enough to recognise them in a list. */
const LONGEST_SHOWN_NAME = 80;

function shorten(name: string): string {
	return name.length > LONGEST_SHOWN_NAME ? `${name.slice(0, LONGEST_SHOWN_NAME)}…` : name;
}

/** A company as people recognise it, e.g. `"Contoso Ltd" (id 42)`; null when the event names none. */
export function describeCompany(company: EventCompany): string | null {
	const name = company.displayName ?? company.name;
	if (name === null) return company.id === null ? null : `with id ${shorten(company.id)}`;
	if (company.id === null || company.id === name) return `"${shorten(name)}"`;
	return `"${shorten(name)}" (id ${shorten(company.id)})`;
}

function describeClient(client: PickedClient): string {
	return client.haloClientName === null
		? `client ${client.haloClientId}`
		: `${client.haloClientName} (${client.haloClientId})`;
}

/** The mapping that a picked client stands for. @param origin `fixed client` or `catch-all client` */
export function fixedMapping(client: PickedClient, origin: string): EventMapping {
	return {
		...client,
		method: 'fixed client',
		origin,
		createTicket: true,
		noNotification: false,
		eventSet: null,
		profile: null,
	};
}

/** A resolver for "all to one client": every event belongs to it, also one that names no company. */
export function fixedResolver(client: PickedClient): CompanyResolver {
	const mapping: CompanyMapping = {
		...fixedMapping(client, 'fixed client'),
		integration: null,
		source: null,
		companyId: null,
		companyName: null,
		reference: null,
		refusal: null,
	};
	return () => ({
		kind: 'mapped',
		mapping,
		haloClientId: client.haloClientId,
		method: 'fixed client',
	});
}

function isOfCompany(company: EventCompany, associated: string): boolean {
	if (company.id !== null && companyIdKey(company.id) === companyIdKey(associated)) return true;
	const { bare } = companyNameKeys(associated);
	return [company.displayName, company.name].some(
		(name) => name !== null && companyNameKeys(name).bare === bare,
	);
}

function stop(
	output: 'review' | 'unmapped' | 'error',
	decision: DecisionName,
	reason: string,
	more: { mapping?: EventMapping; candidates?: Candidate[] } = {},
): MapOutcome {
	return {
		output,
		decision,
		reason,
		mapping: more.mapping ?? null,
		candidates: more.candidates ?? [],
	};
}

function candidatesOf(mappings: readonly CompanyMapping[]): Candidate[] {
	const candidates = new Map<number, Candidate>();
	for (const { haloClientId, haloClientName, origin, companyName } of mappings) {
		if (haloClientId === null || candidates.has(haloClientId)) continue;
		candidates.set(haloClientId, { haloClientId, haloClientName, origin, companyName });
	}
	return [...candidates.values()];
}

/** A person must look: several clients, or one whose mapping contradicts the event. */
function doubtful(doubt: string, remedy: string, mappings: readonly CompanyMapping[]): MapOutcome {
	const candidates = candidatesOf(mappings);
	const list = candidates.map((one) => `${describeClient(one)} by ${one.origin}`).join(', ');
	return stop('review', 'held_ambiguous', `${doubt}: ${list}. ${remedy}`, { candidates });
}

function ambiguous(named: string, match: Extract<CompanyMatch, { kind: 'ambiguous' }>): MapOutcome {
	const { candidates, sameNameOtherId } = match;
	return sameNameOtherId
		? doubtful(
				`Company ${named} has the name of a mapping whose companyId is another`,
				'Correct that companyId, or add a mapping for this id.',
				candidates,
			)
		: doubtful(
				`Company ${named} is mapped to several Halo clients`,
				'Keep one of them, or map by company id.',
				candidates,
			);
}

function unmapped(
	event: ScannerEvent,
	known: CompanyMapping | null,
	settings: MapSettings,
): MapOutcome {
	const named = describeCompany(event.company);
	const { unmapped: rule } = settings;
	if (rule.policy !== 'hold' && known !== null && !known.createTicket) {
		return stop(
			'unmapped',
			'skipped_mapping_off',
			`Create Ticket is off for company ${named} (${known.origin}).`,
		);
	}
	if (rule.policy === 'catchAll') {
		return { output: 'mapped', mapping: fixedMapping(rule.client, 'catch-all client') };
	}
	const output = rule.policy === 'error' ? 'error' : 'unmapped';
	if (named === null) {
		return stop(
			output,
			'held_unmapped',
			`The event of ${event.source} names no company. Set the company in Scanner Trigger or Scanner Events, or map everything to one client.`,
		);
	}
	const reason =
		known === null
			? `Company ${named} of ${event.source} has no mapping. Add one, then send the event through again.`
			: `Company ${named} of ${event.source} stands in the mapping without a Halo client (${known.origin}). Fill haloClientId, then send the event through again.`;
	return stop(output, 'held_unmapped', reason);
}

function byFlags(event: ScannerEvent, mapping: EventMapping): MapOutcome {
	// Only what could make a ticket is stopped: a resolve still closes a ticket that stands.
	const makesTickets = event.status === 'open' || event.status === 'info';
	const named = describeCompany(event.company) ?? 'of this event';
	if (makesTickets && !mapping.createTicket) {
		const reason = `Create Ticket is off for company ${named} (${mapping.origin}).`;
		return stop('unmapped', 'skipped_mapping_off', reason, { mapping });
	}
	if (makesTickets && mapping.noNotification) {
		const reason = `No Notification is on for company ${named} (${mapping.origin}).`;
		return stop('unmapped', 'skipped_no_notification', reason, { mapping });
	}
	return { output: 'mapped', mapping };
}

/**
 * What Map Company does with one event, and why. A resolve always goes on: its ticket is found by its reference alone,
 * so without a mapping it goes on with none.
 */
export function decideMapping(event: ScannerEvent, settings: MapSettings): MapOutcome {
	const named = describeCompany(event.company);
	const { associatedCompany } = settings;
	if (
		associatedCompany !== null &&
		named !== null &&
		!isOfCompany(event.company, associatedCompany)
	) {
		const reason = `The credential is for company "${associatedCompany}" only; this event is of ${named}.`;
		return stop('unmapped', 'skipped_scope', reason);
	}
	const match = settings.resolve(event.source, event.company);
	if (match.kind === 'mapped') {
		const { mapping, haloClientId, method } = match;
		const { haloClientName, origin, createTicket, noNotification, eventSet, profile } = mapping;
		const flags = { createTicket, noNotification, eventSet, profile };
		return byFlags(event, { haloClientId, haloClientName, method, origin, ...flags });
	}
	if (event.status === 'resolved') return { output: 'mapped', mapping: null };
	if (match.kind === 'ambiguous') return ambiguous(named ?? 'of this event', match);
	if (match.kind === 'refused') {
		const reason = `The mapping of company ${named ?? 'of this event'} cannot be used: ${match.refusal}. Correct the row, then send the event through again.`;
		return stop('review', 'held_unmapped', reason);
	}
	if (match.otherLegalForm.length > 0) {
		return doubtful(
			`Company ${named ?? 'of this event'} differs from its mapping in the legal form`,
			'If it is the same company, add a mapping with this very name.',
			match.otherLegalForm,
		);
	}
	return unmapped(event, match.known, settings);
}
