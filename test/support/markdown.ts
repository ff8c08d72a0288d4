import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Text of a file of the project. @param path from the project's folder */
export function readPage(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replace(/ /g, '-');
}

/** Anchors that the headings of a page get, as GitHub makes them. */
export function anchors(page: string): string[] {
	return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

/**
 * A section of a page: its heading and all until the next heading that is as high or higher.
 * @param place path from the project's folder, with or without `#anchor`; without one it is the whole page
 * @throws when the page has no such heading
 */
export function sectionOf(place: string): string {
	const [path = '', anchor] = place.split('#');
	const lines = readPage(path).split('\n');
	if (anchor === undefined) return lines.join('\n');
	const level = (line: string): number => /^(#+) /.exec(line)?.[1]?.length ?? Infinity;
	const start = lines.findIndex(
		(line) => level(line) < Infinity && anchorOf(line.replace(/^#+ /, '')) === anchor,
	);
	if (start < 0) throw new Error(`${path} has no heading #${anchor}`);
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => level(line) <= level(lines[start] ?? ''));
	return [lines[start], ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
}
