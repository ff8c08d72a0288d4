import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { oldRows } from '../../nodes/shared/domain/inbox/prune';
import { readPage } from '../support/markdown';
import { templates } from '../support/template-code';

const STATE_IN_CODE = /\bstate: '([a-z]+)'/g;

function statesIn(code: string): string[] {
	return [...code.matchAll(STATE_IN_CODE)].map(([, state]) => String(state));
}

/** What Halo Inbox and Halo Outbox write to a row: an event that came in, a change that was given out, a call, their ends. */
const byNodes = [
	'inbox/poll-changes',
	'inbox/settle',
	'inbox/store',
	'outbox/call',
	'outbox/claim',
].flatMap((file) => {
	const path = join(__dirname, '..', '..', 'nodes/shared/domain', `${file}.ts`);
	const code = readFileSync(path, 'utf8');
	const chosen = code.includes("state: dead ? 'dead' : 'new'") ? ['dead', 'new'] : [];
	return [...statesIn(code), ...chosen].map((state): [string, string] => [file, state]);
});

/** States that a template writes to a row of halo_inbox, in its nodes and in its code. */
const written = [
	...byNodes,
	...[...templates].flatMap(([template, { nodes }]) =>
		nodes.flatMap(({ parameters }) => {
			const states = Object(Object(parameters.columns).value).state as unknown;
			const here = typeof states === 'string' ? [states] : [];
			return [...here, ...statesIn(String(parameters.jsCode ?? ''))]
				.filter((state) => !state.startsWith('='))
				.map((state): [string, string] => [template, state]);
		}),
	),
];

/** Those that prune-inbox looks for. */
const keeping = { keepDays: 1, keepDeadDays: 1, keepHeldDays: 1, keepRows: 1, keepErrorDays: 1 };
const pruned = new Set(
	oldRows({}, 1, keeping, 0).flatMap(({ where }) =>
		where.filter(({ column }) => column === 'state').map(({ value }) => String(value)),
	),
);

test('a row of halo_inbox ends in a state that is pruned, and its page knows the state', () => {
	expect(written.length).toBeGreaterThan(8);
	expect(new Set(byNodes.map(([, state]) => state))).toEqual(
		new Set(['dead', 'done', 'failed', 'held', 'new', 'sending', 'waiting']),
	);
	expect([...pruned].sort()).toEqual(['dead', 'done', 'held']);
	const [, meaning = ''] = /\| state \| (.*) \|/.exec(readPage('docs/tables.md')) ?? [];
	// Taken up again: at once, when they are due, when their window ends, when the call was cut off.
	const goesOn = ['new', 'failed', 'waiting', 'sending'];
	const lost = written.filter(([, state]) => !pruned.has(state) && !goesOn.includes(state));
	expect(lost).toEqual([]);
	expect(written.filter(([, state]) => !meaning.includes(`\`${state}\``))).toEqual([]);
});
