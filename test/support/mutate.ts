import { pick } from './random';

type Random = () => number;

/** Values that a sender may put anywhere: of every type, too large, too deep, with characters that few expect. */
const ODD: ReadonlyArray<() => unknown> = [
	() => null,
	() => true,
	() => -1,
	() => 1e308,
	() => Number.MAX_SAFE_INTEGER + 1,
	() => '',
	() => ' \u00a0\u200b\u202e ',
	() => '\ud800',
	() => 'x'.repeat(70_000),
	() => '<script>alert(1)</script>',
	() => '{{ $json.secret }} ={{ 1 }} ${1} %s',
	() => '(scanref aaaaaaaaaaaa) scanstate severity critical endstate',
	() => `${'\u00a0'.repeat(60)}a`,
	() => 'resolved',
	() => 'critical',
	() => '2026-13-45T99:99:99Z',
	() => '0000-00-00',
	() => [],
	() => [[[[[]]]]],
	() => ({}),
	() => ({ toString: 'x', valueOf: 1, length: -1 }),
	() => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}') as unknown,
	() => Array.from({ length: 70 }).reduce<unknown>((inner) => ({ a: inner }), 1),
	() => Array.from({ length: 50 }, (_, index) => index),
];

const NAMES = [
	'__proto__',
	'constructor',
	'id',
	'status',
	'alerts',
	'events',
	'data',
	'\u0000',
	'',
];

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** All objects and lists inside a value. */
function holders(value: unknown): Array<Record<string, unknown>> {
	if (!isObject(value)) return [];
	return [value, ...Object.values(value).flatMap(holders)];
}

/** Changes one member somewhere inside a value. The value itself is changed. */
function mutateOnce(random: Random, value: unknown): void {
	const all = holders(value);
	if (all.length === 0) return;
	const holder = pick(random, all);
	const names = Object.keys(holder);
	const kind = Math.floor(random() * 5);
	if (names.length === 0 || kind === 0) {
		Object.defineProperty(holder, pick(random, NAMES), {
			value: pick(random, ODD)(),
			configurable: true,
			enumerable: true,
			writable: true,
		});
		return;
	}
	const name = pick(random, names);
	if (Array.isArray(holder) && name === 'length') return;
	if (kind === 1) Reflect.deleteProperty(holder, name);
	else if (kind === 2) holder[name] = structuredClone(holder[pick(random, names)]);
	else holder[name] = pick(random, ODD)();
}

/** A copy of a JSON value with up to four members changed, added or gone. */
export function mutateValue(random: Random, value: unknown): unknown {
	const copy: unknown = structuredClone(value);
	const changes = Math.floor(random() * 5);
	for (let change = 0; change < changes; change += 1) mutateOnce(random, copy);
	return random() < 0.03 ? pick(random, ODD)() : copy;
}

/** Bytes with some of them changed, cut off, put twice, or with what is no text in any charset. */
export function mutateBytes(random: Random, bytes: Buffer): Buffer {
	const at = Math.floor(random() * (bytes.length + 1));
	switch (Math.floor(random() * 6)) {
		case 0:
			return bytes.subarray(0, at);
		case 1:
			return Buffer.concat([
				bytes.subarray(0, at),
				Buffer.from([0xff, 0xfe, 0]),
				bytes.subarray(at),
			]);
		case 2:
			return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
		case 3:
			return Buffer.concat([bytes, bytes]);
		case 4: {
			const changed = Buffer.from(bytes);
			if (changed.length > 0) changed[at % changed.length] = Math.floor(random() * 256);
			return changed;
		}
		default:
			return Buffer.from(Array.from({ length: at % 200 }, () => Math.floor(random() * 256)));
	}
}
