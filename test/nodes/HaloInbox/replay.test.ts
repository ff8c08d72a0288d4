import type { IDataObject } from 'n8n-workflow';

import { inboxJson, TABLES } from '../../domain/inbox/rows';
import { LISTED, runInbox } from './support';

const which = 'Dead: they wait for a person';
const row: IDataObject = {};
Object.assign(row, inboxJson(4, { state: 'dead', cause: 'halo_refused', reason: 'No.' }));

describe('Find Waiting Rows, Offer Replay and Replay', () => {
	it('lead from the table to the rows that become due', async () => {
		const asked = await runInbox('findWaiting', [LISTED], { which });
		expect(asked.json[0]).toEqual([{ table: TABLES.halo_inbox, state: 'dead', limit: 900 }]);
		const offered = await runInbox('offerReplay', [[row]], { which });
		expect(offered.json[0]).toMatchObject([{ count: 1, states: ['dead'] }]);
		const { json, error } = await runInbox('replay', [[{}]], {
			offered: JSON.stringify(offered.json[0]?.[0]),
			choice: '4. Row 4, dead, Contoso: No.',
		});
		expect(error).toBeNull();
		expect(json[0]).toEqual([{ state: 'dead', column: 'id', value: 4 }]);
	});

	it('nothing that waits is an answer, too', async () => {
		const { json } = await runInbox('offerReplay', [[{}]], { which });
		expect(json[0]).toMatchObject([{ count: 0, states: ['dead'] }]);
	});

	it('an answer that was not offered is refused', async () => {
		const { error } = await runInbox('replay', [[{}]], { offered: '{}', choice: '1. All' });
		expect(error).toMatchObject({
			message: '"1. All" is not on the list',
			description: 'Open the form again.',
		});
	});
});
