import type { IDataObject } from 'n8n-workflow';

import { Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

function row(title: string, more: IDataObject = {}, event: IDataObject = {}): IDataObject {
	const company = String(more.company ?? 'Contoso');
	const dedupKey = `key of ${title}`;
	return {
		integration: 'default',
		source: 'wazuh',
		company,
		deliveryId: 'd-1',
		dedupKey,
		state: 'done',
		decision: 'created',
		reason: 'Ticket 4711 was created.',
		cause: '',
		ticketId: null,
		tries: 1,
		notBefore: null,
		receivedAt: ago(2),
		doneAt: ago(1),
		event: JSON.stringify({
			source: 'wazuh',
			status: 'open',
			dedupKey,
			title,
			severity: 'high',
			cves: ['CVE-2026-1', 'CVE-2026-2'],
			company: { id: null, name: company },
			asset: { name: 'SRV-01', ip: '10.0.0.5' },
			description: 'first line\nsecond line',
			...event,
		}),
		...more,
	};
}

const shownTitles = (body: string): string[] =>
	[...body.matchAll(/<td data-name="Finding:"><a [^>]*>([^<]*)/g)].map(([, title = '']) => title);

const DEAD = { state: 'dead', decision: 'failed', cause: 'halo_refused', reason: 'Asset tag?' };

describe('the inbox of the console', () => {
	beforeEach(() => {
		desk.put(
			'halo_inbox',
			row('Old and done', { ticketId: 4711, receivedAt: ago(60) }),
			row('Dead one', { ...DEAD, company: 'Fabrikam' }),
			row('Dead two', { ...DEAD, source: 'tenable' }),
			row('Failed one', { state: 'failed', cause: 'halo_down', decision: 'failed' }),
			row('Newest', { state: 'new', decision: '', reason: '', receivedAt: ago(0.1) }),
		);
	});

	test('the newest first, with company, age, state, decision, reason and the ticket', async () => {
		const { status, body } = await desk.get('page=inbox');
		expect(status).toBe(200);
		expect(shownTitles(body)).toEqual([
			'Newest',
			'Failed one',
			'Dead two',
			'Dead one',
			'Old and done',
		]);
		expect(body).toMatch(/<a href="https?:[^"]*\/ticket\?id=4711">4711<\/a>/);
		expect(body).toContain('Asset tag?');
	});

	test.each([
		['filter=dead', ['Dead two', 'Dead one']],
		['q=DEAD+ONE', ['Dead one']],
		['q=%234711', ['Old and done']],
		['source=tenable', ['Dead two']],
		['company=Fabrikam', ['Dead one']],
		['age=24', ['Newest', 'Failed one', 'Dead two', 'Dead one']],
		['age=1', ['Newest']],
		['filter=dead&source=wazuh&company=Fabrikam&age=24&q=dead', ['Dead one']],
		[
			'filter=constructor&age=x&size=7&n=-1',
			['Newest', 'Failed one', 'Dead two', 'Dead one', 'Old and done'],
		],
	])('%s shows %j', async (query, titles) => {
		const { body } = await desk.get(`page=inbox&${query}`);
		expect(shownTitles(body)).toEqual(titles);
	});

	test('what is filtered stays in the links to pages and other states', async () => {
		desk.put('halo_inbox', ...Array.from({ length: 30 }, (_, at) => row(`More ${at}`)));
		const { body } = await desk.get('page=inbox&source=wazuh&age=168&size=25');
		const linkTo = (words: string): URLSearchParams =>
			new URLSearchParams(
				new RegExp(`href="\\?([^"]*)">${words}`).exec(body)?.[1]?.replaceAll('&amp;', '&'),
			);
		const kept = { page: 'inbox', source: 'wazuh', age: '168', size: '25' };
		expect(Object.fromEntries(linkTo('Next'))).toMatchObject({ ...kept, n: '2' });
		expect(Object.fromEntries(linkTo('dead'))).toMatchObject({ ...kept, filter: 'dead' });
	});

	test('dead findings are explained: what their state and cause mean, and what to correct', async () => {
		const { body } = await desk.get('page=inbox&filter=dead');
		expect(body).toContain('Not tried again by itself');
		expect(body).toContain('Halo refused it: What the reason names, e.g. a required field');
		expect(body).toContain('Handle 2 again');
	});

	test('all of a cause become due, nothing else does', async () => {
		const address = 'page=inbox&filter=dead';
		const form = { by: 'cause', value: 'halo_refused' };
		const { status, location } = await desk.post(address, form);
		expect([status, location]).toEqual([303, '?page=inbox&filter=dead&done=released&count=2']);
		expect(desk.rows('halo_inbox').map(({ state }) => state)).toEqual([
			'done',
			'failed',
			'failed',
			'failed',
			'new',
		]);
		expect(desk.written.update).toHaveLength(2);
		expect(desk.rows('halo_inbox')[1]).toMatchObject({ tries: 0 });
		expect(Date.parse(String(desk.rows('halo_inbox')[1]?.notBefore))).toBeLessThanOrEqual(
			Date.now(),
		);
	});

	test('all of a company become due, its findings that are done do not', async () => {
		await desk.post('page=inbox', { by: 'company', value: 'Contoso' });
		expect(desk.written.update?.map(({ id }) => id)).toEqual([
			desk.rows('halo_inbox')[3]?.id,
			desk.rows('halo_inbox')[2]?.id,
		]);
	});

	test.each([
		['a cause that nothing has', { by: 'cause', value: 'nothing' }],
		['a column that is none', { by: 'constructor', value: 'x' }],
		['no choice at all', {}],
	])('%s: said, and nothing is changed', async (_, form) => {
		const { status, body } = await desk.post('page=inbox', form);
		expect(status).toBe(409);
		expect(body).toContain('No finding was there to be handled again');
		expect(desk.written.update).toEqual([]);
	});
});

describe('one finding', () => {
	const addressOf = (one: IDataObject | undefined): string =>
		`page=row&id=${one?.id}&key=${encodeURIComponent(String(one?.dedupKey))}`;

	test('the event, the decision, its reason and its ticket, and the other findings of the problem', async () => {
		desk.put('halo_inbox', row('Disk full', { ticketId: 4711, receivedAt: ago(30) }));
		const [now] = desk.put('halo_inbox', row('Disk full', { ...DEAD, tries: 3 }));
		const { status, body } = await desk.get(addressOf(now));
		expect(status).toBe(200);
		for (const words of [
			'<dt>Reason</dt><dd>Asset tag?</dd>',
			'<dt>Tries</dt><dd>3</dd>',
			'<dt>cves</dt><dd>CVE-2026-1, CVE-2026-2</dd>',
			'<dt>asset name</dt><dd>SRV-01</dd>',
			'first line<br>second line',
			'What the reason names',
			'>Handle again</button>',
			'Ticket 4711 was created.',
		]) {
			expect(body).toContain(words);
		}
	});

	test('it becomes due once; whoever presses later is told that it was handled', async () => {
		const [one] = desk.put('halo_inbox', row('Disk full', DEAD));
		const form = { by: 'id', value: String(one?.id) };
		const { status, location } = await desk.post(addressOf(one), form);
		expect([status, location.startsWith('?page=row&id=')]).toEqual([303, true]);
		Object.assign(desk.rows('halo_inbox')[0] ?? {}, { state: 'done' });
		const later = await desk.post(addressOf(one), form);
		expect(later.status).toBe(409);
		expect(later.body).toContain('It is done now.');
		expect(desk.rows('halo_inbox')[0]?.state).toBe('done');
	});

	test('a row that is gone, and one whose event cannot be read', async () => {
		expect((await desk.get('page=row&id=999')).status).toBe(404);
		const [odd] = desk.put('halo_inbox', row('x', { ...DEAD, cause: 'damaged', event: '{"no' }));
		const { status, body } = await desk.get(addressOf(odd));
		expect(status).toBe(200);
		expect(body).toContain('The column event of the row');
		expect(body).toContain('{&quot;no');
	});

	test('what a source sends is never HTML, however long and deep', async () => {
		const bad = '<script>alert(1)</script>';
		const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
		const [one] = desk.put(
			'halo_inbox',
			row(
				bad,
				{ company: bad, reason: bad, cause: bad, state: bad },
				{ [bad]: bad, raw: deep, big: 'x'.repeat(200_000) },
			),
		);
		const pages = [await desk.get('page=inbox'), await desk.get(addressOf(one))];
		for (const { body, status } of pages) {
			expect(status).toBe(200);
			expect(body).not.toContain('<script>');
			expect(body).toContain('&lt;script&gt;');
		}
	});
});
