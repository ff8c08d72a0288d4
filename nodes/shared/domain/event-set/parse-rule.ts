import { EVENT_CATEGORIES } from '../event/catalogue';
import { describe } from '../values/input-error';
import { assetPattern, type AssetPattern } from './asset-pattern';
import type { EventRule } from './event-set';
import { RULE_FOR_ALL } from './event-set';
import {
	allowOnly,
	cell,
	flagCell,
	listCell,
	refuseRule,
	severityCell,
	textCell,
	wordCell,
} from './wording';
import { categoryNamed, eventPattern } from './names';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';

const SETTINGS = [
	...[
		'name',
		'action',
		'events',
		'categories',
		'minSeverity',
		'includeUnknown',
		'kevOnly',
		'minEpss',
	],
	...['companies', 'notCompanies', 'asset', 'includeInfo'],
];

function eventsOf(record: JsonRecord, where: string): string[] {
	return listCell(record, 'events', where).map((written) => {
		const pattern = eventPattern(written);
		if (pattern !== null) return pattern;
		throw refuseRule(
			`${where}, events`,
			`no event is called "${written}"; codes of your own begin with "custom."`,
		);
	});
}

function categoriesOf(record: JsonRecord, where: string): string[] {
	return listCell(record, 'categories', where).map((written) => {
		const category = categoryNamed(written);
		if (category !== null) return category.name;
		const known = EVENT_CATEGORIES.map(({ name }) => name).join(', ');
		throw refuseRule(
			`${where}, categories`,
			`no category is called "${written}"; there are ${known}`,
		);
	});
}

function epssOf(record: JsonRecord, where: string): number | null {
	const value = cell(record, 'minEpss');
	if (value === undefined) return null;
	const number = typeof value === 'string' ? Number(value) : value;
	if (typeof number === 'number' && number >= 0 && number <= 1) return number;
	throw refuseRule(`${where}, minEpss`, `expected a number from 0 to 1, got ${describe(value)}`);
}

function assetPatternOf(record: JsonRecord, where: string): AssetPattern | null {
	const pattern = textCell(record, 'asset', where);
	if (pattern === null) return null;
	const test = assetPattern(pattern);
	if (test !== null) return test;
	throw refuseRule(
		`${where}, asset`,
		`"${pattern}" is no regular expression that can be used (look-around and back references cannot); write for example ^SRV- for names that begin with SRV-`,
	);
}

function parseRule(value: unknown, where: string): EventRule {
	const record = typeof value === 'string' ? { events: [value] } : value;
	if (!isRecord(record)) throw refuseRule(where, `expected an object, got ${describe(record)}`);
	allowOnly(record, SETTINGS, where);
	const events = eventsOf(record, where);
	const categories = categoriesOf(record, where);
	if (events.length + categories.length === 0) {
		throw refuseRule(where, 'it names no event; write "events": ["*"] for all');
	}
	return {
		name: textCell(record, 'name', where),
		action: wordCell(record, 'action', ['ticket', 'ignore'], where) ?? RULE_FOR_ALL.action,
		events,
		categories,
		minSeverity: severityCell(record, 'minSeverity', where),
		includeUnknown: flagCell(record, 'includeUnknown', where),
		kevOnly: flagCell(record, 'kevOnly', where) ?? RULE_FOR_ALL.kevOnly,
		minEpss: epssOf(record, where),
		companies: listCell(record, 'companies', where),
		notCompanies: listCell(record, 'notCompanies', where),
		assetPattern: assetPatternOf(record, where),
		includeInfo: flagCell(record, 'includeInfo', where) ?? RULE_FOR_ALL.includeInfo,
	};
}

/**
 * The rules of a set, in their order. A list of texts is one rule with these events.
 * @param value parsed JSON
 * @param where the set, for error texts
 * @throws EventSetError naming the rule and the setting; also for a set without events
 */
export function parseRules(value: unknown, where: string): EventRule[] {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	if (list.length === 0) {
		throw refuseRule(
			`${where}, rules`,
			'the set has no events; write [{ "events": ["*"] }] for all',
		);
	}
	if (list.every((entry) => typeof entry === 'string')) {
		return [parseRule({ events: list }, `${where}, rules`)];
	}
	return list.map((entry, index) => parseRule(entry, `${where}, rule ${index + 1}`));
}
