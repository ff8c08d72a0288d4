import { START_LIMIT_MS, describeWith } from '../../support/host';
import { browserAndN8n } from '../../support/host/editor';
import { finding } from '../operations-support';
import { type ConsoleDesk, openConsole } from './desk';

/** Several calls and runs on a busy machine. */
const LIMIT_MS = 240_000;

describeWith(
	'The console in a real n8n and a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let desk: ConsoleDesk;

		beforeAll(async () => {
			desk = await openConsole('console', n8nHost, chromium);
		}, START_LIMIT_MS);
		afterAll(async () => await desk?.stop(), START_LIMIT_MS);
		beforeEach(() => desk.at.halo.faults.clear());

		it(
			'without user and password, or with a wrong one, nothing is shown and Halo is not asked',
			async () => {
				const before = desk.at.halo.journal.length;
				for (const who of [{ user: '' }, { password: 'guessed' }]) {
					for (const form of [undefined, { token: 'x', end: '1' }]) {
						const { status, headers, data } = await desk.call('', {
							...who,
							...(form === undefined ? {} : { form }),
						});
						expect(status).toBe(401);
						expect(headers['www-authenticate']).toMatch(/^Basic/);
						expect(data).not.toContain('Halo');
					}
				}
				expect(desk.at.halo.journal).toHaveLength(before);
			},
			LIMIT_MS,
		);

		it(
			'no frame, no script, nothing kept on the way',
			async () => {
				const { headers, data } = await desk.call('');
				expect(headers).toMatchObject({
					'content-type': 'text/html; charset=utf-8',
					'x-frame-options': 'DENY',
					'cache-control': 'no-store',
					'referrer-policy': 'no-referrer',
					'x-content-type-options': 'nosniff',
				});
				expect(String(headers['content-security-policy'])).not.toContain('allow-same-origin');
				expect(data).toContain("default-src 'none'");
			},
			LIMIT_MS,
		);

		it(
			'the overview shows what happened',
			async () => {
				const sent = [
					finding('console-1'),
					finding('console-2', { company: '<b>Wingtip & Sons</b>' }),
				];
				expect(await desk.at.post(sent)).toBe(200);
				await desk.at.process();
				const desktop = await desk.open('desktop', 'light');
				const phone = await desk.open('phone', 'dark');
				for (const page of [desktop, phone]) await page.goto(desk.address());
				for (const { text } of [
					await desk.see(desktop, 'console-overview'),
					await desk.see(phone, 'console-overview-phone'),
				]) {
					expect(text).toContain('1 finding of companies without a mapping');
					expect(text).toContain('1 open ticket of the bridge');
					expect(text).toContain('3 of 4 companies have a Halo client');
					expect(text).toContain('<b>Wingtip & Sons</b>');
				}
			},
			LIMIT_MS,
		);

		it(
			'Halo down: the overview comes all the same and says so',
			async () => {
				desk.at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
				const { status, data } = await desk.call('?page=overview');
				expect(status).toBe(200);
				expect(data).toContain('Halo did not tell the open tickets.');
			},
			LIMIT_MS,
		);

		it(
			'a forged form changes nothing and is told so; what n8n keeps of the calls holds no password',
			async () => {
				for (const form of [{ end: '1' }, { token: 'f'.repeat(64), end: '1' }]) {
					const { status, data } = await desk.call('?page=overview', { form });
					expect([status, data]).toEqual([403, expect.stringContaining('Nothing was changed')]);
				}
				const kept = JSON.stringify(await desk.at.session.api('GET', '/executions'));
				expect(kept).not.toContain('haloBridgeConsole1');
			},
			LIMIT_MS,
		);
	},
);
