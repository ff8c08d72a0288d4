import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { runNode } from '../../support/engine';
import { undescribedNames } from '../../contract/check-journal';
import { evaluated, picked, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
});

/** An open ticket of the seed. */
const TICKET = 1002;

async function add(note: string, noteOptions: IDataObject = {}, ticketId = TICKET) {
	const parameters = { operation: 'addNote', ticket: picked(String(ticketId)), note, noteOptions };
	return await halo.run([{}], parameters as INodeParameters);
}

function notes(ticketId = TICKET) {
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === ticketId);
	return (ticket?.actions ?? []).filter(({ outcome }) => outcome !== 'Ticket Logged');
}

test('a note is private, mails nobody and stands as an Internal Note', async () => {
	const { json } = await add('Scanner says: <b>bold</b> & "quoted"\nsecond line');
	expect(json[0]).toEqual([
		{
			ticketId: TICKET,
			ticketUrl: `${halo.simulator.origin}/ticket?id=${TICKET}`,
			summary: expect.any(String),
			noted: true,
			visibleToUser: false,
			outcomeId: 7,
		},
	]);
	const [note, second] = notes();
	expect(second).toBeUndefined();
	expect(note).toMatchObject({ hiddenfromuser: true, outcome_id: 7, timetaken: 0 });
	expect(note?.note_html).toBe(
		'<p>Scanner says: &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;<br>second line</p>',
	);
	expect(halo.simulator.mails).toEqual([]);
});

test('a note carries what its options say', async () => {
	await add('<p>Done</p>', {
		format: 'html',
		visible: true,
		noteAction: { __rl: true, mode: 'name', value: 'note' },
		minutes: 15,
	});
	expect(notes()[0]).toMatchObject({
		note_html: '<p>Done</p>',
		hiddenfromuser: false,
		outcome_id: 8,
		timetaken: 0.25,
	});
	expect(halo.simulator.mails).toEqual([]);
});

test('an end user is mailed only when both switches are on', async () => {
	await add('Please restart your laptop', { visible: true, notifyEndUser: true });
	expect(halo.simulator.mails).toHaveLength(1);
	const { error } = await add('Hidden', { notifyEndUser: true });
	expect(error?.message).toContain('needs Visible to the End User to be on');
	expect(notes()).toHaveLength(1);
});

test('a note goes to the ticket that its reference names', async () => {
	const [made] = await halo.decide([evaluated()]);
	const ticket = { __rl: true, mode: 'reference', value: String(made?.reference) } as const;
	const { json } = await halo.run([{}], { operation: 'addNote', ticket, note: 'By reference' });
	expect(json[0]?.[0]).toMatchObject({ ticketId: made?.ticketId });
	expect(notes(Number(made?.ticketId))).toHaveLength(1);
});

test('a note for a merged ticket goes to the one that it was merged into', async () => {
	halo.simulator.technician.merge(TICKET, 1003);
	const before = notes(1003).length;
	const { json } = await add('After the merge');
	expect(json[0]?.[0]).toMatchObject({ ticketId: 1003 });
	expect(notes(1003)).toHaveLength(before + 1);
});

const LOST = ['reset-after-commit', 'html-504-after-commit', 'status-500-after-commit'] as const;
const NOT_STORED = ['reset-before', 'status-500', 'html-502'] as const;

test.each([...LOST, ...NOT_STORED])('with %s the note still stands once', async (name) => {
	halo.simulator.faults.add({ name, method: 'POST', path: '/Actions$' });
	const { error } = await add('Once <only>\nplease');
	expect(error).toBeNull();
	expect(notes()).toHaveLength(1);
});

test('the same words may be noted again by a later run', async () => {
	await add('Seen again');
	await add('Seen again');
	expect(notes()).toHaveLength(2);
});

test.each([
	['an empty note', '', {}, TICKET, 'Parameter "Note" needs a text'],
	[
		'an unknown outcome',
		'x',
		{ noteAction: { __rl: true, mode: 'name', value: 'Shout' } },
		TICKET,
		'Allowed: Internal Note (7), Note (8)',
	],
	['a ticket that is not there', 'x', {}, 99999, 'Halo has no ticket 99999'],
])('%s is refused before anything is written', async (_, note, options, ticketId, message) => {
	// n8n itself stops at an empty required field that is typed, so the value comes by an expression.
	const parameters = {
		operation: 'addNote',
		ticket: picked(String(ticketId)),
		note: '={{ $json.note }}',
		noteOptions: options,
	};
	const { error } = await halo.run([{ note }], parameters as INodeParameters);
	expect(error?.message).toContain(message);
	expect(error?.description).toBeTruthy();
	expect(halo.writes()).toEqual([]);
});

const FILES: INodeExecutionData = {
	json: {},
	binary: {
		data: { mimeType: 'text/csv', fileName: 'findings.csv', data: base64('host,cve\nSRV-01,x') },
		screenshot: {
			mimeType: 'image/png',
			fileExtension: 'png',
			data: base64('not really a picture'),
		},
	},
};

function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

async function addFiles(files: string, options: IDataObject = {}) {
	const noteOptions = { files, ...options };
	const parameters = { operation: 'addNote', ticket: picked(String(TICKET)), note: 'See files' };
	return await runNode({
		node: new HaloTicket(),
		simulator: halo.simulator,
		parameters: { ...parameters, noteOptions } as INodeParameters,
		inputs: [[FILES]],
	});
}

test("the files of an item's binary fields are put on the ticket, hidden from the end user unless the note is visible", async () => {
	const { json } = await addFiles('data, screenshot');
	expect(json[0]).toMatchObject([{ noted: true, files: ['findings.csv', 'screenshot.png'] }]);
	const [csv, picture] = halo.simulator.state.attachments.slice(-2);
	expect(csv).toMatchObject({
		ticket_id: TICKET,
		filename: 'findings.csv',
		contentType: 'text/csv',
		data_base64: base64('host,cve\nSRV-01,x'),
		showforusers: false,
	});
	expect(picture).toMatchObject({ filename: 'screenshot.png', showforusers: false });
	await addFiles('data', { visible: true });
	expect(halo.simulator.state.attachments.at(-1)).toMatchObject({ showforusers: true });
	expect(halo.simulator.mails).toEqual([]);
});

test('a binary field that the item does not have is refused before the note is written', async () => {
	const { error } = await addFiles('data, picture');
	expect(error?.message).toContain(
		'Parameter "Attach Files From" needs a binary field of the item, which has: data, screenshot, got "picture"',
	);
	expect(halo.writes()).toEqual([]);
});

test('a file whose upload got no answer stands on the ticket once', async () => {
	halo.simulator.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Attachment$' });
	const { error } = await addFiles('data');
	expect(error).toBeNull();
	expect(halo.simulator.state.attachments.map(({ filename }) => filename)).toEqual([
		'findings.csv',
	]);
});

test('an item that fails stops no other when the node continues', async () => {
	const { json } = await halo.run(
		[{ id: 99999 }, { id: TICKET }],
		{ operation: 'addNote', ticket: picked('={{ $json.id }}'), note: 'For the second' },
		{ settings: { onError: 'continueRegularOutput' } },
	);
	expect(json[0]).toEqual([
		expect.objectContaining({ error: expect.stringContaining('99999') }),
		expect.objectContaining({ ticketId: TICKET, noted: true }),
	]);
});

test('every request of these tests stands in the description of Halo', () => {
	const sent = halo.everything.filter(({ path }) => !path.endsWith('/token'));
	expect(sent.length).toBeGreaterThan(20);
	expect(undescribedNames(sent)).toEqual([]);
	expect(halo.simulator.failures).toEqual([]);
});
