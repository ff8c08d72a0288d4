import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Files under a folder whose names end so, in the order of their names. */
export function filesUnder(folder: string, ending: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}
