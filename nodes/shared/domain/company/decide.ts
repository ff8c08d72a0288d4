import type { CompanyMapping } from './mapping';
import { type CompanyMatch, type CompanyResolver, fixedMapping } from './resolve';
import { createScopeTest } from './scope';
import { describeClient, describeCompany, type PickedClient } from './words';
import type { DecisionName, EventMapping } from '../event/decision';
import type { ScannerEvent } from '../event/event';

export interface MapSettings {
	resolve: CompanyResolver;
	/** Company of the credential; events of other companies are left alone. null = all companies. */
	associatedCompany: string | null;
	/** `profile` leaves the client to the profile, which is chosen later. */
	unmapped: { policy: 'hold' | 'error' | 'profile' } | { policy: 'catchAll'; client: PickedClient };
}

/** A Halo client that an ambiguous company may belong to. */
export type CandidateClient = PickedClient & { origin: string; companyName: string | null };

/** What Map Company does with an event. */
export type MapOutcome =
	| {
			output: 'mapped';
			mapping: EventMapping | null;
			/** What the company's mapping adds to what is to be done; null when nothing. */
			advice: string | null;
	  }
	| {
			output: 'review' | 'unmapped' | 'error';
			decision: DecisionName;
			reason: string;
			mapping: EventMapping | null;
			candidates: CandidateClient[];
	  };

function stop(
	output: 'review' | 'unmapped' | 'error',
	decision: DecisionName,
	reason: string,
	more: { mapping?: EventMapping; candidates?: CandidateClient[] } = {},
): MapOutcome {
	return {
		output,
		decision,
		reason,
		mapping: more.mapping ?? null,
		candidates: more.candidates ?? [],
	};
}

function candidatesOf(mappings: readonly CompanyMapping[]): CandidateClient[] {
	const candidates = new Map<number, CandidateClient>();
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
		const mapping = fixedMapping(rule.client, 'catch-all client');
		return { output: 'mapped', mapping, advice: null };
	}
	if (rule.policy === 'profile') return { output: 'mapped', mapping: null, advice: null };
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

/** What a technician can do about a reported mail, by the company's own setting. */
const PHINBOX_ON =
	"Phinbox IQ is on for this company: block and delete the mail in the ticket's tab of Phin.";
const PHINBOX_OFF =
	"Phinbox IQ is off for this company: block and delete the mail in the company's own mail system.";

function isReportedMail({ event }: ScannerEvent): boolean {
	return event?.startsWith('email.reported.') === true;
}

function adviceOf(event: ScannerEvent, phinboxIq: boolean | null): string | null {
	if (phinboxIq === null || !isReportedMail(event)) return null;
	return phinboxIq ? PHINBOX_ON : PHINBOX_OFF;
}

function byFlags(
	event: ScannerEvent,
	mapping: EventMapping,
	{ phinboxIq, reportPhishing }: Pick<CompanyMapping, 'phinboxIq' | 'reportPhishing'>,
): MapOutcome {
	// Only what could make a ticket is stopped: a resolve still closes a ticket that stands.
	const makesTickets = event.status === 'open' || event.status === 'info';
	const named = describeCompany(event.company) ?? 'of this event';
	if (makesTickets && !mapping.createTicket) {
		const reason = `Create Ticket is off for company ${named} (${mapping.origin}).`;
		return stop('unmapped', 'skipped_mapping_off', reason, { mapping });
	}
	if (makesTickets && !reportPhishing && isReportedMail(event)) {
		const reason = `Report Phishing is off for company ${named} (${mapping.origin}, flag reportPhishingButton): its reported mails make no tickets.`;
		return stop('unmapped', 'skipped_mapping_off', reason, { mapping });
	}
	if (makesTickets && mapping.noNotification) {
		const reason = `No Notification is on for company ${named} (${mapping.origin}).`;
		return stop('unmapped', 'skipped_no_notification', reason, { mapping });
	}
	return { output: 'mapped', mapping, advice: adviceOf(event, phinboxIq) };
}

function decide(event: ScannerEvent, settings: MapSettings): MapOutcome {
	const named = describeCompany(event.company);
	const match = settings.resolve(event, event.company);
	if (match.kind === 'mapped') {
		const { mapping, haloClientId, method } = match;
		const { haloClientName, origin, createTicket, noNotification, eventSet, profile } = mapping;
		const flags = { createTicket, noNotification, eventSet, profile };
		const found = { haloClientId, haloClientName, method, origin, ...flags };
		return byFlags(event, found, mapping);
	}
	// By its key alone, on whatever client its ticket is; a sender that is bound to a company never acts so.
	if (event.status === 'resolved' && !event.companyBound)
		return { output: 'mapped', mapping: null, advice: null };
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
	if (match.otherAccents.length > 0) {
		return doubtful(
			`Company ${named ?? 'of this event'} differs from its mapping by an accent alone`,
			'If it is the same company, add a mapping with this very name, or switch on Accents Do Not Count.',
			match.otherAccents,
		);
	}
	return unmapped(event, match.known, settings);
}

/**
 * Makes the pure function that says what Map Company does with an event, and why. A resolve always goes on: its ticket
 * is found by its reference alone, so without a mapping it goes on with none.
 */
export function createMapDecider(settings: MapSettings): (event: ScannerEvent) => MapOutcome {
	const outside = createScopeTest(settings.associatedCompany);
	return (event) => {
		const reason = outside(event.company);
		return reason === null ? decide(event, settings) : stop('unmapped', 'skipped_scope', reason);
	};
}
