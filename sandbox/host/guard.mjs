// Runs one command and ends it, with all its helpers, when whoever started this is gone: then our stdin closes,
// even when the starter was SIGKILLed. Used as `node guard.mjs <command> <arguments…>` in a process group of its own.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function endAll() {
	if (process.platform === 'win32') {
		child.kill('SIGKILL');
		process.exit(1);
	}
	process.kill(0, 'SIGKILL');
}

process.stdin.on('close', endAll);
process.stdin.resume();
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('error', (error) => {
	process.stderr.write(`${command} could not be started: ${error.message}\n`);
	process.exit(127);
});
child.once('exit', (code, signal) => {
	process.stdin.removeListener('close', endAll);
	process.exit(signal === null ? code : 1);
});
