import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { type Browser, type Locator, type Page, chromium, selectors } from 'playwright-core';

import type { N8nHost, N8nOwner } from '../../../sandbox/host';
import { pinnedN8n } from '.';

/** The size of the screenshots; wide enough for n8n's three panes. */
const VIEWPORT = { width: 1440, height: 900 };
const WIDE_VIEWPORT = { width: 1920, height: 900 };

/** A busy machine takes its time to show a pane; nothing here waits that long when all is well. */
const STEP_LIMIT_MS = 30_000;

const IMAGES = join(__dirname, '..', '..', '..', 'docs', 'images');
const ARTIFACTS = join(__dirname, '..', '..', '.artifacts', 'images');

const FLAGS = [
	'--headless=new',
	'--no-sandbox',
	'--disable-gpu',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Where a screenshot for the documentation goes. The committed one is replaced only when HALO_BRIDGE_SCREENSHOTS=1 or
 * when there is none, so that a test run leaves the repository as it was; else it lies among the test's artifacts.
 */
export function screenshotPath(name: string): string {
	const kept = join(IMAGES, `${name}.png`);
	const replace = process.env.HALO_BRIDGE_SCREENSHOTS === '1' || !existsSync(kept);
	const path = replace ? kept : join(ARTIFACTS, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	return path;
}

/** Chromium on this machine: CHROMIUM_PATH, else one from the PATH. */
function findChromium(): { found: string | null; reason: string } {
	const named = process.env.CHROMIUM_PATH;
	const candidates = named
		? [named]
		: (process.env.PATH ?? '')
				.split(delimiter)
				.flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
	return {
		found: candidates.find((path) => existsSync(path)) ?? null,
		reason: 'There is no Chromium. Next: install it, or name it in CHROMIUM_PATH.',
	};
}

/** The pinned n8n and a Chromium, for `describeWith`: both or neither, with what is missing first. */
export function browserAndN8n(): {
	found: { host: N8nHost; chromium: string } | null;
	reason: string;
} {
	const n8n = pinnedN8n();
	const browser = findChromium();
	return {
		found:
			n8n.found === null || browser.found === null
				? null
				: { host: n8n.found, chromium: browser.found },
		reason: n8n.found === null ? n8n.reason : browser.reason,
	};
}

/** Starts a browser without a window. */
export async function launchChromium(executablePath: string): Promise<Browser> {
	return await chromium.launch({ executablePath, args: FLAGS });
}

/** The n8n editor in a browser, used as a person would; counts the fields that are filled. */
export class Editor {
	/** Fields of nodes and credentials that were typed into or picked in. */
	readonly filled: string[] = [];

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a browser and logs in. */
	static async open(executablePath: string, url: string, owner: N8nOwner): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const browser = await launchChromium(executablePath);
		const page = await browser.newPage({ viewport: VIEWPORT });
		page.setDefaultTimeout(STEP_LIMIT_MS);
		const editor = new Editor(browser, page, url);
		await page.goto(`${url}/signin`);
		await page.locator('input[type=email]').fill(owner.email);
		await page.locator('input[type=password]').fill(owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Shows a workflow by id, or an empty canvas. */
	async openWorkflow(id = 'new'): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page
			.getByTestId(id === 'new' ? 'canvas-plus-button' : 'canvas-node')
			.first()
			.waitFor();
	}

	/** What the node creator finds for a search; the creator is left open. */
	async search(text: string): Promise<string[]> {
		await this.page.getByTestId('node-creator-search-bar').waitFor();
		await this.page.keyboard.type(text);
		const names = this.page.getByTestId('node-creator-item-name');
		await names
			.filter({ hasText: new RegExp(text.split(' ')[0] ?? text, 'i') })
			.first()
			.waitFor();
		return await names.allInnerTexts();
	}

	/** Adds the first node to an empty canvas. */
	async addFirst(node: string): Promise<void> {
		await this.page.getByTestId('canvas-plus-button').click();
		await this.pickNode(node, null);
	}

	/** Adds a node behind another one's output; `action` is one of the node's actions, null when it has none. */
	async addBehind(previous: string, node: string, action: string | null): Promise<void> {
		await this.page
			.locator(
				`[data-test-id="canvas-node-output-handle"][data-node-name="${previous}"][data-index="0"]`,
			)
			.getByTestId('canvas-handle-plus')
			.click();
		await this.pickNode(node, action);
	}

	/** Makes a credential for the open node, through its form. */
	async makeCredential(fields: Record<string, string>): Promise<void> {
		await this.page.getByTestId('node-credentials-empty-state').getByRole('button').click();
		const form = this.page.getByTestId('editCredential-modal');
		for (const [name, value] of Object.entries(fields)) {
			await form.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
			this.filled.push(`credential: ${name}`);
		}
		await form.getByTestId('credential-save-button').click();
		// n8n tests what can be tested and closes the form only when that went well.
		await form.waitFor({ state: 'hidden' });
	}

	/** Types into a field of the open node. */
	async fill(parameter: string, value: string): Promise<void> {
		const field = this.page.getByTestId(`parameter-input-${parameter}`);
		await field.locator('input,textarea').first().fill(value);
		this.filled.push(parameter);
	}

	/** Picks from a searchable list of the open node. */
	async pick(parameter: string, text: string): Promise<void> {
		await this.page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-search').waitFor();
		await this.page.keyboard.type(text);
		await this.listItem(text).click();
		this.filled.push(parameter);
	}

	/** Opens a searchable list of the open node, waits until it shows `text` and resolves to all that it shows. */
	async openList(parameter: string, text: string): Promise<string[]> {
		await this.page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await this.listItem(text).waitFor();
		return await this.page.getByTestId('rlc-item').allInnerTexts();
	}

	/** Presses a button inside the open node. */
	async press(name: string): Promise<void> {
		await this.page.getByTestId('ndv').getByRole('button', { name }).click();
	}

	/** The production URL that the open trigger shows. */
	async productionUrl(): Promise<string> {
		await this.page.getByText('Webhook URLs').click();
		await this.page.getByTestId('radio-button-production').click();
		const text = await this.page.getByTestId('node-parameters').innerText();
		const url = /https?:\/\/\S+\/webhook\/\S+/.exec(text)?.[0];
		if (url === undefined) throw new Error(`The trigger shows no production URL: ${text}`);
		return url;
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	async openNode(name: string): Promise<void> {
		await this.page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Makes the window wider, for a long workflow, and fits the canvas into it. */
	async widen(): Promise<void> {
		await this.page.setViewportSize(WIDE_VIEWPORT);
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Publishes the open workflow and waits until n8n says that it is done. */
	async publish(): Promise<void> {
		await this.page.getByTestId('workflow-open-publish-modal-button').click();
		await this.page.getByTestId('workflow-publish-button').click();
		await this.page.getByRole('button', { name: 'Got it' }).click();
	}

	/** Runs the open workflow from a trigger and waits until it has succeeded. */
	async execute(trigger: string): Promise<void> {
		const { page } = this;
		await page.getByTestId('canvas-node').filter({ hasText: trigger }).first().hover();
		await page.getByTestId(`execute-workflow-button-${trigger}`).click();
		await page.getByText('Workflow executed successfully').waitFor();
	}

	/** Names of the nodes that carry n8n's mark of success. */
	async succeeded(): Promise<string[]> {
		const nodes = this.page
			.getByTestId('canvas-node')
			.filter({ has: this.page.getByTestId('canvas-node-status-success') });
		return await nodes.evaluateAll((found) =>
			found.map((entry) => entry.getAttribute('data-node-name') ?? ''),
		);
	}

	/** A screenshot for the documentation; see `screenshotPath`. */
	async screenshot(name: string): Promise<string> {
		const path = screenshotPath(name);
		await this.page.screenshot({ path });
		return path;
	}

	private async pickNode(node: string, action: string | null): Promise<void> {
		await this.search(node);
		await this.item(node).click();
		if (action !== null) await this.item(action).click();
		else await this.page.getByText('Add to workflow').click();
		await this.page.getByTestId('ndv').waitFor();
	}

	private item(text: string): Locator {
		return this.page.getByTestId('item-iterator-item').filter({ hasText: text }).first();
	}

	private listItem(text: string): Locator {
		return this.page.getByTestId('rlc-item').filter({ hasText: text }).first();
	}
}
