import { INPUTS, OUTPUTS } from '../../nodes/HaloInbox/description';
import { chain, coreNode, packNode, type TemplateSource, wire } from './builder';
import { getRows, schedule, settings, stopWith, upsertRows } from './core';
import { errorBranch } from './error-branch';
import {
	evaluateEventSet,
	HALO,
	haloInbox,
	haloTicket,
	mapCompany,
	scannerEvents,
	scannerTrigger,
} from './pack';

const reported = packNode(
	scannerTrigger,
	'Reported mail',
	{
		source: 'reported-mail',
		integration: 'default',
		companyFrom: 'payload',
		authentication: 'headerToken',
		path: 'halo-reported-mail',
		responseMode: 'lastNode',
	},
	{
		webhookId: 'bb9296c3-885c-4c81-a725-d78ea1c9cef5',
		credentials: { webhookSecretApi: 'Scanner webhook secret' },
	},
);
const everyTenMinutes = {
	...schedule('Every 10 minutes', { field: 'minutes', minutesInterval: 10 }),
	disabled: true as const,
};
const set = settings({
	submissionsUrl: 'https://graph.microsoft.com/beta/security/threatSubmission/emailThreats',
	hoursBack: 48,
});
const submissions = coreNode(
	'Submissions',
	'httpRequest',
	4.5,
	{
		method: 'GET',
		url: '={{ $json.submissionsUrl }}?$filter=createdDateTime%20ge%20{{ $now.minus({ hours: $json.hoursBack }).toUTC().toISO() }}',
		authentication: 'genericCredentialType',
		genericAuthType: 'oAuth2Api',
		sendHeaders: true,
		headerParameters: {
			parameters: [{ name: 'Prefer', value: 'include-unknown-enum-members' }],
		},
		options: {
			timeout: 30_000,
			pagination: {
				pagination: {
					paginationMode: 'responseContainsNextURL',
					nextURL: "={{ $response.body['@odata.nextLink'] }}",
					paginationCompleteWhen: 'other',
					completeExpression: "={{ !$response.body['@odata.nextLink'] }}",
					limitPagesFetched: true,
					maxRequests: 100,
				},
			},
		},
	},
	{ retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000, onError: 'continueErrorOutput' },
);
const asEvents = packNode(scannerEvents, 'As events', {
	operation: 'normalise',
	source: 'reported-mail',
	integration: "={{ $('Reported mail').params.integration }}",
	companyFrom: 'payload',
});
const mappings = getRows(
	'Mappings',
	{ name: 'halo_company_mappings' },
	{ where: [], limit: 1_000_000, orderBy: 'id', direction: 'ASC' },
	{ executeOnce: true, alwaysOutputData: true },
);
const map = packNode(
	mapCompany,
	'Halo Map Company',
	{ operation: 'resolve', mappingFrom: 'rows', options: {} },
	{ credentials: HALO },
);
const evaluate = packNode(evaluateEventSet, 'Halo Evaluate Event Set', {
	eventSetFrom: 'node',
	events: 'all',
	minSeverity: 'medium',
	includeUnknown: true,
	grouping: 'product',
	options: {},
});
const ticket = packNode(
	haloTicket,
	'Halo Ticket',
	{
		operation: 'createOrClose',
		profileFrom: 'typed',
		ticketType: { __rl: true, mode: 'name', value: 'Incident' },
		closeStatus: { __rl: true, mode: 'name', value: 'Closed' },
		moreFields: { name: 'Reported mail' },
		content: { affectedUser: true, noteReporters: true },
		options: {},
	},
	{ credentials: HALO, onError: 'continueRegularOutput' },
);
const report = packNode(haloInbox, 'What has no ticket', { operation: 'report' });
const remember = upsertRows(
	'Last Sync and errors',
	// One row for each mail that needs a person, and one about the whole: only that one has a flow.
	{ name: "={{ $json.flow ? 'halo_sync_status' : 'halo_errors' }}" },
	{
		where: [
			{
				column: "={{ $json.flow ? 'integration' : 'workflow' }}",
				condition: 'eq',
				value: '={{ $json.flow ? $json.integration : $json.workflow }}',
			},
			{
				column: "={{ $json.flow ? 'flow' : 'message' }}",
				condition: 'eq',
				value: '={{ $json.flow || $json.message }}',
			},
		],
	},
	'ofTheItem',
);
const again = stopWith(
	'Let it come again',
	"={{ $json.message || 'Microsoft: ' + ($json.error.message || $json.error) }}. Nothing is lost: it is read or sent again.",
);
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');

/** Mails that people report become tickets, one for each campaign. */
export const phishingReport: TemplateSource = {
	file: 'phishing-report',
	id: 'haloBridgePhishing01',
	name: 'Halo Bridge: reported mail',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Mails that users report: one ticket per campaign, a note per reporter

What Outlook's **Report** button sends (Microsoft's submissions, or a reporting mailbox), or Phin, becomes **one ticket per campaign and company**: the sender's domain and the subject, without numbers. Whoever reports a mail of it stands in a private note, once. Phishing **simulations never** make a ticket, nor do junk and submissions of administrators.

**To set up**
1. Run *setup* once, if you have not. In \`halo_company_mappings\` enter the tenant id (Microsoft) as *companyId*, or the domain of the reporters' addresses (mailbox) as *companyName*, with the Halo client.
2. **Halo Ticket**: your HaloPSA credential, ticket type, close status.
3. What reports come by:
   - **Microsoft's submissions**: in **Submissions** a credential *OAuth2 API* (client credentials, scope \`https://graph.microsoft.com/.default\`, right *ThreatSubmission.Read.All*). Switch **Every 10 minutes** on (select it, press D) and execute it once from there.
   - **A reporting mailbox**: n8n's mail trigger in front of **As events**.
   - **Phin, or a flow of your own**: the Production URL of **Reported mail**.
4. Publish. Test with a real report, not with a simulation; the button can take 24 hours to appear in Outlook.

Halo is down: a webhook gets an error and its sender repeats it; submissions of the last *hoursBack* hours are read again by the next run. More: \`docs/phishing.md\`.

**Yours to change**: Settings, the triggers, a copy of **Submissions** for each further tenant, the fields of the three Halo nodes.

**Leave alone**: *Grouping: Product* (the campaign), *Note Each Reporter*, and what stands behind **What has no ticket**.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. Who reported what\nAbove: a webhook for Phin and flows of your own. Below: Microsoft, once *Every 10 minutes* is switched on; when it does not answer, check the credential *Microsoft Graph*.',
			},
			columns: [
				[reported, everyTenMinutes],
				[null, set],
				// Free, so that what Submissions gives out on an error runs beside the nodes below.
				[null, null],
				[null, submissions],
				[null, asEvents],
				[mappings, null],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. One campaign, one company, one ticket; what got none is told once; below: when this workflow itself fails\nA failure is only stored in `halo_errors`; *notices* tells people.',
			},
			columns: [
				[map, null, fails],
				[evaluate, null, errorRow],
				[ticket, null, storeErrors],
				[report, null, null],
				// The rows are written before the run ends in an error: n8n takes the upper branch first.
				[remember, again, null],
			],
		},
	],
	wires: [
		...chain(everyTenMinutes, set, submissions, asEvents),
		...[reported, asEvents].flatMap((events) => [wire(events, map), wire(events, mappings)]),
		wire(mappings, map, 0, 1),
		...chain(map, evaluate, ticket),
		wire(map, report, 1, INPUTS.report.needsReview),
		wire(map, report, 2, INPUTS.report.unmapped),
		wire(evaluate, report, 1, INPUTS.report.ignored),
		wire(ticket, report, 0, INPUTS.report.tickets),
		wire(report, remember, OUTPUTS.report.remember),
		wire(report, again, OUTPUTS.report.failed),
		wire(submissions, again, 1),
		...whenItFails,
	],
};
