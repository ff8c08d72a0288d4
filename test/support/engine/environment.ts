import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads its user folder when it is first loaded; a folder of its own keeps it away from a real n8n.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'halopsa-bridge-engine-'));
// n8n logs every failed node; the tests read the error from the run instead.
process.env.N8N_LOG_LEVEL ??= 'silent';
