import {
	decodeEnded,
	encodeEnded,
	endedTogether,
	timeOfWord,
} from '../../../nodes/shared/domain/ticket/ended';
import { decodeMember, encodeMember } from '../../../nodes/shared/domain/ticket/member';

const at = (minute: number): string => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
const key = (number: number): string =>
	`kqzvwmtr${String.fromCharCode(97 + (number % 26), 97 + (Math.floor(number / 26) % 26))}`;

test('an end and a member with its time read back as they were written', () => {
	const ended = { key: 'kqzvwmtrbhxd', at: at(7) };
	expect(decodeEnded(encodeEnded(ended))).toEqual(ended);
	const member = { key: 'kqzvwmtrbhxd', assets: ['abcdef'], source: 'wazuh', at: at(7) };
	expect(decodeMember(encodeMember(member))).toEqual(member);
	const without = { key: member.key, assets: member.assets, source: member.source };
	expect(decodeMember(encodeMember(without))).toEqual(without);
});

test.each(['kqzvwmtrbhxd', 'kqzvwmtrbhxd:', 'kqzvwmtrbhxd:zzzzzzzzzz', 'KQ:mhz3k2ab', ':mhz3k2ab'])(
	'%s is no end',
	(word) => {
		expect(decodeEnded(word)).toBeNull();
	},
);

test('a word beyond all times is no time', () => {
	expect(timeOfWord('zzzzzzzzzzz')).toBeNull();
});

test('each member has its newest end, and of more than 500 the newest are kept', () => {
	expect(
		endedTogether([
			{ key: 'a', at: at(5) },
			{ key: 'b', at: at(1) },
			{ key: 'a', at: at(2) },
			{ key: 'b', at: at(3) },
		]),
	).toEqual([
		{ key: 'a', at: at(5) },
		{ key: 'b', at: at(3) },
	]);
	const many = Array.from({ length: 600 }, (_, number) => ({ key: key(number), at: at(number) }));
	const kept = endedTogether([...many].reverse());
	expect(kept).toHaveLength(500);
	expect(new Set(kept.map((one) => one.key))).toEqual(
		new Set(many.slice(100).map((one) => one.key)),
	);
});
