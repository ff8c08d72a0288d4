import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import { viewOfDetail } from '../../../nodes/HaloTicket/run/views';
import { returnOfEmptied } from '../../../nodes/shared/domain/ticket/roster/emptied';
import { OPTIONS, PlannedHalo } from '../../support/planned-halo';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let halo: PlannedHalo;

beforeEach(() => {
	halo = new PlannedHalo();
});

/** One event for the digest, some time later; resolves to the id of the ticket that it is on. */
function send(problem: string, status: 'open' | 'resolved', afterMs: number): number | null {
	halo.now += afterMs;
	const event = parseEvent({
		source: 'wazuh',
		dedupKey: `v1|wazuh|${problem}`,
		status,
		severity: 'low',
		title: problem,
		time: new Date(halo.now).toISOString(),
		resolution: status === 'resolved' ? { reason: 'remediated' } : null,
	});
	const [decided] = halo.send('roster', [event]);
	const [at] = halo.tickets.filter(({ actions }) => actions.at(-1)?.datetime === event.time);
	return decided?.ticketId ?? at?.detail.id ?? null;
}

/** A digest that was closed with its last problem. */
function emptied(): void {
	send('first', 'open', 0);
	send('first', 'resolved', MINUTE);
	expect([halo.tickets.length, halo.open.length]).toEqual([1, 0]);
}

test.each([
	['another problem, within the hour of the storm', 'second', HOUR - MINUTE, 1],
	['another problem, after it', 'second', HOUR + MINUTE, 2],
	['a problem that it named, days later', 'first', 13 * DAY, 1],
	['a problem that it named, after the reopen window', 'first', 15 * DAY, 2],
])('a digest that was closed with its last problem, and %s', (_, problem, afterMs, tickets) => {
	emptied();
	send(problem, 'open', afterMs);
	expect([halo.tickets.length, halo.open.length]).toEqual([tickets, 1]);
	send(problem, 'resolved', MINUTE);
	expect(halo.open).toEqual([]);
});

describe('one that was just closed', () => {
	const known = { openIds: new Set([1]), allIds: new Set([1, 9]), closeIds: new Set([9]) };
	const returnWith = (reopens: boolean, doNotReopen: number[]) => {
		emptied();
		const [stored] = halo.tickets;
		const view = stored === undefined ? null : viewOfDetail(stored.detail, known, halo.seal);
		if (view === null) throw new Error('There is no digest');
		const options = { ...OPTIONS, doNotReopen: new Set(doNotReopen) };
		const nothing = { actions: new Map(), wanted: [] };
		return returnOfEmptied(
			{ ticket: view, own: view },
			{ adds: [], reopens },
			nothing,
			options,
			halo.now,
		);
	};

	test('opens again when nothing speaks against it', () => {
		expect(returnWith(true, [])).toBe('reopen');
	});

	test('stays closed where rosters do, or by its status: the problem gets a new ticket', () => {
		expect(returnWith(false, [])).toBe('new ticket');
		halo = new PlannedHalo();
		expect(returnWith(true, [9])).toBe('new ticket');
	});
});
