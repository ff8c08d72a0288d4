import './prefer-typescript';

import { writeFileSync } from 'node:fs';
import { arch, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

import { runBench } from './index';
import { toMarkdown, toText, type Machine } from './report';
import { FULL, TINY } from './sizes';

const PAGE = join(__dirname, '..', '..', 'docs', 'benchmarks.md');

/** Average of running processes in the last minute; one is half of a small machine. */
const BUSY = 1;

const USAGE = `npm run bench            measures everything and writes docs/benchmarks.md
npm run bench -- --tiny  a few seconds with tiny sizes; prints, writes nothing
`;

async function main(flags: readonly string[]): Promise<void> {
	if (flags.some((flag) => flag !== '--tiny')) {
		process.stdout.write(USAGE);
		process.exitCode = 2;
		return;
	}
	const tiny = flags.includes('--tiny');
	const machine: Machine = {
		node: process.version,
		cores: cpus().length,
		platform: `${process.platform} ${arch()}`,
	};
	const [load = 0] = loadavg();
	if (load > BUSY) {
		process.stdout.write(
			`This machine does other things (load ${load.toFixed(1)}): times and ratios will be off.\n\n`,
		);
	}
	const started = performance.now();
	const sections = await runBench(tiny ? TINY : FULL, (section) =>
		process.stdout.write(`${toText(section)}\n`),
	);
	if (!tiny) writeFileSync(PAGE, toMarkdown(sections, machine));
	const seconds = Math.round((performance.now() - started) / 1000);
	process.stdout.write(`${seconds} s${tiny ? '' : '; written to docs/benchmarks.md'}\n`);
}

void main(process.argv.slice(2)).catch((error: unknown) => {
	process.stderr.write(
		`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
	);
	process.exitCode = 1;
});
