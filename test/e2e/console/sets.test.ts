import type { Page } from 'playwright-core';

import { START_LIMIT_MS, describeWith } from '../../support/host';
import { browserAndN8n } from '../../support/host/editor';
import { finding } from '../operations-support';
import { type ConsoleDesk, openConsole } from './desk';

/** Several calls and runs on a busy machine. */
const LIMIT_MS = 240_000;

describeWith(
	'The event sets of the console in a real n8n and a real browser',
	browserAndN8n(),
	({ host: n8nHost, chromium }) => {
		let desk: ConsoleDesk;
		let page: Page;

		const setOf = async (name: string) =>
			(await desk.at.session.tableRows('halo_event_sets')).find((row) => row.name === name);

		beforeAll(async () => {
			desk = await openConsole('console-sets', n8nHost, chromium);
			page = await desk.open('desktop', 'light');
		}, START_LIMIT_MS);
		afterAll(async () => await desk?.stop(), START_LIMIT_MS);

		it(
			'CS-17 CS-20 CN-10 CN-16 a set is added with ticks, tried, stored, made the default and decides about the next event',
			async () => {
				const low = finding('set-low', { severity: 'low', event: 'disk.low' });
				expect(await desk.at.post([low])).toBe(200);
				await page.goto(desk.address('?page=sets'));
				await page.getByRole('link', { name: 'Add', exact: true }).click();
				await page.getByLabel('Name', { exact: true }).fill('Full disks');
				await page.getByLabel('Lowest severity').selectOption('low');
				await page.getByLabel('Those ticked below').check();
				await page.locator('summary', { hasText: 'Endpoint' }).click();
				await page.getByLabel(/Disk Space Low/).check();
				await page.getByRole('button', { name: 'Try it' }).click();
				await page.getByText('Of the last 1 events 1 would go on to a ticket').waitFor();
				expect(await setOf('Full disks')).toBeUndefined();
				await desk.see(page, 'console-set');
				await page.getByRole('button', { name: 'Save' }).click();
				await page.getByText('It is stored.').waitFor();
				expect(await setOf('Full disks')).toMatchObject({ isDefault: false, minSeverity: 'low' });

				await page.getByRole('link', { name: 'Set as default: Full disks' }).click();
				await page.getByRole('button', { name: 'Yes' }).click();
				await page.getByText('It is stored.').waitFor();
				await desk.see(page, 'console-sets');
				expect(await setOf('Full disks')).toMatchObject({ isDefault: true });
				expect(await setOf('High and critical')).toMatchObject({ isDefault: false });
				await desk.at.process();
				expect((await desk.at.inbox('set-low'))[0]).toMatchObject({ decision: 'created' });
			},
			LIMIT_MS,
		);

		it(
			'on a phone the pages fit the screen, and a refused form keeps what was typed',
			async () => {
				const phone = await desk.open('phone', 'dark');
				await phone.goto(desk.address('?page=sets'));
				await desk.see(phone, 'console-sets-phone');
				await phone.goto(desk.address('?page=set&id=new'));
				await phone.getByLabel('EPSS at least').fill('much');
				await phone.getByRole('button', { name: 'Save' }).click();
				await phone.getByText('A name is needed.').waitFor();
				expect(await phone.getByLabel('EPSS at least').inputValue()).toBe('much');
				await desk.see(phone, 'console-set-phone');
			},
			LIMIT_MS,
		);
	},
);
