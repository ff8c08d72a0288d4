import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** `npm test` empties it before each run. */
const ARTIFACTS = join(__dirname, '..', '..', '.artifacts');

function ownFolder(): string {
	mkdirSync(ARTIFACTS, { recursive: true });
	return mkdtempSync(join(ARTIFACTS, 'engine-'));
}

// n8n-core reads its user folder when it is first loaded; a folder of its own keeps it away from a real n8n.
process.env.N8N_USER_FOLDER ??= ownFolder();
// n8n logs every failed node; the tests read the error from the run instead.
process.env.N8N_LOG_LEVEL ??= 'silent';
