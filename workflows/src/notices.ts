import { INPUTS, OUTPUTS } from '../../nodes/HaloInbox/description';
import { chain, coreNode, packNode, type TemplateSource, wire } from './builder';
import { deleteRows, rowsOfTheItem, schedule, settings, upsertRows } from './core';
import { errorBranch } from './error-branch';
import { haloInbox } from './pack';

const STATUS = { name: 'halo_sync_status' };

const everyMinute = schedule('Every minute', { field: 'minutes', minutesInterval: 1 });
const set = settings({
	sender: 'halo-bridge@example.com',
	incomingTo: 'operations@example.com',
	incomingByEmail: true,
	incomingByTeams: false,
	incomingBySlack: false,
	outgoingTo: 'operations@example.com',
	outgoingByEmail: true,
	outgoingByTeams: false,
	outgoingBySlack: false,
	quietMinutes: 15,
	noticesPerHour: 12,
});
const thisRun = upsertRows(
	'This run',
	STATUS,
	{
		where: [
			{ column: 'integration', condition: 'eq', value: '(notices)' },
			{ column: 'flow', condition: 'eq', value: 'notices' },
		],
	},
	{
		integration: '(notices)',
		flow: 'notices',
		enabled: true,
		lastSync: '={{ $now.toUTC().toISO() }}',
	},
	{ executeOnce: true, onError: 'continueRegularOutput' },
);
const toRead = packNode(haloInbox, 'What to read', { operation: 'findErrors' });
const rows = rowsOfTheItem('Errors and outages', { name: '={{ $json.table }}' }, { alwaysOutputData: true });
const notices = packNode(haloInbox, 'Notices', {
	operation: 'notices',
	settings: "={{ $('Settings').first().json }}",
});
const email = coreNode(
	'E-mail',
	'emailSend',
	2.1,
	{
		resource: 'email',
		operation: 'send',
		fromEmail: "={{ $('Settings').first().json.sender }}",
		toEmail: '={{ $json.to }}',
		subject: '={{ $json.subject }}',
		emailFormat: 'text',
		text: '={{ $json.text }}',
		options: { appendAttribution: false },
	},
	{
		onError: 'continueErrorOutput',
		webhookId: '3cec3ef9-7b2e-04d4-97f9-9ca6db960861',
		credentials: { smtp: 'Notices SMTP' },
	},
);
const nobodyYet = { __rl: true, mode: 'list', value: '' };
const teams = coreNode(
	'Teams',
	'microsoftTeams',
	2,
	{
		resource: 'channelMessage',
		operation: 'create',
		teamId: nobodyYet,
		channelId: nobodyYet,
		contentType: 'html',
		message: '={{ $json.teams }}',
		options: { includeLinkToWorkflow: false },
	},
	{
		disabled: true,
		onError: 'continueErrorOutput',
		webhookId: 'a751045e-ee6c-3daf-800e-1c4980dae4fd',
		credentials: { microsoftTeamsOAuth2Api: 'Microsoft Teams account' },
	},
);
const slack = coreNode(
	'Slack',
	'slack',
	2.7,
	{
		resource: 'message',
		operation: 'post',
		select: 'channel',
		channelId: nobodyYet,
		messageType: 'text',
		text: '={{ $json.slack }}',
		otherOptions: {
			includeLinkToWorkflow: false,
			mrkdwn: false,
			unfurl_links: false,
			unfurl_media: false,
		},
	},
	{
		disabled: true,
		onError: 'continueErrorOutput',
		webhookId: 'eaca5c81-1a93-c0aa-be0d-d610a4a782f3',
		credentials: { slackApi: 'Slack account' },
	},
);
const sent = packNode(haloInbox, 'Sent', {
	operation: 'sent',
	notice: "={{ $('Notices').item.json }}",
});
const remember = upsertRows(
	'Remember',
	// A row of halo_errors is only marked: it has its id and no flow.
	{ name: "={{ $json.flow ? 'halo_sync_status' : 'halo_errors' }}" },
	{
		where: [
			{
				column: "={{ $json.flow ? 'integration' : 'id' }}",
				condition: 'eq',
				value: '={{ $json.flow ? $json.integration : $json.id }}',
			},
			{
				column: "={{ $json.flow ? 'flow' : 'id' }}",
				condition: 'eq',
				value: '={{ $json.flow || $json.id }}',
			},
		],
	},
	'ofTheItem',
);
const isFull = deleteRows('Remember that it is full', STATUS, {
	where: [
		{ column: 'integration', condition: 'eq', value: '={{ $json.integration }}' },
		{ column: 'flow', condition: 'eq', value: '={{ $json.flow }}' },
	],
});
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('incoming');
const ways = [email, teams, slack];

/** People are told once of an outage, and once of its end. */
export const noticesTemplate: TemplateSource = {
	file: 'notices',
	id: 'haloBridgeNotices1',
	name: 'Halo Bridge: notices',
	settings: {
		executionOrder: 'v1',
		saveDataSuccessExecution: 'none',
		saveManualExecutions: true,
	},
	about: {
		name: 'About',
		content: `## Notices: one for an outage, one for its end

Every minute the errors that the other workflows left in \`halo_errors\` are gathered by direction and cause. The first of a cause is told, those that follow are counted, the end is told once. What is told stands in \`halo_sync_status\`, flow *notices*.

*Incoming*: a scanner's event could not be stored or read. *Outgoing*: Halo, or another system, could not be reached or said no.

**To set up**
1. **Settings**: sender, recipients, and which direction goes by e-mail, Teams, Slack.
2. **E-mail**: choose an SMTP credential. Without e-mail switch the node off (select it, press D), and set both *ByEmail* to false.
3. **Teams**, **Slack**: switch the node on (D), choose credential and channel, and set *ByTeams* or *BySlack* to true.
4. Publish. To try it before, *Execute workflow*.

**How often**: no more than *noticesPerHour*; what is above waits, and is told later if it still lasts. An outage is over when no event waits because of it and either Halo took an event since, or *quietMinutes* passed without a further error.

A notice that cannot be sent is tried again every minute; why stands in \`halo_sync_status\`, row *(notices)*, *lastError*.

**When the Data Tables are full** nothing can be written, not even that it was told. So the row *incoming: store* of \`halo_sync_status\` is deleted then (deleting still works), and it is back when there is room.

**Yours to change**: Settings; E-mail, Teams and Slack, their words too; a node of your own beside them, wired like them.

**Leave alone**: the Data Table nodes, and what leads to *Sent*: only what was sent counts as told.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. What happened since the last run\n*This run* writes its time: that shows whether the Data Tables take anything at all.',
			},
			columns: [[everyMinute], [set], [thisRun], [toRead], [rows]],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. Which outages begin, last, end: told once; on the right: when this workflow itself fails\nYours: switch a way on or off (D), choose its credential and channel. A failure is only stored; the next run tells it.',
			},
			columns: [
				[notices, null, null, null],
				// Below what is to be remembered: n8n takes the upper branch first.
				[null, ...ways],
				[null, null, sent, null],
				[remember, null, isFull, null],
				[null, null, null, fails],
				[null, null, null, errorRow],
				[null, null, null, storeErrors],
			],
		},
	],
	wires: [
		...chain(everyMinute, set, thisRun, toRead, rows),
		wire(rows, notices, 0, INPUTS.notices.rows),
		wire(thisRun, notices, 0, INPUTS.notices.thisRun),
		wire(notices, remember, OUTPUTS.notices.remember),
		wire(notices, email, OUTPUTS.notices.email),
		wire(notices, teams, OUTPUTS.notices.teams),
		wire(notices, slack, OUTPUTS.notices.slack),
		...ways.flatMap((way) => [wire(way, sent), wire(way, sent, 1)]),
		wire(sent, remember, OUTPUTS.sent.remember),
		wire(sent, isFull, OUTPUTS.sent.full),
		...whenItFails,
	],
};
