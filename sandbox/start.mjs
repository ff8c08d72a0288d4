// `npm start`: installs what is missing, then runs start.ts. Plain Node, because a bare clone has no packages yet.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { install } from './install.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

try {
	await install();
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
}

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const child = spawn(process.execPath, [tsx, join(HERE, 'start.ts'), ...process.argv.slice(2)], {
	stdio: 'inherit',
});
// Ctrl+C reaches the child by itself; this process only waits for it to have cleaned up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (signal !== 'SIGINT') child.kill(signal);
	});
}
child.once('exit', (code, signal) => {
	process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
