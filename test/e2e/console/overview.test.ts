import axios from 'axios';
import type { Browser } from 'playwright-core';

import { START_LIMIT_MS, describeWith } from '../../support/host';
import { browserAndN8n, launchChromium } from '../../support/host/editor';
import { type Seen, visit } from '../../support/host/web-page';
import { type Operations, finding, openOperations } from '../operations-support';

/** Several calls and runs on a busy machine. */
const LIMIT_MS = 240_000;

const LOGIN = { user: 'night-shift', password: 'long enough for the tests' };

describeWith(
	'The console in a real n8n and a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let at: Operations;
		let browser: Browser;

		const address = (query = ''): string => `${at.n8n.url}/webhook/halo-console${query}`;
		const call = async (
			query: string,
			{ form, user = LOGIN.user, password = LOGIN.password }: Call = {},
		) =>
			await axios.request<unknown>({
				url: address(query),
				method: form === undefined ? 'GET' : 'POST',
				...(form === undefined ? {} : { data: new URLSearchParams(form) }),
				...(user === '' ? {} : { auth: { username: user, password } }),
				maxRedirects: 0,
				validateStatus: () => true,
				proxy: false,
				timeout: 60_000,
			});
		interface Call {
			form?: Record<string, string>;
			user?: string;
			password?: string;
		}
		const see = async (
			query: string,
			screen: 'desktop' | 'phone',
			colorScheme: 'light' | 'dark',
			picture: string,
		): Promise<Seen> => {
			const asked = { url: address(query), ...LOGIN, screen, colorScheme };
			const seen = await visit(browser, asked, picture);
			expect(seen).toMatchObject({ tooWide: 0, scripts: 0 });
			return seen;
		};

		beforeAll(async () => {
			at = await openOperations('console', n8nHost, {
				credentials: [{ name: 'Halo bridge pages', type: 'httpBasicAuth', data: { ...LOGIN } }],
			});
			browser = await launchChromium(chromium);
			await at.session.publish(at.template('console').id);
		}, START_LIMIT_MS);
		afterAll(async () => {
			await browser?.close();
			await at?.stop();
		}, START_LIMIT_MS);
		beforeEach(() => at.halo.faults.clear());

		it(
			'without user and password, or with a wrong one, nothing is shown and Halo is not asked',
			async () => {
				const before = at.halo.journal.length;
				for (const who of [{ user: '' }, { password: 'guessed' }]) {
					for (const form of [undefined, { token: 'x', end: '1' }]) {
						const { status, headers, data } = await call('', {
							...who,
							...(form === undefined ? {} : { form }),
						});
						expect(status).toBe(401);
						expect(headers['www-authenticate']).toMatch(/^Basic/);
						expect(String(data)).not.toContain('Halo');
					}
				}
				expect(at.halo.journal).toHaveLength(before);
			},
			LIMIT_MS,
		);

		it(
			'no frame, no script, nothing kept on the way',
			async () => {
				const { headers, data } = await call('');
				expect(headers).toMatchObject({
					'content-type': 'text/html; charset=utf-8',
					'x-frame-options': 'DENY',
					'cache-control': 'no-store',
					'referrer-policy': 'no-referrer',
					'x-content-type-options': 'nosniff',
				});
				expect(String(headers['content-security-policy'])).not.toContain('allow-same-origin');
				expect(String(data)).toContain("default-src 'none'");
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
				expect(await at.post(sent)).toBe(200);
				await at.process();
				const desktop = await see('', 'desktop', 'light', 'console-overview');
				const phone = await see('', 'phone', 'dark', 'console-overview-phone');
				for (const { text } of [desktop, phone]) {
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
				at.halo.faults.add({ name: 'status-503', path: '^/api', times: 'always' });
				const { status, data } = await call('?page=overview');
				expect(status).toBe(200);
				expect(String(data)).toContain('Halo did not tell the open tickets.');
			},
			LIMIT_MS,
		);

		it(
			'a forged form changes nothing and is told so; what n8n keeps of the calls holds no password',
			async () => {
				for (const form of [{ end: '1' }, { token: 'f'.repeat(64), end: '1' }]) {
					const { status, data } = await call('?page=overview', { form });
					expect([status, String(data)]).toEqual([
						403,
						expect.stringContaining('Nothing was changed'),
					]);
				}
				const kept = JSON.stringify(await at.session.api('GET', '/executions'));
				expect(kept).not.toContain('haloBridgeConsole1');
			},
			LIMIT_MS,
		);
	},
);
