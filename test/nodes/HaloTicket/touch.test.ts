import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { evaluated, resolved, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

// A Halo of its own for each cell: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const FIXED = 'fixed';
const FULL = 'absent from 2 full scans';
const PARTIAL = 'absent from 2 partial scans';

/** What became of the ticket: what the node decided about it, whether it is open, and the notes that it got. */
type End = [decision: string, ticket: 'open' | 'closed' | 'deleted', notes: number];

const SILENT: End = ['-', 'open', 0];
const KEPT: End = ['kept_open', 'open', 1];

const CELLS: Array<[condition: string, ending: string, end: End]> = [
	['untouched', FIXED, ['closed', 'closed', 0]],
	['untouched', FULL, ['closed', 'closed', 0]],
	['untouched', PARTIAL, SILENT],
	['human note', FIXED, KEPT],
	['human note', FULL, KEPT],
	['human note', PARTIAL, SILENT],
	['time entry', FIXED, KEPT],
	['time entry', FULL, KEPT],
	['time entry', PARTIAL, SILENT],
	['reassigned', FIXED, KEPT],
	['reassigned', FULL, KEPT],
	['reassigned', PARTIAL, SILENT],
	// What became of the ticket of a person that it was merged into.
	['merged', FIXED, KEPT],
	['merged', FULL, SILENT],
	['merged', PARTIAL, SILENT],
	['already closed', FIXED, ['already_closed', 'closed', 0]],
	['already closed', FULL, ['-', 'closed', 0]],
	['already closed', PARTIAL, ['-', 'closed', 0]],
	['deleted', FIXED, ['not_found', 'deleted', 0]],
	['deleted', FULL, ['-', 'deleted', 0]],
	['deleted', PARTIAL, ['-', 'deleted', 0]],
];

/** What people do to the ticket; gives back the ticket to look at afterwards. */
const CONDITIONS: Record<string, (id: number) => number> = {
	untouched: (id) => id,
	'human note': (id) => (halo.simulator.technician.note(id, 'Reboot tonight'), id),
	'time entry': (id) => (halo.simulator.technician.bookTime(id, 0.25), id),
	reassigned: (id) => (halo.simulator.technician.edit(id, { agent_id: 3 }), id),
	merged: (id) => {
		const other = halo.simulator.technician.create({ summary: 'Mail is slow', client_id: 11 });
		halo.simulator.technician.merge(id, other);
		return other;
	},
	'already closed': (id) => (halo.simulator.technician.close(id), id),
	deleted: (id) => (halo.simulator.technician.delete(id), id),
};

function finding(number: number, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	return make({ dedupKey: `v1|wazuh|finding ${number}`, title: `Finding ${number}`, ...change });
}

/** The other findings are still there in every scan, so that what is missing stays below the half. */
const others = () => [2, 3, 4].map((number) => finding(number));

async function twoScans(scanComplete: string): Promise<IDataObject[]> {
	const sync: INodeParameters = { operation: 'syncScan', scanComplete };
	await halo.decide(others(), sync);
	return await halo.decide(others(), sync);
}

const ENDINGS: Record<string, () => Promise<IDataObject[]>> = {
	[FIXED]: async () => await halo.decide([finding(1, { status: 'resolved' })]),
	[FULL]: async () => await twoScans('yes'),
	[PARTIAL]: async () => await twoScans('no'),
};

function storedTicket(id: number) {
	const ticket = halo.simulator.state.tickets.find((row) => row.id === id);
	if (ticket === undefined) throw new Error(`There is no ticket ${id}`);
	return ticket;
}

function ourNotes(id: number) {
	return storedTicket(id).actions.filter(
		(action) => action.actionby_application_id !== '' && action.id > 1 && !action.system,
	);
}

const table: string[][] = [];

afterAll(() => {
	const rows = [['ticket', 'finding', 'decision', 'ends', 'notes'], ...table];
	const width = (place: number) => Math.max(...rows.map((row) => (row[place] ?? '').length));
	const lines = rows.map((row) => row.map((cell, place) => cell.padEnd(width(place))).join('  '));
	process.stdout.write(`\nTouch guard, ${table.length} cells\n${lines.join('\n')}\n`);
});

test('D3 the touch-guard matrix has 21 cells, each of its own', () => {
	expect(CELLS).toHaveLength(21);
	expect(new Set(CELLS.map(([condition, ending]) => `${condition} ${ending}`)).size).toBe(21);
	expect(new Set(CELLS.map(([condition]) => condition))).toEqual(new Set(Object.keys(CONDITIONS)));
});

test.each(CELLS)('D3 %s, %s', async (condition, ending, [decision, ends, notes]) => {
	const made = await halo.decide([finding(1), ...others()]);
	const ownId = Number(made[0]?.ticketId);
	halo.afterTheRules();
	const watched = CONDITIONS[condition]?.(ownId) ?? ownId;
	const decisions = (await ENDINGS[ending]?.()) ?? [];
	const about = decisions.filter(
		({ ticketId, reference }) => ticketId === watched || reference === made[0]?.reference,
	);
	const ticket = storedTicket(watched);
	const state = ticket.deleted ? 'deleted' : ticket.dateClosed === null ? 'open' : 'closed';
	const written = ourNotes(watched).filter(({ note }) => note.includes('as resolved'));
	table.push([
		condition,
		ending,
		about.map((one) => String(one.decision)).join() || '-',
		state,
		String(written.length),
	]);
	expect(about.map((one) => one.decision)).toEqual(decision === '-' ? [] : [decision]);
	expect(state).toBe(ends);
	expect(written).toHaveLength(notes);
	for (const note of ourNotes(watched)) expect(note.hiddenfromuser).toBe(true);
	// Nobody else's ticket ended, and nobody was mailed.
	const rest = new Set(made.slice(1).map((one) => one.ticketId));
	expect(halo.openTickets().filter(({ id }) => rest.has(id as number))).toHaveLength(3);
	expect(halo.simulator.mails).toEqual([]);
	if (ending === PARTIAL) {
		const said = decisions.filter(({ decision: name }) => name === 'kept_open');
		const stillOpen = ends === 'open' && condition !== 'merged';
		expect(said).toHaveLength(stillOpen ? 1 : 0);
		for (const one of said) expect(one.reason).toContain('does not say that it is complete');
	}
});
