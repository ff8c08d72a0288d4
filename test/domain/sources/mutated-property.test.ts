import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import { SOURCES } from '../../../nodes/shared/domain/sources';
import {
	readPayload,
	SourceMismatchError,
} from '../../../nodes/shared/domain/sources/read-payload';
import { decodedOnce } from '../../../nodes/shared/domain/values/entities';
import { EventInputError } from '../../../nodes/shared/domain/values/input-error';
import { isRecord, withoutUnsafeKeys } from '../../../nodes/shared/domain/values/json';
import { cleanName } from '../../../nodes/shared/domain/values/text';
import { casesIn } from '../../support/cases/case-file';
import { mutateValue } from '../../support/mutate';
import { createRandom, pick } from '../../support/random';
import { contextFor } from './context';

const SEED = 20_261_202;
/** Over all sources. */
const PAYLOADS = 40_000;

/** Members by which a record can say that something is over; what stands in them is left out of the last statement. */
const SAYING: Readonly<Record<string, readonly string[]>> = {
	alertmanager: ['status', 'alerts'],
	canonical: ['status', 'events'],
	cipp: ['Event', 'Status', 'payload'],
	connectsecure: ['status', 'feed', 'data'],
	cybercns: ['status', 'feed', 'data'],
	'datto-rmm': ['resolved', 'resolvedAlert', 'resolved_alert', 'alerts'],
	grafana: ['status', 'state', 'alerts'],
	huntress: ['event_type', 'status', 'resolved_at', 'incident_reports'],
	idemeum: ['status', 'decision', 'state'],
	ninjaone: ['statusCode', 'status', 'activityResult', 'activityType', 'activities'],
	pagerduty: ['event_action', 'event_type', 'event'],
	'reported-mail': [],
	'tenable-sc': ['sourceType', 'response', 'results', 'query'],
	tenable: ['state'],
	snyk: ['removedIssues', 'newIssues', 'id', 'pkgName'],
	trivy: ['verb'],
	'uptime-kuma': ['status', 'heartbeat'],
	zabbix: ['event_value', 'event_source'],
	sentinelone: ['incidentStatus', 'threatInfo', 'alertInfo', 'data'],
	sophos: ['type', 'items'],
	'graph-security': ['status', 'value'],
	sentinel: ['status', 'objectEventType', 'object', 'value'],
	'azure-monitor': ['monitorCondition', 'monitoringService', 'status', 'currentHealthStatus'],
	'tactical-rmm': ['tacticalrmm'],
	nagios: ['type', 'state'],
	gravityzone: ['module', 'final_status', 'malware_status', 'event', 'events', 'params'],
	wazuh: [
		'id',
		'status',
		'Status',
		'state',
		'result',
		'data',
		'rule',
		'all_fields',
		'_source',
		'hits',
		'win',
	],
};

function payloadsOf(id: string, sample: unknown): unknown[] {
	const folder = join(__dirname, '..', '..', 'fixtures', 'cases', id);
	const inputs = existsSync(folder) ? casesIn(folder).flatMap((given) => given.inputs) : [];
	return [sample, ...inputs.filter((input) => isRecord(input) && !('bodyText' in input))];
}

/** What stands in the members of these names, wherever they are, without what stands inside objects there. */
function said(value: unknown, names: readonly string[], path = ''): string[] {
	if (Array.isArray(value))
		return value.flatMap((entry, at) => said(entry, names, `${path}/${at}`));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const here = typeof member === 'object' && member !== null ? typeof member : String(member);
		const own = names.includes(name) ? [`${path}/${name}=${here}`] : [];
		return [...own, ...said(member, names, `${path}/${name}`)];
	});
}

/** Every text and number of a payload as a name would be written, with its entities and without. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string')
		return [value, decodedOnce(value)].map((text) => cleanName(text) ?? '');
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsOf);
}

/** The events of a payload; null where it is refused by name. */
function read(source: string, payload: unknown, company: string | null): ScannerEvent[] | null {
	const context = contextFor(
		company === null ? {} : { company: { from: 'fixed' as const, company } },
	);
	try {
		const { events, failures } = readPayload(source, withoutUnsafeKeys(payload), context);
		const broken = failures.find(({ reason }) => reason.includes('could not be read:'));
		if (broken !== undefined) throw new Error(broken.reason);
		return events;
	} catch (error) {
		if (error instanceof SourceMismatchError || error instanceof EventInputError) return null;
		throw error;
	}
}

function namesOf({ company }: ScannerEvent): string[] {
	const { id, name, displayName, reference } = company;
	return [id, name, displayName, reference].filter((value) => value !== null);
}

describe(`${PAYLOADS} mutated payloads`, () => {
	const each = Math.ceil(PAYLOADS / SOURCES.length);

	test.each(SOURCES.map(({ id, sample }) => ({ id, sample })))(
		'of $id crash nothing, name no company that is not in them, and end nothing',
		({ id, sample }) => {
			// Of its name, so that a new source leaves the payloads of the others as they are.
			const random = createRandom(
				[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), SEED),
			);
			const payloads = payloadsOf(id, sample);
			const saying = SAYING[id] ?? [];
			const tally = { taken: 0, refused: 0, ends: 0 };
			for (let round = 0; round < each; round += 1) {
				const original = pick(random, payloads);
				// As it comes over the wire: members of a list are its entries alone.
				const mutated: unknown = JSON.parse(
					JSON.stringify(mutateValue(random, original)) ?? 'null',
				);
				const fixed = random() < 0.2 ? 'Fixed Ltd' : null;
				const name = () => `round ${round}: ${JSON.stringify(mutated)?.slice(0, 2_000) ?? ''}`;
				const events = read(id, mutated, fixed);
				if (events === null) {
					tally.refused += 1;
					continue;
				}
				tally.taken += 1;
				const known = fixed === null ? new Set(textsOf(mutated)) : new Set([fixed]);
				for (const event of events) {
					parseEvent(JSON.parse(JSON.stringify(event)));
					const strange = namesOf(event).find((value) => !known.has(value));
					const isDomain = id === 'reported-mail' && strange === event.company.domain;
					if (strange !== undefined && !isDomain) throw new Error(`${strange} in ${name()}`);
				}
				const before = read(id, original, fixed) ?? [];
				const isEnd = (event: ScannerEvent) => event.status === 'resolved';
				// One that holds an end already, even where it does not count yet, proves nothing.
				if (before.some(isEnd) || JSON.stringify(original).includes('"resolved"')) continue;
				if (said(original, saying).join() !== said(mutated, saying).join()) continue;
				tally.ends += 1;
				if (events.some(isEnd)) throw new Error(`an end in ${name()}`);
			}
			// Enough of each, so that nothing above is said of nothing.
			expect(tally.taken).toBeGreaterThan(each / 4);
			expect(tally.refused).toBeGreaterThan(each / 50);
			expect(tally.ends).toBeGreaterThan(each / 20);
		},
	);
});
