import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { refuseGrouping } from '../../../nodes/shared/domain/event-set/grouping';
import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import { SOURCES } from '../../../nodes/shared/domain/sources';
import {
	readPayload,
	SourceMismatchError,
} from '../../../nodes/shared/domain/sources/read-payload';
import { isRecord } from '../../../nodes/shared/domain/values/json';
import { casesIn } from '../../support/cases/case-file';
import { contextFor } from './context';

/** What every object in JavaScript has by inheritance: a word of a sender must not find it in a table of words. */
const INHERITED = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];

/** Copies of a payload, each with one of its texts replaced. */
function replaced(value: unknown, word: string): unknown[] {
	if (typeof value === 'string') return [word];
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) =>
			replaced(entry, word).map((other) => value.toSpliced(index, 1, other)),
		);
	}
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, member]) =>
		replaced(member, word).map((other) => ({ ...value, [key]: other })),
	);
}

function payloadsOf(id: string, sample: unknown): unknown[] {
	const folder = join(__dirname, '..', '..', 'fixtures', 'cases', id);
	const inputs = existsSync(folder) ? casesIn(folder).flatMap((given) => given.inputs) : [];
	return [sample, ...inputs.filter((input) => isRecord(input) && !('bodyText' in input))];
}

describe('a word that every object has is no word of a source', () => {
	test.each(SOURCES.map(({ id, sample }) => ({ id, sample })))('$id', ({ id, sample }) => {
		const wrong: string[] = [];
		let tried = 0;
		for (const word of INHERITED) {
			for (const payload of payloadsOf(id, sample).flatMap((given) => replaced(given, word))) {
				tried += 1;
				try {
					const { events, failures } = readPayload(id, payload, contextFor());
					for (const event of events) parseEvent(JSON.parse(JSON.stringify(event)));
					const broken = failures.filter(({ reason }) => reason.includes('could not be read:'));
					wrong.push(...broken.map(({ reason }) => reason));
				} catch (error) {
					if (!(error instanceof SourceMismatchError)) wrong.push(String(error));
				}
			}
		}
		expect([...new Set(wrong)]).toEqual([]);
		expect(tried).toBeGreaterThan(INHERITED.length);
	});

	test.each(INHERITED)('a source that calls itself %s can be grouped like any other', (word) =>
		expect(refuseGrouping(word, 'company')).toBe(refuseGrouping('another', 'company')),
	);
});
