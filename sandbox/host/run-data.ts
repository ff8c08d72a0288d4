import { type JsonRecord, asRecord, asRecords } from './json';
import type { Execution } from './n8n-session';

/** The json of the items that a node gave out on one of its outputs in its last run; empty when it did not run. */
export function outputOf(execution: Execution, nodeName: string, output = 0): JsonRecord[] {
	const runs = execution.runData[nodeName];
	if (runs === undefined) return [];
	const last = asRecords(runs, `runs of ${nodeName}`).at(-1);
	if (last?.data === undefined) return [];
	const { main } = asRecord(last.data, `data of ${nodeName}`);
	if (!Array.isArray(main)) return [];
	const items: unknown = main[output];
	if (items === null || items === undefined) return [];
	return asRecords(items, `output ${output} of ${nodeName}`).map((item) =>
		asRecord(item.json, `an item of ${nodeName}`),
	);
}
