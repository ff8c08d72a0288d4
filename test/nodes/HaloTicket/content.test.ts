import { LoadOptionsContext } from 'n8n-core';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeParameters,
	ResourceMapperFields,
} from 'n8n-workflow';

import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { undescribedNames } from '../../contract/check-journal';
import { searchList } from '../../support/engine';
import { prepareNode } from '../../support/engine/workflow';
import { evaluated, LEAST, picked, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

/** Halo's lists are kept by credential, and each simulator is another one: a changed set-up is seen at once. */
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	const sent = halo.everything.filter(({ path }) => !path.endsWith('/token'));
	expect(undescribedNames(sent)).toEqual([]);
	expect(halo.simulator.failures).toEqual([]);
	expect(halo.simulator.mails).toEqual([]);
	await halo.simulator.stop();
});

function requireFields(...ids: number[]): void {
	const incident = halo.simulator.state.ticketTypes.find(({ id }) => id === 1);
	if (incident !== undefined) incident.requiredFields = ids;
}

function mapper(value: IDataObject): INodeParameters {
	return {
		fillCustomFields: true,
		customFields: { mappingMode: 'defineBelow', value, schema: [] } as never,
	};
}

test('ID-28 ID-30 title and body come out of the templates, values escaped, our reference behind them', async () => {
	const [decision] = await halo.decide(
		[
			evaluated({
				title: 'Elevation requested',
				application: 'Wireshark',
				user: { name: 'Dana <Meyer>', email: null },
				asset: { id: null, name: 'LAPTOP-117', ip: null, mac: null, serial: null },
				url: 'https://portal.example/requests/7',
			}),
		],
		{
			content: {
				titleTemplate: '[{severity}] {user} asks for {application} on {asset.name}',
				detailsTemplate: '<p><b>{user}</b>: {application} on {asset.name}</p>{link}',
			},
		},
	);
	const [ticket] = halo.tickets();
	expect(ticket?.summary).toBe(
		`[high] Dana <Meyer> asks for Wireshark on LAPTOP-117 (scanref ${String(decision?.reference)})`,
	);
	const html = String(ticket?.details_html);
	expect(html).toContain('<p><b>Dana &lt;Meyer&gt;</b>: Wireshark on LAPTOP-117</p>');
	expect(html).toContain('<a href="https://portal.example/requests/7">');
	expect(String(ticket?.details)).toMatch(/endstate \(scanref [a-z]{12} [a-z]{12}\)$/);
});

test('a grouped ticket keeps its table of members below a template, and says what to do by product', async () => {
	const groupKey = 'v1|tenable|contoso|by company|x';
	const events = [
		['SRV-01', 'OpenSSL', 'Install version 3.'],
		['SRV-02', 'OpenSSL', 'Install version 3.'],
		['SRV-02', 'Chrome', 'Update to 126.'],
	].map(([name, product, remediation], index) =>
		evaluated({
			dedupKey: `v1|tenable|${index}`,
			groupKey,
			product,
			remediation,
			asset: { id: null, name, ip: null, mac: null, serial: null },
		}),
	);
	await halo.decide(events, {
		content: {
			titleTemplate: '{count} open at {company}',
			detailsTemplate: '<p>To do</p>{remediations}',
		},
	});
	const [ticket] = halo.tickets();
	expect(String(ticket?.summary)).toMatch(/^3 open at Contoso Ltd \(scanref /);
	const html = String(ticket?.details_html);
	expect(html).toContain('<b>OpenSSL</b> (2 findings)<br>On SRV-01, SRV-02<br>Install version 3.');
	expect(html).toContain('<b>Chrome</b>');
	expect(html).toContain('scanmembers');
});

test.each([
	[
		'an unknown placeholder',
		{ titleTemplate: '{hostname}' },
		'Title Template: unknown placeholder {hostname}',
	],
	[
		'an expression',
		{ detailsTemplate: '={{ $json.title }}' },
		'Details Template: an expression of n8n stands in it, {$json.title}. Allowed: {title}',
	],
	[
		'a request source that is not there',
		{ requestSource: picked('77') },
		'Request Source: "77" is not in Halo. Allowed: E-mail (1)',
	],
])('%s in the content is refused before anything is written', async (_, content, message) => {
	const { error } = await halo.run([evaluated()], { content } as INodeParameters);
	expect(error?.message).toContain(message);
	expect(error?.description).toBeTruthy();
	expect(halo.writes()).toEqual([]);
});

test('request source and tags stand on the ticket', async () => {
	await halo.decide([evaluated()], {
		content: {
			requestSource: { __rl: true, mode: 'name', value: 'monitoring' },
			tags: 'scanner, vulnerability, scanner',
		},
	});
	expect(halo.tickets()[0]).toMatchObject({ source: 4 });
	expect(halo.simulator.state.tickets.at(-1)?.tags).toEqual(['scanner', 'vulnerability']);
});

test('custom fields are filled by name, pick lists by their words, placeholders of the templates in them', async () => {
	const [decision] = await halo.decide(
		[evaluated()],
		mapper({ CFscannerReference: 'ref {reference}', CFscannerSeverity: 'high' }),
	);
	expect(halo.simulator.state.tickets.at(-1)?.customfields).toEqual([
		{ id: 205, value: `ref ${String(decision?.reference)}` },
		{ id: 206, value: 2 },
	]);
});

test('what an expression gave a custom field is taken as it is, braces and all', async () => {
	await halo.decide(
		[evaluated({ title: 'Odd {hostname} title' })],
		mapper({ CFscannerReference: '={{ $json.title }}' }),
	);
	expect(halo.simulator.state.tickets.at(-1)?.customfields).toEqual([
		{ id: 205, value: 'Odd {hostname} title' },
	]);
});

describe('a rich-text field is rendered as HTML, so what a source wrote is escaped there', () => {
	const title = '<img src=x onerror=alert(1)> & more';
	const escaped = '&lt;img src=x onerror=alert(1)&gt; &amp; more';
	const WAYS: Array<[string, string, string]> = [
		['a placeholder', '{title}', escaped],
		['a placeholder in HTML of our own', '<p><b>{title}</b></p>', `<p><b>${escaped}</b></p>`],
		['an expression', '={{ $json.title }}', escaped],
	];

	test.each(WAYS)('%s', async (_way, typed, expected) => {
		const field = halo.simulator.state.fields.find(({ id }) => id === 205);
		Object.assign(field ?? {}, { type: 10 });
		await halo.decide([evaluated({ title })], mapper({ CFscannerReference: typed }));
		expect(halo.simulator.state.tickets.at(-1)?.customfields).toEqual([
			{ id: 205, value: expected },
		]);
	});

	test.each([
		[10, escaped],
		[0, title],
	])('a profile row for a field of type %i', async (type, expected) => {
		const field = halo.simulator.state.fields.find(({ id }) => id === 205);
		Object.assign(field ?? {}, { type });
		const row = { name: 'P1', isDefault: true, ticketType: 'Incident', statusClose: 'Closed' };
		const rows = [{ ...row, fields: '{"CFscannerReference":"{title}"}' }];
		await halo.decide([evaluated({ title })], { profileFrom: 'rows' }, { rows });
		expect(halo.simulator.state.tickets.at(-1)?.customfields).toEqual([
			{ id: 205, value: expected },
		]);
	});
});

test('a custom field that an expression got wrong fails its own event, and the others get their tickets', async () => {
	const decisions = await halo.decide(
		[
			evaluated({ dedupKey: 'v1|a', rawSeverity: 'High' }),
			evaluated({ dedupKey: 'v1|b', rawSeverity: 'Enormous' }),
		],
		mapper({ CFscannerSeverity: '={{ $json.rawSeverity }}' }),
	);
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'failed']);
	expect(decisions[1]?.reason).toContain('"Enormous" cannot be picked. Allowed: Critical, High');
	expect(halo.tickets()).toHaveLength(1);
});

test('custom fields stand in the column fields of a profile row', async () => {
	const row = {
		name: 'P1',
		isDefault: true,
		ticketType: 'Incident',
		statusClose: 'Closed',
		fields: '{"Scanner severity":"Critical","CFscannerReference":"{reference}"}',
	};
	const [decision] = await halo.decide([evaluated()], { profileFrom: 'rows' }, { rows: [row] });
	expect(decision).toMatchObject({ decision: 'created', profile: 'P1' });
	expect(halo.simulator.state.tickets.at(-1)?.customfields).toEqual([
		{ id: 206, value: 1 },
		{ id: 205, value: decision?.reference },
	]);
});

test('CS-23 what the ticket type requires is checked before the first write, and filled it passes', async () => {
	requireFields(206, 27);
	const { error } = await halo.run([evaluated()]);
	expect(error?.message).toContain(
		'tickets of the type "Incident" need Impact; Scanner severity (CFscannerSeverity), one of Critical, High, Medium, Low, which nothing fills',
	);
	expect(error?.description).toContain('Configuration > Tickets > Ticket Types');
	expect(halo.writes()).toEqual([]);
	const [decision] = await halo.decide([evaluated()], {
		...mapper({ CFscannerSeverity: 'High' }),
		moreFields: { impact: picked('2') },
	});
	expect(decision).toMatchObject({ decision: 'created' });
});

test('a dry run refuses what the real run refuses', async () => {
	requireFields(28);
	const { error } = await halo.run([evaluated()], { options: { dryRun: true } });
	expect(error?.message).toContain('need Urgency');
});

test('a required field does not keep a resolved problem from being closed', async () => {
	await halo.decide([evaluated()]);
	requireFields(28);
	const [decision] = await halo.decide([
		evaluated({ status: 'resolved', time: new Date().toISOString(), resolution: null }),
	]);
	expect(decision).toMatchObject({ decision: 'closed' });
});

test('a type that starts an approval is refused before anything is written; told to, Halo decides in its own words', async () => {
	const change = { ticketType: picked('4') };
	const { error } = await halo.run([evaluated()], change);
	expect(error?.message).toContain('"Change Request" (4) starts an approval');
	expect(halo.writes()).toEqual([]);
	const [decision] = await halo.decide([evaluated()], {
		...change,
		content: { approvalTypes: 'allow' },
	});
	expect(decision?.reason).toContain('Please select the CAB members to approve');
});

test('checks cost no request per ticket once the lists are known', async () => {
	requireFields(206);
	const filled = mapper({ CFscannerSeverity: 'High' });
	await halo.decide([evaluated({ dedupKey: 'v1|warm' })], filled);
	halo.simulator.journal.length = 0;
	const [decision] = await halo.decide([evaluated()], filled);
	expect(decision).toMatchObject({ decision: 'created', requests: 3 });
	expect(halo.requests()).toEqual(['GET /Tickets', 'POST /Tickets', 'GET /Tickets']);
});

test('the editor lists the custom fields of tickets, marks those that the picked type requires, and the sources', async () => {
	requireFields(205);
	const { workflow, node, additionalData } = prepareNode({
		node: new HaloTicket(),
		simulator: halo.simulator,
		parameters: LEAST,
	});
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.customFields');
	const { fields }: ResourceMapperFields =
		await new HaloTicket().methods.resourceMapping.getCustomFields.call(
			context as unknown as ILoadOptionsFunctions,
		);
	expect(fields).toEqual([
		expect.objectContaining({
			id: 'CFscannerReference',
			displayName: 'Scanner reference (CFscannerReference)',
			required: true,
			type: 'string',
		}),
		expect.objectContaining({
			id: 'CFscannerSeverity',
			required: false,
			type: 'options',
			options: ['Critical', 'High', 'Medium', 'Low'].map((name) => ({ name, value: name })),
		}),
	]);
	const sources = await searchList({
		node: new HaloTicket(),
		simulator: halo.simulator,
		method: 'searchRequestSources',
		filter: 'moni',
	});
	expect(sources.results).toEqual([{ name: 'Monitoring', value: '4' }]);
});

test('what a ticket shows in part is attached whole, once, also when the answer to the upload is lost', async () => {
	const cves = Array.from({ length: 120 }, (_, index) => `CVE-2026-${10_000 + index}`);
	halo.simulator.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Attachment$' });
	const [decision] = await halo.decide([evaluated({ cves })]);
	const [file, second] = halo.simulator.state.attachments;
	expect(second).toBeUndefined();
	expect(file).toMatchObject({ ticket_id: decision?.ticketId, showforusers: false });
	expect(decision?.reason).toContain(`The full list is attached as ${file?.filename}.`);
	const text = Buffer.from(file?.data_base64 ?? '', 'base64').toString('utf8');
	expect(text.match(/CVE-2026-\d+/g)).toEqual(cves);
	expect(String(halo.tickets()[0]?.details)).toContain('100 more');
});

test('a group with more members than its ticket shows carries all of them in a file', async () => {
	const members = Array.from({ length: 230 }, (_, index) =>
		evaluated({
			dedupKey: `v1|wazuh|m${index}`,
			groupKey: 'v1|wazuh|contoso|by company|x',
			title: `Finding ${index}`,
		}),
	);
	const [decision] = await halo.decide(members);
	const [file] = halo.simulator.state.attachments;
	const text = Buffer.from(file?.data_base64 ?? '', 'base64').toString('utf8');
	expect(text.match(/Finding \d+/g)).toHaveLength(230);
	expect(decision?.reason).toContain('The full list is attached as');
	expect(halo.tickets()).toHaveLength(1);
});

test('a file that Halo refuses leaves the ticket and says so', async () => {
	halo.simulator.faults.add({
		name: 'forbidden-403',
		method: 'POST',
		path: '/Attachment$',
		times: 'always',
	});
	const cves = Array.from({ length: 50 }, (_, index) => `CVE-2026-${10_000 + index}`);
	const [decision] = await halo.decide([evaluated({ cves })]);
	expect(decision).toMatchObject({ decision: 'created' });
	expect(decision?.reason).toContain('The full list was not attached: Halo denied access');
});

test.each([
	['a reported mail', 'reported-mail', 'v1|mail|1', true],
	['a Wazuh rule without an end of its own', 'wazuh', 'v1|wazuh|agent 7|rule 5710', true],
	['a Wazuh finding that Wazuh reports as solved', 'wazuh', 'v1|wazuh|agent 7|cve 1', false],
	['a check of a monitor that comes up again', 'alertmanager', 'v1|am|1', false],
])(
	'the ticket of %s says whether a person has to close it',
	async (_, source, dedupKey, byHand) => {
		await halo.decide([evaluated({ source, dedupKey, groupKey: dedupKey })]);
		const said = `${source} does not report when this is over: close the ticket by hand.`;
		expect(String(halo.tickets()[0]?.details).includes(said)).toBe(byHand);
	},
);
