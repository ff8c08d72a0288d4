import type { EventStatus, Severity } from '../../event/event';
import { foldedName, joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { asRecord, listAt, neededText, recordAt, textAt, valueAt } from '../common/paths';
import { findingName, findingTitle } from './naming';

/** What is told of one record of a payload, whatever its kind. */
export interface Told {
	/** Default domain of the tenant; null where the record is of none, or of all of them. */
	tenant: string | null;
	/** What names the problem within its tenant. */
	finding: string;
	status: EventStatus;
	category: string;
	event: string | null;
	title: string;
	severity: Severity;
	severityWord: string | null;
	deliveryId?: string | null;
	/** What the description is made of. */
	details: unknown;
}

/** One kind of payload: how it is known by its first entry, its records, and what each says. */
export interface Kind {
	is(first: JsonRecord): boolean;
	records(body: JsonRecord, entries: unknown[]): unknown[];
	tell(record: unknown, body: JsonRecord, first: JsonRecord): Told;
}

/** Tenants that are none. */
const NO_TENANT: ReadonlySet<string> = new Set(['', 'none', 'alltenants', 'all tenants']);

/** The first of several texts that names a tenant. */
export function tenantOf(...texts: Array<string | null>): string | null {
	for (const text of texts) {
		if (text !== null && !NO_TENANT.has(foldedName(text) ?? '')) return text;
	}
	return null;
}

/** Alerts whose findings are those of Defender, by their command. */
const DETECTIONS: ReadonlySet<string> = new Set(
	'defenderalerts defenderincidents defendermalware newriskyusers userreportedphishing'.split(' '),
);

function severityOf(word: string | null) {
	return { severity: severityFromWord(word), severityWord: word };
}

/** One finding of a scripted alert. Only what is new or otherwise is sent; that one is gone is never said. */
const ALERT: Kind = {
	is: (first) => isRecord(first.task) && Object.hasOwn(first, 'results'),
	records(_, entries) {
		const results = valueAt(entries[0], 'results');
		return Array.isArray(results) ? results : [results];
	},
	tell(record, body, first) {
		const command = neededText(first, 'It names the alert.', 'task.command', 'task.name');
		const alert = command.replace(/^Get-CIPPAlert/i, '');
		const item = isRecord(record) ? record : {};
		const known = DETECTIONS.has(alert.toLowerCase());
		const vulnerability = textAt(item, 'CVE') !== null;
		const isAlert = foldedName(textAt(first, 'taskType')) === 'alert';
		if (record === null || record === undefined || record === '') {
			throw new EventInputError(
				'results',
				'a finding',
				describe(record),
				'Send the body unchanged.',
			);
		}
		return {
			tenant: tenantOf(textAt(item, 'Tenant'), textAt(first, 'tenant'), textAt(body, 'tenant')),
			finding: joinedPart('alert', alert, findingName(record)),
			// Other tasks report what they did.
			status: isAlert ? 'open' : 'info',
			category: vulnerability ? 'Vulnerability' : known ? 'Detection' : 'Monitor',
			event: vulnerability ? 'vuln.found' : known ? 'alert.detection.open' : 'monitor.triggered',
			title: `${textAt(first, 'task.name') ?? alert}: ${findingTitle(record) ?? alert}`,
			...severityOf(textAt(item, 'Severity', 'MalwareSeverity', 'RiskLevel', 'Risk')),
			details: [record, textAt(first, 'alertComment')],
		};
	},
};

/** Severities of a line of the logbook, and those that only inform. `Alert` is CIPP's own, for what someone must see. */
const LOG_SEVERITIES: Readonly<Record<string, Severity>> = {
	debug: 'informational',
	info: 'informational',
	warning: 'medium',
	error: 'high',
	alert: 'high',
	critical: 'critical',
};

const LOG: Kind = {
	is: (first) => textAt(first, 'API') !== null && textAt(first, 'Message') !== null,
	records: (_, entries) => entries,
	tell(record, body) {
		const line = asRecord(record, 'a line of the logbook');
		const message = neededText(line, 'It is what the line says.', 'Message');
		const api = neededText(line, 'It says what wrote the line.', 'API');
		const word = textAt(line, 'Severity');
		const severity = entryOf(LOG_SEVERITIES, word?.trim().toLowerCase() ?? '') ?? 'unknown';
		return {
			tenant: tenantOf(textAt(line, 'Tenant'), textAt(body, 'tenant')),
			finding: joinedPart('log', api, findingName(message)),
			status: severity === 'informational' ? 'info' : 'open',
			category: 'Monitor',
			event: severity === 'informational' ? null : 'monitor.triggered',
			title: `${api}: ${message}`,
			severity,
			severityWord: word,
			deliveryId: textAt(line, 'RowKey'),
			details: [message, textAt(line, 'Username')],
		};
	},
};

function misconfigured(
	tenant: string | null,
	standard: string,
	title: string,
	details: unknown,
): Told {
	return {
		tenant,
		finding: joinedPart('standard', standard),
		status: 'open',
		category: 'Configuration',
		event: 'misconfig.found',
		title,
		...severityOf(null),
		details,
	};
}

/** A standard that is not as it is wanted. */
const STANDARD: Kind = {
	is: (first) => textAt(first, 'standardName') !== null,
	records: (_, entries) => entries,
	tell(record) {
		const row = asRecord(record, 'a standard');
		const standard = neededText(row, 'It names the standard.', 'standardName');
		const message = textAt(row, 'message') ?? `${standard} is out of sync`;
		const tenant = tenantOf(textAt(row, 'tenant', 'Tenant'));
		return {
			...misconfigured(tenant, standard, message, [message, textAt(row, 'object')]),
			deliveryId: textAt(row, 'RowKey'),
		};
	},
};

/** A deviation from a drift standard. Its status is what a person decided about it. */
const DRIFT: Kind = {
	is: (first) => Array.isArray(first.AlertData) || isRecord(first.AlertData),
	records(_, entries) {
		const data = valueAt(entries[0], 'AlertData');
		return Array.isArray(data) ? data : [data];
	},
	tell(record, body, first) {
		const row = asRecord(record, 'a deviation');
		const standard = neededText(row, 'It names the standard.', 'Standard');
		const tenant = tenantOf(textAt(first, 'Tenant'), textAt(body, 'tenant'));
		return misconfigured(tenant, standard, `${standard} is not as its standard wants it`, row);
	},
};

const BASELINE_EVENTS = {
	drift: { status: 'open', event: 'misconfig.found', says: 'is not as the baseline wants it' },
	conflict: {
		status: 'open',
		event: 'misconfig.found',
		says: 'is wanted otherwise by two baselines',
	},
	remediated: { status: 'resolved', event: 'remediation.completed', says: 'was put right by CIPP' },
} as const;

/** A standard of a baseline: the one kind that says that something was put right. */
const BASELINE: Kind = {
	is: (first) => Object.hasOwn(first, 'Event') && Object.hasOwn(first, 'Baseline'),
	records: (_, entries) => entries,
	tell(record, body) {
		const row = asRecord(record, 'an event of a baseline');
		const standard = neededText(row, 'It names the standard.', 'Standard');
		const word = textAt(row, 'Event');
		const state = entryOf(BASELINE_EVENTS, word?.trim().toLowerCase() ?? '');
		if (state === undefined) {
			const words = 'Drift, Conflict or Remediated';
			throw new EventInputError('Event', words, describe(word), 'Send the body unchanged.');
		}
		const tenant = tenantOf(textAt(row, 'Tenant'), textAt(body, 'tenant'));
		const baseline = textAt(row, 'Baseline');
		return {
			...misconfigured(tenant, standard, `${standard} ${state.says}`, listAt(row, 'Differences')),
			finding: joinedPart('baseline', baseline, standard),
			status: state.status,
			category: state.status === 'resolved' ? 'Remediation' : 'Configuration',
			event: state.event,
		};
	},
};

/** An entry of the audit log of Microsoft 365 on which a rule of CIPP matched: it happened, and has no end. */
const AUDIT: Kind = {
	is: (first) => isRecord(first.RawData),
	records: (_, entries) => entries,
	tell(record, body) {
		const row = asRecord(record, 'an entry of the audit log');
		const id = neededText(row, 'It names the entry.', 'RawData.Id');
		const raw = recordAt(row, 'RawData');
		return {
			tenant: tenantOf(textAt(body, 'tenant')),
			finding: joinedPart('audit', id),
			status: 'open',
			category: 'Detection',
			event: 'alert.detection.open',
			title: textAt(row, 'Title') ?? textAt(body, 'title') ?? `Audit log: ${id}`,
			...severityOf(null),
			deliveryId: id,
			details: [
				{
					Operation: textAt(raw, 'Operation'),
					User: textAt(raw, 'CIPPUserId', 'UserId'),
					IP: textAt(row, 'IP'),
					Location: textAt(row, 'PotentialLocationInfo.CountryOrRegion'),
				},
				row.ActionsTaken,
				textAt(row, 'AlertComment'),
			],
		};
	},
};

const TEST_STATES = {
	failed: { status: 'open', event: 'misconfig.found' },
	investigate: { status: 'open', event: 'misconfig.found' },
	info: { status: 'info', event: null },
	passed: { status: 'resolved', event: 'remediation.completed' },
} as const;

/** The result of a custom test. That it passed is only sent where its author asked for it. */
const TEST: Kind = {
	is: (first) => Array.isArray(first.Tests),
	records: (_, entries) => listAt(entries[0], 'Tests'),
	tell(record, body, first) {
		const row = asRecord(record, 'a custom test');
		const id = neededText(row, 'It names the test.', 'ScriptGuid', 'TestId');
		const word = textAt(row, 'Status');
		const state = entryOf(TEST_STATES, word?.trim().toLowerCase() ?? '');
		if (state === undefined) {
			const words = 'Failed, Investigate, Info or Passed';
			throw new EventInputError('Status', words, describe(word), 'Send the body unchanged.');
		}
		return {
			tenant: tenantOf(textAt(first, 'Tenant'), textAt(body, 'tenant')),
			finding: joinedPart('test', id),
			status: state.status,
			category: state.status === 'resolved' ? 'Remediation' : 'Configuration',
			event: state.event,
			title: `${textAt(row, 'ScriptName') ?? id}: ${word ?? ''}`,
			...severityOf(textAt(row, 'Risk')),
			details: textAt(row, 'ErrorMessage', 'ResultMarkdown') ?? row.Results,
		};
	},
};

/** In the order in which they are tried; no entry is of two of them. */
export const KINDS: readonly Kind[] = [ALERT, AUDIT, DRIFT, BASELINE, TEST, STANDARD, LOG];
