import { EventInputError, parseEvent } from '../../../nodes/shared/domain/event/parse';
import { canonical } from '../../../nodes/shared/domain/sources/canonical';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from '../sources/context';

function sampleEvent(): Record<string, unknown> {
	const [event] = readPayload('canonical', canonical.sample, contextFor()).events;
	return structuredClone({ ...event });
}

function errorOf(input: unknown): EventInputError {
	try {
		parseEvent(input);
	} catch (error) {
		if (error instanceof EventInputError) return error;
	}
	throw new Error('It was taken');
}

const WRONG: Array<[string, (event: Record<string, unknown>) => unknown, string, string]> = [
	['no object', () => 'text', 'the item', '"text"'],
	['an empty item', () => ({}), 'time', 'nothing'],
	['no key', (event) => ({ ...event, dedupKey: ' ' }), 'dedupKey', 'an empty text'],
	['an unknown status', (event) => ({ ...event, status: 'firing' }), 'status', '"firing"'],
	['an unknown severity', (event) => ({ ...event, severity: 5 }), 'severity', '5'],
	[
		'a company that is a text',
		(event) => ({ ...event, company: 'Contoso' }),
		'company',
		'"Contoso"',
	],
	[
		'a name that is an object',
		(event) => ({ ...event, asset: { name: {} } }),
		'asset.name',
		'an object',
	],
	[
		'a flag that is a text',
		(event) => ({ ...event, simulation: 'false' }),
		'simulation',
		'"false"',
	],
	['a score that is a text', (event) => ({ ...event, cvss: '9.8' }), 'cvss', '"9.8"'],
	['a list that is none', (event) => ({ ...event, cves: 'CVE-2026-1' }), 'cves', '"CVE-2026-1"'],
	['a number in the list', (event) => ({ ...event, cves: [1] }), 'cves[0]', '1'],
	['a time that is none', (event) => ({ ...event, firstSeen: 'soon' }), 'firstSeen', '"soon"'],
	[
		'an unknown reason of a resolution',
		(event) => ({ ...event, resolution: { reason: 'gone' } }),
		'resolution.reason',
		'"gone"',
	],
];

describe('the edge of a node', () => {
	test.each(WRONG)(
		'refuses %s and names the field, what it needs and what came',
		(_, make, field, got) => {
			const error = errorOf(make(sampleEvent()));

			expect(error.field).toBe(field);
			expect(error.got).toBe(got);
			expect(error.message).toContain(field);
			expect(error.nextStep).toContain('Scanner Events');
		},
	);

	test('members that are missing become null, and members that no event has are left out', () => {
		const { url, asset, scan, ...few } = sampleEvent();

		const event = parseEvent({ ...few, mapping: { haloClientId: 12 } });

		expect([url, asset, scan]).toHaveLength(3);
		expect(event.url).toBeNull();
		expect(event.asset).toEqual({ id: null, name: null, ip: null, mac: null, serial: null });
		expect(event).not.toHaveProperty('mapping');
	});

	test('a payload with __proto__ and constructor keys reaches no prototype, in raw neither', () => {
		const hostile: unknown = JSON.parse(
			JSON.stringify({ ...sampleEvent(), raw: { kept: 1 } }).replace(
				'"kept":1',
				'"kept":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
			),
		);

		const event = parseEvent(hostile);

		expect(event.raw).toEqual({ kept: 1 });
		expect(Object.keys(event.raw as object)).toEqual(['kept']);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('a company that stands only on the prototype is not read', () => {
		const inherited: unknown = Object.create({ name: 'Fabrikam' });

		expect(parseEvent({ ...sampleEvent(), company: inherited }).company.name).toBeNull();
	});

	test('control characters that came in on the way are taken out', () => {
		expect(parseEvent({ ...sampleEvent(), title: 'a\u0000b\u009bc' }).title).toBe('abc');
	});

	test('a text of a megabyte is cut', () => {
		const event = parseEvent({ ...sampleEvent(), description: 'x'.repeat(1_000_000) });

		expect(event.description?.length).toBe(25_000);
	});
});
