import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { openFlow, prepareFlow } from './flow';
import { type HaloTarget, haloCredential, openHalo } from './halo-target';
import { type RunningN8n, findHost, freePortOr, launchN8n } from './host';
import { type RunFolder, takeRunFolder } from './run-folder';
import { simulatorFaults } from './check-simulator';
import { runSamples } from './run-samples';
import { print, showAddresses, showResult, showSummary } from './show';
const HELP = `npm start                starts n8n with the pack beside a simulated Halo, sends samples, keeps running
npm start -- --once      ends after the samples: 0 when every decision is the expected one, else 1

With HALO_RESOURCE_SERVER, HALO_AUTH_SERVER, HALO_TENANT, HALO_CLIENT_ID and HALO_CLIENT_SECRET set, that Halo is
used. Nothing is written to it unless HALO_SAMPLE_CLIENT names the client (exactly) that gets every sample.`;

/** n8n's own port, so that the address is the one that its users know; another one when it is taken. */
const USUAL_PORT = 5678;

/** Tests that must not touch the user's own run name another folder. */
const RUN_FOLDER = process.env.HALO_BRIDGE_RUN_FOLDER ?? join(__dirname, '.run');

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
	const flow = prepareFlow(target.dryRun);
	const secret = randomBytes(18).toString('base64url');
	const n8n = await launchN8n({
		host,
		userFolder: opened.folder.n8nFolder,
		logFile: opened.folder.n8nLog,
		port: await freePortOr(once ? 0 : USUAL_PORT),
		credentials: [
			haloCredential(target),
			{
				name: 'Scanner webhook secret',
				type: 'webhookSecretApi',
				data: { user: '', secret, previousSecret: '' },
			},
		],
		workflows: flow.workflows,
		print: (line) => print(`  ${line}`),
		onStarting: (starting) => {
			opened.n8n = starting;
		},
	});
	const session = await n8n.login();
	const webhooks = await openFlow(
		session,
		flow,
		{ n8nUrl: n8n.url, secret, clients: target.clients },
		(line) => print(`  ${line}`),
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
	const good = showSummary(target, results, faults);
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
