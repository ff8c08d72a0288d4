import { EVENT_CATALOGUE, EVENT_CATEGORIES } from '../../event/catalogue';
import { SEVERITIES } from '../../event/event';
import { EventSetError, GROUPINGS } from '../../event-set/event-set';
import { parseEventSet } from '../../event-set/parse';
import { isRecord, type JsonRecord } from '../../values/json';
import { memberText, readInteger, expectedError } from '../../values/read';
import { type Fields, isTicked, valueOf, valuesOf } from '../fields';

/** How the events of a set are said. */
export type EventsFrom = 'all' | 'ticks' | 'rules';

/** The form of an event set, as it was typed. */
export interface SetForm {
	name: string;
	integration: string;
	enabled: boolean;
	grouping: string;
	minSeverity: string;
	includeUnknown: boolean;
	eventsFrom: EventsFrom;
	/** Names of categories that are taken whole. */
	categories: readonly string[];
	/** Codes of single events. */
	events: readonly string[];
	kevOnly: boolean;
	minEpss: string;
	/** One name a line. */
	companies: string;
	notCompanies: string;
	asset: string;
	includeInfo: boolean;
	/** JSON, for a set with several rules. */
	rules: string;
	/** JSON: a list of windows. */
	maintenance: string;
	/** What the row held when the form was made. */
	was: string;
}

export type SetErrors = Readonly<Partial<Record<keyof SetForm, string>>>;

/** A set that nobody has written yet. */
const NEW_SET: SetForm = {
	name: '',
	integration: '',
	enabled: true,
	grouping: 'problem',
	minSeverity: 'high',
	includeUnknown: true,
	eventsFrom: 'all',
	categories: [],
	events: [],
	kevOnly: false,
	minEpss: '',
	companies: '',
	notCompanies: '',
	asset: '',
	includeInfo: false,
	rules: '',
	maintenance: '',
	was: 'none',
};

/** Members of a rule that the ticks and fields of the form can say. */
const SAID_BY_FIELDS = new Set([
	...['events', 'categories', 'kevOnly', 'minEpss', 'companies', 'notCompanies', 'asset'],
	'includeInfo',
]);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function texts(value: unknown): string[] {
	const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
	return list.map(String);
}

function isYes(value: unknown): boolean {
	return value === true || value === 'true' || value === 1;
}

/** The one rule that ticks and fields can show; null for rules that need more. */
function simpleRule(text: string): JsonRecord | null {
	if (text === '') return {};
	const value = parsed(text);
	const list: unknown[] = Array.isArray(value) ? value : [value];
	if (list.length > 0 && list.every((entry) => typeof entry === 'string')) return { events: list };
	const [rule] = list;
	if (list.length !== 1 || !isRecord(rule)) return null;
	const codes = new Set<string>(EVENT_CATALOGUE.map(({ code }) => code));
	const isKnown = texts(rule.events).every((code) => code === '*' || codes.has(code));
	return isKnown && Object.keys(rule).every((member) => SAID_BY_FIELDS.has(member)) ? rule : null;
}

/** What the form shows of a row of halo_event_sets; null for a new set. */
export function setFormOf(row: JsonRecord | null, was: string): SetForm {
	if (row === null) return NEW_SET;
	const text = (column: string): string => memberText(row, column) ?? '';
	const rules = text('rules');
	const rule = simpleRule(rules);
	const events = texts(rule?.events);
	const categories = texts(rule?.categories);
	const isAll = events.includes('*') || events.length + categories.length === 0;
	return {
		...NEW_SET,
		name: text('name'),
		integration: text('integration'),
		enabled: row.enabled === null || row.enabled === undefined || isYes(row.enabled),
		grouping: text('grouping') || 'problem',
		minSeverity: text('minSeverity') || 'high',
		includeUnknown:
			row.includeUnknown === null || row.includeUnknown === undefined || isYes(row.includeUnknown),
		eventsFrom: rule === null ? 'rules' : isAll ? 'all' : 'ticks',
		categories,
		events: isAll ? [] : events,
		kevOnly: isYes(rule?.kevOnly),
		minEpss: memberText(rule ?? {}, 'minEpss') ?? '',
		companies: texts(rule?.companies).join('\n'),
		notCompanies: texts(rule?.notCompanies).join('\n'),
		asset: memberText(rule ?? {}, 'asset') ?? '',
		includeInfo: isYes(rule?.includeInfo),
		rules: rule === null ? rules : '',
		maintenance: text('maintenance'),
		was,
	};
}

/** Reads the form as it was sent. */
export function setFormIn(form: Fields): SetForm {
	const from = valueOf(form, 'eventsFrom');
	return {
		name: valueOf(form, 'name'),
		integration: valueOf(form, 'integration'),
		enabled: isTicked(form, 'enabled'),
		grouping: valueOf(form, 'grouping'),
		minSeverity: valueOf(form, 'minSeverity'),
		includeUnknown: isTicked(form, 'includeUnknown'),
		eventsFrom: from === 'ticks' || from === 'rules' ? from : 'all',
		categories: valuesOf(form, 'category'),
		// An event that stands under two categories comes twice.
		events: [...new Set(valuesOf(form, 'event'))],
		kevOnly: isTicked(form, 'kevOnly'),
		minEpss: valueOf(form, 'minEpss'),
		companies: valueOf(form, 'companies'),
		notCompanies: valueOf(form, 'notCompanies'),
		asset: valueOf(form, 'asset'),
		includeInfo: isTicked(form, 'includeInfo'),
		rules: valueOf(form, 'rules'),
		maintenance: valueOf(form, 'maintenance'),
		was: valueOf(form, 'was'),
	};
}

function lines(text: string): string[] {
	return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/** The column `rules` of what was typed. */
function rulesOf(form: SetForm): string {
	if (form.eventsFrom === 'rules') return form.rules;
	const { asset, categories, companies, events, includeInfo, kevOnly, minEpss, notCompanies } =
		form;
	const isAll = form.eventsFrom === 'all';
	const rule = {
		...(isAll ? { events: ['*'] } : {}),
		...(isAll || events.length === 0 ? {} : { events }),
		...(isAll || categories.length === 0 ? {} : { categories }),
		...(kevOnly ? { kevOnly } : {}),
		// What is no number stays as it was typed, so that it is refused.
		...(minEpss === ''
			? {}
			: { minEpss: Number.isNaN(Number(minEpss)) ? minEpss : Number(minEpss) }),
		...(companies === '' ? {} : { companies: lines(companies) }),
		...(notCompanies === '' ? {} : { notCompanies: lines(notCompanies) }),
		...(asset === '' ? {} : { asset }),
		...(includeInfo ? { includeInfo } : {}),
	};
	return isAll && Object.keys(rule).length === 1 ? '' : JSON.stringify([rule]);
}

/** The columns of halo_event_sets that the form says; `isDefault` is not among them. */
export function columnsOf(form: SetForm): JsonRecord {
	const { enabled, grouping, includeUnknown, integration, maintenance, minSeverity, name } = form;
	const rules = rulesOf(form);
	return { name, integration, enabled, grouping, minSeverity, includeUnknown, rules, maintenance };
}

/** Longest name: it stands in tickets, mappings and reasons. */
const LONGEST_NAME = 100;

/** What is wrong with one column on its own, in the words of whoever reads it; undefined when nothing is. */
function problemOf(column: string, value: unknown): string | undefined {
	try {
		parseEventSet({ name: 'x', [column]: value }, 'x');
		return undefined;
	} catch (error) {
		return expectedError(error, EventSetError)
			.message.replace('Event set "x" (x), ', '')
			.replace('Event set "x" (x): ', '');
	}
}

/** Fields of the form whose words a refusal of the rules names. */
const RULE_FIELDS = ['minEpss', 'asset', 'companies', 'notCompanies'] as const;

function rulesErrors(form: SetForm): SetErrors {
	const ticked = form.categories.length + form.events.length;
	if (form.eventsFrom === 'all' && ticked > 0) {
		return { eventsFrom: 'Events are ticked below: choose those, or untick them for all events.' };
	}
	if (form.eventsFrom === 'ticks' && ticked === 0) {
		return { eventsFrom: 'Nothing is ticked: tick events or categories, or choose all events.' };
	}
	const problem = problemOf('rules', rulesOf(form));
	if (problem === undefined) return {};
	if (form.eventsFrom === 'rules') return { rules: problem };
	const field = RULE_FIELDS.find((name) => problem.includes(`, ${name}:`));
	return { [field ?? 'eventsFrom']: problem };
}

/**
 * What is wrong with the fields.
 * @param others rows of the other sets: two of one name and integration serve nobody
 */
export function setErrorsOf(form: SetForm, others: readonly JsonRecord[]): SetErrors {
	const { grouping, maintenance, minSeverity, name } = form;
	const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
	const taken = others.some(
		(row) =>
			same(memberText(row, 'name') ?? '', name) &&
			same(memberText(row, 'integration') ?? '', form.integration),
	);
	const errors: Record<string, string | undefined> = {
		name:
			name === ''
				? 'A name is needed.'
				: name.length > LONGEST_NAME
					? `Too long: at most ${LONGEST_NAME} characters.`
					: taken
						? 'Another event set has this name.'
						: undefined,
		grouping: GROUPINGS.some((one) => one === grouping) ? undefined : 'Choose exactly one.',
		minSeverity: SEVERITIES.some((one) => one === minSeverity)
			? undefined
			: 'Choose one of the list.',
		maintenance: problemOf('maintenance', maintenance),
		...rulesErrors(form),
	};
	const grouped =
		errors.grouping === undefined && errors.eventsFrom === undefined && errors.rules === undefined
			? groupingProblem(form)
			: undefined;
	if (grouped !== undefined) errors.grouping = grouped;
	return Object.fromEntries(Object.entries(errors).filter(([, text]) => text !== undefined));
}

/** Remediation by company, asset or product says how they are grouped, and must not contradict the set. */
function groupingProblem(form: SetForm): string | undefined {
	try {
		parseEventSet({ ...columnsOf(form), name: 'x', maintenance: '' }, 'x');
		return undefined;
	} catch (error) {
		return expectedError(error, EventSetError).message.replace('Event set "x" (x): ', '');
	}
}

/** Categories with their events, as the form offers them. */
export const OFFERED = EVENT_CATEGORIES.map(({ events, name }) => ({
	name,
	events: EVENT_CATALOGUE.filter(({ code }) => events.includes(code)).map(({ code, label }) => ({
		code,
		label,
	})),
}));

/** A row of halo_event_sets with its number. */
export interface StoredSet {
	id: number;
	row: JsonRecord;
}

export function storedSets(rows: readonly JsonRecord[]): StoredSet[] {
	return rows.flatMap((row) => {
		const id = readInteger(row.id);
		return id === null ? [] : [{ id, row }];
	});
}
