import { readTemplates, templateOf } from '../../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
} from '../../support/host';
import { Editor, browserAndN8n } from '../../support/host/editor';

const WALK_LIMIT_MS = 120_000;

describeWith(
	'The form for custom tabs in a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let stage: Stage;
		let editor: Editor;
		const form = templateOf(readTemplates(), 'custom-tab-url');

		beforeAll(async () => {
			stage = await openStage('custom-tab', n8nHost, (halo) => ({
				editor: true,
				credentials: [haloCredential(halo)],
				workflows: [form],
			}));
			const [first, second, third] = stage.halo.state.clients.filter(({ id }) => Number(id) >= 11);
			if (first === undefined || second === undefined || third === undefined) {
				throw new Error('The seed has too few clients');
			}
			Object.assign(first, { ref: 'Contoso PAM' });
			Object.assign(second, { ref: 'Smith & Sons' });
			Object.assign(third, { ref: '' });
			await stage.session.publish(form.id);
			editor = await Editor.open(chromium, stage.n8n.url, stage.n8n.owner);
		}, START_LIMIT_MS);

		afterAll(async () => {
			await editor?.close();
			await stage?.stop();
		}, START_LIMIT_MS);

		/** Fills the form as an administrator does; resolves to the words of the page that follows. */
		async function answerTo(tool: string, place: string): Promise<string> {
			const { page } = editor;
			await page.goto(`${stage.n8n.url}/form/custom-tab-url`);
			const send = page.getByRole('button', { name: 'Make the address' });
			const allow = page.getByRole('button', { name: 'Allow access' });
			await send.or(allow).waitFor();
			if (await allow.isVisible()) await allow.click();
			await send.waitFor();
			await page.locator('select').first().selectOption(tool);
			await page.locator('input[type=text]').first().fill(place);
			await send.click();
			await page.getByText(/^(The address of the tab|No address)$/).waitFor();
			return (await page.locator('body').innerText()).replace(/\s+/g, ' ');
		}

		it(
			'ID-37 ID-38 ID-39 ID-41 the address to paste, and each customer whose reference does not arrive',
			async () => {
				const page = await answerTo("idemeum, the ticket's customer", 'contoso');
				await editor.screenshot('custom-tab-url');

				expect(page).toContain('https://contoso.idemeum.com?customerDisplayName=$CLIENT_REFERENCE');
				expect(page).toContain('"Smith & Sons" arrives as "Smith "');
				expect(page).toContain('names no customer');
				expect(page).not.toContain('"Contoso PAM"');
				expect(page).toMatch(/\d+ customers looked at/);
				expect(await answerTo('idemeum, search the customer', 'contoso')).toContain(
					'https://contoso.idemeum.com',
				);
			},
			WALK_LIMIT_MS,
		);

		it(
			'PH-15 the address of the tab of Phin',
			async () => {
				expect(await answerTo('Phin, the reported mail', 'partner-7')).toContain(
					'https://portal.phinsec.io/partner-7/pod/halo/$FAULTID',
				);
			},
			WALK_LIMIT_MS,
		);

		it(
			'what is no tenant is said on a page; Halo being down is said, too, and the address is made all the same',
			async () => {
				expect(await answerTo("idemeum, the ticket's customer", 'two words')).toMatch(
					/No address.*"two words" is no tenant of idemeum.*before \.idemeum\.com/,
				);
				stage.halo.faults.add({
					name: 'error-text',
					path: '/Client',
					times: 'always',
					message: 'Down',
				});
				const page = await answerTo("idemeum, the ticket's customer", 'contoso');

				expect(page).toContain('The customers could not be looked at');
				expect(page).toContain('https://contoso.idemeum.com?customerDisplayName=$CLIENT_REFERENCE');
			},
			WALK_LIMIT_MS,
		);
	},
);
