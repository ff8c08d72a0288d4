import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { isRecord } from '../../../nodes/shared/domain/values/json';
import { DETECT, SOURCES } from '../../../nodes/shared/domain/sources';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from '../sources/context';

/** Members whose value says how bad, when, in which words or in which version, in the spelling of any source. */
const CHANGING =
	/^(severity|alertPriority|alertMessage|requestedAt|priority|level|cvss.*|.*score|epss.*|title|summary|subject|description|message|.*[tT]ime(stamp)?|timestamp|startsAt|endsAt|time|.*[sS]een|.*_found|.*_discovered|version|installedVersion|output|fix|firedtimes|riskFactor|risk_factor|created(_?[aA]t)?|updated(_?[aA]t)?|when|sent_at|event_n?severity|event_name|full_log|synopsis|solution|pluginText|rationale)$/;

/** A generator of numbers in [0, 1) from a seed, so that a failing case can be run again. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

function other(value: unknown, random: () => number): unknown {
	if (typeof value === 'number') return Math.floor(random() * 9) + 1;
	if (typeof value !== 'string') return value;
	const words = ['critical', 'high', 'low', '2026-06-07T08:09:10Z', '1.2.3', 'Other words'];
	return words[Math.floor(random() * words.length)];
}

/** A copy in which every member that may change has another value of its kind. */
function changed(value: unknown, random: () => number): unknown {
	if (Array.isArray(value)) return value.map((entry) => changed(entry, random));
	if (!isRecord(value)) return value;
	const copy: JsonRecord = {};
	for (const [key, member] of Object.entries(value)) {
		const replace =
			CHANGING.test(key) && (typeof member === 'string' || typeof member === 'number');
		copy[key] = replace ? other(member, random) : changed(member, random);
	}
	return copy;
}

function shuffled<Entry>(list: readonly Entry[], random: () => number): Entry[] {
	return list
		.map((entry) => ({ entry, place: random() }))
		.sort((left, right) => left.place - right.place)
		.map(({ entry }) => entry);
}

function keysOf(source: string, payload: unknown): string[] {
	return readPayload(source, payload, contextFor()).events.map(({ dedupKey }) => dedupKey);
}

const ROUNDS = 25;

describe('no key changes with what may change', () => {
	test.each(SOURCES.map((source) => ({ source })))(
		`$source.id: severity, title, time and version in ${ROUNDS} variations`,
		({ source }) => {
			const random = randomFrom(source.id.length);
			const expected = keysOf(source.id, source.sample);
			let different = 0;
			for (let round = 0; round < ROUNDS; round += 1) {
				const variation = changed(source.sample, random);
				if (JSON.stringify(variation) !== JSON.stringify(source.sample)) different += 1;
				expect(keysOf(source.id, variation)).toEqual(expected);
			}
			expect(different).toBe(ROUNDS);
		},
	);
});

describe('no key changes with the order or the number of deliveries', () => {
	test(`a list of every sample, shuffled and doubled in ${ROUNDS} variations`, () => {
		const random = randomFrom(7);
		const detected = SOURCES.filter(({ sample, recognises }) => recognises(sample));
		const samples = detected.map(({ sample }) => sample);
		const expected = keysOf(DETECT, samples).sort();
		expect(detected.length).toBe(SOURCES.length - 1);
		expect(new Set(expected).size).toBe(detected.length);
		for (let round = 0; round < ROUNDS; round += 1) {
			expect(keysOf(DETECT, shuffled(samples, random)).sort()).toEqual(expected);
			const doubled = shuffled([...samples, ...samples], random);
			expect([...new Set(keysOf(DETECT, doubled))].sort()).toEqual(expected);
		}
	});
});
