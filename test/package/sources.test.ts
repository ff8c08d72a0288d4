import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { SOURCES } from '../../nodes/shared/domain/sources';
import { anchors, readPage } from '../support/markdown';

const root = join(__dirname, '..', '..');

/** CyberCNS is ConnectSecure's older name and form: one page tells both. */
const PAGE_OF: Readonly<Record<string, string>> = { cybercns: 'connectsecure' };

function pathOf(id: string): string {
	return join(root, 'docs', 'sources', `${PAGE_OF[id] ?? id}.md`);
}

/** What every page answers, as it is headed. */
const QUESTIONS = [
	/^what-names-the-problem$/,
	/^what-(its-end-looks-like|begins-and-what-ends)$/,
	/^settings-that-change-it$/,
	/^sources$/,
];

describe('every source says whose an event is, which problem it is about, and what ends it', () => {
	const overview = readPage('docs/sources/README.md');

	test.each(SOURCES.map(({ id }) => ({ id })))('$id has its page', ({ id }) => {
		const name = `${PAGE_OF[id] ?? id}.md`;
		expect(existsSync(pathOf(id))).toBe(true);
		expect(overview).toContain(`](${name})`);
		const page = readPage(`docs/sources/${name}`);
		const headings = anchors(page);
		const unanswered = QUESTIONS.filter(
			(question) => !headings.some((head) => question.test(head)),
		);
		expect(unanswered).toEqual([]);
		expect(page).toMatch(/\| Whose \|/);
		expect(page).toMatch(/\| Unique \|/);
		expect(page).toMatch(/\*\*Without an end\*\*/);
	});
});
