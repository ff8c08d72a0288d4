import type { INodeType } from 'n8n-workflow';

import { EvaluateEventSet } from '../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { HaloApproval } from '../../nodes/HaloApproval/HaloApproval.node';
import { HaloInbox } from '../../nodes/HaloInbox/HaloInbox.node';
import { HaloOutbox } from '../../nodes/HaloOutbox/HaloOutbox.node';
import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { HaloTrigger } from '../../nodes/HaloTrigger/HaloTrigger.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import { MapCompany } from '../../nodes/MapCompany/MapCompany.node';
import { ScannerEvents } from '../../nodes/ScannerEvents/ScannerEvents.node';
import { ScannerTrigger } from '../../nodes/ScannerTrigger/ScannerTrigger.node';
import { readTemplates } from '../../sandbox/templates';

const PACK = 'n8n-nodes-halopsa-bridge.';
const NODES: INodeType[] = [
	new EvaluateEventSet(),
	new HaloApproval(),
	new HaloInbox(),
	new HaloOutbox(),
	new HaloTicket(),
	new HaloTrigger(),
	new ImportCompanies(),
	new MapCompany(),
	new ScannerEvents(),
	new ScannerTrigger(),
];

test('no template writes an expression into a field that n8n takes as it is typed', () => {
	let expressions = 0;
	const wrong: string[] = [];
	for (const [name, { nodes }] of readTemplates()) {
		for (const entry of nodes) {
			const type = NODES.find(({ description }) => entry.type === `${PACK}${description.name}`);
			for (const [field, value] of Object.entries(Object(entry.parameters))) {
				if (type === undefined || typeof value !== 'string' || !value.startsWith('=')) continue;
				expressions += 1;
				const known = type.description.properties.filter((one) => one.name === field);
				if (known.some(({ noDataExpression }) => noDataExpression === true)) {
					wrong.push(`${name}, ${String(entry.name)}: ${field}`);
				}
			}
		}
	}
	expect(expressions).toBeGreaterThan(3);
	expect(wrong).toEqual([]);
});
