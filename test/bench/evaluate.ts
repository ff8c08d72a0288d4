import { createContext, Script } from 'node:vm';

import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { EvaluateEventSet } from '../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { runNode } from '../support/engine';
import { codeNodeScript } from './data/code-node';
import { asItems, makeEvents, makeRules, makeSetRow } from './data/events';
import { compare, growthExponent, type Cost } from './measure';
import {
	count,
	digits,
	duration,
	exponent,
	megabytes,
	perSecond,
	ratio,
	type Section,
} from './report';
import type { BenchSizes } from './sizes';

/** A node that runs a script over its items with node:vm, as n8n's task runner does, without the way to it and back. */
class ScriptNode implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Script',
		name: 'script',
		group: ['transform'],
		version: 1,
		description: 'Benchmark only',
		defaults: { name: 'Script' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	constructor(code: string) {
		const script = new Script(`(() => {${code}\n})()`);
		this.execute = async function (this: IExecuteFunctions) {
			const items = this.getInputData();
			const found: INodeExecutionData[] = script.runInContext(
				createContext({ $input: { all: () => items } }),
			);
			return await Promise.resolve([found]);
		};
	}

	execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

const keysOf = (items: readonly INodeExecutionData[]): string[] =>
	items.map(({ json }) => String(json.groupKey));

/** @throws when the two do not make the same tickets: then the comparison says nothing */
function demandSame(size: number, ours: string[], theirs: string[]): void {
	const known = new Set(ours);
	if (ours.length === theirs.length && theirs.every((key) => known.has(key))) return;
	throw new Error(
		`Of ${size} events the node tickets ${ours.length} and the script ${theirs.length}`,
	);
}

interface Measured {
	size: number;
	tickets: number;
	ours: Cost;
	theirs: Cost;
	/** Time of the node divided by that of the script. */
	timeRatio: number;
}

/** Evaluate Event Set in one node run, against the same rules as a script. */
export async function benchEvaluate(sizes: BenchSizes): Promise<Section> {
	const rules = makeRules(sizes.rules);
	const set = makeSetRow(rules);
	const evaluator = new EvaluateEventSet();
	const script = new ScriptNode(codeNodeScript(rules));
	const measured: Measured[] = [];
	for (const size of sizes.events) {
		const items = asItems(makeEvents(size));
		const evaluate = async () => {
			const run = await runNode({
				node: evaluator,
				parameters: { eventSetFrom: 'rows' },
				inputs: [items, [set]],
			});
			if (run.error !== null) throw new Error(run.error.message);
			return run.outputs;
		};
		const runScript = async () => (await runNode({ node: script, inputs: [items] })).outputs;
		const [tickets = [], ignored = []] = await evaluate();
		if (tickets.length + ignored.length !== size) throw new Error('An event got no decision');
		demandSame(size, keysOf(tickets), keysOf((await runScript())[0] ?? []));
		const cost = await compare(evaluate, runScript, sizes.runs(size));
		measured.push({ size, tickets: tickets.length, ...cost });
	}
	const grown = (read: (one: Measured) => number): number =>
		growthExponent(measured.map((one) => [one.size, read(one)]));
	const timeGrowth = exponent(grown(({ ours }) => ours.ms));
	const memoryGrowth = exponent(grown(({ ours }) => ours.peakBytes));
	const last = measured.at(-1);
	return {
		title: 'Evaluate Event Set',
		headline: `time grows with the power ${timeGrowth.text} of the number of events, memory with ${memoryGrowth.text}; ${count(last?.size ?? 0).text} events over ${sizes.rules} rules take ${digits(last?.timeRatio ?? 0)} times as long as the bare script of a Code node without its task runner.`,
		method: [
			`One run of the node on n8n's engine (n8n-core) over a set of ${sizes.rules} rules: codes, companies, asset patterns, KEV and minimum severity, the first that holds decides. Compared with the same rules as plain JavaScript that a user would write for the Code node, run with node:vm inside a node of the same engine: that leaves out what the Code node pays to hand all items to its task runner and back (measured further down). Both make the same tickets; the node also checks every event and gives every ignored one its decision and reason, the script drops those.`,
		],
		ratios: [
			{
				caption: 'Growth from the smallest to the largest size, and the ratio to the script:',
				head: ['what', 'growth', ...sizes.events.map((size) => `at ${count(size).text} events`)],
				rows: [
					['time, node / script', timeGrowth, ...measured.map(({ timeRatio }) => ratio(timeRatio))],
					[
						'memory, node / script',
						memoryGrowth,
						...measured.map(({ ours, theirs }) =>
							ratio(ours.peakBytes / Math.max(theirs.peakBytes, 1)),
						),
					],
				],
			},
		],
		absolute: [
			{
				caption: 'Absolute:',
				head: [
					'events',
					'tickets',
					'time',
					'events',
					'peak memory',
					'script: time',
					'script: memory',
				],
				rows: measured.map(({ size, tickets, ours, theirs }) => [
					count(size),
					count(tickets),
					duration(ours.ms),
					perSecond((size / ours.ms) * 1000),
					megabytes(ours.peakBytes),
					duration(theirs.ms),
					megabytes(theirs.peakBytes),
				]),
			},
		],
	};
}
