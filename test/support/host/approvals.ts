import axios from 'axios';
import { type Browser, type Page } from 'playwright-core';

import {
	type JsonRecord,
	type N8nSession,
	type WorkflowFile,
	waitFor,
} from '../../../sandbox/host';
import { launchChromium } from './editor';
import { settings, templateWith } from './halo-two-ways';

const MINUTE_MS = 60_000;

/** n8n's page asks after 1 s, then after 1.1 s more. */
const LATER_MS = 3_000;

/**
 * The template as a user sets it up, with settings and a path of its own, under an id of its own.
 * @param changes of parameters of other nodes
 */
export function elevation(
	id: string,
	path: string,
	values: JsonRecord,
	changes: Parameters<typeof templateWith>[1] = {},
): WorkflowFile {
	const template = templateWith('elevation-approval', {
		...changes,
		Settings: settings(values),
		'Elevation request': (parameters) => ({ ...parameters, path }),
		'Log in and decide': (parameters) => ({
			...parameters,
			options: { ...Object(parameters.options), path: `${path}-decide` },
		}),
	});
	const nodes = template.nodes.map((entry) =>
		'webhookId' in entry ? { ...entry, webhookId: `${id}-${String(entry.name).length}` } : entry,
	);
	return { ...template, id, name: `${template.name} ${path}`, nodes };
}

/** What a link in a ticket holds. */
export interface Question {
	link: string;
	/** The execution that waits. */
	execution: string;
	/** The address that the execution waits at, as n8n makes it from its id and token. */
	behind: string;
}

/** The link in the notes of a ticket, once the execution behind it waits. @param notes the texts of the notes */
export async function questionIn(
	session: N8nSession,
	n8nUrl: string,
	notes: () => string[],
): Promise<Question> {
	const link = await waitFor(
		'The link in a private note',
		() =>
			notes()
				.map((text) => /https?:\S+-decide\?\S+/.exec(text)?.[0])
				.find((text) => text !== undefined) ?? null,
		{ withinMs: MINUTE_MS },
	);
	const query = new URL(link).searchParams;
	const execution = query.get('execution') ?? '';
	await waits(session, execution);
	const behind = `${n8nUrl}/webhook-waiting/${execution}?signature=${query.get('signature')}`;
	return { link, execution, behind };
}

/** Waits until an execution waits for its answer. */
export async function waits(session: N8nSession, execution: string): Promise<void> {
	await waitFor(
		`Execution ${execution} that waits`,
		async () => ((await session.execution(execution)).status === 'waiting' ? true : null),
		{ withinMs: MINUTE_MS, everyMs: 300 },
	);
}

export interface Choice {
	decision?: string;
	scope?: string;
	/** Typed over the number that the link fills in. */
	ticket?: string;
}

async function logInto(
	page: Page,
	n8nUrl: string,
	{ email, password }: { email: string; password: string },
): Promise<void> {
	await page.goto(`${n8nUrl}/signin`);
	await page.locator('input[type=email]').fill(email);
	await page.locator('input[type=password]').fill(password);
	await page.locator('[data-test-id="form-submit-button"]').click();
	await page.waitForURL(/\/(home|workflow|projects)/);
}

/** Somebody with an account in n8n, in a browser of the own. */
export class Approver {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	/** Makes the account by invitation, and logs in. */
	static async invite(
		session: N8nSession,
		n8nUrl: string,
		chromium: string,
		email: string,
	): Promise<Approver> {
		const password = 'Approver-of-the-tests-1';
		const [invited] = Object.values(
			Object(await session.rest('POST', '/invitations', [{ email, role: 'global:member' }])),
		);
		const accept = String(Object(Object(invited).user).inviteAcceptUrl);
		const token = new URL(accept).searchParams.get('token');
		await axios.post(
			`${n8nUrl}/rest/invitations/accept`,
			{ token, firstName: 'A', lastName: 'Person', password },
			{ proxy: false },
		);
		return await Approver.logIn(n8nUrl, chromium, { email, password });
	}

	static async logIn(
		n8nUrl: string,
		chromium: string,
		{ email, password }: { email: string; password: string },
	): Promise<Approver> {
		const browser = await launchChromium(chromium);
		const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
		page.setDefaultTimeout(MINUTE_MS);
		try {
			await logInto(page, n8nUrl, { email, password });
		} catch (error) {
			await browser.close();
			throw error;
		}
		return new Approver(browser, page);
	}

	/** Opens the form behind a link, as somebody does who clicks it. */
	async open(link: string): Promise<void> {
		const decide = this.page.getByRole('button', { name: 'Decide' });
		const allow = this.page.getByRole('button', { name: 'Allow access' });
		await this.page.goto(link);
		await decide.or(allow).waitFor();
		if (await allow.isVisible()) await allow.click();
		await decide.waitFor();
	}

	async fill({ decision = 'Approve', scope = 'This user', ticket }: Choice): Promise<void> {
		await this.page.locator('select').nth(0).selectOption(decision);
		await this.page.locator('select').nth(1).selectOption(scope);
		if (ticket !== undefined) await this.page.locator('input[type=number]').fill(ticket);
	}

	/** Decides; resolves to the words of the page that answers. */
	async decide(link: string, choice: Choice = {}): Promise<string> {
		await this.open(link);
		await this.fill(choice);
		await this.page.getByRole('button', { name: 'Decide' }).click();
		await this.page
			.getByText(/^(Approved|Denied|Expired|Nothing was|Already|Merged|Not |Try again)/)
			.first()
			.waitFor();
		return await this.words();
	}

	/** The words of the page that is open. */
	private async words(): Promise<string> {
		return (await this.page.locator('body').innerText()).replace(/\s+/g, ' ').trim();
	}

	/** What the page says some seconds after it answered, in which n8n's own script asks twice how the run goes. */
	async later(): Promise<string> {
		await this.page.waitForTimeout(LATER_MS);
		expect(await this.page.getByRole('button', { name: 'Decide' }).count()).toBe(0);
		return await this.words();
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
