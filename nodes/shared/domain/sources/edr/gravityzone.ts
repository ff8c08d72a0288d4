import type { EventStatus, Severity } from '../../event/event';
import { foldedName, joinedPart, shortHash } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { detailLines } from '../common/lines';
import { makeEvent } from '../common/make-event';
import { asRecord, flagAt, momentAt, neededText, numberAt, textAt } from '../common/paths';
import type { EventSource } from '../common/source';
import { moduleOf, type Module } from './gravityzone-modules';

const NEXT =
	'Send what the Event Push Service of GravityZone posts (service type jsonRPC), unchanged.';

/** What its pushes call. */
const METHOD = 'addEvents';

/** What became of a file (`final_status` of the module *av*): that it is still there, or that GravityZone stopped it. */
const FINAL: Readonly<Record<string, { status: EventStatus; severity: Severity }>> = {
	'still present': { status: 'open', severity: 'high' },
	present: { status: 'open', severity: 'high' },
	ignored: { status: 'open', severity: 'high' },
	blocked: { status: 'open', severity: 'low' },
	quarantined: { status: 'open', severity: 'low' },
	disinfected: { status: 'resolved', severity: 'low' },
	deleted: { status: 'resolved', severity: 'low' },
};

/** The event itself: the form jsonRPC has it under `event`, or a list of them under `params.events`. */
function eventsOf(body: JsonRecord): unknown[] {
	if (isRecord(body.event)) return [body.event];
	const params = isRecord(body.params) ? body.params : {};
	return Array.isArray(params.events) ? params.events : [body];
}

function deviceOf(event: JsonRecord): string | null {
	return textAt(event, 'computer_id', 'endpointId');
}

/** What an event is about beside its device, by the members that its module names it with. */
function objectOf(event: JsonRecord, module: Module): string | null {
	const named = module.named.map((path) => textAt(event, path)).filter((value) => value !== null);
	return named.length === 0 ? null : shortHash(JSON.stringify(named));
}

/** Parts of the protection, each 1 or 0, that are off. */
function partsOff(event: JsonRecord): string[] {
	return ['malware_status', 'avc_status', 'firewall_status', 'aph_status'].filter(
		(part) => numberAt(event, part) === 0,
	);
}

function stateOf(event: JsonRecord, module: Module): { status: EventStatus; severity: Severity } {
	const word = textAt(event, 'severity');
	if (module.kind === 'protection') {
		// Only what is protected against malware counts: a device may have no firewall.
		const on = numberAt(event, 'malware_status');
		return { status: on === 0 ? 'open' : on === 1 ? 'resolved' : 'info', severity: 'high' };
	}
	if (module.kind === 'file') {
		const final = foldedName(textAt(event, 'final_status', 'status'));
		const found = entryOf(FINAL, final ?? '');
		if (found !== undefined) return found;
		const words = Object.keys(FINAL).join(', ');
		throw new EventInputError('final_status', `one of ${words}`, describe(final), NEXT);
	}
	if (module.kind === 'detection') {
		return { status: 'open', severity: word === null ? module.severity : severityFromWord(word) };
	}
	return { status: 'info', severity: 'informational' };
}

/** Bitdefender GravityZone: its Event Push Service, service type jsonRPC. */
export const gravityZone: EventSource = {
	id: 'gravityzone',
	name: 'Bitdefender GravityZone',
	record: 'an event of GravityZone',
	resolvesCarry: ['company', 'asset'],
	// No document says that ids are those of all GravityZones together.
	keys: 'shared',
	ends: ({ dedupKey }) =>
		['file', 'protection'].includes(dedupKey.split('|')[3]?.split('/')[0] ?? '')
			? 'reported'
			: 'never',
	companyField: 'companyId',
	sample: {
		jsonrpc: '2.0',
		method: 'addEvents',
		params: {
			events: [
				{
					module: 'av',
					companyId: '59a14b271da197c6108b4567',
					computer_id: '668e8236e372169b71286dae',
					computer_name: 'PC-0042',
					computer_ip: '10.0.0.5',
					malware_type: 'file',
					malware_name: 'EICAR-Test-File (not a virus)',
					file_path: 'C:\\Users\\grace\\eicar.txt',
					final_status: 'quarantined',
					timestamp: '2026-05-04T09:12:33.000Z',
				},
			],
		},
		id: 1777885953505,
	},

	recognises(payload) {
		return isRecord(payload) && textAt(payload, 'jsonrpc.method', 'method') === METHOD;
	},

	records(payload) {
		const body = asRecord(payload, 'a push of GravityZone');
		const events = eventsOf(body);
		if (events[0] === body && textAt(body, 'module') === null) {
			throw new EventInputError('event', 'an event with its module', describe(body.event), NEXT);
		}
		return {
			records: events,
			envelope: {},
			ping: events.every((event) => flagAt(event, '_testEvent_')),
		};
	},

	read(record, context, envelope) {
		const event = asRecord(record, 'an event of GravityZone');
		const name = neededText(event, 'It says what the event is about.', 'module');
		const module = moduleOf(name);
		const device = deviceOf(event);
		const object = module.kind === 'protection' ? null : objectOf(event, module);
		const { status, severity } = stateOf(event, module);
		if (status === 'open' && object === null && module.kind !== 'protection') {
			neededText(event, 'It names what the event is about.', module.named[0] ?? 'module');
		}
		if (module.kind === 'protection' && status !== 'info') neededText(event, NEXT, 'computer_id');
		const title = textAt(event, ...module.titles) ?? module.says;
		const host = textAt(event, 'computer_name', 'computerName', 'host_name');
		const off = module.kind === 'protection' ? partsOff(event) : [];
		return makeEvent(
			{
				source: gravityZone.id,
				deliveryId: null,
				identity: {
					scope: textAt(event, 'companyId'),
					finding: joinedPart(module.kind, module.family),
					// An incident may grow over several devices.
					asset: module.family === 'new-incident' ? null : device,
					discriminator: object,
				},
				status,
				category: status === 'resolved' ? 'Monitor' : module.category,
				event: status === 'open' ? module.event : status === 'resolved' ? 'monitor.cleared' : null,
				title: host === null ? title : `${title} on ${host}`,
				description: [...off.map((part) => `${part}: off`), ...detailLines(event)].join('\n'),
				severity,
				rawSeverity: textAt(event, 'severity', 'final_status', 'status'),
				company: { id: textAt(event, 'companyId') },
				asset: {
					id: device,
					name: host,
					ip: textAt(event, 'computer_ip', 'computerIp')?.split(',')[0]?.trim() ?? null,
				},
				user: {
					name: textAt(event, 'user.name', 'user.userName', 'username', 'detection_username'),
				},
				time: momentAt(event, context, ...module.times),
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
