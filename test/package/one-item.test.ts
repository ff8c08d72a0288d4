import {
	type Template,
	type TemplateNode,
	templateNode,
	templates,
} from '../support/template-code';

/**
 * `first()`, `last()` and `.item` of another node mix two items up as soon as that node gives out several. What cannot
 * be seen to give out one stands here, with the reason why it does, or why the items cannot be mixed up.
 */
const ALLOWED: Record<string, Record<string, string>> = {
	console: { Answer: 'its first output is the one page of the call' },
	'custom-tab-url': {
		'Halo Import Companies': 'first(1): its second output is one summary',
	},
	'elevation-approval': {
		'Check and decide': 'first(0): one decision, about the one question of the run',
		'Word the question': 'a run has one question; the node refuses two',
	},
	'jit-disable': {
		'Which calls': '.item behind HTTP Request, which pairs each answer with its call',
	},
	'map-companies-form': {
		'Clients to import': 'the first item of the second output is the summary of the run',
		'Search Halo': 'the first item of the second output is the summary of the run',
	},
	notices: {
		Notices: '.item behind the nodes that send, which pair each answer with its notice',
	},
	'poll-tickets': {
		'Not seen yet': '.item behind Halo Ticket, which pairs each ticket with its row',
		Since: 'gives out one item, the window of the run',
	},
	'process-inbox': {
		Begin: 'every item holds the same ids of tables',
		Choose: 'its first output is the one lease of the run',
	},
	'prune-inbox': { 'Find tables': 'gives out one item with the ids' },
	'replay-form': {
		'Find waiting': 'every item holds the id of the one table',
		'What waits': 'gives out one item with what can be chosen',
	},
	'sync-companies': {
		Begin: 'gives out one item, the plan of the run',
		'Write status': 'writes one row, each time with what the run says last',
	},
	'ticket-closed-callback': {
		'Which calls': '.item behind HTTP Request, which pairs each answer with its call',
	},
};

/** One item by what the node is: a form that was sent, a failure that was caught, settings that run once. */
function givesOne({ type, parameters, executeOnce }: TemplateNode): boolean {
	const kind = type.split('.').at(-1) ?? '';
	if (['formTrigger', 'form', 'errorTrigger', 'n8nTrigger'].includes(kind)) return true;
	if (kind === 'set') return executeOnce === true;
	if (kind !== 'code') return false;
	// The returns of the node itself, not those of functions inside it, stand at the beginning of a line.
	const returns = [...String(parameters.jsCode).matchAll(/^(?:if \(.*\) )?return (.*)/gm)];
	return (
		returns.length > 0 &&
		returns.every(([, what]) => /^(?:\[\{|\[\];|page\(|status\()/.test(String(what)))
	);
}

function readers({ nodes, connections }: Template): Array<[reader: string, read: string]> {
	return nodes.flatMap(({ name, parameters }) => {
		const text = JSON.stringify(parameters);
		const named = [...text.matchAll(/\$\('([^']+)'\)\.(?:first|last|item|itemMatching)\b/g)].map(
			([, read]) => String(read),
		);
		const before = Object.entries(connections)
			.filter(([, { main }]) => main.some((wires) => wires.some(({ node }) => node === name)))
			.map(([from]) => from);
		const own = /\$input\.(?:first|last|item)\b/.test(text) ? before : [];
		return [...named, ...own].map((read): [string, string] => [name, read]);
	});
}

describe('no template takes one item for another', () => {
	test.each([...templates])('%s: what is read as one item is one', (name, template) => {
		const doubtful = readers(template).flatMap(([reader, read]) => {
			const node = template.nodes.find((entry) => entry.name === read);
			if (node === undefined) return [`${reader} reads ${read}, which is not there`];
			return givesOne(node) || ALLOWED[name]?.[read] !== undefined ? [] : [`${reader} <- ${read}`];
		});
		expect([...new Set(doubtful)]).toEqual([]);
	});

	test.each([...templates])('%s: no other way to pick an item of another node', (_, { nodes }) => {
		for (const { name, parameters } of nodes) {
			const text = JSON.stringify(parameters);
			expect([name, /\$node\[|\$items?\(|\.all\([^)]*\)\[0\]|\$prevNode/.test(text)]).toEqual([
				name,
				false,
			]);
		}
	});

	test('the list of exceptions has no row that nothing needs', () => {
		const needed = [...templates].flatMap(([name, template]) =>
			readers(template)
				.filter(([, read]) => {
					const node = template.nodes.find((entry) => entry.name === read);
					return node !== undefined && !givesOne(node);
				})
				.map(([, read]) => `${name}: ${read}`),
		);
		const listed = Object.entries(ALLOWED).flatMap(([name, nodes]) =>
			Object.keys(nodes).map((node) => `${name}: ${node}`),
		);
		expect(listed.sort()).toEqual([...new Set(needed)].sort());
	});

	test('a run that asks about a request refuses two', () => {
		const elevation = templates.get('elevation-approval');
		const wires = (from: string) =>
			elevation?.connections[from]?.main.flat().map(({ node }) => node);
		expect(wires('One request')).toEqual(['Word the question']);
		expect(wires('Word the question')).toEqual(['Link in private note']);
		const { parameters } = templateNode('elevation-approval', 'Ask about each');
		expect(parameters).toMatchObject({ mode: 'each', options: { waitForSubWorkflow: false } });
		// See the operation's own test: it refuses two requests in one run.
		const { parameters: word } = templateNode('elevation-approval', 'Word the question');
		expect(word).toMatchObject({ operation: 'word' });
	});
});
