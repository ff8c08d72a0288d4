import { INPUTS } from '../../nodes/HaloOutbox/description';
import { packNode, type TemplateSource, wire } from './builder';
import { calls } from './calls';
import { runByHand, settings } from './core';
import { errorBranch } from './error-branch';
import { post } from './http';
import { HALO, haloOutbox, haloTrigger } from './pack';

const trigger = packNode(
	haloTrigger,
	'Halo Trigger',
	{
		registration: 'automatic',
		events: ['closed'],
		authentication: 'signature',
		signatureHeader: 'X-Halo-Signature',
		readTicket: 'always',
		only: {},
		responseMode: 'onReceived',
		additionalFields: { includeOwnWrites: true },
	},
	{
		webhookId: '93b1371d-4a29-d6e2-06c2-73425075cbb8',
		credentials: { ...HALO, webhookSecretApi: 'Halo webhook secret' },
	},
);
const byHand = runByHand('Send failed ones now');
const set = settings({
	accountsUrl: 'https://your-tenant.idemeum.com/api/integrations/entrajitaccounts',
	customerNames: {},
});
const claims = packNode(haloOutbox, 'Whose account ends', {
	operation: 'jitAccounts',
	customerNames: "={{ $('Settings').first().json.customerNames }}",
});
const send = post('Send', {
	url: "={{ $('Settings').first().json.accountsUrl }}",
	credential: ['oAuth2Api', 'idemeum'],
	contentType: 'application/vnd.dvmi.entra.app.user.disable+json',
	body: '={{ $json.body }}',
});
const error = errorBranch('outgoing');
const engine = calls(claims, send, error, null);

/** The just-in-time account of a closed ticket's technician ends. */
export const jitDisable: TemplateSource = {
	file: 'jit-disable',
	id: 'haloBridgeJitDisab01',
	name: 'Halo Bridge: disable JIT accounts when a ticket is closed',
	settings: { executionOrder: 'v1' },
	about: {
		name: 'About',
		content: `## A ticket is closed: the technician's just-in-time account ends at once

JIT accounts end by themselves after some hours (4 unless changed in idemeum). This ends them the moment the ticket is closed in Halo.

**To set up**
1. Run *setup* once, if you have not.
2. **Settings**: in *accountsUrl* the name of your idemeum tenant, and under *customerNames* the customers whose display name in idemeum is another than in Halo, e.g. \`{ "Contoso Ltd": "Contoso PAM" }\`.
3. **Halo Trigger**: your HaloPSA credential, a *Webhook Secret API* credential named *Halo webhook secret*. Choose the ticket types under *Only*.
4. **Send**: a credential *OAuth2 API*, grant *Client Credentials*, token URL \`https://<your tenant>.idemeum.com/api/oauth2/v1/token\`, client id and secret of idemeum (Settings > Integrations > Add oAuth2 client; the secret is shown once).
5. Publish.

Which technician: the agent on the ticket, else the agent who closed it.

**Yours to change**: Settings, and *Only* of Halo Trigger.

**Leave alone**: the wires, and what the Data Table nodes ask and write.

The other way round, where Halo itself calls idemeum by a runbook, needs no n8n: see \`docs/jit.md\`.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. Who, at which customer; claimed once\nThe same delivery twice disables nothing twice.',
			},
			columns: [
				[trigger, byHand],
				[null, set],
				...[claims, ...engine.claiming].map((node) => [null, node]),
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Sent, kept when it fails, reported; below: when this workflow itself fails\nA call that fails stays in `halo_inbox` as *dead*; run *Send failed ones now* when idemeum is back.',
			},
			columns: engine.sending,
		},
	],
	wires: [
		wire(trigger, claims, 0, INPUTS.jitAccounts.changes),
		wire(trigger, set),
		wire(byHand, set),
		wire(set, claims, 0, INPUTS.jitAccounts.start),
		...engine.wires,
		...error.wires,
	],
};
