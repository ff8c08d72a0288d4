import {
	inEventOrder,
	isLate,
	laterOf,
	lateWords,
	silentSince,
} from '../../../nodes/shared/domain/event/order';

const at = (minute: number): string => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();

test('events are taken by their times, and those of one time as they came', () => {
	const items = [at(3), at(1), at(3), at(2)].map((time, index) => ({ event: { time }, index }));
	expect(inEventOrder(items).map(({ index }) => index)).toEqual([1, 3, 0, 2]);
	expect(inEventOrder([...items].reverse()).map(({ index }) => index)).toEqual([1, 3, 0, 2]);
});

test.each([
	['nothing is recorded', at(1), null, false],
	['something older is recorded', at(2), at(1), false],
	['its own time is recorded', at(2), at(2), false],
	['something newer is recorded', at(1), at(2), true],
])('an event is late only where %s', (_, time, recorded, late) => {
	expect(isLate({ status: 'open', time }, recorded)).toBe(late);
});

test('of two times the later one counts, and one that is not known counts for nothing', () => {
	expect([laterOf(at(1), at(2)), laterOf(at(2), at(1))]).toEqual([at(2), at(2)]);
	expect([laterOf(null, at(1)), laterOf(at(1), null), laterOf(null, null)]).toEqual([
		at(1),
		at(1),
		null,
	]);
});

test('a late event is told with both times and the ticket that knows better', () => {
	const words = lateWords({ status: 'resolved', time: at(1) }, at(2), 77);
	for (const part of ['77', at(1), at(2), 'end']) expect(words).toContain(part);
});

test.each([
	['its latest finding', at(5), [at(1), null], at(5)],
	['what is recorded, where that is newer', at(5), [at(1), at(7)], at(7)],
	['the reading, where it names no time', null, [at(7)], at(30)],
	['the reading, where a recorded time is ahead of it', at(5), [at(40)], at(30)],
])('what a scan is silent of was over with %s', (_, latest, recorded, expected) => {
	expect(new Date(silentSince(latest, recorded, Date.parse(at(30)))).toISOString()).toBe(expected);
});
