/** `npm run schemas`: writes what each operation gives out into the files in which n8n's editor looks for it. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { schemaFiles } from '.';

const root = join(__dirname, '..', '..', '..');
for (const node of readdirSync(join(root, 'nodes'))) {
	rmSync(join(root, 'nodes', node, '__schema__'), { recursive: true, force: true });
}
for (const [path, text] of schemaFiles()) {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}
