import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isRecord } from '../../../nodes/shared/domain/values/json';

/** What must be true of one input, or of two of them. Exactly one of the statements stands in each. */
export interface Expectation {
	/** Position of the input that `is`, `isNot`, `count`, `refused`, `noFailures` and `failureField` speak of. */
	input?: number;
	/** Position of the event among those of the input; 0 when left out. */
	nth?: number;
	/** Values by dotted path in the event. */
	is?: Record<string, unknown>;
	/** Values that must not stand there; an input that is refused by name says nothing wrong. */
	isNot?: Record<string, unknown>;
	/** Number of events. */
	count?: number;
	/** Whether the whole payload is refused. */
	refused?: boolean;
	/** True: no record of it fails, and it is not refused. */
	noFailures?: boolean;
	/** Field that a failure, or the refusal, names. */
	failureField?: string;
	/** Two inputs that report one problem. */
	sameKey?: [number, number];
	/** Two inputs that report two problems. */
	differentKey?: [number, number];
	/** For the source `plan`: what the second input, handled after the first made a ticket, must not come to. */
	decisionIsNot?: string[];
}

/** Small inputs that go in one by one, with the end that is right. */
export interface Case {
	id: string;
	/** Id of the source, or `plan`: the inputs are handled one after the other on one ticket. */
	source: string;
	title: string;
	inputs: unknown[];
	expected: Expectation[];
	/** Overrides of the read settings. */
	context: Record<string, unknown>;
}

const STATEMENTS = [
	'is',
	'isNot',
	'count',
	'refused',
	'noFailures',
	'failureField',
	'sameKey',
	'differentKey',
	'decisionIsNot',
];

/** A misspelt statement would otherwise prove nothing. */
function expectationOf(value: unknown, file: string): Expectation {
	if (!isRecord(value)) throw new Error(`${file}: an expectation is no object`);
	const known = Object.keys(value).filter((key) => STATEMENTS.includes(key));
	const unknown = Object.keys(value).filter(
		(key) => !STATEMENTS.includes(key) && key !== 'input' && key !== 'nth',
	);
	if (unknown.length > 0) throw new Error(`${file}: unknown statement ${unknown.join(', ')}`);
	if (known.length !== 1) throw new Error(`${file}: one statement per expectation`);
	return value as Expectation;
}

function caseOf(path: string, file: string): Case {
	const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
	if (!isRecord(value)) throw new Error(`${file}: no object`);
	const { id, source, title, inputs, expected, context } = value;
	if (typeof id !== 'string' || typeof source !== 'string' || typeof title !== 'string') {
		throw new Error(`${file}: id, source and title are texts`);
	}
	if (!Array.isArray(inputs) || !Array.isArray(expected)) {
		throw new Error(`${file}: inputs and expected are lists`);
	}
	return {
		id,
		source,
		title,
		inputs,
		expected: expected.map((entry) => expectationOf(entry, file)),
		context: isRecord(context) ? context : {},
	};
}

/** The cases of a folder, in the order of their file names. @throws Error naming the file that is none */
export function casesIn(folder: string): Case[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => caseOf(join(folder, file), file));
}
