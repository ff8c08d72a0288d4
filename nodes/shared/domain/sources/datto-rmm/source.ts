import type { EventStatus, ScannerEvent } from '../../event/event';
import { describe, EventInputError } from '../../values/input-error';
import { joinedPart } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { severityFromWord } from '../../event/severity';
import { asRecord, flagAt, momentAt, neededText, recordAt, textAt, valueAt } from '../common/paths';
import { makeEvent } from '../common/make-event';
import { contextClassOf, eventOfContext, monitorOf } from './contexts';
import type { EventSource, SourceContext } from '../common/source';

const UIDS = ['alertUid', 'alertUID', 'alert_uid', 'alertuid'] as const;
const WHY = 'It joins the alert with its end; put [alert_uid] into the body of the webhook.';

/** Id of the firing. A variable that Datto did not fill would give every alert one id. */
function uidOf(alert: JsonRecord): string {
	const uid = neededText(alert, WHY, ...UIDS);
	if (!/^\[.*\]$/.test(uid.trim())) return uid;
	throw new EventInputError(
		UIDS.find((path) => textAt(alert, path) !== null) ?? 'alertUid',
		'the id of an alert',
		`the variable ${uid.trim()} itself`,
		'Datto does not know the variable: write it as Datto lists it.',
	);
}

/** Text of a member of a webhook template; a variable that was not filled is none. */
function filled(alert: JsonRecord, ...paths: string[]): string | null {
	const found = paths
		.map((path) => textAt(alert, path))
		.find((text) => text !== null && !/^\[\w+\]$/.test(text.trim()));
	return found ?? null;
}

/**
 * An alert names its firing: two monitors on one disk are two alerts, and the end of one does not end the other. The id
 * is the same in the API and in a webhook's body.
 */
function identityOf(alert: JsonRecord) {
	return { scope: null, finding: joinedPart('alert', uidOf(alert)), asset: null };
}

/** The monitor on the device, which stays while each firing is a new alert. Only the API tells it. */
function recurrenceOf(alert: JsonRecord, message: string | null) {
	const device = textAt(alert, 'alertSourceInfo.deviceUid');
	const monitor = monitorOf(alert, message);
	return device === null || monitor === null
		? null
		: { scope: null, finding: monitor, asset: device };
}

const RESOLVED_FLAGS = ['resolved', 'resolvedAlert', 'resolved_alert'] as const;
const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n']);

/**
 * Whether a flag says that the alert is over; null when it says nothing. A webhook's flag is a text, and "false" is true
 * in JavaScript.
 * @throws EventInputError for a word that is neither, since an alert must not close by a guess
 */
function saysResolved(alert: JsonRecord, flag: string): boolean | null {
	const value = valueAt(alert, flag);
	if (typeof value === 'boolean') return value;
	const word = textAt(alert, flag)?.trim().toLowerCase() ?? '';
	if (word === '') return null;
	if (NO.has(word)) return false;
	if (YES.has(word)) return true;
	throw new EventInputError(
		flag,
		'true or false',
		describe(value),
		'Write true into the body of the webhook for resolved alerts, and false into the other.',
	);
}

/** What Datto RMM and its API clients write as the one who resolved an alert when nobody did. */
const MACHINES: ReadonlySet<string> = new Set(
	'system,auto,automatic,automatically,autoresolve,auto-resolve,auto resolve,autoresolved,auto-resolved,auto resolved,monitor,agent,datto,datto rmm,rmm,api'.split(
		',',
	),
);

/** The person who resolved it; null when the alert resolved itself. */
function personOf(alert: JsonRecord): string | null {
	const by = filled(alert, 'resolvedBy')?.trim() ?? null;
	return by === null || MACHINES.has(by.toLowerCase()) ? null : by;
}

/** Members that tell a template for resolved alerts from the one for raised alerts by a word. */
const STATE_MEMBERS = ['eventType', 'event_type', 'alertStatus', 'alert_status', 'status'] as const;
/** Compared whole: anything else in these members, which a body may use as it likes, says nothing. */
const RESOLVED_WORDS: ReadonlySet<string> = new Set(
	'resolved,alert.resolved,alert_resolved,alert-resolved,alert resolved'.split(','),
);

function statusOf(alert: JsonRecord): EventStatus {
	const resolved = RESOLVED_FLAGS.map((flag) => saysResolved(alert, flag));
	if (resolved.includes(true)) return 'resolved';
	const word = STATE_MEMBERS.find((member) =>
		RESOLVED_WORDS.has(textAt(alert, member)?.trim().toLowerCase() ?? ''),
	);
	if (word !== undefined) {
		if (!resolved.includes(false)) return 'resolved';
		throw new EventInputError(
			word,
			'what the flag for resolved alerts says',
			`${describe(valueAt(alert, word))}, and a flag that says no`,
			'Say it once in the body of the webhook for resolved alerts.',
		);
	}
	return flagAt(alert, 'muted') ? 'suppressed' : 'open';
}

function eventOf(alert: JsonRecord, status: EventStatus): { category: string; event: string } {
	const event = eventOfContext(alert) ?? 'monitor.triggered';
	if (event === 'agent.down') {
		if (status === 'resolved') return { category: 'Agent', event: 'agent.up' };
		// The same monitor can be set to tell that a device comes online.
		const online = textAt(alert, 'alertContext.status')?.trim().toUpperCase() === 'ONLINE';
		return online
			? { category: 'Monitor', event: 'monitor.triggered' }
			: { category: 'Agent', event };
	}
	if (status === 'resolved') return { category: 'Monitor', event: 'monitor.cleared' };
	return { category: event === 'monitor.triggered' ? 'Monitor' : 'Endpoint', event };
}

/** A value of a context as lines: the samples of a script are a group of values, the reasons of a ping a list. */
function linesOf(name: string, value: unknown): string[] {
	if (typeof value === 'string' || typeof value === 'number') return [`${name}: ${value}`];
	if (Array.isArray(value)) {
		const texts = value.filter((entry) => typeof entry === 'string' || typeof entry === 'number');
		return texts.length === 0 ? [] : [`${name}: ${texts.join(', ')}`];
	}
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([member, text]) =>
		typeof text === 'string' || typeof text === 'number' ? [`${name} ${member}: ${text}`] : [],
	);
}

function contextLines(alert: JsonRecord): string[] {
	return Object.entries(recordAt(alert, 'alertContext')).flatMap(([key, value]) =>
		key === '@class' ? [] : linesOf(key, value),
	);
}

/** The site. The API names it by its UID, so that goes before the number that only a webhook has. */
function companyOf(alert: JsonRecord) {
	return {
		id: filled(
			alert,
			...['alertSourceInfo.siteUid', 'siteUid', 'site_uid'],
			...['siteId', 'site_id'],
		),
		name: filled(
			alert,
			...['alertSourceInfo.siteName', 'siteName', 'site_name', 'sitename'],
			// As the template of the public Datto RMM bots for Halo has it.
			'dattoSiteDetails',
		),
	};
}

function assetOf(alert: JsonRecord) {
	return {
		id: filled(
			alert,
			...['alertSourceInfo.deviceUid', 'deviceUid', 'device_uid'],
			...['deviceId', 'device_id'],
		),
		name: filled(
			alert,
			...['alertSourceInfo.deviceName', 'deviceHostname', 'device_hostname', 'hostname'],
		),
		ip: filled(alert, 'deviceIp', 'device_ip', 'externalIp'),
	};
}

function read(alert: JsonRecord, context: SourceContext, envelope: JsonRecord): ScannerEvent {
	const status = statusOf(alert);
	const message = filled(
		alert,
		...['alertMessage', 'alert_message', 'alert_message_en', 'message', 'diagnostics'],
	);
	const kind = contextClassOf(alert);
	const uid = uidOf(alert);
	const word = filled(alert, 'priority', 'alertPriority', 'alert_priority');
	const asset = assetOf(alert);
	const ended = status === 'resolved' ? momentAt(alert, context, 'resolvedOn', 'resolvedAt') : null;
	const readable = kind?.replace(/_ctx$/, '').replace(/_/g, ' ') ?? 'alert';
	const person = personOf(alert);
	return makeEvent(
		{
			source: dattoRmm.id,
			deliveryId: `${uid}/${status}`,
			identity: identityOf(alert),
			recurrence: recurrenceOf(alert, message),
			status,
			...eventOf(alert, status),
			title: message ?? `Datto RMM ${readable}${asset.name === null ? '' : ` on ${asset.name}`}`,
			description: [
				message,
				...contextLines(alert),
				filled(alert, 'troubleshootingNote', 'alertTroubleshooting'),
			]
				.filter((line) => line !== null)
				.join('\n'),
			url: filled(alert, 'docURL'),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: companyOf(alert),
			asset,
			user: { name: filled(alert, 'lastUser', 'last_user') },
			time: ended ?? momentAt(alert, context, 'timestamp'),
			resolution:
				status === 'resolved'
					? { reason: person === null ? 'remediated' : 'manual', byName: person }
					: null,
		},
		alert,
		context,
		envelope,
	);
}

/** Datto RMM: alerts of its API, and bodies of its webhooks, whose member names the user types. */
export const dattoRmm: EventSource = {
	id: 'datto-rmm',
	name: 'Datto RMM',
	record: 'a Datto RMM alert',
	resolvesCarry: ['company', 'asset'],
	// alertUid is a UUID.
	keys: 'unique',
	ends: 'reported',
	companyField: 'alertSourceInfo.siteName or siteName',
	sample: {
		alertUID: '4c1e4b8c-0a86-43d4-9a40-1f0f6f9b6a51',
		alertMessage: 'Disk C: has 3 % left',
		alertPriority: 'Critical',
		siteName: 'Contoso Ltd',
		deviceHostname: 'SRV-01',
		resolvedAlert: 'false',
	},

	encodes: true,
	repairs: true,
	forms: true,

	recognises(payload) {
		const alert: unknown =
			isRecord(payload) && Array.isArray(payload.alerts) ? payload.alerts[0] : payload;
		if (!isRecord(alert)) return false;
		const fromApi = isRecord(alert.alertSourceInfo) && valueAt(alert, 'alertUid') !== undefined;
		const fromTemplate = ['alertUID', 'alert_uid'].some((path) => textAt(alert, path) !== null);
		const withIds =
			textAt(alert, 'alertUid') !== null &&
			['siteUid', 'deviceUid'].every((path) => textAt(alert, path) !== null);
		return fromApi || fromTemplate || withIds;
	},

	records(payload) {
		const body = asRecord(payload, 'an alert');
		if (Array.isArray(body.alerts)) return { records: body.alerts, envelope: {} };
		neededText(body, WHY, ...UIDS);
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		return read(asRecord(record, 'an alert'), context, envelope);
	},
};
