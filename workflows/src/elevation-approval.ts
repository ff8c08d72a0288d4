import { INPUTS, OUTPUTS } from '../../nodes/HaloApproval/description';
import { FORM_DECISIONS, FORM_SCOPES } from '../../nodes/shared/domain/approval/choice';
import { chain, coreNode, type NodeSettings, packNode, type TemplateSource, wire } from './builder';
import { allRows, completion, listTables, settings } from './core';
import { errorBranch } from './error-branch';
import { post } from './http';
import { evaluateEventSet, HALO, haloApproval, haloTicket, mapCompany, scannerTrigger } from './pack';

const AS_IT_CAME = { onError: 'continueRegularOutput' } as const;
/** Halo is down for longer than the pack's own tries now and then. */
const UNTIL_HALO_IS_BACK = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5_000 } as const;
/** Filled in by the link; it has to stay as it is. */
const TICKET = { fieldLabel: 'Ticket', fieldName: 'ticket', fieldType: 'number' };
/** What else the link brings along. */
const HIDDEN = ['execution', 'signature', 'until'];
const SIGNING = { webhookSecretApi: 'Approval signature' };

const named = (value: string) => ({ __rl: true, mode: 'name', value });
const theTicket = { __rl: true, mode: 'id', value: '={{ $json.ticketId }}' };

const privateNote = (name: string, node: NodeSettings = {}) =>
	packNode(
		haloTicket,
		name,
		{ operation: 'addNote', ticket: theTicket, note: '={{ $json.note }}', noteOptions: {} },
		{ ...node, credentials: HALO },
	);

const request = packNode(
	scannerTrigger,
	'Elevation request',
	{
		source: 'idemeum',
		integration: 'default',
		companyFrom: 'payload',
		authentication: 'headerToken',
		path: 'halo-elevation',
		responseMode: 'responseNode',
		additionalFields: { keepRaw: true },
	},
	{
		webhookId: '20701df3-bb74-8c0c-442c-7d598364192a',
		credentials: { webhookSecretApi: 'Scanner webhook secret' },
	},
);
const set = settings({ callbackUrl: '', waitHours: 96, approveOwnRequests: false });
const tables = listTables();
// By its exact name: n8n's own look-up would also take a copy, and so another company's client.
const mappings = allRows(
	'Mapping rows',
	{
		id: "={{ $('List tables').all().find(({ json }) => json.name === 'halo_company_mappings')?.json.id ?? 'run setup' }}",
	},
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
	minSeverity: 'informational',
	includeUnknown: true,
	grouping: 'problem',
	options: {},
});
const ticket = packNode(
	haloTicket,
	'Halo Ticket',
	{
		operation: 'createOrClose',
		profileFrom: 'typed',
		closeStatus: named('Closed'),
		ticketType: named('Incident'),
		moreFields: {
			name: 'Elevation',
			category: named('Business Applications'),
			urgency: named('Medium'),
			impact: named('Single User Affected'),
		},
		content: { linkAsset: true, affectedUser: true },
		options: { closeTouched: true },
	},
	{ ...UNTIL_HALO_IS_BACK, ...AS_IT_CAME, credentials: HALO },
);
const whoIsAsked = packNode(haloApproval, 'What is asked', {
	operation: 'ask',
	callbackUrl: "={{ $('Settings').first().json.callbackUrl }}",
	waitHours: "={{ $('Settings').first().json.waitHours }}",
	approveOwnRequests: "={{ $('Settings').first().json.approveOwnRequests }}",
});
const askEach = coreNode('Ask about each', 'executeWorkflow', 1.3, {
	workflowId: { __rl: true, mode: 'id', value: '={{ $workflow.id }}' },
	mode: 'each',
	options: { waitForSubWorkflow: false },
});
const oneRequest = coreNode('One request', 'executeWorkflowTrigger', 1.1, {
	inputSource: 'passthrough',
});
const word = packNode(haloApproval, 'Word the question', {
	operation: 'word',
	formPath: "={{ $('Log in and decide').params.options.path }}",
	resumeUrl: '={{ $execution.resumeUrl }}',
});
const linkNote = privateNote('Link in private note');
const wait = coreNode(
	'Wait for a decision',
	'wait',
	1.1,
	{
		resume: 'webhook',
		httpMethod: 'POST',
		responseMode: 'responseNode',
		limitWaitTime: true,
		limitType: 'atSpecifiedTime',
		maxDateAndTime: "={{ $('Word the question').first().json.expiresAt }}",
		options: {},
	},
	{ webhookId: '2a66b7b0-732e-289d-4e28-1af0909c1ff7' },
);
const decide = packNode(
	haloApproval,
	'Check and decide',
	{ operation: 'decide', question: "={{ $('Word the question').first().json }}" },
	{ ...UNTIL_HALO_IS_BACK, credentials: { ...HALO, ...SIGNING } },
);
const tell = post('Tell the source', {
	url: '={{ $json.callbackUrl }}',
	headers: { 'X-Signature': '={{ $json.signature }}', 'Idempotency-Key': '={{ $json.key }}' },
	contentType: 'application/json',
	body: '={{ $json.body }}',
	// Somebody waits at the form.
	patience: { tries: 3, pause: 2_000, answer: 8_000 },
});
// Output 0 by its number: without it n8n reads the output that leads here.
const record = packNode(haloApproval, 'Record the decision', {
	operation: 'record',
	decided: "={{ $('Check and decide').first(0).json }}",
});
const close = packNode(
	haloTicket,
	'Close the ticket',
	{
		operation: 'close',
		profileFrom: 'typed',
		closeStatus: named('Closed'),
		moreFields: { name: 'Elevation' },
		options: { closeTouched: true, closureMinutes: 5 },
	},
	{ ...UNTIL_HALO_IS_BACK, credentials: HALO },
);
const noteFailure = privateNote('Note the failure', AS_IT_CAME);
const answer = packNode(haloApproval, 'Answer the form', { operation: 'answer' });

const choice = (fieldLabel: string, fieldName: string, words: readonly string[]) => ({
	fieldLabel,
	fieldName,
	fieldType: 'dropdown',
	fieldOptions: { values: words.map((option) => ({ option })) },
	requiredField: true,
});
const form = coreNode(
	'Log in and decide',
	'formTrigger',
	2.6,
	{
		authentication: 'n8nUserAuth',
		formTitle: 'Elevation request',
		formDescription:
			'What is asked for stands in the ticket. The e-mail of your n8n login decides; it has to be that of an active agent in Halo.',
		formFields: {
			values: [
				{ ...TICKET, requiredField: true },
				choice('Decision', 'decision', FORM_DECISIONS),
				choice('For', 'scope', FORM_SCOPES),
				...HIDDEN.map((fieldName) => ({ fieldType: 'hiddenField', fieldName })),
			],
		},
		responseMode: 'lastNode',
		options: {
			path: 'halo-elevation-decide',
			buttonLabel: 'Decide',
			appendAttribution: false,
		},
	},
	{ webhookId: 'a16cb2fc-ec0d-4a50-ac14-d9df8be6648e' },
);
const handOver = packNode(
	haloApproval,
	'Hand over',
	{ operation: 'handOver', resumeUrl: '={{ $execution.resumeUrl }}' },
	{ credentials: SIGNING },
);
const page = completion(
	'What the form shows',
	'6c8d7f52-1b0e-4a3f-9d44-7e5b2a90c6d1',
	'={{ $json.title }}',
	'={{ $json.message }}',
);
const { errorRow, fails, storeErrors, wires: errorWires } = errorBranch('incoming');

/** A user asks for elevation, a technician decides, the ticket is closed. */
export const elevationApproval: TemplateSource = {
	file: 'elevation-approval',
	id: 'haloBridgeElevate001',
	name: 'Halo Bridge: elevation requests and their approval',
	settings: { executionOrder: 'v1', saveManualExecutions: true },
	about: {
		name: 'About',
		content: `## A user asks for elevation; a technician decides; the ticket is closed

The request becomes a ticket with user, application, device, the linked asset and the link to the source's own portal. There it is approved or denied; the source reports that here, and the ticket is closed with who, what and for whom.

**Decide from the ticket**: as soon as *callbackUrl* in **Settings** is filled, a **private** note on each new ticket holds a link. It asks for a login of this n8n; opening it changes nothing. A decision

1. reads the ticket in Halo again: closed or merged meanwhile means nothing happens,
2. checks that the e-mail of the login is an active agent's and not the requester's (*approveOwnRequests* allows that),
3. tells the source, signed, and only then
4. closes the ticket: closure note, 5 minutes, the approver as agent. After *waitHours* it is closed as expired.

**To set up**
1. Run *setup* once, if you have not; map the companies.
2. **Settings**: *callbackUrl*, where the source takes decisions; empty: in its portal only.
3. Credentials: *Scanner webhook secret* in the trigger, HaloPSA in the Halo nodes and in **Check and decide**; a *Webhook Secret API* of its own, *Approval signature*, there and in **Hand over**.
4. Check the names in **Halo Ticket** against your Halo.
5. Publish, copy the Production URL into the source.

**Yours to change**: Settings; the fields of **Halo Ticket**; words of the form, not its choices; a credential in **Tell the source**.

**Leave alone**: the wires, the names in *operation* fields, and what **Wait for a decision** and **Ask about each** are set to.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. The request becomes a ticket, or its decision closes it; the source hears what became of each\nWhat became no ticket is a row of `halo_errors`. Each new ticket is asked about in a run of its own. Below: when this workflow itself fails.',
			},
			columns: [
				[request, null, null],
				[null, set, null],
				[null, tables, null],
				[null, mappings, null],
				[map, null, null],
				[evaluate, null, null],
				[ticket, null, fails],
				[whoIsAsked, null, errorRow],
				[askEach, null, storeErrors],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. One request: ask, wait, check, tell the source, close. Below: the link in the ticket\nOnly with a *callbackUrl*. What is no decision of a logged-in person leads back to the wait; when the source does not take it, the ticket stays open.',
			},
			columns: [
				[oneRequest, null, form],
				[word, null, handOver],
				[linkNote, null, page],
				[wait, null, null],
				[decide, null, null],
				[tell, null, null],
				[record, null, null],
				[null, close, noteFailure],
				[null, answer, null],
			],
		},
	],
	wires: [
		...chain(request, set, tables, mappings),
		wire(request, map),
		wire(mappings, map, 0, 1),
		...chain(map, evaluate, ticket),
		wire(ticket, whoIsAsked, 0, INPUTS.ask.tickets),
		wire(evaluate, whoIsAsked, 1, INPUTS.ask.ignored),
		wire(map, whoIsAsked, 1, INPUTS.ask.needsReview),
		wire(map, whoIsAsked, 2, INPUTS.ask.unmapped),
		wire(whoIsAsked, askEach, OUTPUTS.ask.questions),
		wire(whoIsAsked, storeErrors, OUTPUTS.ask.errors),
		...chain(oneRequest, word, linkNote, wait, decide),
		wire(decide, tell, OUTPUTS.decide.decided),
		wire(decide, close, OUTPUTS.decide.expired),
		wire(decide, wait, OUTPUTS.decide.again),
		wire(tell, record, 0, INPUTS.record.told),
		wire(tell, record, 1, INPUTS.record.notTold),
		wire(record, storeErrors, OUTPUTS.record.errors),
		wire(record, close, OUTPUTS.record.close),
		wire(record, noteFailure, OUTPUTS.record.note),
		wire(close, answer, 0, INPUTS.answer.closed),
		wire(noteFailure, answer, 0, INPUTS.answer.noted),
		wire(answer, wait),
		...chain(form, handOver, page),
		...errorWires,
	],
};
