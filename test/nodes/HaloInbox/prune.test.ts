import { TABLES } from '../../domain/inbox/rows';
import { runInbox } from './support';

const KEEP = { keepDays: 30, keepDeadDays: 30, keepHeldDays: 90, keepRows: 10, keepErrorDays: 30 };
const tables = JSON.stringify(TABLES);

describe('Find Old Rows and Prune', () => {
	it('what was found is deleted by the same question, up to the last row of it', async () => {
		const asked = await runInbox('findOld', [[{ id: 50 }]], { tables, ...KEEP });
		expect(asked.error).toBeNull();
		expect(asked.json[0]).toHaveLength(7);
		const old = new Date(0).toISOString();
		const found = [
			{ id: 3, state: 'dead', receivedAt: old },
			{ id: 44, state: 'dead', receivedAt: old },
			{ id: 8, noticedAt: old, at: old },
		];
		const { json, error } = await runInbox('prune', [asked.json[0] ?? [], found]);
		expect(error).toBeNull();
		expect(json[0]).toEqual([
			{ ...asked.json[0]?.[2], upTo: 44 },
			{ ...asked.json[0]?.[3], upTo: 3 },
			{ ...asked.json[0]?.[6], upTo: 8 },
		]);
	});

	it('finds nothing in an empty table, and deletes nothing when nothing was found', async () => {
		const asked = await runInbox('findOld', [[{}]], { tables, ...KEEP });
		expect(asked.json[0]?.[1]).toMatchObject({ where: [{}, { column: 'id', value: -9 }, {}] });
		const { json } = await runInbox('prune', [asked.json[0] ?? [], []]);
		expect(json.flat()).toEqual([]);
	});

	it.each([
		['soon', '"soon"'],
		[-1, '-1'],
		['', '""'],
	])('a setting %p is refused by name', async (keepDays, shown) => {
		const { error } = await runInbox('findOld', [[{}]], { tables, ...KEEP, keepDays });
		expect(error?.message).toBe(
			`Settings: keepDays needs a number that is not negative, got ${shown}`,
		);
	});
});
