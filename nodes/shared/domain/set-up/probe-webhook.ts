import { differs, expected, notTried, PROBE_SETTINGS, wrong, type ProbeLine } from './probe-line';

/** What Halo's log says of the deliveries about the test ticket. */
export interface WebhookSeen {
	/** Webhooks that Halo Trigger registered. */
	registered: number;
	deliveries: Array<{ event: string; hasTicket: boolean; hasAgent: boolean }>;
	/** Bodies that held a list of events. */
	batches: number;
	/** Bodies about the ticket that could not be read. */
	unreadable: number;
}

/** @param seen null when the application may not read webhooks */
export function webhookLine(seen: WebhookSeen | null): ProbeLine {
	const fact = "Halo's webhook";
	if (seen === null) {
		return notTried(
			fact,
			'Not tried: the application may not read webhooks, which takes the scope admin and an administrator.',
		);
	}
	if (seen.registered === 0) return notTried(fact, 'Not tried: no Halo Trigger is registered.');
	const { batches, deliveries, unreadable } = seen;
	if (deliveries.length === 0) {
		return unreadable > 0
			? wrong(
					fact,
					`${unreadable} deliveries about the ticket cannot be read.`,
					'Choose the full payload.',
					PROBE_SETTINGS.payloadType,
				)
			: differs(
					fact,
					"Halo's log holds no delivery about the ticket yet.",
					'Look at Configuration > Integrations > Webhooks > Deliveries; when nothing comes, the numbers of its events are others.',
					PROBE_SETTINGS.moreEvents,
				);
	}
	const events = [...new Set(deliveries.map(({ event }) => event))].join(', ');
	const form = batches > 0 ? 'in lists' : 'one by one';
	const kind = deliveries.every(({ hasTicket }) => hasTicket)
		? 'with the ticket'
		: 'without the whole ticket';
	const agent = deliveries.every(({ hasAgent }) => hasAgent)
		? 'with the agent'
		: 'without the agent';
	const text = `${deliveries.length} deliveries ${form}, ${kind}, ${agent}: ${events}.`;
	return deliveries.every(({ hasAgent }) => hasAgent)
		? expected(fact, text)
		: differs(
				fact,
				text,
				'Choose the full payload: without the agent, writes of our own cannot be told from those of people.',
				PROBE_SETTINGS.payloadType,
			);
}
