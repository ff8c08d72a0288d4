import { callbackClaim } from '../../../nodes/shared/domain/outbox/callback';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { ALEX, at, change, NOW } from './changes';

const row = (more: JsonRecord = {}): JsonRecord => ({
	id: 1,
	integration: 'default',
	source: 'wazuh',
	dedupKey: 'v1|wazuh|disk',
	deliveryId: 'wazuh-1',
	ticketId: 7,
	...more,
});
const claim = (ticket: JsonRecord = {}, more: JsonRecord = {}, rows: JsonRecord[] = [row()]) =>
	callbackClaim(change(ticket, more), rows, ['default'], NOW);
const body = (...given: Parameters<typeof claim>): JsonRecord => JSON.parse(claim(...given).event);

test('a closed ticket is told with its findings, and claimed by ticket, change, status and time', () => {
	expect(claim()).toMatchObject({
		source: 'halo-callback',
		deliveryId: 'delivery-1',
		dedupKey: `halo|7|closed|9||${at(-5)}`,
		state: 'sending',
		ticketId: 7,
		tries: 0,
		receivedAt: at(0),
	});
	expect(body()).toEqual({
		change: 'closed',
		at: at(-5),
		reference: 'abcdefghijkl',
		ticket: { id: 7, summary: 'Disk full', statusId: 9, mergedIntoId: null },
		client: { id: 11, name: 'Contoso Ltd' },
		agent: { name: ALEX.name, email: ALEX.email },
		findings: [{ source: 'wazuh', dedupKey: 'v1|wazuh|disk', deliveryId: 'wazuh-1' }],
		findingsTotal: 1,
	});
});

test('a merge goes before a close; what is neither is a change of status, at the time of the event', () => {
	expect(claim({ merged_into_id: 8 }).dedupKey).toBe(`halo|7|merged|9|8|${at(-5)}`);
	const merged = claim({ merged_into_id: 8, dateclosed: null });
	expect(merged.dedupKey).toBe(`halo|7|merged|9|8|${at(-4)}`);
	const moved = claim({ dateclosed: null, hasbeenclosed: false, status_id: 2 }, { time: at(-1) });
	expect(moved.dedupKey).toBe(`halo|7|statusChanged|2||${at(-1)}`);
	expect(claim().dedupKey).toBe(claim({}, { deliveryId: 'another', time: at(-2) }).dedupKey);
});

test('findings of another Halo, of other tickets, and rows of calls and polls are not named', () => {
	const others = [
		row({ integration: 'office', dedupKey: 'a' }),
		row({ integration: null, dedupKey: 'b' }),
		row({ source: 'halo-poll', dedupKey: 'c' }),
		row({ source: 'halo-callback', dedupKey: 'd' }),
		row({ ticketId: 8, dedupKey: 'e' }),
	];
	const { findings } = body({}, {}, [...others, row({ integration: 'Default', deliveryId: '' })]);
	expect(findings).toEqual([{ source: 'wazuh', dedupKey: 'v1|wazuh|disk', deliveryId: null }]);
	expect(body({}, {}, others)).toMatchObject({ findings: [], findingsTotal: 0 });
});

test('a problem that came again is named once; of many problems 500 are named, and all are counted', () => {
	expect(body({}, {}, [row(), row({ id: 2 })])).toMatchObject({ findingsTotal: 1 });
	const many = Array.from({ length: 501 }, (_, n) => row({ dedupKey: `k${n}` }));
	const told = body({}, {}, many);
	expect(told).toMatchObject({ findingsTotal: 501 });
	expect(told.findings).toHaveLength(500);
});

test('nobody who closed it is told as nobody', () => {
	expect(body({}, { agent: null })).toMatchObject({ agent: null });
});
