import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { asRecord, asText } from './json';

/** The pinned n8n on this machine: its folder, its own Node and its start file. */
export interface N8nHost {
	folder: string;
	node: string;
	n8n: string;
}

const INSTALLER = join(__dirname, '..', 'n8n', 'install-host.mjs');

/** The pinned n8n, or null when it is not installed (`node sandbox/n8n/install-host.mjs` installs it). */
export function findHost(): N8nHost | null {
	const { status, stdout, stderr } = spawnSync(process.execPath, [INSTALLER, '--find'], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`Looking for the pinned n8n failed: ${stderr}`);
	const found: unknown = JSON.parse(stdout);
	if (found === null) return null;
	const host = asRecord(found, 'install-host --find');
	return {
		folder: asText(host.folder, 'folder'),
		node: asText(host.node, 'node'),
		n8n: asText(host.n8n, 'n8n'),
	};
}
