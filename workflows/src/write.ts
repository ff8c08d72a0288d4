/** `npm run templates`: writes the templates that are built from sources. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { sources } from '.';
import { buildTemplate } from './builder';

for (const source of sources) {
	writeFileSync(join(__dirname, '..', `${source.file}.json`), buildTemplate(source));
}
