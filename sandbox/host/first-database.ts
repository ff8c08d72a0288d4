import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { N8nHost } from './locate-host';

/** Every migration of an empty database takes about 10 s of work; a busy machine takes its time. */
const MIGRATION_LIMIT_MS = 300_000;

/**
 * n8n keeps keys in its database, encrypted with the key of whoever made it; without them each n8n makes its own. The
 * log of changes goes into the file, so that the file is all there is.
 */
const FORGET_KEYS = `
const { Database } = require('sqlite3');
const database = new Database(process.argv[1]);
database.exec('DELETE FROM deployment_key; PRAGMA journal_mode = DELETE; VACUUM', (error) => {
	if (error) throw error;
	database.close();
});
`;

const run = promisify(execFile);

/** Lets n8n's CLI make and migrate a database in `folder`; resolves to its file. Throws with n8n's words. */
async function migrate(host: N8nHost, env: NodeJS.ProcessEnv, folder: string): Promise<string> {
	const options = { cwd: host.folder, timeout: MIGRATION_LIMIT_MS };
	await run(host.node, [host.n8n, 'list:workflow', '--onlyId'], {
		...options,
		env: { ...env, N8N_USER_FOLDER: folder },
	});
	const made = join(folder, '.n8n', 'database.sqlite');
	await run(host.node, ['-e', FORGET_KEYS, made], options);
	return made;
}

/**
 * Puts a migrated, empty SQLite database where n8n looks for it in an empty user folder. It is made once for each installed
 * n8n and lies in that one's folder; a start that has to migrate takes twice as long.
 * @param env the environment of the n8n that will use it
 */
export async function placeDatabase(
	host: N8nHost,
	env: NodeJS.ProcessEnv,
	userFolder: string,
): Promise<void> {
	const kept = join(host.folder, 'migrated.sqlite');
	if (!existsSync(kept)) {
		const folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-database-'));
		try {
			// Two that start at once both make one; what lies under its name is whole.
			const whole = `${kept}.${process.pid}`;
			copyFileSync(await migrate(host, env, folder), whole);
			renameSync(whole, kept);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	mkdirSync(join(userFolder, '.n8n'), { recursive: true });
	copyFileSync(kept, join(userFolder, '.n8n', 'database.sqlite'));
}
