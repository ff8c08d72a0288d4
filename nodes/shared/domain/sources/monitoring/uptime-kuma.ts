import type { ScannerEvent } from '../../event/event';
import { foldedName, joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { toIsoTime } from '../../values/time';
import { addressOf, asRecord, listAt, neededText, recordAt, textAt } from '../common/paths';
import { makeEvent } from '../common/make-event';
import type { EventSource, SourceContext } from '../common/source';

/** Status of a heartbeat (louislam/uptime-kuma, `server/model/heartbeat.js`). */
const STATUSES = {
	'0': { status: 'open', event: 'monitor.triggered', says: 'is down' },
	'1': { status: 'resolved', event: 'monitor.cleared', says: 'is up' },
	'2': { status: 'info', event: null, says: 'is tried again' },
	'3': { status: 'info', event: null, says: 'is under maintenance' },
} as const;

/** A tag of a monitor that names the company, and one that says how bad it is when it is down. */
const COMPANY_TAG = 'company';
const SEVERITY_TAG = 'severity';
/** Uptime Kuma has no severities: what somebody watches and is down is worth a ticket. */
const SEVERITY = 'high';

/**
 * How the notice of a certificate or a domain that runs out ends; what stands before names it. There is no monitor
 * beside it (`sendCertNotificationByTargetDays`, `sendDomainNotificationByTargetDays`).
 */
const RUNS_OUT = / will expire in -?\d{1,6} days$/;
const DOMAIN_NAME = 'Domain name ';
/** How the findings of those notices begin; those of monitors are numbers. */
const EXPIRY = 'expiry/';

/** Members of a monitor that version 1 sent to every webhook and that hold credentials. */
const SENSITIVE: ReadonlySet<string> = new Set(
	'headers body grpcBody grpcMetadata basic_auth_user basic_auth_pass oauth_client_id databaseConnectionString radiusUsername mqttUsername mqttPassword authWorkstation tlsCa tlsCert tlsKey kafkaProducerSaslOptions rabbitmqUsername rabbitmqPassword'.split(
		' ',
	),
);

function tagOf(monitor: JsonRecord, name: string): string | null {
	for (const tag of listAt(monitor, 'tags')) {
		if (foldedName(textAt(tag, 'name')) === name) return textAt(tag, 'value');
	}
	return null;
}

/** What is watched: the host of a ping, a port or a name server; else that of the address. A push monitor has none. */
function hostOf(monitor: JsonRecord): string | null {
	const host = textAt(monitor, 'hostname');
	if (host !== null) return host;
	const address = textAt(monitor, 'url') ?? '';
	return URL.canParse(address) ? new URL(address).hostname || null : null;
}

function withoutCredentials(body: JsonRecord): JsonRecord {
	const monitor = Object.entries(recordAt(body, 'monitor'));
	return {
		...body,
		monitor: Object.fromEntries(monitor.filter(([name]) => !SENSITIVE.has(name))),
	};
}

/** A beat of a monitor. @throws EventInputError for a status that is none */
function readBeat(body: JsonRecord, context: SourceContext): ScannerEvent {
	const monitor = recordAt(body, 'monitor');
	const id = neededText(body, 'It names the monitor.', 'heartbeat.monitorID', 'monitor.id');
	const word = textAt(body, 'heartbeat.status');
	const state = entryOf(STATUSES, word?.trim() ?? '');
	if (state === undefined) {
		throw new EventInputError(
			'heartbeat.status',
			'0 (down), 1 (up), 2 (pending) or 3 (maintenance)',
			describe(word),
			'Choose the preset application/json in the webhook of Uptime Kuma.',
		);
	}
	const name = textAt(monitor, 'name', 'pathName') ?? `Monitor ${id}`;
	const host = hostOf(monitor);
	const severity = tagOf(monitor, SEVERITY_TAG);
	// Uptime Kuma writes it in UTC, without saying so; `localDateTime` beside it is the one in the zone of the server.
	const at = toIsoTime(textAt(body, 'heartbeat.time'), 'utc');
	return makeEvent(
		{
			source: uptimeKuma.id,
			deliveryId: null,
			identity: { scope: null, finding: id, asset: null },
			status: state.status,
			category: 'Monitor',
			event: state.event,
			title: `${name} ${state.says}`,
			description: textAt(body, 'heartbeat.msg'),
			url: textAt(monitor, 'url'),
			severity: severity === null ? SEVERITY : severityFromWord(severity),
			rawSeverity: severity,
			company: { name: tagOf(monitor, COMPANY_TAG) },
			asset: { name: host, ip: addressOf(host) },
			application: textAt(monitor, 'type'),
			time: at === null ? null : { at, from: 'source' },
			resolution: state.status === 'resolved' ? { reason: 'remediated' } : null,
		},
		context.keepRaw ? withoutCredentials(body) : body,
		context,
		{},
	);
}

/** What a notice of expiry is about, without the days, which are others at each notice; null for any other text. */
function runsOut(text: string): { named: string; event: string; domain: string | null } | null {
	const named = text.replace(RUNS_OUT, '');
	if (named === text) return null;
	if (named.startsWith(DOMAIN_NAME)) {
		const domain = named.slice(DOMAIN_NAME.length).trim();
		return { named: joinedPart('domain', foldedName(domain)), event: 'monitor.triggered', domain };
	}
	return named.includes(' certificate ')
		? { named: joinedPart('certificate', named), event: 'cert.expiring_30d', domain: null }
		: null;
}

function readExpiry(body: JsonRecord, context: SourceContext): ScannerEvent {
	const text = neededText(body, 'It is all that such a notification says.', 'msg').trim();
	const found = runsOut(text);
	if (found === null) {
		throw new EventInputError(
			'heartbeat',
			'a beat of a monitor, or in msg the notice of a certificate or a domain',
			`only the text ${describe(text)}`,
			'Choose the preset application/json in the webhook of Uptime Kuma.',
		);
	}
	return makeEvent(
		{
			source: uptimeKuma.id,
			deliveryId: null,
			identity: { scope: null, finding: `${EXPIRY}${found.named}`, asset: null },
			status: 'open',
			category: 'Monitor',
			event: found.event,
			title: text,
			severity: 'medium',
			company: {},
			asset: { name: found.domain },
			time: null,
		},
		body,
		context,
		{},
	);
}

/**
 * True for the body of the button *Test*: the name of the notification and this word, for no monitor
 * (`server/server.js`).
 */
function isTest(body: JsonRecord): boolean {
	return !isRecord(body.heartbeat) && (textAt(body, 'msg') ?? '').trim().endsWith(' Testing');
}

/** Uptime Kuma: its webhook with the preset application/json. */
export const uptimeKuma: EventSource = {
	id: 'uptime-kuma',
	name: 'Uptime Kuma',
	record: 'a notification of Uptime Kuma',
	// The beat that says up has the whole monitor beside it.
	resolvesCarry: ['company', 'asset'],
	// Monitors are counted from 1 in each Uptime Kuma, which does not name itself.
	keys: 'shared',
	// The notice of a certificate or a domain has no counterpart.
	ends: ({ dedupKey }) =>
		dedupKey.split('|')[3]?.startsWith(EXPIRY) === true ? 'never' : 'reported',
	companyField: `the tag ${COMPANY_TAG} of the monitor`,
	sample: {
		heartbeat: {
			monitorID: 17,
			status: 0,
			time: '2026-05-04 09:12:33.412',
			msg: 'connect ECONNREFUSED 192.0.2.17:443',
			ping: null,
			important: true,
			duration: 60,
			timezone: 'Europe/Berlin',
			localDateTime: '2026-05-04 11:12:33',
		},
		monitor: {
			id: 17,
			name: 'Shop',
			path: ['Websites', 'Shop'],
			pathName: 'Websites / Shop',
			type: 'http',
			url: 'https://shop.contoso.example/',
			hostname: null,
			tags: [{ tag_id: 2, monitor_id: 17, name: COMPANY_TAG, value: 'Contoso Ltd' }],
		},
		msg: '[Shop] [🔴 Down] connect ECONNREFUSED 192.0.2.17:443',
	},

	recognises(payload) {
		if (!isRecord(payload) || typeof payload.msg !== 'string') return false;
		if (!Object.hasOwn(payload, 'heartbeat') || !Object.hasOwn(payload, 'monitor')) return false;
		const { heartbeat, monitor } = payload;
		if (heartbeat === null) return monitor === null;
		return isRecord(monitor) && textAt(payload, 'heartbeat.monitorID') !== null;
	},

	records(payload) {
		const body = asRecord(payload, 'the body of the webhook of Uptime Kuma');
		if (!isRecord(body.heartbeat) && textAt(body, 'msg') === null) {
			throw new EventInputError(
				'heartbeat',
				'a beat of a monitor',
				describe(body.heartbeat),
				'Choose the preset application/json in the webhook of Uptime Kuma.',
			);
		}
		return { records: [body], envelope: {}, ping: isTest(body) };
	},

	read(record, context) {
		const body = asRecord(record, 'a notification of Uptime Kuma');
		return isRecord(body.heartbeat) ? readBeat(body, context) : readExpiry(body, context);
	},
};
