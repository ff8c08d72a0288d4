import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { EVENT_CATALOGUE, EVENT_CATEGORIES } from '../../../nodes/shared/domain/event/catalogue';
import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import { withoutUnsafeKeys } from '../../../nodes/shared/domain/values/json';
import { DETECT, recognisedBy, SOURCES } from '../../../nodes/shared/domain/sources';
import { failedEvent } from '../../../nodes/shared/domain/sources/failed-event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { inEventOrder } from '../../../nodes/shared/domain/event/order';
import { contextFor } from './context';

interface Fixture {
	payload: unknown;
	/** True when the payload leaves its source open, so that a user has to pick it. */
	undetectable?: boolean;
	/** When it came in, where the usual time of the tests lies before its records. */
	receivedAt?: string;
	/** Sources that the node is told to let its bodies name. */
	opened?: string[];
	events: Array<Record<string, unknown>>;
	/** Field that each failure names. */
	failures: string[];
}

const ROOT = join(__dirname, '..', '..', 'fixtures', 'sources');

const cases = readdirSync(ROOT).flatMap((source) =>
	readdirSync(join(ROOT, source)).map((file) => {
		const fixture = JSON.parse(readFileSync(join(ROOT, source, file), 'utf8')) as Fixture;
		return { source, file, fixture: { ...fixture, payload: withoutUnsafeKeys(fixture.payload) } };
	}),
);

/** Its rows look like those of ConnectSecure: the user picks it. */
const NEVER_DETECTED = ['cybercns'];

describe('every fixture gives the events that it says', () => {
	test('there is at least one for each of the sources, and none of another', () => {
		expect([...new Set(cases.map(({ source }) => source))].sort()).toEqual(
			SOURCES.map(({ id }) => id).sort(),
		);
	});

	test.each(cases)('$source/$file', ({ source, fixture }) => {
		const result = readPayload(
			source,
			fixture.payload,
			contextFor({
				namedSources: fixture.opened ?? [],
				...(fixture.receivedAt !== undefined && { receivedAt: fixture.receivedAt }),
			}),
		);

		expect(result.events).toHaveLength(fixture.events.length);
		expect(result.events).toMatchObject(fixture.events);
		expect(result.failures.map(({ field }) => field)).toEqual(fixture.failures);
		for (const { reason } of result.failures) expect(reason).toMatch(/\.$/);
	});

	test.each(cases)(
		'$source/$file is detected or left to the user, never taken for another',
		({ source, fixture }) => {
			const first: unknown = Array.isArray(fixture.payload) ? fixture.payload[0] : fixture.payload;
			const takenBy = recognisedBy(first).map(({ id }) => id);

			expect(takenBy).toEqual(fixture.undetectable === true ? [] : [source]);
		},
	);

	test.each(cases)(
		'$source/$file comes out as items that every node reads back unchanged',
		({ source, fixture }) => {
			const result = readPayload(source, fixture.payload, contextFor({ keepRaw: true }));
			const failed = [...result.failures.map((one) => [one]), result.failures]
				.filter((some) => some.length > 0)
				.map((some) => failedEvent(source, some, contextFor()));

			for (const event of result.events) {
				expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
			}
			for (const { decision, reason, ...event } of failed) {
				expect(decision).toBe('failed');
				expect(reason).not.toBe('');
				expect(parseEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
			}
		},
	);
});

describe('the words of the sources are those of the event catalogue', () => {
	const codes = EVENT_CATALOGUE.map(({ code }) => code);
	const categories = EVENT_CATEGORIES.map(({ name }) => name);
	const own = cases.filter(({ source }) => source !== 'canonical');

	test.each(own)('$source/$file', ({ source, fixture }) => {
		for (const { event, category } of readPayload(source, fixture.payload, contextFor()).events) {
			if (category !== null) expect(categories).toContain(category);
			if (event === null) continue;
			const known = codes.some((code) =>
				code.endsWith('.*') ? event.startsWith(code.slice(0, -1)) : event === code,
			);
			expect({ event, known }).toEqual({ event, known: true });
		}
	});
});

describe('the time of an event', () => {
	const EARLY = '2001-01-01T00:00:00.000Z';

	test.each(cases)('$source/$file is never after its receipt', ({ source, fixture }) => {
		const result = readPayload(
			source,
			fixture.payload,
			contextFor({ receivedAt: EARLY, namedSources: fixture.opened ?? [] }),
		);

		expect(result.events.filter(({ time }) => time > EARLY)).toEqual([]);
	});

	test('a local time ahead and no time at all leave the order of one delivery', () => {
		const receivedAt = '2026-05-04T10:00:00.000Z';
		const { events } = readPayload(
			'canonical',
			[
				{ id: 'disk', title: 'Disk full', time: '2026-05-04 12:00:00' },
				{ id: 'disk', status: 'resolved' },
			],
			contextFor({ receivedAt }),
		);

		expect(
			inEventOrder(events.map((event, index) => ({ event, index }))).map(
				({ event }) => event.status,
			),
		).toEqual(['open', 'resolved']);
		expect(events.map(({ time }) => time)).toEqual([receivedAt, receivedAt]);
	});
});

describe('a payload that several sources take for their own', () => {
	const detectable = SOURCES.filter(({ id }) => !NEVER_DETECTED.includes(id));
	const pairs = detectable.flatMap((one, at) =>
		detectable.slice(at + 1).map((other) => ({ one, other })),
	);

	test('is refused with the names of all of them, and so is none read as one by chance', () => {
		let several = 0;
		for (const { one, other } of pairs) {
			const both = { ...one.sample, ...other.sample };
			const found = recognisedBy(both);
			if (found.length < 2) continue;
			several += 1;
			const read = () => readPayload(DETECT, both, contextFor());
			for (const { name } of found) expect(read).toThrow(name);
			expect(read).toThrow('This payload may be from any of');
		}
		expect(several).toBeGreaterThan(detectable.length);
	});
});

describe('the sample beside each source', () => {
	test.each(SOURCES.map((source) => ({ source })))(
		'$source.id is read by it, with a company',
		({ source }) => {
			const chosen = NEVER_DETECTED.includes(source.id) ? source.id : DETECT;
			const result = readPayload(chosen, source.sample, contextFor());

			expect(result.source).toBe(source.id);
			expect(result.failures).toEqual([]);
			expect(result.events).toHaveLength(1);
			const [event] = result.events;
			const { id, name, displayName } = event?.company ?? {};
			const named = id ?? name ?? displayName ?? null;
			expect(named === null).toBe(source.companyField === null);
		},
	);
});
