import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const told = new Set<string>();

/**
 * The folder `shared` beside the project's root, which holds material that is not part of the project; null when it
 * or the file in it is missing, as on a fresh clone. The reason is then printed once, for the test that is skipped.
 */
export function sharedFolder(file: string, skipped: string): string | null {
	const path = join(resolve(__dirname, '..', '..', '..', 'shared'), file);
	if (existsSync(path)) return path;
	const reason = `Skipped: ${skipped}. There is no ${join('shared', file)} beside the project.\n`;
	if (!told.has(reason)) process.stdout.write(reason);
	told.add(reason);
	return null;
}
