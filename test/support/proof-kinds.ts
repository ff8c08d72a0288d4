import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How a test proves a capability, from the nearest to the user to the farthest. `rule` is a pure function alone, `page`
 * the text of a page.
 */
export const KINDS = ['browser', 'real n8n', 'engine', 'rule', 'page'] as const;

export type Kind = (typeof KINDS)[number];

const BROWSER = /from '(?:\.\.\/)+support\/host\/(?:editor|web-page)'/;

const ENGINE = /from '(?:\.\.\/)+support\/engine|from '\.\/support'/;

/**
 * The kind of the tests of a file, by what it runs them on: a browser, a real n8n, n8n's engine.
 * @param path path of the file below `test/`
 * @param testFolder where `test/` is
 */
export function kindOf(path: string, testFolder: string): Kind {
	if (path.startsWith('package/')) return 'page';
	const text = readFileSync(join(testFolder, path), 'utf8');
	if (path.startsWith('e2e/')) return BROWSER.test(text) ? 'browser' : 'real n8n';
	return ENGINE.test(text) ? 'engine' : 'rule';
}
