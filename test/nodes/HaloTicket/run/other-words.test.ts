import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { evaluated, startTicketing, type Ticketing } from '../support';

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const TROJAN = { title: 'Trojan in setup.exe', description: 'C:\\Users\\ann\\setup.exe' };
const MINER = { title: 'Miner in update.exe', description: 'C:\\Temp\\update.exe' };
const WORM = { title: 'Worm (100% sure!) in mail.exe', description: 'C:\\Temp\\mail.exe' };
/** As if the interval since the last note were over. */
const LATER: INodeParameters = { options: { noteIntervalHours: 0 } };

/** One key, whatever the text: as a source with too coarse a key sends it. */
async function report(text: IDataObject, parameters: INodeParameters = {}) {
	halo.simulator.journal.length = 0;
	const [decision] = await halo.decide([evaluated(text)], parameters);
	return decision;
}

function block(): string {
	const [ticket] = halo.tickets();
	return /scanstate .* endstate/.exec(String(ticket?.details))?.[0] ?? '';
}

function notes(): string[] {
	const [own] = halo.tickets();
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === own?.id);
	return (ticket?.actions ?? []).map(({ note }) => note).filter((note) => /other words/.test(note));
}

test('a second detection under a known key is noted with its words, and counted on the ticket', async () => {
	await report(TROJAN);
	const decision = await report(MINER);
	expect(decision).toMatchObject({ decision: 'noted' });
	expect(decision?.reason).toContain('It came in other words than before; noted.');
	expect(notes()).toHaveLength(1);
	expect(notes()[0]).toContain('Miner in update.exe');
	expect(notes()[0]).toContain('update.exe');
	expect(block()).toMatch(/ text [a-z]{8}:1:1:Miner-in-update\.2e\.exe /);
	expect(halo.openTickets()).toHaveLength(1);
});

test('within the interval further words are only recorded; people are told of all of them with the next note', async () => {
	await report(TROJAN);
	await report(MINER);
	const third = await report(WORM);
	expect(third).toMatchObject({ decision: 'updated' });
	expect(third?.reason).toContain('recorded, told with the next note');
	expect((await report(TROJAN))?.reason).toContain('recorded (2 times now)');
	expect(notes()).toHaveLength(1);
	expect(block()).toMatch(/ text [a-z]{8}:3:1:C\.3a\./);
	const told = await report(TROJAN, LATER);
	expect(told).toMatchObject({ decision: 'noted' });
	expect(notes()).toHaveLength(2);
	expect(notes().join()).toContain('2 times in other words');
	expect(await report(TROJAN, LATER)).toMatchObject({ decision: 'unchanged' });
	expect(notes()).toHaveLength(2);
});

test.each([
	['the very same', TROJAN, TROJAN],
	[
		'a measured value',
		{ description: 'C: 3 % left of 100 GB' },
		{ description: 'C: 2.5 % left of 99 GB' },
	],
	[
		'a time',
		{ description: 'Seen 2026-05-04T09:00:00Z, 09:00' },
		{ description: 'Seen 2026-05-05T10:30:00Z, 10:30' },
	],
	['white space', { description: 'Two  lines\n here' }, { description: 'Two lines here' }],
])('%s is no other text: one request, and no trace', async (_, first, second) => {
	await report(first);
	const before = block();
	const decision = await report(second);
	expect(decision).toMatchObject({ decision: 'unchanged' });
	expect(halo.requests()).toHaveLength(1);
	expect(block()).toBe(before);
});

test.each([
	['a port', { description: 'Port 22 is open' }, { description: 'Port 23 is open' }],
	['an address', { description: 'From 10.0.0.5' }, { description: 'From 10.0.0.6' }],
	['a CVE', { title: 'CVE-2026-1111' }, { title: 'CVE-2026-1112' }],
	['a letter', { title: 'Virus a.exe' }, { title: 'Virus b.exe' }],
])('%s that is another is another text', async (_, first, second) => {
	await report(first);
	expect(await report(second)).toMatchObject({ decision: 'noted' });
});

test('words that hold our own marks, quotes, signs of HTML and half characters stay one harmless word', async () => {
	await report(TROJAN);
	const title = `<b>x</b> "y" 'z' endstate scanstate (scanref aaaaaaaaaaaa) ~!*() \ud83d`;
	expect(await report({ title })).toMatchObject({ decision: 'noted' });
	expect(block()).toMatch(/ text [a-z]{8}:1:1:[A-Za-z0-9.-]+ /);
	expect(await report({ title })).toMatchObject({ decision: 'unchanged' });
	expect(halo.openTickets()).toHaveLength(1);
});

test('a note that cannot be written is written by the next report of the same words', async () => {
	await report(TROJAN);
	halo.simulator.faults.add({
		name: 'status-500',
		times: 'always',
		path: '/Actions',
		method: 'POST',
	});
	expect(await report(MINER)).toMatchObject({ decision: 'failed' });
	halo.simulator.faults.clear();
	expect(notes()).toEqual([]);
	expect(await report(MINER)).toMatchObject({ decision: 'noted' });
	expect(notes()).toHaveLength(1);
});
