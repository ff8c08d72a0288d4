import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PACK_ROOT = join(__dirname, '..', '..');
const PACK_NAME = 'n8n-nodes-halopsa-bridge';

/**
 * Puts what the package ships where n8n looks for community packages, and gives back what removes it.
 * The files are copied out of this repository: Node resolves a link to the real file, and there it would find
 * this repository's own n8n-workflow before n8n's, so that errors would be of foreign classes.
 * Throws when the pack is not built.
 */
export function placePack(userFolders: string[]): () => void {
	if (!existsSync(join(PACK_ROOT, 'dist', 'nodes'))) {
		throw new Error('The pack is not built. Next: npm run build.');
	}
	const holder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-pack-'));
	const copy = join(holder, PACK_NAME);
	for (const part of ['package.json', 'dist']) {
		cpSync(join(PACK_ROOT, part), join(copy, part), { recursive: true });
	}
	for (const userFolder of userFolders) {
		const place = join(userFolder, '.n8n', 'nodes', 'node_modules', PACK_NAME);
		mkdirSync(dirname(place), { recursive: true });
		rmSync(place, { recursive: true, force: true });
		symlinkSync(copy, place, 'junction');
	}
	return () => rmSync(holder, { recursive: true, force: true });
}
