import type { IDataObject } from 'n8n-workflow';

import { evaluated, resolved, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

/** More than the storm cap of 25 lets through for a client within the hour. */
const MANY = 40;

function requests(event: string, make = evaluated): IDataObject[] {
	return Array.from({ length: MANY }, (_, number) =>
		make({
			dedupKey: `v1|${event}|${number}`,
			event,
			title: `Request ${number}`,
			severity: 'low',
		}),
	);
}

function decisions(items: readonly IDataObject[]): string[] {
	return [...new Set(items.map(({ decision }) => String(decision)))];
}

describe('ID-02 ID-31 ID-33 what a person asks for or reports is never digested', () => {
	test.each(['privilege.elevation.requested', 'email.reported.phish', 'help.requested'])(
		`${MANY} times %s for one client within the hour: a ticket each, and each is closed by its own end`,
		async (event) => {
			expect(decisions(await halo.decide(requests(event)))).toEqual(['created']);
			expect(halo.openTickets()).toHaveLength(MANY);
			expect(
				halo.openTickets().filter(({ summary }) => String(summary).includes('roster')),
			).toEqual([]);

			expect(decisions(await halo.decide(requests(event, resolved)))).toEqual(['closed']);
			expect(halo.openTickets()).toEqual([]);
		},
	);

	test('findings beside them fill the cap and its digest as before', async () => {
		const findings = requests('vuln.found');
		const asked = requests('privilege.elevation.requested');
		const decided = await halo.decide([...findings, ...asked]);
		const made = decided.filter(({ decision }) => decision === 'created');
		expect(made).toHaveLength(25 + MANY);
		expect(made.filter(({ event }) => event === 'privilege.elevation.requested')).toHaveLength(
			MANY,
		);
		expect(decided.filter(({ decision }) => decision === 'digested')).toHaveLength(MANY - 25);
	});
});
