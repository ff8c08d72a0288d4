import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

import { screenshotPath } from './editor';

/** A desktop, and a phone of the smaller kind. */
export const SCREENS = {
	desktop: { width: 1280, height: 900 },
	phone: { width: 390, height: 844 },
} as const;

export interface Visit {
	url: string;
	user: string;
	password: string;
	screen: keyof typeof SCREENS;
	colorScheme: NonNullable<BrowserContextOptions['colorScheme']>;
}

/** What a person sees of a page without leaving it. */
export interface Seen {
	text: string;
	/** Pixels by which the page is wider than the screen; 0 when it can be read without moving it sideways. */
	tooWide: number;
	scripts: number;
	/** Height of each drawing that is shown, in pixels. */
	drawings: number[];
}

/** What the page shows now. */
export async function look(page: Page): Promise<Seen> {
	return {
		text: await page.locator('body').innerText(),
		tooWide: await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
		),
		scripts: await page.locator('script').count(),
		drawings: await page
			.locator('svg:visible')
			.evaluateAll((found) => found.map((svg) => svg.getBoundingClientRect().height)),
	};
}

/** Opens a page that asks for user and password, keeps a picture of all of it under `picture`, and says what it shows. */
export async function visit(
	browser: Browser,
	{ url, user: username, password, screen, colorScheme }: Visit,
	picture: string,
): Promise<Seen> {
	const context = await browser.newContext({
		viewport: SCREENS[screen],
		colorScheme,
		httpCredentials: { username, password },
	});
	try {
		const page = await context.newPage();
		await page.goto(url);
		await page.screenshot({ path: screenshotPath(picture), fullPage: true });
		return await look(page);
	} finally {
		await context.close();
	}
}
