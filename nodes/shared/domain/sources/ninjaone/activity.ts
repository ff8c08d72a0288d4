import type { EventStatus, Severity } from '../../event/event';
import { joinedPart, shortHash } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import type { ProblemIdentity } from '../common/make-event';
import { neededText, textAt } from '../common/paths';
import type { ActivityCode } from './codes';
import { activityCode } from './codes';

/** What an activity says: a condition's state, a code of a family, the end of an action, or nothing about a problem. */
export interface ActivityState {
	status: EventStatus;
	/** The family's code; null for a condition. */
	code: ActivityCode | null;
	category: string;
	event: string | null;
	severity: Severity;
	/** The word that the severity was read from. */
	severityWord: string | null;
}

/** States of a condition, whole. `DISABLED` and `EVALUATION_FAILURE` say nothing about what the condition watches. */
const CONDITION_STATES: Readonly<Record<string, { status: EventStatus; event: string | null }>> = {
	TRIGGERED: { status: 'open', event: 'monitor.triggered' },
	RESET: { status: 'resolved', event: 'monitor.cleared' },
	RESET_BY_PSA_TICKET_CALLBACK: { status: 'resolved', event: 'monitor.cleared' },
	ACKNOWLEDGED: { status: 'info', event: 'monitor.acknowledged' },
	DISABLED: { status: 'info', event: null },
	EVALUATION_FAILURE: { status: 'info', event: null },
};

/** Activity types whose conditions are about something that the catalogue has a code for. */
const TRIGGERED_EVENTS: Readonly<Record<string, string>> = {
	ANTIVIRUS: 'av.threat',
	PATCH_MANAGEMENT: 'patch.failed',
	SOFTWARE_PATCH_MANAGEMENT: 'patch.failed',
};

/** Types whose activities are runs of a script or an automation, with `activityResult` as their end. */
const RUNS: ReadonlySet<string> = new Set([
	'ACTION',
	'ACTIONSET',
	'CONDITION_ACTION',
	'CONDITION_ACTIONSET',
	'SCHEDULED_TASK',
	'SCRIPTING',
]);

const RUN_RESULTS: Readonly<Record<string, ActivityCode['role']>> = {
	FAILURE: 'opens',
	SUCCESS: 'ends',
};

/** One of each device's automations, told apart by the policy element or task that ran it. */
const RUN_FAMILY = {
	name: 'run',
	category: 'Endpoint',
	event: 'script.failed',
	opens: [],
	ends: [],
	told: 'plan',
} as const;

/** True for a word that is the state of a condition, in any letter case. */
export function isConditionState(written: string): boolean {
	return entryOf(CONDITION_STATES, written.trim().toUpperCase()) !== undefined;
}

function word(activity: JsonRecord, path: string): string {
	return textAt(activity, path)?.trim().toUpperCase() ?? '';
}

/**
 * The state of a condition. It stands in `statusCode`; senders that fill that with the state of a job, or not at all,
 * have it in `status`, which otherwise is a description in the user's language.
 */
function conditionState(type: string, activity: JsonRecord) {
	const code = word(activity, 'statusCode');
	const state = entryOf(CONDITION_STATES, code);
	if (state !== undefined || (code !== '' && type !== 'CONDITION')) return state;
	return entryOf(CONDITION_STATES, word(activity, 'status'));
}

function runCode(type: string, activity: JsonRecord): ActivityCode | null {
	if (!RUNS.has(type) || word(activity, 'statusCode') !== 'COMPLETED') return null;
	const role = entryOf(RUN_RESULTS, word(activity, 'activityResult'));
	return role === undefined ? null : { family: RUN_FAMILY, role };
}

/** `NONE` is the default of both members and says nothing: the other one may. */
function severityOf(activity: JsonRecord) {
	for (const path of ['severity', 'priority']) {
		const text = word(activity, path);
		if (text !== '' && text !== 'NONE') {
			return { severity: severityFromWord(text), severityWord: textAt(activity, path) };
		}
	}
	return { severity: 'unknown' as const, severityWord: textAt(activity, 'severity', 'priority') };
}

/** What NinjaOne itself gives no severity to. */
function severityOfCode({ family, role }: ActivityCode): Severity {
	if (role === 'warns') return 'low';
	return family.event === 'av.threat' && role === 'opens' ? 'high' : 'unknown';
}

/** @param type activity type, upper case */
export function activityStateOf(type: string, activity: JsonRecord): ActivityState {
	const said = severityOf(activity);
	const state = conditionState(type, activity);
	if (state !== undefined) {
		const own = state.status === 'open' ? entryOf(TRIGGERED_EVENTS, type) : undefined;
		const category = own === undefined ? 'Monitor' : 'Endpoint';
		return { ...said, status: state.status, code: null, category, event: own ?? state.event };
	}
	const code = activityCode(word(activity, 'statusCode')) ?? runCode(type, activity);
	if (code === null) return { ...said, status: 'info', code, category: 'Monitor', event: null };
	const { category, event } = code.family;
	const severity = said.severity === 'unknown' ? severityOfCode(code) : said.severity;
	if (code.role !== 'ends') return { ...said, status: 'open', severity, code, category, event };
	// An end that does not say what it is the end of ends nothing.
	const status =
		code.family.told !== 'device' && toldBy(activity, code) === null ? 'info' : 'resolved';
	return { ...said, status, severity, code, category: 'Monitor', event: 'monitor.cleared' };
}

/** Members of an activity's data that name the object it is about: a threat, a file, a patch, a plan. */
const OBJECT_WORDS: ReadonlySet<string> = new Set(
	'threat malware virus file path hash sha1 sha256 md5 patch kb software product package plan job app'.split(
		' ',
	),
);
/** Beside them, members that change while the object stays. */
const CHANGING_WORDS: ReadonlySet<string> = new Set(
	'date time size count status state code error result version reason message duration user by'.split(
		' ',
	),
);

function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z\d]+/);
}

function objectMembers(data: JsonRecord): Array<[string, string]> {
	return Object.keys(data).flatMap((name): Array<[string, string]> => {
		const words = wordsOf(name);
		const value = textAt({ value: data[name] }, 'value');
		const names = words.some((part) => OBJECT_WORDS.has(part));
		if (value === null || !names || words.some((part) => CHANGING_WORDS.has(part))) return [];
		return [[words.join('_'), value.trim()]];
	});
}

/** A Microsoft patch by its number, which is in the text in every language. */
const KB = /\bKB\d{6,8}\b/i;

/** The object that an activity is about, as its data or the number of a patch in its text names it. */
function objectOf(activity: JsonRecord): string | null {
	const data = isRecord(activity.data) ? activity.data : {};
	const message = isRecord(data.message) ? data.message : {};
	const params = isRecord(message.params) ? message.params : {};
	const members = [...objectMembers(params), ...objectMembers(data)];
	members.sort(([one], [other]) => (one < other ? -1 : 1));
	if (members.length > 0) return shortHash(JSON.stringify(members));
	const text = [textAt(activity, 'message'), textAt(activity, 'subject')].join(' ');
	return KB.exec(text)?.[0].toUpperCase() ?? null;
}

/** What tells two problems of one family on one device apart; null when the activity does not say. */
function toldBy(activity: JsonRecord, { family }: ActivityCode): string | null {
	if (family.told === 'object') return objectOf(activity);
	return (
		textAt(activity, 'sourceConfigUid') ?? objectOf(activity) ?? textAt(activity, 'sourceName')
	);
}

const WHY = 'It names the problem; without it the alert and its end cannot be joined.';

/** An activity that names neither a series nor a condition nor a family: known by its own id. */
function occurrenceOf(activity: JsonRecord): string {
	const id = textAt(activity, 'id');
	return joinedPart('activity', id ?? shortHash(JSON.stringify(activity)));
}

/**
 * What names the problem of an activity: the series of a condition (one from its trigger to its reset), else the
 * condition on the device, else the family of its code on the device.
 * @throws EventInputError when it is the beginning or the end of something that it does not name
 */
export function identityOf(activity: JsonRecord, state: ActivityState): ProblemIdentity {
	const device = textAt(activity, 'deviceId', 'device.id');
	const organization = textAt(activity, 'organizationId', 'organization.id');
	if (state.code !== null) {
		const { family } = state.code;
		const where =
			device ?? (organization === null ? null : joinedPart('organization', organization));
		const discriminator = family.told === 'device' ? null : toldBy(activity, state.code);
		if (family.told !== 'device' && discriminator === null) {
			return { scope: null, finding: occurrenceOf(activity), asset: device };
		}
		return { scope: null, finding: joinedPart('code', family.name), asset: where, discriminator };
	}
	const series = textAt(activity, 'seriesUid');
	if (series !== null) return { scope: null, finding: series, asset: null };
	const config = textAt(activity, 'sourceConfigUid');
	if (config !== null && device !== null) return { scope: null, finding: config, asset: device };
	if (state.status === 'resolved') neededText(activity, WHY, 'seriesUid');
	if (state.status === 'open') neededText(activity, WHY, 'seriesUid', 'id');
	return { scope: null, finding: occurrenceOf(activity), asset: device };
}

/**
 * The condition on the device, which stays while each of its triggers begins a new series. Null where the activity
 * names no condition, and where the condition names the problem already.
 */
export function recurrenceOf(activity: JsonRecord, state: ActivityState): ProblemIdentity | null {
	const condition = textAt(activity, 'sourceConfigUid');
	const device = textAt(activity, 'deviceId', 'device.id');
	if (state.code !== null || condition === null || device === null) return null;
	if (textAt(activity, 'seriesUid') === null) return null;
	return { scope: null, finding: condition, asset: device };
}
