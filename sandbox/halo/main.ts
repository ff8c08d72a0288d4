import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { FAULT_NAMES, journalLine, startHaloSimulator } from './index';
import type { JournalEntry } from './http/journal';

const HELP = `Usage: npm run simulator -- [--port 4010] [--seed default|small] [--journal-file FILE]

  --port          port on 127.0.0.1 (default 4010; 0 takes any free one)
  --seed          default: more than 250 clients and tickets; small: the named clients only
  --journal-file  append every request as one JSON line`;

/** Port when none is named: not one of n8n's, nor of the usual web servers. */
const DEFAULT_PORT = '4010';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: DEFAULT_PORT },
			seed: { type: 'string', default: 'default' },
			'journal-file': { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		print(HELP);
		return;
	}
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new RangeError(`--port takes a number from 0 to 65535, not ${values.port}`);
	}
	if (values.seed !== 'default' && values.seed !== 'small') {
		throw new RangeError(`--seed takes default or small, not ${values.seed}`);
	}
	const file = values['journal-file'];
	const onRequest = (entry: JournalEntry): void => {
		print(journalLine(entry));
		if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
	};
	const simulator = await startHaloSimulator({ port, seed: values.seed, onRequest });
	print(`Halo simulator
  Resource server       ${simulator.resourceServer}
  Authorisation server  ${simulator.authServer}
  Tenant                ${simulator.tenant}
  Client ID             ${simulator.clientId}
  Client secret         ${simulator.clientSecret}
  Control               ${simulator.origin}/__admin/journal, tickets, mails, reset, clock, switches, faults
  Faults                ${FAULT_NAMES.join(', ')}

Requests as they come:`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.stop().then(() => process.exit(0)));
	}
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
