import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { newOwner } from '../../sandbox/host/launch-n8n';

const root = join(__dirname, '..', '..');
const workflows = join(root, '.github', 'workflows');
const actions = readdirSync(workflows).flatMap((name) =>
	[...readFileSync(join(workflows, name), 'utf8').matchAll(/uses:\s*(.+)$/gm)].map(
		([, used]): [string, string] => [name, used ?? ''],
	),
);

test('the jobs use actions', () => expect(actions.length).toBeGreaterThanOrEqual(5));

test.each(actions)('%s uses %s by its commit, with the version behind it', (_name, used) => {
	// A tag can be moved to other code, and one of these jobs signs packages.
	expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("the sandbox's owner has another password in each run, of the kind that n8n takes", () => {
	const passwords = Array.from({ length: 50 }, () => newOwner().password);
	expect(new Set(passwords).size).toBe(50);
	for (const password of passwords) {
		expect(password).toMatch(/^(?=.*[A-Z])(?=.*\d)[\w-]{20,64}$/);
	}
});

test('no password stands in the sandbox', () => {
	const files = readdirSync(join(root, 'sandbox'), { recursive: true, encoding: 'utf8' }).filter(
		(name) => /\.(ts|mjs)$/.test(name) && !/node_modules|\.run/.test(name),
	);
	expect(files.length).toBeGreaterThan(50);
	const fixed = files.filter((name) =>
		/password: ['"][^'"]+['"]/.test(readFileSync(join(root, 'sandbox', name), 'utf8')),
	);
	expect(fixed).toEqual([]);
});
