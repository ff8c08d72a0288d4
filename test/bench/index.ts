import { benchAutoMap } from './auto-map';
import { benchEvaluate } from './evaluate';
import { benchJunk } from './junk';
import { benchN8n } from './n8n';
import type { Section } from './report';
import type { BenchSizes } from './sizes';
import { benchSources } from './sources';
import { benchTickets } from './tickets';

/** Every part, in the order of the page. A part that gives null does not belong to these sizes. */
const PARTS: ReadonlyArray<(sizes: BenchSizes) => Promise<Section | null>> = [
	benchEvaluate,
	benchAutoMap,
	benchTickets,
	benchSources,
	benchN8n,
	benchJunk,
];

/**
 * Measures everything.
 * @param onSection told each section when it is there: the next one takes a while
 */
export async function runBench(
	sizes: BenchSizes,
	onSection: (section: Section) => void = () => undefined,
): Promise<Section[]> {
	const sections: Section[] = [];
	for (const part of PARTS) {
		const section = await part(sizes);
		if (section === null) continue;
		sections.push(section);
		onSection(section);
	}
	return sections;
}
