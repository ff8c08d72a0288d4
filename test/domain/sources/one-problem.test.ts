import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import {
	readPayload,
	SourceMismatchError,
} from '../../../nodes/shared/domain/sources/read-payload';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { isRecord } from '../../../nodes/shared/domain/values/json';
import { createRandom, pick } from '../../support/random';
import { contextFor } from './context';
import { KINDS } from './source-kinds';

/** Per kind: more than the 200 that each source must have. */
const ROUNDS = 220;
const TEXTS = ['Critical', 'low', 'Other words', '2026-05-04T08:00:00Z', 'x-17', 'PC-99', '42'];
/** Nothing here says that something is over, in any source. */
const ODDITIES: readonly unknown[] = [
	null,
	'',
	' ',
	0,
	-1,
	17.5,
	'odd',
	[],
	{},
	['a'],
	{ a: 'b' },
	false,
];

function withValue(record: JsonRecord, path: string, value: unknown): JsonRecord {
	const [head = '', ...rest] = path.split('.');
	if (rest.length === 0) return { ...record, [head]: value };
	const inner = record[head];
	return { ...record, [head]: withValue(isRecord(inner) ? inner : {}, rest.join('.'), value) };
}

function pathsOf(record: JsonRecord, before = ''): string[] {
	return Object.entries(record).flatMap(([key, value]) =>
		isRecord(value)
			? [`${before}${key}`, ...pathsOf(value, `${before}${key}.`)]
			: [`${before}${key}`],
	);
}

/** The events of a record; none where it is refused by name. */
function read(source: string, record: JsonRecord): ScannerEvent[] {
	const paged = source === 'connectsecure' || source === 'cybercns';
	const payload = paged ? { status: true, data: [record] } : record;
	try {
		return readPayload(source, payload, contextFor()).events;
	} catch (error) {
		if (error instanceof SourceMismatchError) return [];
		throw error;
	}
}

function keyOf(source: string, record: JsonRecord): string {
	const [event, ...more] = read(source, record);
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event.dedupKey;
}

/** A word that is near the given one and is not it: with a beginning, an end, a letter more or less. */
function near(random: () => number, word: string): string {
	const at = Math.floor(random() * word.length);
	const letter = pick(random, ['x', 'z', '_', '-', '!']);
	const beginning = pick(random, ['un', 'in', 'not ', 'un_', 'NOT_', 'partially ', 're', 'half-']);
	const end = pick(random, [' pending', '_REQUESTED', '?', 'able', ' soon', '_FAILED', 'ish']);
	return pick(random, [
		`${beginning}${word}`,
		`${word}${end}`,
		`${word.slice(0, at)}${letter}${word.slice(at)}`,
		`${word.slice(0, at)}${word.slice(at + 1)}`,
		`${beginning}${word}${end}`,
	]);
}

/** As the sources compare: case, spaces and separators at the ends do not count. */
function plain(word: string): string {
	return word
		.toLowerCase()
		.replace(/[^a-z\d]+/g, ' ')
		.trim();
}

describe.each(KINDS.map((kind) => ({ kind, name: `${kind.source}: ${kind.of}` })))(
	'$name',
	({ kind }) => {
		const { source, record, same, other, word, over } = kind;
		const random = createRandom(source.length * 1000 + kind.of.length);

		test(`${ROUNDS} records of one problem have one key, whatever else changes`, () => {
			const key = keyOf(source, record);
			for (let round = 0; round < ROUNDS; round += 1) {
				let changed = record;
				for (const path of same) {
					if (random() < 0.5) changed = withValue(changed, path, pick(random, TEXTS));
				}
				expect(keyOf(source, changed)).toBe(key);
			}
		});

		test(`${ROUNDS} other problems have each another key`, () => {
			const keys = new Map<string, string>();
			for (let round = 0; round < ROUNDS; round += 1) {
				let changed = record;
				for (const path of other) {
					const value =
						random() < 0.6 ? `n-${Math.floor(random() * 1e6)}` : String(Math.floor(random() * 40));
					if (random() < 0.7) changed = withValue(changed, path, value);
				}
				const named = JSON.stringify(
					other.map((path) =>
						path
							.split('.')
							.reduce<unknown>((at, part) => (isRecord(at) ? String(at[part]) : at), changed),
					),
				);
				const key = keyOf(source, changed);
				expect(keys.get(key) ?? named).toBe(named);
				keys.set(key, named);
			}
			expect(keys.size).toBeGreaterThan(ROUNDS / 4);
		});

		test(`${ROUNDS} words that are near one that says over end nothing`, () => {
			const words = over.length > 0 ? over : ['resolved', 'closed', 'remediated', 'reset'];
			const said = new Set(over.map(plain));
			let tried = 0;
			while (tried < ROUNDS) {
				const written = near(random, pick(random, words));
				if (said.has(plain(written))) continue;
				tried += 1;
				for (const event of read(source, withValue(record, word, written))) {
					expect({ written, status: event.status }).not.toEqual({ written, status: 'resolved' });
				}
			}
		});

		test(`${ROUNDS} broken records end nothing and are of no other company`, () => {
			const [whole] = read(source, record);
			const own = [whole?.company.id, whole?.company.name, whole?.company.displayName].filter(
				(name) => typeof name === 'string',
			);
			// What names the company may name another one when it is broken.
			const paths = pathsOf(record).filter(
				(path) =>
					!/company|customer|client|organi[sz]ation|tenant|workspace|site|recipient/i.test(path),
			);
			for (let round = 0; round < ROUNDS; round += 1) {
				const path = pick(random, paths);
				const value = pick(random, ODDITIES);
				for (const event of read(source, withValue(record, path, value))) {
					expect({ path, value, status: event.status }).not.toEqual({
						path,
						value,
						status: 'resolved',
					});
					for (const name of [event.company.id, event.company.name, event.company.displayName]) {
						if (name !== null) expect(own).toContain(name);
					}
				}
			}
		});
	},
);
