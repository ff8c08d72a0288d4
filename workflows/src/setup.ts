import { OUTPUTS } from '../../nodes/HaloInbox/description';
import { BRIDGE_TABLES } from '../../nodes/shared/domain/set-up/tables';
import { chain, coreNode, packNode, type TemplateNode, type TemplateSource, wire } from './builder';
import { insertRows, listTables, runByHand, stopWith } from './core';
import { haloInbox } from './pack';

const byHand = runByHand('Run once by hand');
const listed = listTables();
const missing = packNode(haloInbox, 'Which are missing', { operation: 'setUp' });

/** Data Table: a new table. Its columns cannot come from an expression: n8n drops one in a list of fields. */
const make = BRIDGE_TABLES.map(({ name, columns }) =>
	coreNode(`Make ${name}`, 'dataTable', 1.1, {
		resource: 'table',
		operation: 'create',
		tableName: name,
		columns: {
			column: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
		},
		options: { createIfNotExists: false },
	}),
);
const firstRows = packNode(haloInbox, 'First rows', { operation: 'firstRows' });
const insert = insertRows('Insert first rows', { id: '={{ $json.id }}' }, 'ofTheItem');
const sayIt = stopWith('Say what is to correct', '={{ $json.message }}');

/** Tables in turn in two columns, so that no wire runs over a node. */
const inTurn = (turn: 0 | 1): TemplateNode[] => make.filter((_, index) => index % 2 === turn);

/** The Data Tables with their columns and first rows. */
export const setup: TemplateSource = {
	file: 'setup',
	id: 'haloBridgeSetup0001',
	name: 'Halo Bridge: setup',
	settings: { executionOrder: 'v1' },
	about: {
		name: 'About',
		content: `## Set-up: the Data Tables of the Halo bridge

Run this workflow once, by hand. It makes the tables that are missing and puts first rows into the new ones. It needs no credential. Run it again whenever you like, and after each update of the pack: a table that exists is left alone, rows and all.

**When it ends red** it says what only a person can correct: a column that a table of an earlier version lacks, with its name, its type and where to add it; a column of another type; two tables of one name. What was missing is made all the same.

**Afterwards**
1. Open **Data tables** in n8n.
2. \`halo_profiles\`: check that the names in P1, P2 and P3 exist in your Halo (Configuration > Tickets).
3. \`halo_company_mappings\`: give each company its Halo client id, then set **createTicket** to true.
4. Publish *intake* and *process-inbox*.
5. *check-setup* says whether Halo is set up as it must be.

**Yours to change**: nothing. Columns of your own are added under **Data tables** and stay.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### The tables that are missing, and their first rows; at the bottom: what a person has to correct\nTables are compared by exact name, columns by name and type.',
			},
			columns: [
				[byHand],
				[listed],
				// As tall as its eight outputs.
				[null, missing, null, null, null],
				// Room for the names of its outputs.
				[],
				[...inTurn(1), null],
				[...inTurn(0), sayIt],
				[firstRows],
				[insert],
			],
		},
	],
	wires: [
		...chain(byHand, listed, missing),
		...make.flatMap((node, index) => {
			const made = wire(missing, node, index);
			return BRIDGE_TABLES[index]?.firstRows.length === 0 ? [made] : [made, wire(node, firstRows)];
		}),
		wire(firstRows, insert),
		wire(missing, sayIt, OUTPUTS.setUp.byHand),
	],
};
