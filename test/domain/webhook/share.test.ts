import {
	type Brought,
	waitForShare,
	withDelivery,
} from '../../../nodes/shared/domain/webhook/share';

const SHARE = 1000;
const HOUR = 3_600_000;

test('a share that is not used up lets everything in at once', () => {
	expect(waitForShare(undefined, SHARE, 0)).toBe(0);
	expect(waitForShare({ bytes: SHARE - 1, at: 0 }, SHARE, 0)).toBe(0);
});

test.each([SHARE, SHARE + 1, 3 * SHARE])(
	'%s bytes wait until there is room, not longer',
	(bytes) => {
		const before = { bytes, at: 0 };
		const seconds = waitForShare(before, SHARE, 0);
		expect(seconds).toBeGreaterThan(0);
		expect(waitForShare(before, SHARE, seconds * 1000)).toBe(0);
		expect(waitForShare(before, SHARE, (seconds - 1) * 1000)).toBeGreaterThan(0);
	},
);

test('whoever sends as much as he is let brings no more than two shares in the first hour', () => {
	let before: Brought | undefined;
	let stored = 0;
	for (let now = 0; now <= HOUR; now += 1000) {
		if (waitForShare(before, SHARE, now) > 0) continue;
		before = withDelivery(before, SHARE, now, 10);
		stored += 10;
	}
	expect(stored).toBeGreaterThan(1.9 * SHARE);
	expect(stored).toBeLessThanOrEqual(2 * SHARE + 10);
});

test('a clock that is set back makes nobody wait longer than an hour', () => {
	expect(waitForShare({ bytes: SHARE, at: 10 * HOUR }, SHARE, 0)).toBeLessThanOrEqual(3600);
});
