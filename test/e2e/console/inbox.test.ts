import type { Page } from 'playwright-core';

import { asRecord } from '../../../sandbox/host';
import { START_LIMIT_MS, describeWith } from '../../support/host';
import { browserAndN8n } from '../../support/host/editor';
import { finding } from '../operations-support';
import { type ConsoleDesk, openConsole } from './desk';

/** Several calls and runs on a busy machine. */
const LIMIT_MS = 240_000;

describeWith(
	'The inbox of the console in a real n8n and a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let desk: ConsoleDesk;
		let page: Page;

		const refuse = (): void => {
			desk.at.halo.faults.add({
				name: 'error-text',
				method: 'POST',
				path: '/Tickets$',
				times: 'always',
				when: ({ body }) => JSON.stringify(body).includes('refused'),
				message: 'Please complete the field Asset tag',
			});
		};
		/** State of each row by the title of its event. */
		const states = async (): Promise<Record<string, unknown>> =>
			Object.fromEntries(
				(await desk.at.inbox('case-')).map(({ event, state }) => [
					asRecord(JSON.parse(String(event)), 'event').title,
					state,
				]),
			);

		beforeAll(async () => {
			desk = await openConsole('console-inbox', n8nHost, chromium);
			refuse();
			const sent = [
				finding('case-good'),
				finding('case-refused-1', { title: 'First refused' }),
				finding('case-refused-2', { title: 'Second refused', company: 'Fabrikam' }),
				finding('case-held', { company: '<b>Nobody</b>' }),
			];
			expect(await desk.at.post(sent)).toBe(200);
			await desk.at.process();
			page = await desk.open('desktop', 'light');
		}, START_LIMIT_MS);
		afterAll(async () => await desk?.stop(), START_LIMIT_MS);

		it(
			'the findings with their decisions; search by words, by the number of a ticket, by state and age',
			async () => {
				await page.goto(desk.address('?page=inbox'));
				const { text } = await desk.see(page, 'console-inbox');
				for (const words of ['First refused', '<b>Nobody</b>', 'Asset tag', 'held_unmapped']) {
					expect(text).toContain(words);
				}
				const [good] = await desk.at.inbox('case-good');
				for (const [query, found] of [
					['q=second', 'Second refused'],
					[`q=%23${String(good?.ticketId)}`, 'Finding case-good'],
					['filter=held&age=24', '<b>Nobody</b>'],
					['filter=dead&company=Fabrikam&source=canonical&age=1&q=refused', 'Second refused'],
				]) {
					await page.goto(desk.address(`?page=inbox&${query}`));
					const table = await page.locator('tbody').innerText();
					expect(table).toContain(found);
					expect(await page.locator('tbody tr').count()).toBe(1);
				}
			},
			LIMIT_MS,
		);

		it(
			'a dead finding is explained, and handled again by keyboard alone once the cause is corrected',
			async () => {
				await page.goto(desk.address('?page=inbox&filter=dead&q=first'));
				await page.getByRole('link', { name: 'First refused' }).focus();
				await page.keyboard.press('Enter');
				await page.waitForURL(/page=row/);
				const { text } = await desk.see(page, 'console-row');
				expect(text).toContain('To correct: What the reason names');
				desk.at.halo.faults.clear();
				await page.getByRole('button', { name: 'Handle again' }).focus();
				await page.keyboard.press('Enter');
				await page.getByText('Tried again by itself').waitFor();
				await page.reload();
				await desk.at.process();
				expect(await states()).toMatchObject({
					'First refused': 'done',
					'Second refused': 'dead',
				});
				await page.reload();
				const ticket = page.getByRole('link', { name: /^\d+$/ }).first();
				expect(await ticket.getAttribute('href')).toMatch(/\/ticket\?id=\d+$/);
			},
			LIMIT_MS,
		);

		it(
			'all of a cause are handled again',
			async () => {
				await page.goto(desk.address('?page=inbox&filter=dead'));
				await page.getByRole('button', { name: 'Handle 1 again' }).first().click();
				await page.getByText('1 finding is handled again.').waitFor();
				await desk.at.process();
				expect(await states()).toMatchObject({
					'Second refused': 'done',
					'Finding case-held': 'held',
				});
			},
			LIMIT_MS,
		);

		it(
			'on a phone both pages fit the screen',
			async () => {
				const phone = await desk.open('phone', 'dark');
				await phone.goto(desk.address('?page=inbox'));
				await desk.see(phone, 'console-inbox-phone');
				await phone.getByRole('link', { name: 'First refused' }).click();
				await phone.waitForURL(/page=row/);
				await desk.see(phone, 'console-row-phone');
			},
			LIMIT_MS,
		);
	},
);
