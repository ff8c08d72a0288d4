import type { EventStatus, Severity } from '../../event/event';
import { hostPart, joinedPart } from '../../event/keys';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import { asRecord, momentAt, neededText, textAt } from '../common/paths';
import type { EventSource } from '../common/source';

/** States of hosts and services (Nagios Core, *Macros*; Icinga 2 and Checkmk have the same). */
const STATES: Readonly<Record<string, { status: EventStatus; severity: Severity }>> = {
	OK: { status: 'resolved', severity: 'informational' },
	UP: { status: 'resolved', severity: 'informational' },
	WARNING: { status: 'open', severity: 'medium' },
	CRITICAL: { status: 'open', severity: 'critical' },
	UNKNOWN: { status: 'open', severity: 'unknown' },
	DOWN: { status: 'open', severity: 'critical' },
	UNREACHABLE: { status: 'open', severity: 'high' },
	PENDING: { status: 'info', severity: 'unknown' },
};

/**
 * Notification types whose state counts. All others (acknowledgements, downtimes, flapping, custom ones) say that somebody
 * or something looked at it.
 */
const TELLS_STATE: ReadonlySet<string> = new Set(['PROBLEM', 'RECOVERY']);

/** The systems that the script beside the page runs under. */
const SYSTEMS: Readonly<Record<string, string>> = {
	nagios: 'Nagios',
	icinga: 'Icinga',
	checkmk: 'Checkmk',
};

const NEXT = 'Use the script docs/sources/nagios-notify.sh; it sends every field by its name.';

function stateOf(body: JsonRecord): { status: EventStatus; severity: Severity } {
	const type = neededText(body, NEXT, 'type').trim().toUpperCase();
	const word = textAt(body, 'state');
	const state = entryOf(STATES, word?.trim().toUpperCase() ?? '');
	if (state === undefined) {
		const words = 'OK, WARNING, CRITICAL, UNKNOWN, UP, DOWN, UNREACHABLE or PENDING';
		throw new EventInputError('state', words, describe(word), NEXT);
	}
	if (!TELLS_STATE.has(type)) return { ...state, status: 'info' };
	// A recovery of something that is not well again is a slip; a problem that is up is a recovery by another name
	// (Icinga/icinga2, issue 3439).
	return type === 'RECOVERY' && state.status === 'open' ? { ...state, status: 'info' } : state;
}

/** Text of a field; null where the system left its macro as it was written, or had nothing. */
function filledAt(body: JsonRecord, path: string): string | null {
	const text = textAt(body, path);
	return text === null || /^\$[\w.]{1,100}\$$/.test(text.trim()) ? null : text;
}

/** Nagios, Icinga and Checkmk: what the notification script beside its page posts, as the fields of a form. */
export const nagios: EventSource = {
	id: 'nagios',
	name: 'Nagios, Icinga, Checkmk',
	record: 'a notification of Nagios, Icinga or Checkmk',
	resolvesCarry: ['company', 'asset'],
	// Two customers' servers often watch hosts of one name.
	keys: 'shared',
	ends: 'reported',
	companyField: 'company',
	forms: true,
	sample: {
		monitoring: 'checkmk',
		server: 'mon-1',
		type: 'PROBLEM',
		host: 'srv-01',
		address: '10.0.0.5',
		service: 'Filesystem C:',
		state: 'CRITICAL',
		output: 'Used: 97 %',
		time: '1777885953',
		company: 'Contoso Ltd',
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			entryOf(SYSTEMS, textAt(payload, 'monitoring')?.trim().toLowerCase() ?? '') !== undefined &&
			textAt(payload, 'host') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'the fields of a notification');
		const word = textAt(body, 'monitoring');
		if (entryOf(SYSTEMS, word?.trim().toLowerCase() ?? '') === undefined) {
			throw new EventInputError('monitoring', 'nagios, icinga or checkmk', describe(word), NEXT);
		}
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const body = asRecord(record, 'the fields of a notification');
		const host = neededText(body, 'It names the host.', 'host');
		const service = filledAt(body, 'service');
		const { status, severity } = stateOf(body);
		const lines = ['output', 'long_output', 'comment']
			.map((path) => filledAt(body, path))
			.filter((line) => line !== null);
		const what = service === null ? host : `${service} on ${host}`;
		return makeEvent(
			{
				source: nagios.id,
				deliveryId: null,
				identity: {
					scope: filledAt(body, 'server'),
					finding: service === null ? 'host' : joinedPart('service', service),
					asset: hostPart(host),
				},
				status,
				category: 'Monitor',
				event:
					status === 'open'
						? 'monitor.triggered'
						: status === 'resolved'
							? 'monitor.cleared'
							: 'monitor.acknowledged',
				title: `${what} is ${(textAt(body, 'state') ?? '').trim().toUpperCase()}`,
				description: lines.length === 0 ? null : lines.join('\n'),
				url: filledAt(body, 'url'),
				severity,
				rawSeverity: textAt(body, 'state'),
				company: { name: filledAt(body, 'company') },
				asset: { name: host, ip: filledAt(body, 'address') },
				application:
					entryOf(SYSTEMS, textAt(body, 'monitoring')?.trim().toLowerCase() ?? '') ?? null,
				time: momentAt(body, context, 'time'),
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
