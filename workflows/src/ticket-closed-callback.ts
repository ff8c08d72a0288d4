import { INPUTS } from '../../nodes/HaloOutbox/description';
import { packNode, type TemplateSource, wire } from './builder';
import { calls } from './calls';
import { getRows, schedule, settings } from './core';
import { errorBranch } from './error-branch';
import { post } from './http';
import { HALO, haloOutbox, haloTrigger } from './pack';

const trigger = packNode(
	haloTrigger,
	'Halo Trigger',
	{
		registration: 'automatic',
		events: ['statusChanged', 'closed'],
		authentication: 'signature',
		signatureHeader: 'X-Halo-Signature',
		readTicket: 'always',
		only: { onlyReferenced: true },
		responseMode: 'onReceived',
		additionalFields: {},
	},
	{
		webhookId: '29384e3b-3380-a9a0-cbe4-de5fcb0667b2',
		credentials: { ...HALO, webhookSecretApi: 'Halo webhook secret' },
	},
);
const everyQuarter = schedule('Every 15 minutes', { field: 'minutes', minutesInterval: 15 });
const set = settings({
	integrations: ['default'],
	callbackUrl: 'https://scanner.example/halo-callback',
});
const events = getRows(
	'Findings of the ticket',
	{ name: 'halo_inbox' },
	{
		where: [
			{ column: 'ticketId', condition: 'eq', value: '={{ $json.ticketId }}' },
			{ column: 'state', condition: 'eq', value: 'done' },
		],
		limit: 'all',
		orderBy: 'id',
		direction: 'ASC',
	},
);
const claims = packNode(haloOutbox, 'What is told', {
	operation: 'callbacks',
	integrations: "={{ $('Settings').first().json.integrations }}",
});
const send = post('Send', {
	url: "={{ $('Settings').first().json.callbackUrl }}",
	headers: { 'X-Signature': '={{ $json.signature }}', 'Idempotency-Key': '={{ $json.key }}' },
	contentType: 'application/json',
	body: '={{ $json.body }}',
});
const error = errorBranch('outgoing');
const engine = calls(claims, send, error, { webhookSecretApi: 'Callback signature' });

/** The source of a problem is told what became of its ticket. */
export const ticketClosedCallback: TemplateSource = {
	file: 'ticket-closed-callback',
	id: 'haloBridgeCallback01',
	name: 'Halo Bridge: tell the source what became of a ticket',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## What a technician does in Halo is told to the source

A ticket that this pack made is closed, merged or moved to another status in Halo: the tool that reported the problem gets one signed call. Our own changes tell nobody, so nothing goes round in circles.

A closed ticket is a **signal**, not a proof: when the next scan still finds the problem, *process-inbox* opens the ticket again, or makes a new one, as the options of Halo Ticket say.

**To set up**
1. Run *setup* once, if you have not.
2. **Settings**: the address of the receiver, and the integrations that work with this Halo.
3. **Halo Trigger**: your HaloPSA credential (scope *admin* while publishing; or Registration: By Hand) and a *Webhook Secret API* credential named *Halo webhook secret*.
4. **Which calls**: a *Webhook Secret API* credential named *Callback signature*, with the secret that the receiver knows.
5. Publish.

**What the receiver gets**: POST, JSON, header \`X-Signature: sha256=<hex>\` (HMAC-SHA256 over the bytes of the body), header \`Idempotency-Key\`. Answer 2xx. Anything else: 5 tries, then again every 15 minutes for two days, and a row in \`halo_errors\`. Run **Every 15 minutes** by hand to send them now.

**Yours to change**: Settings, *Only* of Halo Trigger, the schedule, and how **Send** calls.

**Leave alone**: the wires, and what the Data Table nodes ask and write.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. What happened, to which findings; each change is claimed once\nA closing comes as several deliveries. Each is a row in `halo_inbox`; the first one is sent, the others become *skipped_replay*.',
			},
			columns: [
				[null, trigger, everyQuarter],
				[events, null, set],
				...[claims, ...engine.claiming].map((node) => [null, null, node]),
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Sent, tried again, reported; below: when this workflow itself fails\nThe ticket in Halo is never touched from here. People are told of errors by *notices*.',
			},
			columns: engine.sending,
		},
	],
	wires: [
		wire(trigger, events),
		wire(trigger, claims, 0, INPUTS.callbacks.changes),
		wire(trigger, set),
		wire(everyQuarter, set),
		wire(events, claims, 0, INPUTS.callbacks.events),
		wire(set, claims, 0, INPUTS.callbacks.start),
		...engine.wires,
		...error.wires,
	],
};
