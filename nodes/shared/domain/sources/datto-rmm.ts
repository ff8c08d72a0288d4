import type { EventStatus, ScannerEvent } from '../event/event';
import { EventInputError } from '../values/input-error';
import { joinedPart } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { severityFromWord } from '../event/severity';
import { asRecord, flagAt, neededText, recordAt, textAt, timeAt, valueAt } from './common/paths';
import { makeEvent } from './common/make-event';
import type { EventSource, SourceContext } from './common/source';

/** What each kind of alert is about, and which members of its context tell two of them on one device apart. */
const CONTEXTS: Readonly<Record<string, { event: string; discriminators: readonly string[] }>> = {
	antivirus_ctx: { event: 'av.threat', discriminators: ['productName', 'product', 'threatName'] },
	comp_script_ctx: { event: 'script.failed', discriminators: ['componentName', 'monitorName'] },
	custom_snmp_ctx: { event: 'perf.threshold', discriminators: ['displayName'] },
	endpoint_security_threat_ctx: { event: 'av.threat', discriminators: ['description'] },
	eventlog_ctx: { event: 'eventlog.match', discriminators: ['logName', 'code', 'source'] },
	online_offline_status_ctx: { event: 'agent.down', discriminators: [] },
	patch_ctx: { event: 'patch.failed', discriminators: ['policyUid', 'patchTitle'] },
	perf_disk_usage_ctx: { event: 'disk.low', discriminators: ['diskName'] },
	perf_mon_ctx: { event: 'perf.threshold', discriminators: ['counter', 'displayName'] },
	perf_resource_usage_ctx: { event: 'perf.threshold', discriminators: ['type', 'metric'] },
	srvc_status_ctx: { event: 'service.stopped', discriminators: ['serviceName'] },
};

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

function contextClassOf(alert: JsonRecord): string | null {
	// The API prefixes the class with its package in some versions.
	return textAt(alert, 'alertContext.@class')?.split('.').pop() ?? null;
}

/** The component of a script alert, which stands in brackets at the beginning of its message. */
function componentOf(message: string | null): string | null {
	return message === null ? null : (/^\s*\[([^\]]+)\]/.exec(message)?.[1] ?? null);
}

/**
 * An alert of the API names its problem by device, kind and discriminator, so that a recurrence is the same problem.
 * A webhook's body names only the firing.
 */
function identityOf(alert: JsonRecord, message: string | null) {
	const kind = contextClassOf(alert);
	const device = textAt(alert, 'alertSourceInfo.deviceUid');
	if (kind === null || device === null) {
		return { scope: null, finding: joinedPart('alert', uidOf(alert)), asset: null };
	}
	const context = recordAt(alert, 'alertContext');
	const members = CONTEXTS[kind]?.discriminators ?? [];
	const values = members.map((member) => textAt(context, member));
	if (kind === 'comp_script_ctx') values.push(componentOf(message));
	const told = values.filter((value) => value !== null);
	// A kind that is not known may fire twice on one device for two reasons: only its id tells them apart.
	const unknown = CONTEXTS[kind] === undefined || (members.length > 0 && told.length === 0);
	const discriminator = unknown ? uidOf(alert) : told.length === 0 ? null : joinedPart(...told);
	return {
		scope: textAt(alert, 'alertSourceInfo.siteUid'),
		finding: kind,
		asset: device,
		discriminator,
	};
}

function statusOf(alert: JsonRecord): EventStatus {
	// The flag of a webhook is a text: "false" is true in JavaScript.
	if (['resolved', 'resolvedAlert', 'resolved_alert'].some((path) => flagAt(alert, path))) {
		return 'resolved';
	}
	return flagAt(alert, 'muted') ? 'suppressed' : 'open';
}

function eventOf(kind: string | null, status: EventStatus): { category: string; event: string } {
	const known = kind === null ? undefined : CONTEXTS[kind];
	if (known?.event === 'agent.down') {
		return { category: 'Agent', event: status === 'resolved' ? 'agent.up' : 'agent.down' };
	}
	if (status === 'resolved') return { category: 'Monitor', event: 'monitor.cleared' };
	return known === undefined
		? { category: 'Monitor', event: 'monitor.triggered' }
		: { category: 'Endpoint', event: known.event };
}

function contextLines(alert: JsonRecord): string[] {
	return Object.entries(recordAt(alert, 'alertContext'))
		.filter(
			([key, value]) =>
				key !== '@class' && (typeof value === 'string' || typeof value === 'number'),
		)
		.map(([key, value]) => `${key}: ${String(value)}`);
}

function read(alert: JsonRecord, context: SourceContext, envelope: JsonRecord): ScannerEvent {
	const status = statusOf(alert);
	const message = filled(alert, 'alertMessage', 'alert_message', 'message', 'diagnostics');
	const kind = contextClassOf(alert);
	const uid = uidOf(alert);
	const word = filled(alert, 'priority', 'alertPriority', 'alert_priority');
	const device = filled(alert, 'alertSourceInfo.deviceName', 'deviceHostname', 'device_hostname');
	const ended = status === 'resolved' ? timeAt(alert, context, 'resolvedOn') : null;
	const readable = kind?.replace(/_ctx$/, '').replace(/_/g, ' ') ?? 'alert';
	const person = filled(alert, 'resolvedBy');
	return makeEvent(
		{
			source: dattoRmm.id,
			deliveryId: `${uid}/${status}`,
			identity: identityOf(alert, message),
			status,
			...eventOf(kind, status),
			title: message ?? `Datto RMM ${readable}${device === null ? '' : ` on ${device}`}`,
			description: [message, ...contextLines(alert), filled(alert, 'troubleshootingNote')]
				.filter((line) => line !== null)
				.join('\n'),
			url: filled(alert, 'docURL'),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: {
				id: filled(alert, 'alertSourceInfo.siteUid', 'siteId', 'site_id'),
				name: filled(alert, 'alertSourceInfo.siteName', 'siteName', 'site_name', 'sitename'),
			},
			asset: {
				id: filled(alert, 'alertSourceInfo.deviceUid', 'deviceId', 'device_id'),
				name: device,
				ip: filled(alert, 'deviceIp', 'device_ip'),
			},
			user: { name: filled(alert, 'lastUser', 'last_user') },
			time: ended ?? timeAt(alert, context, 'timestamp'),
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
	companyField: 'alertSourceInfo.siteName or siteName',
	sample: {
		alertUID: '4c1e4b8c-0a86-43d4-9a40-1f0f6f9b6a51',
		alertMessage: 'Disk C: has 3 % left',
		alertPriority: 'Critical',
		siteName: 'Contoso Ltd',
		deviceHostname: 'SRV-01',
		resolvedAlert: 'false',
	},

	repairs: true,

	recognises(payload) {
		const alert: unknown =
			isRecord(payload) && Array.isArray(payload.alerts) ? payload.alerts[0] : payload;
		if (!isRecord(alert)) return false;
		const fromApi = isRecord(alert.alertSourceInfo) && valueAt(alert, 'alertUid') !== undefined;
		const fromTemplate = ['alertUID', 'alert_uid'].some((path) => textAt(alert, path) !== null);
		return fromApi || fromTemplate;
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
