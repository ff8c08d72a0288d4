import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { circles, foldersOf, importGraph, sourceFiles } from '../support/import-graph';

/**
 * What each folder may import of the pack besides itself, one step at a time. `*` stands for every folder below the
 * name before it. A folder that is missing here may import nothing of the pack.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	'nodes/shared/domain/values': [],
	'nodes/shared/domain/webhook': ['values'],
	'nodes/shared/domain/event': ['values'],
	'nodes/shared/domain/profile': ['values', 'event'],
	'nodes/shared/domain/set-up': ['values', 'profile'],
	'nodes/shared/domain/company': ['values', 'event'],
	'nodes/shared/domain/company/match': ['values', 'event', 'company', 'profile'],
	'nodes/shared/domain/company/sync': ['values', 'company', 'company/match'],
	'nodes/shared/domain/sources/common': ['values', 'event'],
	'nodes/shared/domain/sources': ['values', 'event', 'sources/*'],
	'nodes/shared/domain/event-set': ['values', 'event', 'company', 'sources', 'sources/common'],
	'nodes/shared/domain/inbox': ['values', 'event'],
	'nodes/shared/domain/outbox': ['values', 'event', 'webhook', 'inbox'],
	// Words of the source's requests; the comparison of a proof; rows of halo_errors.
	'nodes/shared/domain/approval': ['values', 'event', 'sources', 'webhook', 'inbox'],
	'nodes/shared/domain/ticket': ['values', 'event'],
	'nodes/shared/domain/ticket/text': ['values', 'event', 'profile', 'ticket'],
	'nodes/shared/domain/ticket/plan': ['values', 'event', 'profile', 'ticket', 'ticket/text'],
	'nodes/shared/domain/ticket/group': [
		'values',
		'event',
		'profile',
		'ticket',
		'ticket/text',
		'ticket/plan',
	],
	'nodes/shared/domain/ticket/roster': [
		'values',
		'event',
		'profile',
		'ticket',
		'ticket/text',
		'ticket/plan',
		// What several events about one member come to, and how a member is written.
		'ticket/group',
	],
	'nodes/shared/domain/ticket/scan': [
		'values',
		'event',
		'ticket',
		'ticket/text',
		'ticket/plan',
		'ticket/roster',
	],
	'nodes/shared/domain/pages': ['values', 'event', 'company', 'profile', 'set-up', 'ticket'],
	'nodes/shared/domain/console': ['values', 'event', 'company', 'company/match', 'inbox', 'pages'],
	'nodes/shared/domain/console/sets': ['values', 'event', 'event-set', 'pages', 'console'],
	'nodes/shared/domain/console/inbox': ['values', 'inbox', 'pages', 'console'],
	'nodes/shared/domain/console/companies': [
		'values',
		'company',
		'company/match',
		'pages',
		'console',
	],
};

/** The folders of one vendor stand on what all sources share. */
const VENDOR = 'nodes/shared/domain/sources/';
const VENDOR_MAY = ['values', 'event', 'sources/common'];

const DOMAIN = 'nodes/shared/domain';

/** Outside the domain; every folder here may import the domain. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
	'nodes/shared/halo/http': [],
	'nodes/shared/halo/records': ['nodes/shared/halo/http'],
	'nodes/shared/halo/sign-in': ['nodes/shared/halo/http', 'nodes/shared/halo/records'],
	'nodes/shared/halo': [
		'nodes/shared/halo/http',
		'nodes/shared/halo/records',
		'nodes/shared/halo/sign-in',
	],
	'nodes/shared/halo/check': [
		'nodes/shared/halo/http',
		'nodes/shared/halo/records',
		'nodes/shared/halo/sign-in',
		'nodes/shared/halo',
	],
	'nodes/shared/n8n': ['nodes/shared/halo', 'nodes/shared/halo/*'],
	'nodes/HaloTicket/fields': ['nodes/shared/n8n'],
	'nodes/HaloTicket/read': ['nodes/shared/n8n', 'nodes/shared/halo', 'nodes/shared/halo/*'],
	'nodes/HaloTicket/run': ['nodes/HaloTicket/read', 'nodes/shared/halo', 'nodes/shared/halo/*'],
};

/** More files than this are no longer seen at one glance. */
const MOST_FILES = 25;

const MOST_LINES = 300;

function fits(folder: string, allowed: readonly string[]): boolean {
	return allowed.some((name) =>
		name.endsWith('/*') ? folder.startsWith(name.slice(0, -1)) : folder === name,
	);
}

/** Folders that one may import; null = not said here: a node's own folders import what is shared. */
function mayImport(folder: string): string[] | null {
	if (folder.startsWith(DOMAIN)) {
		const own = ALLOWED[folder] ?? (folder.startsWith(VENDOR) ? VENDOR_MAY : []);
		return own.map((name) => `${DOMAIN}/${name}`);
	}
	const above = ABOVE[folder];
	return above === undefined ? null : [...above, `${DOMAIN}/*`];
}

const graph = importGraph(['nodes', 'credentials', 'sandbox']);
const folders = foldersOf(graph);

describe('every folder is a room', () => {
	test('all source files are looked at', () => {
		expect(graph.size).toBeGreaterThan(300);
		expect([...graph.values()].flat().length).toBeGreaterThan(1000);
	});

	test('a circle is found where there is one', () => {
		const ring = new Map([
			['a', ['b']],
			['b', ['c']],
			['c', ['a']],
			['d', ['a']],
		]);
		expect(circles(ring).map((ringed) => [...ringed].sort())).toEqual([['a', 'b', 'c']]);
		expect(circles(new Map([['a', ['b']]]))).toEqual([]);
	});

	test('no file imports itself by way of others', () => {
		expect(circles(graph)).toEqual([]);
	});

	test('no folder imports itself by way of others', () => {
		expect(circles(folders)).toEqual([]);
	});

	test('folders import in the directions that the rooms have', () => {
		const wrong: string[] = [];
		let looked = 0;
		for (const [file, imported] of graph) {
			const folder = dirname(file);
			const allowed = mayImport(folder);
			if (allowed === null) continue;
			for (const path of imported) {
				const other = dirname(path);
				if (other === folder) continue;
				looked += 1;
				if (!fits(other, allowed)) wrong.push(`${file} imports ${path}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(looked).toBeGreaterThan(400);
	});

	test('what makes events true in Halo knows nothing of n8n', () => {
		const run = [...graph.keys()].filter((file) => file.startsWith('nodes/HaloTicket/run/'));
		const wrong = run.filter((file) => /from 'n8n|\/n8n\//.test(readFileSync(file, 'utf8')));
		// Values of the parameters come in as arguments; only their types are known here.
		const values = run.filter((file) =>
			/^import (?!type)[^;]*?from '\.\.\/read\//ms.test(readFileSync(file, 'utf8')),
		);
		expect(run.length).toBeGreaterThan(15);
		expect(wrong).toEqual([]);
		expect(values).toEqual([]);
	});

	test(`no folder holds more than ${MOST_FILES} source files`, () => {
		const count = new Map<string, number>();
		for (const file of sourceFiles(['nodes', 'credentials', 'sandbox', 'test'])) {
			count.set(dirname(file), (count.get(dirname(file)) ?? 0) + 1);
		}
		expect(count.size).toBeGreaterThan(50);
		expect([...count].filter(([, files]) => files > MOST_FILES)).toEqual([]);
	});

	test(`no source file has more than ${MOST_LINES} lines`, () => {
		const long = [...graph.keys()].filter(
			(file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > MOST_LINES,
		);
		expect(long).toEqual([]);
	});

	test('tests lie where their subject lies', () => {
		const rooms = new Set([...graph.keys()].flatMap((file) => upwards(dirname(file))));
		const mirrored = new Map([
			['test/nodes/credentials', 'credentials'],
			['test/nodes', 'nodes'],
			['test/domain', DOMAIN],
			['test/halo', 'nodes/shared/halo'],
			['test/n8n', 'nodes/shared/n8n'],
		]);
		const tests = sourceFiles([...mirrored.keys()]);
		const lost = tests.filter((file) => {
			const [from = '', to = ''] =
				[...mirrored].find(([start]) => file.startsWith(`${start}/`)) ?? [];
			return !rooms.has(dirname(file).replace(from, to));
		});
		expect(tests.length).toBeGreaterThan(50);
		expect(lost).toEqual([]);
	});
});

/** A folder and all those around it. */
function upwards(folder: string): string[] {
	const parent = dirname(folder);
	return parent === '.' ? [folder] : [folder, ...upwards(parent)];
}
