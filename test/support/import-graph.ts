import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Files to the files that they import, or folders to folders; paths from the root. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Every TypeScript file of some folders. Paths are relative to the project's root, where tests run. */
export function sourceFiles(roots: readonly string[]): string[] {
	const files = roots.flatMap((root) =>
		readdirSync(root, { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !/(?:^|\/)(?:node_modules|\.run)\//.test(name))
			.map((name) => join(root, name)),
	);
	return [...new Set(files)];
}

function imported(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const names = [
		...text.matchAll(/^(?:import|export)\b[^;']*?from '([^']+)'/gm),
		...text.matchAll(/^import '([^']+)'/gm),
		...text.matchAll(/\b(?:require|import)\('([^']+)'\)/g),
	].flatMap(([, name]) => (name?.startsWith('.') === true ? [name] : []));
	return names.flatMap((name) => {
		const path = relative('.', join(dirname(file), name));
		return [`${path}.ts`, `${path}/index.ts`, path].filter((each) => existsSync(each)).slice(0, 1);
	});
}

/** What the files of some folders import of the project, types too. */
export function importGraph(roots: readonly string[]): Graph {
	return new Map(sourceFiles(roots).map((file) => [file, imported(file)]));
}

/** The same for folders; what a folder imports of itself is left out. */
export function foldersOf(graph: Graph): Graph {
	const folders = new Map<string, Set<string>>();
	for (const [file, files] of graph) {
		const folder = dirname(file);
		const others = folders.get(folder) ?? new Set();
		for (const other of files.map((path) => dirname(path))) if (other !== folder) others.add(other);
		folders.set(folder, others);
	}
	return new Map([...folders].map(([folder, others]) => [folder, [...others]]));
}

/** All that can be come to from a node, the node itself only when a way leads back to it. */
function within(graph: Graph, from: string): Set<string> {
	const seen = new Set<string>();
	const left = [...(graph.get(from) ?? [])];
	for (let next = left.pop(); next !== undefined; next = left.pop()) {
		if (seen.has(next)) continue;
		seen.add(next);
		left.push(...(graph.get(next) ?? []));
	}
	return seen;
}

/** The nodes that lie on circles, each circle once. */
export function circles(graph: Graph): string[][] {
	const reach = new Map([...graph.keys()].map((node) => [node, within(graph, node)]));
	const done = new Set<string>();
	const found: string[][] = [];
	for (const [node, own] of reach) {
		if (done.has(node) || !own.has(node)) continue;
		const circle = [...own].filter((other) => reach.get(other)?.has(node) === true);
		for (const each of circle) done.add(each);
		found.push(circle);
	}
	return found;
}
