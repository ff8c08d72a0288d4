import axios from 'axios';
import type { Browser, Page } from 'playwright-core';

import type { N8nHost } from '../../../sandbox/host';
import { look, type Seen, SCREENS } from '../../support/host/web-page';
import { launchChromium, screenshotPath } from '../../support/host/editor';
import { type Operations, openOperations } from '../operations-support';

export const LOGIN = { user: 'night-shift', password: 'long enough for the tests' };

export interface Call {
	form?: Record<string, string>;
	user?: string;
	password?: string;
}

/** The console in a real n8n, as a browser and as a program call it. */
export interface ConsoleDesk {
	at: Operations;
	/** Address of a page. @param query with its `?` */
	address(query?: string): string;
	call(
		query: string,
		call?: Call,
	): Promise<{ status: number; headers: Record<string, unknown>; data: string; ms: number }>;
	/** A signed-in browser window. */
	open(screen: keyof typeof SCREENS, colorScheme: 'light' | 'dark'): Promise<Page>;
	/** Keeps a picture of the whole page under a name, and says what it shows: no script, no wider than the screen. */
	see(page: Page, picture: string): Promise<Seen>;
	stop(): Promise<void>;
}

/** Starts n8n with the templates and publishes the console. */
export async function openConsole(
	name: string,
	n8nHost: N8nHost,
	chromium: string,
): Promise<ConsoleDesk> {
	const at = await openOperations(name, n8nHost, {
		credentials: [{ name: 'Halo bridge pages', type: 'httpBasicAuth', data: { ...LOGIN } }],
	});
	const browser: Browser = await launchChromium(chromium);
	await at.session.publish(at.template('console').id);
	const address = (query = ''): string => `${at.n8n.url}/webhook/halo-console${query}`;
	return {
		at,
		address,
		call: async (query, { form, user = LOGIN.user, password = LOGIN.password } = {}) => {
			const began = Date.now();
			const { status, headers, data } = await axios.request<unknown>({
				url: address(query),
				method: form === undefined ? 'GET' : 'POST',
				...(form === undefined ? {} : { data: new URLSearchParams(form) }),
				...(user === '' ? {} : { auth: { username: user, password } }),
				maxRedirects: 0,
				validateStatus: () => true,
				proxy: false,
				timeout: 60_000,
			});
			return { status, headers: { ...headers }, data: String(data), ms: Date.now() - began };
		},
		open: async (screen, colorScheme) => {
			const context = await browser.newContext({
				viewport: SCREENS[screen],
				colorScheme,
				httpCredentials: { username: LOGIN.user, password: LOGIN.password },
			});
			return await context.newPage();
		},
		see: async (page, picture) => {
			await page.screenshot({ path: screenshotPath(picture), fullPage: true });
			const seen = await look(page);
			expect(seen).toMatchObject({ tooWide: 0, scripts: 0 });
			return seen;
		},
		stop: async () => {
			await browser.close();
			await at.stop();
		},
	};
}
