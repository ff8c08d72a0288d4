import type { IDataObject } from 'n8n-workflow';

import { HaloConsole } from '../../../nodes/HaloConsole/HaloConsole.node';
import { runNode } from '../../support/engine';
import { Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const held = (company: string) => ({
	dedupKey: `finding of ${company}`,
	state: 'held',
	source: 'wazuh',
	event: JSON.stringify({ dedupKey: 'x', company: { id: null, name: company } }),
	receivedAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
});

describe('the overview of the console', () => {
	test('all is well where nothing waits', async () => {
		const { status, contentType, body } = await desk.get();
		expect([status, contentType]).toEqual([200, 'text/html; charset=utf-8']);
		expect(body).toContain('All is well.');
		expect(body).toContain('aria-current="page">Overview<');
	});

	test('rows of the inbox by state with the age of the oldest, companies without a mapping, the latest error', async () => {
		desk.put('halo_inbox', held('Acme'), held('Acme'), { ...held('Acme'), state: 'dead' });
		desk.put('halo_companies', { source: 'wazuh', companyId: 'g', name: 'Globex', psaName: '' });
		desk.put('halo_company_mappings', { companyName: 'Globex', haloClientId: 11, source: '' });
		desk.put('halo_errors', {
			workflow: 'process inbox',
			direction: 'outgoing',
			message: 'Halo said no',
			at: new Date().toISOString(),
			noticedAt: null,
		});
		const { body } = await desk.get('page=overview');
		expect(body).toMatch(/<b class="wait">2<\/b><span>held<\/span>[^/]*oldest 3 h ago/);
		expect(body).toMatch(/<b class="bad">1<\/b><span>dead<\/span>/);
		expect(body).toContain('>1 of 2</b> companies have a Halo client');
		expect(body).toContain('Halo said no');
	});

	test('what process-inbox has handled so far is counted without what it tries again', async () => {
		desk.put('halo_sync_status', {
			flow: 'process-inbox',
			integration: 'wazuh',
			counts: JSON.stringify({ created: 3, updated: 4, failed: 9, held_unmapped: 9 }),
		});
		const { body } = await desk.get();
		expect(body).toMatch(/<b class="">7<\/b><span>done<\/span>/);
	});

	test('a sync that is at work tells its batches, rows, rate and what is left', async () => {
		desk.put('halo_sync_status', {
			flow: 'companies',
			integration: 'default',
			checkpoint: JSON.stringify({ entity: 'clients', page: 11, total: 2_200 }),
			counts: JSON.stringify({
				running: true,
				startedAt: new Date(Date.now() - 100_000).toISOString(),
				batch: 2,
				rows: { clients: 1_000 },
			}),
		});
		const { body } = await desk.get();
		expect(body).toContain(
			'begun 1 min ago: batch 2, 1000 of 2200 rows, 10 rows a second, about 2 min left',
		);
	});

	test('a table that is missing is said, and the page comes all the same', async () => {
		desk.tables.delete('halo_errors');
		const { status, body } = await desk.get();
		desk.tables.set('halo_errors', []);
		expect(status).toBe(200);
		expect(body).toContain('There is no Data Table called halo_errors.');
	});

	test('a Halo that does not answer is said, and the page comes all the same', async () => {
		desk.halo.faults.add({ name: 'status-503', path: '/Tickets$', times: 'always' });
		const { status, body } = await desk.get();
		expect(status).toBe(200);
		expect(body).toContain('Halo did not tell the open tickets.');
	});

	test('names from outside stand there as they are, never as HTML', async () => {
		desk.put('halo_inbox', held('<img src=x onerror=alert(1)>'));
		desk.put('halo_sync_status', {
			flow: '<script>alert(1)</script>',
			integration: '"><u>',
			counts: JSON.stringify({ running: true, startedAt: '<i>', batch: 1 }),
		});
		const { body } = await desk.get();
		expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
		for (const sign of ['<img', '<script', '"><u>', '<i>']) expect(body).not.toContain(sign);
	});
});

describe('the console', () => {
	test('is shut to a call that nobody signed in for: no name, no number, and Halo is not asked', async () => {
		desk.put('halo_inbox', held('Acme'));
		const before = desk.halo.journal.length;
		const { status, body } = await desk.get('', '');
		expect(status).toBe(401);
		expect(body).toContain('nobody has signed in');
		expect(body).not.toContain('Acme');
		expect(desk.halo.journal).toHaveLength(before);
	});

	test('an address of no page is said', async () => {
		const { status, body } = await desk.get('page=constructor');
		expect(status).toBe(404);
		expect(body).toContain('There is no such page');
	});

	test.each([
		['no token', { token: '' }, 403],
		['a made-up token', { token: 'f'.repeat(64) }, 403],
		['a form of which the end is missing', { end: '' }, 413],
	])('%s: nothing is done', async (_, form, status) => {
		const answered = await desk.post('page=overview', form);
		expect(answered.status).toBe(status);
		expect(answered.body).toContain('Nothing was changed');
	});

	test("somebody else's token is none", async () => {
		const token = await desk.token('nora');
		const mine = await desk.post('page=overview', { token }, 'nora');
		const theirs = await desk.post('page=overview', { token }, 'max');
		expect([mine.status, theirs.status]).toEqual([200, 403]);
	});

	test('a form of more fields than n8n reads is refused whole', async () => {
		const fields = Object.fromEntries(Array.from({ length: 998 }, (_, at) => [`f${at}`, 'x']));
		expect((await desk.post('page=overview', fields)).status).toBe(413);
	});
});

describe('when a step of the console fails', () => {
	const said = async (operation: string, input: IDataObject) => {
		const { error, json } = await runNode({
			node: new HaloConsole(),
			executionOrder: 'v1',
			parameters: { operation },
			inputs: [[input]],
			simulator: desk.halo,
		});
		expect(error).toBeNull();
		return json[0]?.[0] ?? {};
	};
	const failed = { error: 'The <credential> is missing', nextStep: 'Choose it.' };

	test.each(['answer', 'done'])(
		'%s makes a page of it that names the next step',
		async (operation) => {
			const { status, body } = await said(operation, failed);
			expect(status).toBe(500);
			expect(body).toContain('The &lt;credential&gt; is missing. Choose it.');
		},
	);

	test('rows that are gone when they are written are said, and not taken for done', async () => {
		const page = { status: 303, body: '', location: '?page=companies', counts: { update: 2 } };
		const { status, body, location } = await said('done', page);
		expect([status, location]).toEqual([409, '']);
		expect(body).toContain('2 rows are gone: somebody deleted them in the meantime.');
	});
});
