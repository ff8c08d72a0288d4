import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { anchors, readPage as read } from '../support/markdown';

const root = join(__dirname, '..', '..');

const pages = [
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'workflows/README.md',
	...markdown('docs'),
];

function markdown(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => `${folder}/${name}`);
}

describe('the pages hold together', () => {
	test('every link and image of a page leads to a file, and to a heading of it', () => {
		const broken: string[] = [];
		let followed = 0;
		for (const page of pages) {
			// What stands in a block of code is an example.
			const prose = read(page).replace(/^```[^]*?^```$/gm, '');
			for (const [, target = ''] of prose.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
				const [path = '', anchor] = target.split('#');
				const file = path === '' ? page : join(dirname(page), path);
				followed += 1;
				if (!existsSync(join(root, file))) broken.push(`${page}: ${target}`);
				else if (anchor !== undefined && !anchors(read(file)).includes(anchor)) {
					broken.push(`${page}: ${target}`);
				}
			}
		}
		expect(broken).toEqual([]);
		expect(followed).toBeGreaterThan(20);
	});

	test('every page that a node or a credential links to exists, with its heading', () => {
		const broken: string[] = [];
		let followed = 0;
		for (const folder of ['nodes', 'credentials']) {
			for (const name of readdirSync(join(root, folder), {
				recursive: true,
				encoding: 'utf8',
			})) {
				if (!/\.(ts|json)$/.test(name)) continue;
				for (const [, path = '', anchor] of read(join(folder, name)).matchAll(
					/blob\/main\/(docs\/[\w-]+\.md)(?:#([\w-]+))?/g,
				)) {
					followed += 1;
					const there = existsSync(join(root, path));
					if (!there || (anchor !== undefined && !anchors(read(path)).includes(anchor))) {
						broken.push(`${name}: ${path}#${anchor ?? ''}`);
					}
				}
			}
		}
		expect(broken).toEqual([]);
		expect(followed).toBeGreaterThan(8);
	});

	test('CN-07 CS-13 the set-up page says where Halo shows the three strings, the client id and the secret', () => {
		const page = read('docs/setup-in-halo.md');
		expect(page).toContain('Configuration > Integrations > HaloPSA API');
		expect(page).toMatch(/\*Resource Server\*, \*Authorisation Server\* and \*Tenant\*/);
		expect(page).toMatch(/copy client id and secret/);
	});

	test('README names every node, with the name that the editor shows', () => {
		const readme = read('README.md');
		const names = readdirSync(join(root, 'nodes'), {
			recursive: true,
			encoding: 'utf8',
		})
			.filter((name) => name.endsWith('.node.ts'))
			.map((name) => /displayName: '([^']+)'/.exec(read(join('nodes', name)))?.[1] ?? name);
		expect(names.length).toBeGreaterThanOrEqual(5);
		for (const name of names) expect(readme).toContain(`**${name}**`);
	});

	test('README leads to every template and to every page', () => {
		const readme = read('README.md');
		const templates = readdirSync(join(root, 'workflows')).map((name) => `workflows/${name}`);
		const pagesOfDocs = markdown('docs');
		const wanted = [...templates, ...pagesOfDocs.filter((path) => path.split('/').length === 2)];
		expect(wanted.length).toBeGreaterThan(20);
		expect(wanted.filter((path) => !readme.includes(`](${path})`))).toEqual([]);

		// Pages of a folder are many: README leads to the folder's own page, and that one to each of them.
		const inFolders = pagesOfDocs.filter((path) => path.split('/').length > 2);
		const lost = inFolders.filter((path) => {
			const index = `${dirname(path)}/README.md`;
			if (path === index) return !readme.includes(`](${index})`);
			return !existsSync(join(root, index)) || !read(index).includes(`](${basename(path)})`);
		});
		expect(lost).toEqual([]);
	});
});
