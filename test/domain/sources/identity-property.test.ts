import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { isRecord, type JsonRecord } from '../../../nodes/shared/domain/values/json';
import { copy, reordered, type Subject } from '../../support/cases/changes';
import { differ, meet } from '../../support/cases/identity';
import { createRandom, pick } from '../../support/random';
import { contextFor } from './context';
import { SUBJECTS } from './identity-subjects';

/** Enough for each pair of changes to meet, at 13 changes that leave a problem the same. */
const ROUNDS = 400;

function only(source: string, payload: unknown): ScannerEvent {
	const { events, failures } = readPayload(source, payload, contextFor());
	const [event] = events;
	if (event === undefined || events.length > 1 || failures.length > 0) {
		throw new Error(`Not one event: ${JSON.stringify(failures)}`);
	}
	return event;
}

/** Several changes that leave the problem the same, and its members in another order. */
function varied(subject: Subject, random: () => number): JsonRecord {
	const payload = copy(subject.payload);
	for (let count = 1 + Math.floor(random() * 5); count > 0; count -= 1) {
		pick(random, subject.same)(payload, random);
	}
	const turned = reordered(payload, random);
	return isRecord(turned) ? turned : payload;
}

describe.each(SUBJECTS)('$source: $name', (subject) => {
	test(`stays the same problem in ${ROUNDS} variations`, () => {
		const random = createRandom(17);
		const first = only(subject.source, subject.payload);
		for (let round = 0; round < ROUNDS; round += 1) {
			const payload = varied(subject, random);
			const event = only(subject.source, payload);
			if (!meet(first, event)) throw new Error(`Another problem: ${JSON.stringify(payload)}`);
		}
		expect(subject.same.length).toBeGreaterThan(5);
	});

	test(`is another problem after one change in ${ROUNDS} variations`, () => {
		const random = createRandom(23);
		for (let round = 0; round < ROUNDS; round += 1) {
			const payload = varied(subject, random);
			const changed = copy(payload);
			pick(random, subject.other)(changed, random);
			const [one, two] = [only(subject.source, payload), only(subject.source, changed)];
			if (!differ(one, two) || meet(one, two)) {
				throw new Error(`One problem: ${JSON.stringify([payload, changed])}`);
			}
		}
		expect(subject.other.length).toBeGreaterThan(2);
	});
});
