import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { SOURCES } from '../../../nodes/shared/domain/sources';
import type { Case, Expectation } from '../../support/cases/case-file';
import { casesIn } from '../../support/cases/case-file';
import { problemsOf } from '../../support/cases/run-case';
import { sharedFolder } from '../../support/shared-folder';
import { PENDING_CASES } from './pending-cases';

const OWN = join(__dirname, '..', '..', 'fixtures', 'cases');

const own = readdirSync(OWN).flatMap((folder) =>
	casesIn(join(OWN, folder)).map((given) => ({ folder, given, name: `${folder}/${given.id}` })),
);

/** Cases of the source `plan` say their right end in words only. */
const PLANNED: Readonly<Record<string, Expectation[]>> = {
	'plan-01': [{ decisionIsNot: ['closed'] }],
	'plan-03': [{ decisionIsNot: ['unchanged'] }],
};

function sharedCases(): Case[] {
	const folder = sharedFolder('cases/payloads', 'the shared cases are not tried');
	if (folder === null) return [];
	return casesIn(folder).map((given) => ({
		...given,
		expected: [...given.expected, ...(PLANNED[given.id] ?? [])],
	}));
}

const shared = sharedCases();

describe('cases of the project', () => {
	test.each(own)('$name: $given.title', ({ folder, given }) => {
		expect(given.source).toBe(folder);
		expect(SOURCES.map(({ id }) => id)).toContain(given.source);
		expect(given.expected).not.toEqual([]);
		expect(problemsOf(given)).toEqual([]);
	});

	test('there are some, and each has a name of its own', () => {
		expect(own.length).toBeGreaterThan(0);
		expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
	});
});

describe('cases of the shared folder', () => {
	test('every pending case is one of them', () => {
		if (shared.length === 0) return;
		const ids = shared.map(({ id }) => id);
		expect(PENDING_CASES.filter((id) => !ids.includes(id))).toEqual([]);
	});

	const ready = shared.filter(({ id }) => !PENDING_CASES.includes(id));
	const pending = shared.filter(({ id }) => PENDING_CASES.includes(id));

	for (const given of ready) {
		test(`${given.id}: ${given.title}`, () => {
			expect(given.expected).not.toEqual([]);
			expect(problemsOf(given)).toEqual([]);
		});
	}

	for (const given of pending) {
		test(`${given.id} is still pending: take it off the list once it ends right`, () =>
			expect(problemsOf(given)).not.toEqual([]));
	}
});
