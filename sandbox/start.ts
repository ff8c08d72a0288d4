import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { type HaloTarget, haloCredential, openHalo } from './halo-target';
import { type N8nSession, type RunningN8n, findHost, freePortOr, launchN8n } from './host';
import { type RunFolder, takeRunFolder } from './run-folder';
import { type SampleResult, type Webhook, runSamples } from './run-samples';
import { COMPANY_IN_PATH, FIXED_COMPANY } from './samples';
import {
	type TemplateWebhook,
	nodeOfType,
	readTemplates,
	templateOf,
	webhooksOf,
	withParameters,
} from './templates';

const HELP = `npm start                starts n8n with the pack beside a simulated Halo, sends samples, keeps running
npm start -- --once      ends after the samples: 0 when every decision is the expected one, else 1

With HALO_RESOURCE_SERVER, HALO_AUTH_SERVER, HALO_TENANT, HALO_CLIENT_ID and HALO_CLIENT_SECRET set, that Halo is
used. Nothing is written to it unless HALO_SAMPLE_CLIENT names the client (exactly) that gets every sample.`;

/** n8n's own port, so that the address is the one that its users know; another one when it is taken. */
const USUAL_PORT = 5678;

const TICKET_NODE = 'n8n-nodes-halopsa-bridge.haloTicket';
const TRIGGER_NODE = 'n8n-nodes-halopsa-bridge.scannerTrigger';

/** Tests that must not touch the user's own run name another folder. */
const RUN_FOLDER = process.env.HALO_BRIDGE_RUN_FOLDER ?? join(__dirname, '.run');

function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}

function table(rows: string[][]): string[] {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows.map((row) =>
		row
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

/** The templates as a user would have set them up for these samples. */
function prepareTemplates(target: HaloTarget) {
	const templates = readTemplates();
	const intake = withParameters(templateOf(templates, 'intake'), TRIGGER_NODE, (parameters) =>
		parameters.companyFrom === 'fixed'
			? { ...parameters, fixedCompany: FIXED_COMPANY }
			: parameters,
	);
	const processInbox = target.dryRun
		? withParameters(templateOf(templates, 'process-inbox'), TICKET_NODE, (parameters) => ({
				...parameters,
				options: { dryRun: true },
			}))
		: templateOf(templates, 'process-inbox');
	templates.set('intake', intake).set('process-inbox', processInbox);
	return {
		all: [...templates.values()],
		setup: templateOf(templates, 'setup'),
		intake,
		processInbox,
	};
}

function webhookAddress(n8nUrl: string, secret: string, webhook: TemplateWebhook): Webhook {
	const path = webhook.path.replace(':company', encodeURIComponent(COMPANY_IN_PATH));
	return { url: `${n8nUrl}/${path}`, headers: { [webhook.header]: secret } };
}

async function fillTables(session: N8nSession, target: HaloTarget): Promise<void> {
	await session.insertRows(
		'halo_company_mappings',
		[...target.clients].map(([companyName, client]) => ({
			companyName,
			haloClientId: client.id,
			haloClientName: client.name,
			method: 'sandbox',
			createTicket: true,
			noNotification: false,
		})),
	);
}

function showResult({ source, title, decision, ticketId, ticket, reason, faults }: SampleResult) {
	const mark = faults.length === 0 ? 'ok    ' : 'FAILED';
	print(`  ${mark}  ${decision.padEnd(13)}  ${source}: ${title}`);
	if (ticketId !== null) print(`          ticket ${ticketId}  ${ticket}`);
	print(`          ${reason}`);
	for (const fault of faults) print(`          NOT AS EXPECTED: ${fault}`);
}

/** What may not happen whatever the decisions are; only the simulator can tell. */
function simulatorFaults({ simulator }: HaloTarget, results: SampleResult[]): string[] {
	if (simulator === null) return [];
	const unknown = simulator.journal.filter(({ unhandled }) => unhandled);
	const created = results.filter(({ decision }) => decision === 'created').length;
	const tickets = simulator.journal.filter(
		({ method, path, body }) =>
			method === 'POST' &&
			/\/tickets$/i.test(path) &&
			JSON.stringify(body).includes('scanref') &&
			!/"id":/.test(JSON.stringify(body)),
	);
	return [
		...simulator.mails.map((mail) => `a mail went to ${JSON.stringify(mail)}`),
		...unknown.map(({ method, path }) => `unknown to the simulator: ${method} ${path}`),
		...simulator.failures.map((failure) => `the simulator failed: ${failure}`),
		...(tickets.length === created
			? []
			: [`${tickets.length} requests made tickets, for ${created} decisions "created"`]),
	];
}

function summary(target: HaloTarget, results: SampleResult[], faults: string[]): boolean {
	const wrong = results.filter((result) => result.faults.length > 0).length;
	print();
	if (target.simulator !== null) {
		const { journal } = target.simulator;
		const writes = journal.filter(
			({ method, path }) => method !== 'GET' && !/\/token$/i.test(path),
		).length;
		print(
			`Requests to Halo: ${journal.length}, of which ${writes} wrote. Mails to end users: ${target.simulator.mails.length}.`,
		);
	}
	for (const fault of faults) print(`NOT AS EXPECTED: ${fault}`);
	print(
		wrong + faults.length === 0
			? `All ${results.length} events ended in the decision expected of them.`
			: `${wrong} of ${results.length} events did not end as expected.`,
	);
	return wrong + faults.length === 0;
}

function showAddresses(
	n8n: RunningN8n,
	target: HaloTarget,
	webhooks: Record<string, Webhook>,
): void {
	print();
	for (const line of table([
		['Editor', n8n.url],
		['Login', `${n8n.owner.email}   password ${n8n.owner.password}`],
		[
			'Halo',
			target.simulator === null
				? target.resourceServer
				: `${target.resourceServer} (simulator; journal ${target.simulator.origin}/__admin/journal)`,
		],
		...Object.entries(webhooks).map(([source, { url, headers }]) => [
			`Webhook ${source}`,
			`${url}   ${Object.entries(headers)
				.map(([name, value]) => `${name}: ${value}`)
				.join(', ')}`,
		]),
	])) {
		print(`  ${line}`);
	}
	print();
}

interface Opened {
	n8n: RunningN8n | null;
	target: HaloTarget | null;
	folder: RunFolder;
}

async function run(opened: Opened, once: boolean): Promise<boolean> {
	const host = findHost();
	if (host === null) throw new Error('The pinned n8n is not installed. Next: npm start.');
	const target = await openHalo(process.env);
	opened.target = target;
	print(
		target.simulator === null
			? `Halo: ${target.resourceServer} (${target.dryRun ? 'dry run, nothing is written' : 'samples go to ' + (process.env.HALO_SAMPLE_CLIENT ?? '')})`
			: `Halo: simulator at ${target.resourceServer}`,
	);
	const templates = prepareTemplates(target);
	const secret = randomBytes(18).toString('base64url');
	const n8n = await launchN8n({
		host,
		userFolder: opened.folder.n8nFolder,
		logFile: opened.folder.n8nLog,
		port: await freePortOr(once ? 0 : USUAL_PORT),
		credentials: [
			haloCredential(target),
			{
				id: 'sandboxSecret001',
				name: 'Scanner webhook secret',
				type: 'webhookSecretApi',
				data: { user: '', secret, previousSecret: '' },
			},
		],
		workflows: templates.all,
		print: (line) => print(`  ${line}`),
		onStarting: (starting) => {
			opened.n8n = starting;
		},
	});
	const session = await n8n.login();
	print('  making the Data Tables with the template setup');
	const setup = await session.runWorkflow(
		templates.setup.id,
		nodeOfType(templates.setup, 'n8n-nodes-base.manualTrigger'),
	);
	if (setup.status !== 'success') throw new Error(`The template setup failed: ${setup.error}`);
	await fillTables(session, target);
	print('  publishing intake and process-inbox');
	await session.publish(templates.intake.id);
	await session.publish(templates.processInbox.id);
	const webhooks = Object.fromEntries(
		webhooksOf(templates.intake).map((webhook) => [
			webhook.source,
			webhookAddress(n8n.url, secret, webhook),
		]),
	);
	opened.folder.write('endpoints.json', {
		editor: n8n.url,
		email: n8n.owner.email,
		password: n8n.owner.password,
		halo: {
			resourceServer: target.resourceServer,
			journal: target.simulator === null ? null : `${target.simulator.origin}/__admin/journal`,
		},
		webhooks,
	});
	print('Sending samples through the webhooks; process-inbox takes them every 15 seconds.');
	print();
	const results = await runSamples(session, target, webhooks, showResult);
	const faults = simulatorFaults(target, results);
	opened.folder.write('samples.json', results);
	if (target.simulator !== null) {
		opened.folder.write('journal.json', target.simulator.journal);
		opened.folder.write('tickets.json', target.simulator.tickets());
		opened.folder.write('mails.json', target.simulator.mails);
	}
	const good = summary(target, results, faults);
	showAddresses(n8n, target, webhooks);
	return good;
}

async function close({ n8n, target, folder }: Opened): Promise<void> {
	await n8n?.stop();
	await target?.stop();
	folder.release();
}

async function main(): Promise<void> {
	if (process.argv.includes('--help')) {
		print(HELP);
		return;
	}
	const once = process.argv.includes('--once');
	const opened: Opened = { n8n: null, target: null, folder: takeRunFolder(RUN_FOLDER) };
	let ending = false;
	const end = (code: number) => {
		if (ending) return;
		ending = true;
		print('Stopping.');
		void close(opened).then(() => process.exit(code));
	};
	// 128 + the signal's number is what a shell expects.
	process.on('SIGINT', () => end(130));
	process.on('SIGTERM', () => end(143));
	process.on('SIGHUP', () => end(129));
	try {
		const good = await run(opened, once);
		if (once) end(good ? 0 : 1);
		else print('Running. Ctrl+C stops everything.');
	} catch (error) {
		if (ending) return;
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.stderr.write(`n8n's log: ${opened.folder.n8nLog}\n`);
		end(1);
	}
}

void main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
