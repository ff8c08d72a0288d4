import './prefer-typescript';

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

import type * as Support from '../nodes/HaloTicket/support';

/**
 * How far one event goes inside Halo Ticket: which files of the pack run for one create and one close, and how often a
 * function of one file calls a function of another ("hops"). Every function of nodes/ tells when it starts; loading the
 * files counts for nothing. `npx tsx test/bench/walk.ts`, with `--files` for the hops of each pair of files.
 */

const ROOT = join(__dirname, '..', '..');
const NODES = join(ROOT, 'nodes');

/** Deep enough to see past the array methods of Node between two of our own functions. */
const FRAMES = 12;

interface Walk {
	files: Set<string>;
	hops: Map<string, number>;
}

let walk: Walk | null = null;

/** The file of the function that called the one that has just started; null when n8n or Node did. */
function callerOf(own: string): string | null {
	const before = { prepare: Error.prepareStackTrace, limit: Error.stackTraceLimit };
	Error.stackTraceLimit = FRAMES;
	Error.prepareStackTrace = (_, frames) => frames.map((frame) => frame.getFileName());
	const { stack } = new Error(own);
	Error.prepareStackTrace = before.prepare;
	Error.stackTraceLimit = before.limit;
	const files = (stack as unknown as Array<string | null>).slice(3);
	return files.find((file) => file?.startsWith(NODES) === true) ?? null;
}

function entered(file: string): void {
	if (walk === null) return;
	walk.files.add(file);
	const caller = callerOf(file);
	if (caller === null || caller === file) return;
	const hop = `${relative(NODES, caller)} > ${relative(NODES, file)}`;
	walk.hops.set(hop, (walk.hops.get(hop) ?? 0) + 1);
}

/** Puts a call to `entered` at the start of every function of a script. */
function telling(file: string): ts.TransformerFactory<ts.SourceFile> {
	return (context) => {
		const { factory } = context;
		const tell = (): ts.Expression =>
			factory.createCallExpression(
				factory.createPropertyAccessExpression(
					factory.createIdentifier('globalThis'),
					'packWalkEntered',
				),
				undefined,
				[factory.createStringLiteral(file)],
			);
		const visit = (node: ts.Node): ts.Node => {
			const seen = ts.visitEachChild(node, visit, context);
			if (ts.isArrowFunction(seen) && !ts.isBlock(seen.body)) {
				const body = factory.createParenthesizedExpression(
					factory.createComma(tell(), factory.createParenthesizedExpression(seen.body)),
				);
				const { modifiers, parameters, equalsGreaterThanToken: arrow } = seen;
				return factory.updateArrowFunction(
					seen,
					modifiers,
					undefined,
					parameters,
					undefined,
					arrow,
					body,
				);
			}
			if (!ts.isBlock(seen) || !ts.isFunctionLike(node.parent)) return seen;
			const statements = [factory.createExpressionStatement(tell()), ...seen.statements];
			return factory.updateBlock(seen, statements);
		};
		return (source) => ts.visitEachChild(source, visit, context);
	};
}

function hookIn(): void {
	Object.assign(globalThis, { packWalkEntered: entered });
	const usual = require.extensions['.ts'];
	require.extensions['.ts'] = (module, file) => {
		if (!file.startsWith(NODES)) return usual?.(module, file);
		const plain = ts.transpileModule(readFileSync(file, 'utf8'), {
			compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
			fileName: file,
		}).outputText;
		const script = ts.createSourceFile(file, plain, ts.ScriptTarget.ES2022, true);
		const told = ts.transform(script, [telling(file)]).transformed[0] ?? script;
		const text = ts.createPrinter().printFile(told);
		(module as NodeModule & { _compile(code: string, name: string): void })._compile(text, file);
	};
}

/** Runs something and says where it went. */
async function follow(run: () => Promise<unknown>): Promise<Walk> {
	const own: Walk = { files: new Set(), hops: new Map() };
	walk = own;
	await run();
	walk = null;
	return own;
}

function tell(name: string, { files, hops }: Walk, withFiles: boolean): void {
	const count = [...hops.values()].reduce((sum, each) => sum + each, 0);
	process.stdout.write(`${name}: ${files.size} files, ${count} hops\n`);
	if (!withFiles) return;
	for (const [hop, times] of [...hops].sort(([, left], [, right]) => right - left)) {
		process.stdout.write(`${String(times).padStart(5)}  ${hop}\n`);
	}
}

async function main(withFiles: boolean): Promise<void> {
	hookIn();
	// Loaded only now, so that the functions of the pack tell when they start.
	const support = (await import('../nodes/HaloTicket/support')) as typeof Support;
	const { evaluated, resolved, startTicketing } = support;
	const halo = await startTicketing();
	try {
		const created = await follow(async () => await halo.decide([evaluated()]));
		const closed = await follow(async () => await halo.decide([resolved()]));
		tell('create', created, withFiles);
		tell('close', closed, withFiles);
	} finally {
		await halo.simulator.stop();
	}
}

void main(process.argv.includes('--files'));
